import type { OrderLine } from "../../account/facts.ts";
import { countryCode } from "../../firmographics/country.ts";
import { BoundedCache } from "../../resolve/keys/bounded-cache.ts";
import { emailDomain } from "../../resolve/keys/domain.ts";
import type { Identity } from "../draft.ts";
import { currencyExponent, settleCurrency } from "../values/currency.ts";
import { withoutAddresses } from "../values/identifier.ts";
import { isMissing } from "../values/missing.ts";
import { trimmed } from "../values/trim.ts";
import { type CellReader, type CompiledColumn, sameCells } from "./cell-reader.ts";

type Columns = readonly CompiledColumn[];
const CANCELLED = /^(?:(?:fully\s+)?refunded|cancell?ed|canceled|void(?:ed)?|storniert|annulée?|anulado|cancelado|geannuleerd)$/i;
const RETURNED = /^(?:returned|return|retour(?:né)?|retourniert|rückgabe|devuelto|geretourneerd)$/i;
const CANCELLATION_ID = /^C\d+$/i;
const NON_ZERO = /[1-9]/;
const MEMO_STATUSES = 256;
const MEMO_BUYERS = 1024;

/** What an address says: the id of whoever bought, and the domain of the company. */
interface Buyer {
  hash: string;
  domain: string | null;
}

/** The order whose first line was read last: what its later lines leave out, they inherit from it. */
export interface OpenOrder {
  orderId: string;
  currency?: string | undefined;
  status: OrderLine["status"];
}

/** The columns that a line is read from. Spelt out: an object made from a list of names is slow to ask, and every row asks for all. */
function columnsOf(of: (field: string) => Columns) {
  return {
    id: of("id"),
    date: of("date"),
    currency: of("currency"),
    sku: of("sku"),
    category: of("category"),
    text: of("text"),
    quantity: of("quantity"),
    unitPrice: of("unitPrice"),
    amount: of("amount"),
    total: of("total"),
    subtotal: of("subtotal"),
    discount: of("discount"),
    discountAmount: of("discountAmount"),
    status: of("status"),
    cancelledAt: of("cancelledAt"),
    refunded: of("refunded"),
    channel: of("channel"),
    paymentTerms: of("paymentTerms"),
    paidAt: of("paidAt"),
    dueAt: of("dueAt"),
    poNumber: of("poNumber"),
    buyerEmail: of("buyerEmail"),
    shipCountry: of("shipCountry"),
    shipPostalCode: of("shipPostalCode"),
    shipCity: of("shipCity"),
  };
}

/** Reads the order line of a row. Money is in minor units of the row's currency; cells that do not parse are left out. */
export class OrderReader {
  readonly #reader: CellReader;
  readonly #hash: (text: string) => string;
  readonly #currency: string | undefined;
  readonly #columns: Readonly<ReturnType<typeof columnsOf>>;
  readonly #money: Columns;
  readonly #headerCurrency: string | undefined;
  readonly #cancelPrefix: boolean;
  #lastRaw = "";
  #lastBuyer: Buyer | undefined;
  readonly #buyers = new BoundedCache<Buyer>(MEMO_BUYERS);
  readonly #place: Columns;
  #shipped: { cells: readonly string[]; to: string | undefined } | null = null;
  readonly #statuses = new Map<string, OrderLine["status"]>();

  constructor(columns: Columns, reader: CellReader, hash: (text: string) => string, currency: string | undefined) {
    this.#reader = reader;
    this.#hash = hash;
    this.#currency = currency;
    const own = columns.filter((column) => column.field.startsWith("order."));
    const of = (field: string): Columns => own.filter((column) => column.field === `order.${field}`);
    this.#columns = columnsOf(of);
    this.#place = ["shipCountry", "shipPostalCode", "shipCity"].flatMap((field) => of(field));
    this.#money = own.filter((column) => column.plan.type === "minor");
    this.#headerCurrency = this.#money.find((column) => column.plan.currency !== undefined)?.plan.currency;
    this.#cancelPrefix = of("id")[0]?.plan.cancelPrefix === true;
  }

  /** Whether the row carries an order id of its own. */
  hasId(cells: readonly string[]): boolean {
    return this.#reader.text(cells, this.#columns.id) !== undefined;
  }

  /**
   * The line; adds the buyer's company domain to `identity`. An order without an id gets one from its content. A line that goes on the
   * `open` order (it names no buyer of its own) and names no currency and no status is in its currency, and cancelled where it is.
   */
  read(cells: readonly string[], identity: Identity, open?: OpenOrder): OrderLine {
    const reader = this.#reader;
    const columns = this.#columns;
    const id = reader.identifier(cells, columns.id);
    const order: OrderLine = { orderId: id ?? this.#hash(cells.join("\u001f")), status: "placed" };
    const first = open?.orderId === id && !this.#namesBuyer(cells, identity) ? open : undefined;
    const currency = this.#rowCurrency(cells, first);
    const exponent = currencyExponent(currency);
    const date = reader.date(cells, columns.date);
    if (date !== undefined) order.date = date;
    if (currency !== undefined) order.currency = currency;
    const sku = reader.identifier(cells, columns.sku);
    if (sku !== undefined) order.sku = sku;
    const category = reader.text(cells, columns.category);
    if (category !== undefined) order.category = category;
    const quantity = reader.number(cells, columns.quantity);
    if (quantity !== undefined) order.quantity = quantity;
    const unitPrice = reader.minor(cells, columns.unitPrice, exponent);
    if (unitPrice !== undefined) order.unitPrice = unitPrice;
    const amount = reader.minor(cells, columns.amount, exponent);
    if (amount !== undefined) order.amount = amount;
    const total = reader.minor(cells, columns.total, exponent);
    if (total !== undefined) order.orderTotal = total;
    const discount = this.#discount(cells, exponent);
    if (discount !== undefined) order.discount = discount;
    order.status = this.#status(cells, id, quantity, unitPrice, amount, total);
    if (first?.status === "cancelled" && order.status === "placed" && reader.text(cells, columns.status) === undefined)
      order.status = "cancelled";
    const refunded = reader.minor(cells, columns.refunded, exponent);
    if (refunded !== undefined && refunded !== 0) order.refunded = refunded;
    this.#terms(cells, order);
    const buyer = this.#buyer(cells);
    if (buyer !== undefined) {
      order.buyer = buyer.hash;
      if (identity.emailDomain === undefined && buyer.domain !== null) identity.emailDomain = buyer.domain;
    }
    const shipTo = this.#shipTo(cells);
    if (shipTo !== undefined) order.shipTo = shipTo;
    const text = reader.text(cells, columns.text);
    const plain = text === undefined ? undefined : withoutAddresses(text);
    if (plain !== undefined) order.text = plain.toLowerCase();
    return order;
  }

  #buyer(cells: readonly string[]): Buyer | undefined {
    const columns = this.#columns.buyerEmail;
    const raw = columns.length === 0 ? "" : (cells[columns[0]!.position] ?? "");
    if (raw !== "" && raw === this.#lastRaw) return this.#lastBuyer;
    const { noted } = this.#reader;
    const email = this.#reader.email(cells, columns);
    if (email === undefined) return undefined;
    let buyer = this.#buyers.get(email);
    if (buyer === undefined) {
      buyer = { hash: this.#hash(email), domain: emailDomain(email) };
      this.#buyers.set(email, buyer);
    }
    // The lines of an order come one after the other; remembered where the first cell said it, not a later one in place of none or of no address.
    if (this.#reader.noted === noted && !isMissing(trimmed(raw))) {
      this.#lastRaw = raw;
      this.#lastBuyer = buyer;
    }
    return buyer;
  }

  /** Lines that name a buyer may stand at the beginning of a range, where the line above is not known: they say all there is to say. */
  #namesBuyer(cells: readonly string[], identity: Identity): boolean {
    for (const key in identity) if (identity[key as keyof Identity] !== undefined) return true;
    return this.#reader.text(cells, this.#columns.buyerEmail) !== undefined;
  }

  #terms(cells: readonly string[], order: OrderLine): void {
    const reader = this.#reader;
    const columns = this.#columns;
    const channel = reader.text(cells, columns.channel);
    if (channel !== undefined) order.channel = channel;
    const paymentTerms = reader.text(cells, columns.paymentTerms);
    if (paymentTerms !== undefined) order.paymentTerms = paymentTerms;
    const paidAt = reader.date(cells, columns.paidAt);
    if (paidAt !== undefined) order.paidAt = paidAt;
    const dueAt = reader.date(cells, columns.dueAt);
    if (dueAt !== undefined) order.dueAt = dueAt;
    if (reader.text(cells, columns.poNumber) !== undefined) order.poNumber = true;
  }

  /** A currency column, else what the money cells carry, else the header's unit, else the order's, else the declared one. */
  #rowCurrency(cells: readonly string[], first: OpenOrder | undefined): string | undefined {
    const declared = first?.currency ?? this.#currency;
    const written = this.#reader.currency(cells, this.#columns.currency) ?? this.#reader.moneySymbol(cells, this.#money);
    return settleCurrency(written ?? this.#headerCurrency, declared);
  }

  #discount(cells: readonly string[], exponent: number): number | undefined {
    const share = this.#reader.share(cells, this.#columns.discount);
    if (share !== undefined) return share;
    if (this.#columns.discountAmount.length === 0) return undefined;
    const off = this.#reader.minor(cells, this.#columns.discountAmount, exponent);
    const paid = this.#reader.minor(cells, this.#columns.subtotal, exponent);
    if (off === undefined || paid === undefined || off < 0 || paid < 0) return undefined;
    return off === 0 ? 0 : off / (off + paid);
  }

  #status(
    cells: readonly string[],
    id: string | undefined,
    quantity: number | undefined,
    unitPrice: number | undefined,
    amount: number | undefined,
    total: number | undefined,
  ): OrderLine["status"] {
    if (this.#cancelPrefix && id !== undefined && CANCELLATION_ID.test(id)) return "cancelled";
    if (this.#reader.text(cells, this.#columns.cancelledAt) !== undefined) return "cancelled";
    const word = this.#reader.text(cells, this.#columns.status);
    if (word !== undefined) {
      const status = this.#statusOf(word);
      if (status !== "placed") return status;
    }
    if (quantity !== undefined && quantity <= 0) return "returned";
    if (this.#isNothing(cells, this.#columns.unitPrice, unitPrice)) return "returned";
    if (this.#isNothing(cells, this.#columns.amount, amount)) return "returned";
    if (unitPrice === undefined && amount === undefined && this.#isNothing(cells, this.#columns.total, total)) return "returned";
    return "placed";
  }

  /** Whether an amount is zero or negative; a price below half a minor unit rounds to zero and is still a price. */
  #isNothing(cells: readonly string[], columns: Columns, value: number | undefined): boolean {
    if (value === undefined || value > 0) return false;
    return value < 0 || !NON_ZERO.test(this.#reader.text(cells, columns) ?? "");
  }

  #statusOf(word: string): OrderLine["status"] {
    let status = this.#statuses.get(word);
    if (status === undefined) {
      const plain = word.replaceAll("_", " ");
      status = CANCELLED.test(plain) ? "cancelled" : RETURNED.test(plain) ? "returned" : "placed";
      if (this.#statuses.size < MEMO_STATUSES) this.#statuses.set(word, status);
    }
    return status;
  }

  /** Lines of one order go to one place: where the cells are those of the line before, so is the answer. */
  #shipTo(cells: readonly string[]): string | undefined {
    if (this.#place.length === 0) return undefined;
    const last = this.#shipped;
    if (last !== null && sameCells(this.#place, last.cells, cells)) return last.to;
    const { noted } = this.#reader;
    const to = this.#readShipTo(cells);
    this.#shipped = this.#reader.noted === noted ? { cells, to } : null;
    return to;
  }

  #readShipTo(cells: readonly string[]): string | undefined {
    const columns = this.#columns;
    const country = this.#reader.text(cells, columns.shipCountry);
    const postal = this.#reader.identifier(cells, columns.shipPostalCode);
    const city = this.#reader.text(cells, columns.shipCity);
    if (country === undefined && postal === undefined && city === undefined) return undefined;
    const code = country === undefined ? "" : (countryCode(country) ?? country.toLowerCase());
    return `${code}|${(postal ?? "").toLowerCase().replaceAll(" ", "")}|${(city ?? "").toLowerCase()}`;
  }
}
