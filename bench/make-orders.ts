import { pathToFileURL } from "node:url";
import { draw, FIRST, FORMS, PLACES, SECOND, words, writeRows } from "./make-list.ts";

/** A list of order lines as a shop or an ERP system would export it, the same for the same seed: `node bench/make-orders.ts FILE ROWS [SEED]`. */
export interface MadeOrders {
  rows: number;
  bytes: number;
  orders: number;
}

/** Order lines that one customer has on average [design]. */
const LINES_PER_CUSTOMER = 20;
/** An order has one to this many lines. */
const MOST_LINES = 5;

const HEADER =
  "Order ID,Order Date,Customer ID,Company,Email,Item SKU,Category,Description,Quantity,Unit Price,Currency,Line Total,Status,Ship Country,Ship City,Ship Postal Code";
const CURRENCIES: Readonly<Record<string, string>> = {
  Germany: "EUR",
  France: "EUR",
  Netherlands: "EUR",
  "United Kingdom": "GBP",
};
const CATEGORIES = words("Drives Fittings Consumables Packaging Cleaning Furniture Workwear Tools");
const ARTICLES = ['Kugelhahn, 1/2"', "Copy paper A4, box", "Hose 25 mm", "Büroklammern", "Palette, gebraucht", "Étiquettes A6"];
const STATUSES = ["paid", "shipped", "paid", "paid", "delivered", "cancelled", "refunded", "open"];

/** Writes `rows` order lines under a header to `file`. Lines of an order lie together; customers come in no order. */
export function makeOrders(file: string, rows: number, seed = 1): MadeOrders {
  const customers = Math.max(1, Math.round(rows / LINES_PER_CUSTOMER));
  let order = -1;
  let left = 0;
  const bytes = writeRows(file, HEADER, rows, (row) => {
    if (left === 0) {
      order++;
      left = 1 + (draw(order, 40, seed) % MOST_LINES);
    }
    left--;
    return lineOf(row, order, draw(order, 41, seed) % customers, seed);
  });
  return { rows, bytes, orders: order + 1 };
}

function lineOf(row: number, order: number, customer: number, seed: number): string {
  const pick = <Item>(items: readonly Item[], of: number, property: number): Item =>
    items[draw(of, property, seed) % items.length]!;
  const [country, city, zip, suffix] = pick(PLACES, customer, 42);
  const first = pick(FIRST, customer, 43);
  const second = pick(SECOND, customer, 44);
  const number = customer.toString(36);
  const host = `${first.toLowerCase()}-${second.toLowerCase()}-${number}.${suffix}`;
  const company = `"${first} ${second} ${number}, ${pick(FORMS, customer, 45)}"`;
  const placed = draw(order, 46, seed);
  const day = `${2023 + (placed % 4)}-${two(1 + ((placed >>> 4) % 10))}-${two(1 + ((placed >>> 8) % 28))}`;
  const quantity = 1 + (draw(row, 47, seed) % 24);
  const cents = 199 + (draw(row, 48, seed) % 180_000);
  const article = `"${pick(ARTICLES, row, 49).replaceAll('"', '""')}"`;
  const sku = `SK-${draw(row, 50, seed) % 4_000}`;
  const email = `buyer${draw(order, 51, seed) % 3}@${host}`;
  const total = draw(row, 52, seed) % 4 === 0 ? "" : `"${grouped(quantity * cents)}"`;
  return `SO-${order + 100_000},${day},C${customer},${company},${email},${sku},${pick(CATEGORIES, row, 53)},${article},${quantity},${(cents / 100).toFixed(2)},${CURRENCIES[country] ?? "USD"},${total},${pick(STATUSES, order, 54)},${country},${city},${zip}\n`;
}

const two = (n: number): string => String(n).padStart(2, "0");

/** Cents as an amount with thousands separators: `1,234.50`. */
function grouped(cents: number): string {
  return `${Math.floor(cents / 100).toLocaleString("en-US")}.${two(cents % 100)}`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file, rows, seed] = process.argv.slice(2);
  if (file === undefined || !(Number(rows) > 0)) {
    process.stderr.write("usage: node bench/make-orders.ts FILE ROWS [SEED]\n");
    process.exit(2);
  }
  process.stdout.write(`${JSON.stringify(makeOrders(file, Number(rows), Number(seed ?? 1)))}\n`);
}
