import type { Attributes, Day } from "../account/attribute.ts";
import type { BasePins } from "../base/base.ts";
import { countOf, quantile } from "../base/histogram.ts";
import { counted, derived, percent, stated, until } from "./cells.ts";
import { classifyDeals } from "./classify-deals.ts";
import {
  AOV_BANDS,
  BAND_CURRENCIES,
  CHANNEL_SHARE,
  MIN_BULK_LINES,
  MIN_INVOICES,
  NEXT_ORDER_PROBABILITY,
  PAYMENT_BANDS,
  RHYTHM_MIN_DAYS,
  WINDOW_DAYS,
} from "./config.ts";
import { dayNumber, dayOf } from "./day-number.ts";
import { formatMoney } from "./money.ts";
import { type OrderView, viewOrders } from "./order-view.ts";
import { type Cuts, quintileOf, rfmSegment } from "./rfm.ts";
import {
  cadenceOf,
  type Loyalty,
  loyaltyOf,
  loyaltyThresholds,
  nextOrderWithin,
  type Rhythm,
  rhythmOf,
  usageFrequencyOf,
} from "./rhythm.ts";
import { categoryCount, medianUnitsPerLine, revenueByCurrency } from "./summary.ts";
import type { DealSummary, OrderSummary } from "./types.ts";

/**
 * What orders and deals say about an account as of a day: cells `transactions.*` and `deals.*` (TAXONOMY 4.2 and 4.5). No cell where
 * evidence is missing. Money is in minor units of `transactions.currency` and `deals.currency`. Nothing is said about an account without
 * order or deal rows: that nobody listed an order is no evidence of none.
 */
export function classifyTransactions(
  orders: OrderSummary | null,
  deals: DealSummary | null,
  base: BasePins,
  asOf: Day,
): Attributes {
  const cells: Attributes = {};
  if (orders !== null) classifyOrders(cells, orders, base, asOf);
  if (deals !== null) classifyDeals(cells, deals, asOf);
  return cells;
}

function classifyOrders(cells: Attributes, summary: OrderSummary, base: BasePins, asOf: Day): void {
  const view = viewOrders(summary, dayNumber(asOf));
  if (view.orders === 0) {
    if (summary.orders === 0 && summary.apart !== undefined) nothingPlaced(cells, summary.apart.cancelledOrders, asOf);
    return;
  }
  const dated = (view.orders - view.undated) / view.orders;
  const rhythm = view.days.length === 0 ? null : rhythmOf(view.days);
  totals(cells, summary, view, rhythm, dated, asOf);
  const loyalty = rhythm === null ? null : timing(cells, view, rhythm, dated, asOf);
  if (rhythm !== null) quintiles(cells, view, rhythm, dated, loyalty, base, asOf);
  if (view.priced > 0) orderValue(cells, view, base, asOf);
  conduct(cells, summary, base, asOf);
}

function nothingPlaced(cells: Attributes, cancelled: number, asOf: Day): void {
  const evidence = cancelled > 0 ? `no placed order, ${cancelled} cancelled` : "no placed order, returned or empty lines only";
  cells["transactions.orders"] = stated("rule:transactions.orders@1", 0, 1, asOf, evidence);
  cells["transactions.cadence"] = derived("rule:transactions.cadence@1", "none", 1, 1, asOf, evidence);
  cells["transactions.loyalty"] = derived("rule:transactions.loyalty@1", "prospect", 1, 1, asOf, evidence);
}

function totals(
  cells: Attributes,
  summary: OrderSummary,
  view: OrderView,
  rhythm: Rhythm | null,
  dated: number,
  asOf: Day,
): void {
  const { orders, undated, currency, priced } = view;
  const undatedNote = undated > 0 ? `, ${undated} without a date` : "";
  const span = rhythm === null ? "" : ` from ${dayOf(rhythm.first)} to ${dayOf(rhythm.last)}`;
  cells["transactions.orders"] = stated(
    "rule:transactions.orders@1",
    orders,
    1,
    asOf,
    counted(orders, "order") + span + undatedNote,
  );
  if (priced > 0) {
    let evidence = `${formatMoney(view.revenue, currency)} in ${counted(priced, "order")}`;
    if (priced < orders) evidence += ` of ${orders}`;
    for (const [other, sum] of Object.entries(revenueByCurrency(summary))) {
      if (other !== currency) evidence += `, besides ${formatMoney(sum, other)}`;
    }
    if (currency === "") evidence += ", currency not stated";
    cells["transactions.revenue"] = stated("rule:transactions.revenue@1", view.revenue, priced / orders, asOf, evidence);
  }
  if (currency !== "") {
    const count = summary.money[currency]![0];
    const evidence = `${count} of ${counted(summary.orders, "order")} in ${currency}`;
    cells["transactions.currency"] = stated("rule:transactions.currency@1", currency, count / summary.orders, asOf, evidence);
  }
  if (rhythm === null) return;
  const first = dayOf(rhythm.first);
  const last = dayOf(rhythm.last);
  cells["transactions.firstOrderAt"] = stated(
    "rule:transactions.order-days@1",
    first,
    dated,
    asOf,
    `first order ${first}${undatedNote}`,
  );
  cells["transactions.lastOrderAt"] = stated(
    "rule:transactions.order-days@1",
    last,
    dated,
    asOf,
    `last order ${last}${undatedNote}`,
  );

  const { orders12m, priced12m, revenue12m } = view;
  const evidence = `${counted(orders12m, "order")} since ${dayOf(view.asOf - WINDOW_DAYS + 1)}${undatedNote}`;
  const count = stated("rule:transactions.orders12m@1", orders12m, dated, asOf, evidence);
  if (undated > 0) count.range = [orders12m, orders12m + undated];
  if (orders12m > 0) count.expiresAt = dayOf(view.first12m + WINDOW_DAYS);
  cells["transactions.orders12m"] = count;
  if (priced12m === 0 && (orders12m > 0 || priced === 0)) return;
  const known = orders12m === 0 ? dated : (dated * priced12m) / orders12m;
  const money = `revenue12m ${formatMoney(revenue12m, currency)} (${counted(priced12m, "order")})`;
  const sum = stated("rule:transactions.revenue12m@1", revenue12m, known, asOf, money);
  if (orders12m > 0) sum.expiresAt = dayOf(view.first12m + WINDOW_DAYS);
  cells["transactions.revenue12m"] = sum;
  if (orders < 2) return;
  const value = derived("rule:transactions.clv@1", revenue12m, orders, known, asOf, `${money}; revenue as stated, costs unknown`);
  if (orders12m > 0) value.expiresAt = dayOf(view.first12m + WINDOW_DAYS);
  cells["transactions.clv"] = value;
}

function timing(cells: Attributes, view: OrderView, rhythm: Rhythm, dated: number, asOf: Day): Loyalty | null {
  const recency = view.asOf - rhythm.last;
  const settled = view.undated === 0 || rhythm.days >= RHYTHM_MIN_DAYS;
  const gaps =
    rhythm.days < 2
      ? ""
      : `, gaps of ${Math.round(rhythm.meanGap)} days on average${rhythm.days > 2 ? ` (variation ${rhythm.cv.toFixed(2)})` : ""}`;
  const days = `${counted(rhythm.days, "order day")}${gaps}`;
  if (settled) {
    const cadence = cadenceOf(rhythm.days, rhythm.cv);
    cells["transactions.cadence"] = derived("rule:transactions.cadence@1", cadence, rhythm.days, dated, asOf, days);
    const usage = usageFrequencyOf(rhythm);
    if (usage !== null) {
      const evidence = `median gap of ${rhythm.medianGap} days between ${counted(rhythm.days, "order day")}`;
      cells["transactions.usageFrequency"] = derived(
        "rule:transactions.usage-frequency@1",
        usage,
        rhythm.days,
        dated,
        asOf,
        evidence,
      );
    }
  }
  const thresholds = loyaltyThresholds(rhythm);
  const loyalty = loyaltyOf(view.orders, recency, thresholds);
  const limit = loyalty === "lapsed" ? null : Math.floor(loyalty === "at_risk" ? thresholds.lapsed : thresholds.atRisk) + 1;
  const bounds = `at risk after ${Math.floor(thresholds.atRisk)}, lapsed after ${Math.floor(thresholds.lapsed)}`;
  const evidence = `last order ${recency} days ago (${bounds}); ${days}`;
  const cell = derived("rule:transactions.loyalty@1", loyalty, rhythm.days, dated, asOf, evidence);
  cells["transactions.loyalty"] = limit === null ? cell : until(cell, dayOf(rhythm.last + limit));

  const within = nextOrderWithin(rhythm);
  if (within !== null && recency <= within) {
    const day = rhythm.last + within;
    const words = `${days}: the next order by ${dayOf(day)} with ${percent(NEXT_ORDER_PROBABILITY)}`;
    const next = derived("rule:transactions.next-order@1", dayOf(day), rhythm.days, dated, asOf, words);
    cells["transactions.nextOrderBy"] = until(next, dayOf(day + 1));
  }
  return loyalty;
}

function quintiles(
  cells: Attributes,
  view: OrderView,
  rhythm: Rhythm,
  dated: number,
  loyalty: Loyalty | null,
  base: BasePins,
  asOf: Day,
): void {
  const { recency: recencyCuts, frequency: frequencyCuts } = base;
  if (recencyCuts === undefined || frequencyCuts === undefined) return;
  const days = view.asOf - rhythm.last;
  const recency = (6 - quintileOf(days, recencyCuts)) as 1 | 2 | 3 | 4 | 5;
  const changes = nextRecencyCut(days, recencyCuts);
  const r = derived(
    "rule:transactions.recency@1",
    recency,
    view.orders,
    dated,
    asOf,
    fifth(recency, `${days} days since the last order`, base.n),
  );
  cells["transactions.recency"] = changes === null ? r : until(r, dayOf(rhythm.last + changes));
  const frequency = quintileOf(view.orders, frequencyCuts);
  cells["transactions.frequency"] = derived(
    "rule:transactions.frequency@1",
    frequency,
    view.orders,
    1,
    asOf,
    fifth(frequency, counted(view.orders, "order"), base.n),
  );
  const moneyCuts = base.monetary[view.currency];
  if (moneyCuts === undefined || view.priced === 0) return;
  const monetary = quintileOf(view.revenue, moneyCuts);
  const known = view.priced / view.orders;
  const words = fifth(monetary, formatMoney(view.revenue, view.currency), base.n);
  cells["transactions.monetary"] = derived("rule:transactions.monetary@1", monetary, view.orders, known, asOf, words);
  const segment = rfmSegment(recency, frequency, monetary);
  const evidence = `recency ${recency}, frequency ${frequency}, money ${monetary} of 5${loyalty === null ? "" : ` (loyalty ${loyalty})`}`;
  const rfm = derived("rule:transactions.rfm@1", segment, view.orders, Math.min(dated, known), asOf, evidence);
  cells["transactions.rfm"] = changes === null ? rfm : until(rfm, dayOf(rhythm.last + changes));
}

function fifth(quintile: number, what: string, n: number): string {
  return `${what}: fifth ${quintile} of 5 among ${n} accounts with orders`;
}

/** Days since the last order from which the recency fifth may be another; null past the last cut. */
function nextRecencyCut(days: number, cuts: Cuts): number | null {
  for (const cut of cuts) {
    if (days < cut) return cut;
    if (days === cut) return cut + 1;
  }
  return null;
}

function orderValue(cells: Attributes, view: OrderView, base: BasePins, asOf: Day): void {
  const { currency, priced } = view;
  const aov = Math.round(view.revenue / priced);
  const evidence = `${formatMoney(aov, currency)} an order on average of ${counted(priced, "order")}`;
  cells["transactions.aov"] = derived("rule:transactions.aov@1", aov, priced, 1, asOf, evidence);
  if (BAND_CURRENCIES.has(currency)) {
    const band = AOV_BANDS.find(([below]) => aov / 100 < below) ?? AOV_BANDS[AOV_BANDS.length - 1]!;
    cells["transactions.aovBand"] = derived("rule:transactions.aov-band@1", band[1], priced, 1, asOf, evidence);
  }
  const cuts = base.aov[currency];
  if (cuts === undefined) return;
  const quintile = quintileOf(aov, cuts);
  cells["transactions.aovQuintile"] = derived(
    "rule:transactions.aov-quintile@1",
    quintile,
    priced,
    1,
    asOf,
    fifth(quintile, evidence, base.n),
  );
}

function conduct(cells: Attributes, summary: OrderSummary, base: BasePins, asOf: Day): void {
  const categories = categoryCount(summary);
  if (categories !== null) {
    const evidence = `${categories} ${categories === 1 ? "category" : "categories"} in ${counted(summary.lines, "line")}`;
    cells["transactions.categories"] = stated("rule:transactions.categories@1", categories, 1, asOf, evidence);
  }
  const units = medianUnitsPerLine(summary);
  const { unitsPerLineP75, unitsPerLineMedian } = base;
  if (units !== null && units.lines >= MIN_BULK_LINES && unitsPerLineP75 !== undefined && unitsPerLineMedian !== undefined) {
    const bulk = units.median >= unitsPerLineP75 && units.median > unitsPerLineMedian ? "yes" : "no";
    const evidence = `median of ${units.median} units in ${counted(units.lines, "line")}; three quarters of the base at most ${unitsPerLineP75}`;
    cells["transactions.bulkBuyer"] = derived("rule:transactions.bulk-buyer@1", bulk, units.lines, 1, asOf, evidence);
  }
  if (summary.terms !== undefined)
    mode(cells, "transactions.paymentTerms", "rule:transactions.payment-terms@1", summary.terms, 0, asOf);
  if (summary.channels !== undefined)
    mode(cells, "transactions.channel", "rule:transactions.channel@1", summary.channels, CHANNEL_SHARE, asOf);
  const { daysBeyondDue } = summary;
  const invoices = daysBeyondDue === undefined ? 0 : countOf(daysBeyondDue);
  if (daysBeyondDue === undefined || invoices < MIN_INVOICES) return;
  const median = quantile(daysBeyondDue, 0.5)!;
  const behaviour = PAYMENT_BANDS.find(([most]) => median <= most)?.[1] ?? "late_30_plus";
  const when =
    median === 0 ? "on the due day" : `${counted(Math.abs(median), "day")} ${median < 0 ? "before" : "after"} the due day`;
  const evidence = `median payment ${when}, ${counted(invoices, "order")}`;
  cells["transactions.paymentBehaviour"] = derived(
    "rule:transactions.payment-behaviour@1",
    behaviour,
    invoices,
    1,
    asOf,
    evidence,
  );
}

/** The most frequent class (among equals the one that sorts first); `mixed` where its share is below `least`. */
function mode(
  cells: Attributes,
  name: string,
  rule: string,
  counts: Readonly<Record<string, number | undefined>>,
  least: number,
  asOf: Day,
): void {
  let all = 0;
  let best = "";
  let most = 0;
  for (const key in counts) {
    const count = counts[key] ?? 0;
    all += count;
    if (count > most || (count === most && key < best)) {
      best = key;
      most = count;
    }
  }
  if (all === 0) return;
  const share = most / all;
  const value = share < least ? "mixed" : best;
  cells[name] = derived(rule, value, all, value === "mixed" ? 1 : share, asOf, `${best} in ${most} of ${counted(all, "order")}`);
}
