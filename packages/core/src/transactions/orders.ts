import type { OrderLine } from "../account/facts.ts";
import type { IncomingLine, ListVersion, RowClass, StoredOrder, StoredPart } from "./types.ts";

/**
 * Joins all lines that one version of a list has for one home to the orders stored for that home. Neither argument is changed; orders come
 * back by (orderId, list), classes by row. The result depends neither on the order of the rows nor on the order in which versions arrive:
 * per article of an order the higher version stands as a whole, so that a file cut in two inside an order adds up, a corrected line
 * replaces what it corrects, and the same version again changes nothing. Lines without an article number are one article. Equal lines
 * are kept.
 */
export function mergeOrderLines(
  existing: readonly StoredOrder[],
  incoming: readonly IncomingLine[],
  from: ListVersion,
): { orders: StoredOrder[]; classes: RowClass[] } {
  const lines = new Map<string, OrderLine[]>();
  const firstRow = new Map<string, number>();
  for (const { row, line } of incoming) {
    const known = lines.get(line.orderId);
    if (known === undefined) {
      lines.set(line.orderId, [line]);
      firstRow.set(line.orderId, row);
    } else {
      known.push(line);
      if (row < firstRow.get(line.orderId)!) firstRow.set(line.orderId, row);
    }
  }
  const classes: RowClass[] = [];
  for (const { row, line } of incoming) classes.push({ row, class: firstRow.get(line.orderId) === row ? "accepted" : "merged" });
  classes.sort(byRow);

  const orders: StoredOrder[] = [];
  for (const order of existing) {
    const more = order.list === from.list ? lines.get(order.orderId) : undefined;
    if (more === undefined) {
      orders.push(order);
    } else {
      orders.push(joinOrder(order, partsOf(more, from.version)));
      lines.delete(order.orderId);
    }
  }
  for (const [orderId, fresh] of lines) {
    orders.push({ orderId, list: from.list, version: from.version, parts: partsOf(fresh, from.version) });
  }
  orders.sort(byKey);
  return { orders, classes };
}

/** Ascending by order id, then list. */
export function byKey(a: StoredOrder, b: StoredOrder): number {
  if (a.orderId !== b.orderId) return a.orderId < b.orderId ? -1 : 1;
  return a.list < b.list ? -1 : a.list > b.list ? 1 : 0;
}

/** An order without the lines that some versions of its list said; null where none is left. */
export function withoutVersions(order: StoredOrder, withdrawn: ReadonlySet<number>): StoredOrder | null {
  const parts = order.parts.filter((part) => !withdrawn.has(part.version));
  if (parts.length === order.parts.length) return order;
  return parts.length === 0 ? null : { ...order, version: highest(parts), parts };
}

function highest(parts: readonly StoredPart[]): number {
  let version = parts[0]!.version;
  for (const part of parts) if (part.version > version) version = part.version;
  return version;
}

function byRow(a: RowClass, b: RowClass): number {
  return a.row - b.row;
}

function joinOrder(order: StoredOrder, incoming: StoredPart[]): StoredOrder {
  const parts: StoredPart[] = [];
  let i = 0;
  let j = 0;
  while (i < order.parts.length || j < incoming.length) {
    const old = order.parts[i];
    const fresh = incoming[j];
    let part: StoredPart;
    if (fresh === undefined || (old !== undefined && old.sku < fresh.sku)) {
      part = old!;
      i++;
    } else if (old === undefined || fresh.sku < old.sku) {
      part = fresh;
      j++;
    } else {
      part = old.version > fresh.version ? old : fresh;
      i++;
      j++;
    }
    parts.push(part);
  }
  return { orderId: order.orderId, list: order.list, version: highest(parts), parts };
}

function partsOf(lines: OrderLine[], version: number): StoredPart[] {
  if (lines.length === 1) return [{ sku: lines[0]!.sku ?? "", version, lines }];
  lines.sort(compareLines);
  const parts: StoredPart[] = [];
  for (const line of lines) {
    const sku = line.sku ?? "";
    const last = parts[parts.length - 1];
    if (last !== undefined && last.sku === sku) last.lines.push(line);
    else parts.push({ sku, version, lines: [line] });
  }
  return parts;
}

const LINE_FIELDS = [
  "date",
  "amount",
  "quantity",
  "unitPrice",
  "orderTotal",
  "discount",
  "status",
  "currency",
  "category",
  "refunded",
  "channel",
  "paymentTerms",
  "paidAt",
  "dueAt",
  "poNumber",
  "buyer",
  "shipTo",
  "text",
] as const satisfies ReadonlyArray<keyof OrderLine>;

/** By article, then by every field; fields that are not stated come first. Zero only for lines of equal content. */
function compareLines(a: OrderLine, b: OrderLine): number {
  const left = a.sku ?? "";
  const right = b.sku ?? "";
  if (left !== right) return left < right ? -1 : 1;
  for (const field of LINE_FIELDS) {
    const x = a[field];
    const y = b[field];
    if (x === y) continue;
    if (x === undefined) return -1;
    if (y === undefined) return 1;
    return x < y ? -1 : 1;
  }
  return 0;
}
