import { WINDOW_DAYS } from "./config.ts";
import { DAY_STRIDE, unpackDays } from "./day-series.ts";
import { allDays, mainCurrencyOf } from "./summary.ts";
import type { OrderSummary } from "./types.ts";

/** An order summary as of a day. Orders dated later have not happened; undated ones have. Money is in minor units of `currency`. */
export interface OrderView {
  /** Day number. */
  asOf: number;
  /** All orders until then, undated ones included. */
  orders: number;
  undated: number;
  /** The main currency; `""` = not stated. */
  currency: string;
  /** Orders in the main currency with known money, and their revenue. */
  priced: number;
  revenue: number;
  /** Distinct days with orders, ascending. */
  days: number[];
  /** Orders in the last {@link WINDOW_DAYS} days, asOf included, and the day of the first of them (NaN where there is none). */
  orders12m: number;
  first12m: number;
  /** Of them in the main currency with known money, and their revenue. */
  priced12m: number;
  revenue12m: number;
}

/** Reads a summary as of day number `asOf`. The window is exact at any asOf, back as well as forth. */
export function viewOrders(summary: OrderSummary, asOf: number): OrderView {
  const currency = mainCurrencyOf(summary) ?? "";
  const since = asOf - WINDOW_DAYS;
  const undated = summary.undated?.[currency];
  const view: OrderView = {
    asOf,
    orders: 0,
    undated: 0,
    currency,
    priced: undated?.[1] ?? 0,
    revenue: undated?.[2] ?? 0,
    days: [],
    orders12m: 0,
    first12m: Number.NaN,
    priced12m: 0,
    revenue12m: 0,
  };
  for (const each in summary.undated) view.undated += summary.undated[each]![0];
  view.orders = view.undated;

  const main = unpackDays(summary.days[currency] ?? "");
  for (let i = 0; i < main.length && main[i]! <= asOf; i += DAY_STRIDE) {
    view.priced += main[i + 2]!;
    view.revenue += main[i + 3]!;
    if (main[i]! > since) {
      view.priced12m += main[i + 2]!;
      view.revenue12m += main[i + 3]!;
    }
  }
  const all = hasOthers(summary.days, currency) ? allDays(summary) : main;
  for (let i = 0; i < all.length && all[i]! <= asOf; i += DAY_STRIDE) {
    const orders = all[i + 1]!;
    if (orders === 0) continue;
    view.orders += orders;
    view.days.push(all[i]!);
    if (all[i]! > since) {
      if (view.orders12m === 0) view.first12m = all[i]!;
      view.orders12m += orders;
    }
  }
  return view;
}

function hasOthers(days: Record<string, string>, currency: string): boolean {
  for (const each in days) if (each !== currency) return true;
  return false;
}
