import type { OrderLine } from "../account/facts.ts";
import { dayNumber } from "./day-number.ts";
import { lineAmount } from "./money.ts";
import type { StoredOrder } from "./types.ts";

/** What a line counts as. */
export type LineClass = "placed" | "cancelled" | "returned" | "zero";

/** Whether a line is part of an order, or counted apart: cancelled, returned (also negative quantity or money), empty (zero of either). */
export function lineClass(line: OrderLine): LineClass {
  if (line.status !== "placed") return line.status;
  const money = lineAmount(line) ?? line.orderTotal ?? 1;
  const quantity = line.quantity ?? 1;
  const unitPrice = line.unitPrice ?? 1;
  if (quantity < 0 || unitPrice < 0 || money < 0) return "returned";
  return quantity === 0 || unitPrice === 0 || money === 0 ? "zero" : "placed";
}

/** The currency that most lines name, among equals the one that sorts first; `""` where none does. */
export function mainCurrency(lines: readonly OrderLine[]): string {
  let first: string | undefined;
  let mixed = false;
  for (const { currency } of lines) {
    if (currency === undefined) continue;
    if (first === undefined) first = currency;
    else if (first !== currency) mixed = true;
  }
  if (!mixed) return first ?? "";
  const counts = new Map<string, number>();
  for (const { currency } of lines) if (currency !== undefined) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  let best = first!;
  for (const [currency, count] of counts) {
    const most = counts.get(best)!;
    if (count > most || (count === most && currency < best)) best = currency;
  }
  return best;
}

/** {@link mainCurrency} of all lines of an order, placed or not. */
export function currencyOf(order: StoredOrder): string {
  return mainCurrency(order.parts.flatMap((part) => part.lines));
}

/** Of the statements of one order by several lists the one that counts, and the earliest day that any of them names. */
export function richest(orders: readonly StoredOrder[]): [order: StoredOrder, day: number] {
  let best = orders[0]!;
  let most = -1;
  let day = Number.NaN;
  for (const order of orders) {
    let known = 0;
    for (const part of order.parts) {
      for (const line of part.lines) {
        for (const field in line) if (line[field as keyof OrderLine] !== undefined) known++;
        const number = line.date === undefined ? Number.NaN : dayNumber(line.date);
        if (!(number >= day) && !Number.isNaN(number)) day = number;
      }
    }
    if (known > most) {
      best = order;
      most = known;
    }
  }
  return [best, day];
}
