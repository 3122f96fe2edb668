import type { Attributes, Day } from "../account/attribute.ts";
import type { BasePins } from "../base/base.ts";
import { counted, derived, percent, stated, until } from "./cells.ts";
import { conduct } from "./classify-conduct.ts";
import { classifyDeals } from "./classify-deals.ts";
import { orderValue, quintiles } from "./classify-standing.ts";
import { NEXT_ORDER_PROBABILITY, RHYTHM_MIN_DAYS, WINDOW_DAYS } from "./config.ts";
import { dayNumber, dayOf } from "./day-number.ts";
import { formatMoney } from "./money.ts";
import { type OrderView, viewOrders } from "./order-view.ts";
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
    for (const other in summary.money)
      if (other !== currency) evidence += `, besides ${formatMoney(summary.money[other]![2], other)}`;
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
  const loyalty = loyaltyOf(rhythm.days + view.undated, recency, thresholds);
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
