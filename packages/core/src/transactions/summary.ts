import { countOf, mergeHistograms, quantile } from "../base/histogram.ts";
import { DAY_STRIDE, type DayTuple, mergeDays, mergePackedDays, unpackDays } from "./day-series.ts";
import { distinctCount, mergeDistinct } from "./distinct.ts";
import { addCounts, addTuple, addTuples, keysOf, mergeOptional } from "./records.ts";
import type { ApartCounts, OrderSummary } from "./types.ts";

export { summarizeOrders } from "./summarize.ts";

/** The summary of no orders: the neutral element of {@link mergeSummaries}. */
export function emptyOrderSummary(): OrderSummary {
  return { v: 1, orders: 0, lines: 0, money: {}, days: {} };
}

/**
 * The summary of the orders of both homes: associative and commutative, byte for byte. Orders are not compared across homes: one order
 * filed under two keys of an account counts twice.
 */
export function mergeSummaries(a: OrderSummary, b: OrderSummary): OrderSummary {
  const merged: OrderSummary = {
    v: 1,
    orders: a.orders + b.orders,
    lines: a.lines + b.lines,
    money: addTuples(a.money, b.money),
    days: {},
  };
  for (const currency of keysOf(a.days, b.days))
    merged.days[currency] = mergePackedDays(a.days[currency] ?? "", b.days[currency] ?? "");
  set(merged, "undated", mergeOptional(a.undated, b.undated, addTuples));
  set(merged, "unitsPerLine", mergeOptional(a.unitsPerLine, b.unitsPerLine, mergeHistograms));
  set(merged, "daysBeyondDue", mergeOptional(a.daysBeyondDue, b.daysBeyondDue, mergeHistograms));
  set(merged, "discount", mergeOptional(a.discount, b.discount, addTuple));
  set(merged, "po", mergeOptional(a.po, b.po, addTuple));
  set(merged, "quotes", mergeOptional(a.quotes, b.quotes, addTuple));
  set(merged, "channels", mergeOptional(a.channels, b.channels, addCounts));
  set(merged, "terms", mergeOptional(a.terms, b.terms, addCounts));
  set(merged, "text", mergeOptional(a.text, b.text, addTuple));
  set(merged, "categories", mergeOptional(a.categories, b.categories, mergeDistinct));
  set(merged, "skus", mergeOptional(a.skus, b.skus, mergeDistinct));
  set(merged, "buyers", mergeOptional(a.buyers, b.buyers, mergeDistinct));
  set(merged, "shipTo", mergeOptional(a.shipTo, b.shipTo, mergeDistinct));
  set(merged, "apart", mergeOptional(a.apart, b.apart, mergeApart));
  return merged;
}

/**
 * The currency of most orders, among equals that of the larger number of revenue, then the one that sorts first; `""` = not stated; null
 * where nothing was ordered.
 */
export function mainCurrencyOf(summary: OrderSummary): string | null {
  let main: string | null = null;
  let most = 0;
  let largest = 0;
  for (const currency in summary.money) {
    const [orders, , revenue] = summary.money[currency]!;
    if (orders === 0 || orders < most) continue;
    const behind = revenue < largest || (revenue === largest && main !== null && currency > main);
    if (orders === most && behind) continue;
    main = currency;
    most = orders;
    largest = revenue;
  }
  return main;
}

/** Revenue of all time by currency, minor units; only currencies in which some money is known. */
export function revenueByCurrency(summary: OrderSummary): Record<string, number> {
  const revenue: Record<string, number> = {};
  for (const currency in summary.money) {
    const [, priced, sum] = summary.money[currency]!;
    if (priced > 0 || sum > 0) revenue[currency] = sum;
  }
  return revenue;
}

/** The dated orders in one currency by day, ascending; without `currency`, of the main one. */
export function orderDays(summary: OrderSummary, currency = mainCurrencyOf(summary) ?? ""): DayTuple[] {
  const series = unpackDays(summary.days[currency] ?? "");
  const tuples: DayTuple[] = [];
  for (let i = 0; i < series.length; i += DAY_STRIDE) tuples.push(series.slice(i, i + DAY_STRIDE) as DayTuple);
  return tuples;
}

/** All currencies' days in one flat series (money of different currencies added up: use the counts only). */
export function allDays(summary: OrderSummary): number[] {
  let all: number[] | null = null;
  for (const currency in summary.days) {
    const series = unpackDays(summary.days[currency]!);
    all = all === null ? series : mergeDays(all, series);
  }
  return all ?? [];
}

/** Share of the lines that state a discount (zero included) which have one, 0..1; null where no line states any. */
export function discountShare(summary: OrderSummary): number | null {
  return share(summary.discount);
}

/** Share of orders with a word for a quote among those with a channel or text, 0..1; null where none has either. */
export function quoteShare(summary: OrderSummary): number | null {
  return share(summary.quotes);
}

/** Share of orders with a purchase order number among those that say, 0..1; null where none says. */
export function poShare(summary: OrderSummary): number | null {
  return share(summary.po);
}

/** Share of orders on net terms (15 to 90 days) among those that state terms, 0..1; null where none does. */
export function termsShare(summary: OrderSummary): number | null {
  const { terms } = summary;
  if (terms === undefined) return null;
  let all = 0;
  let net = 0;
  for (const name in terms) {
    const orders = terms[name as keyof typeof terms] ?? 0;
    all += orders;
    if (name.startsWith("net")) net += orders;
  }
  return all === 0 ? null : net / all;
}

/** Share of orders placed by self-service online among those that name a channel, 0..1; null where none does. */
export function selfServeShare(summary: OrderSummary): number | null {
  const { channels } = summary;
  if (channels === undefined) return null;
  let all = 0;
  for (const name in channels) all += channels[name as keyof typeof channels] ?? 0;
  return all === 0 ? null : (channels.self_serve_online ?? 0) / all;
}

/** Lines with text, and of them those with a word for customisation, service or price; null where no line has text. */
export function textSignals(
  summary: OrderSummary,
): { lines: number; customisation: number; service: number; price: number } | null {
  const { text } = summary;
  return text === undefined ? null : { lines: text[0], customisation: text[1], service: text[2], price: text[3] };
}

/** Distinct ship-to places (exact below 32, then an estimate); null where no line names one. */
export function distinctShipTo(summary: OrderSummary): number | null {
  return distinct(summary.shipTo);
}

/** Distinct buyers (exact below 32, then an estimate); null where no line names one. */
export function distinctBuyers(summary: OrderSummary): number | null {
  return distinct(summary.buyers);
}

/** Distinct categories bought (exact below 32, then an estimate); null where no line names one. */
export function categoryCount(summary: OrderSummary): number | null {
  return distinct(summary.categories);
}

/** Distinct articles bought (exact below 32, then an estimate); null where no line names one. */
export function skuCount(summary: OrderSummary): number | null {
  return distinct(summary.skus);
}

/** Share of returned lines among placed and returned ones, 0..1; null where there are none of either. */
export function returnsShare(summary: OrderSummary): number | null {
  const returned = summary.apart?.returnedLines ?? 0;
  const all = summary.lines + returned;
  return all === 0 ? null : returned / all;
}

/** Median units per placed line and how many lines state a quantity; null where none does. Relative error 1/32. */
export function medianUnitsPerLine(summary: OrderSummary): { median: number; lines: number } | null {
  const { unitsPerLine } = summary;
  if (unitsPerLine === undefined) return null;
  const median = quantile(unitsPerLine, 0.5);
  return median === null ? null : { median, lines: countOf(unitsPerLine) };
}

function distinct(sketch: string | undefined): number | null {
  return sketch === undefined ? null : distinctCount(sketch);
}

function share(counts: readonly [all: number, some: number] | undefined): number | null {
  return counts === undefined || counts[0] === 0 ? null : counts[1] / counts[0];
}

function mergeApart(a: ApartCounts, b: ApartCounts): ApartCounts {
  return {
    cancelledOrders: a.cancelledOrders + b.cancelledOrders,
    cancelledLines: a.cancelledLines + b.cancelledLines,
    returnedLines: a.returnedLines + b.returnedLines,
    zeroLines: a.zeroLines + b.zeroLines,
    returnedAmount: addCounts(a.returnedAmount, b.returnedAmount),
  };
}

function set<K extends keyof OrderSummary>(summary: OrderSummary, key: K, value: OrderSummary[K]): void {
  if (value !== undefined) summary[key] = value;
}
