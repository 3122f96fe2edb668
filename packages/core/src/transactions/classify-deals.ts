import type { Attributes, Day } from "../account/attribute.ts";
import { counted, derived, percent, stated } from "./cells.ts";
import { MIN_CLOSED_DEALS } from "./config.ts";
import { dayNumber, dayOf } from "./day-number.ts";
import { lostOnPriceShare, mainAmountCurrency, openAges, wonCycleDays } from "./deal-summary.ts";
import { formatMoney } from "./money.ts";
import type { DealSummary } from "./types.ts";

/** z of an 80 % interval. */
const Z80 = 1.2816;

/** Adds the cells `deals.*`; nothing for a summary of no deals. */
export function classifyDeals(cells: Attributes, summary: DealSummary, asOf: Day): void {
  const { won, lost, open } = summary;
  const all = won.deals + lost.deals + open.deals;
  if (all === 0) return;
  const evidence = `${counted(all, "deal")}: ${won.deals} won, ${lost.deals} lost, ${open.deals} open`;
  cells["deals.won"] = stated("rule:deals.count@1", won.deals, 1, asOf, evidence);
  cells["deals.lost"] = stated("rule:deals.count@1", lost.deals, 1, asOf, evidence);
  cells["deals.open"] = stated("rule:deals.count@1", open.deals, 1, asOf, evidence);

  const closed = won.deals + lost.deals;
  if (closed >= MIN_CLOSED_DEALS) {
    const rate = won.deals / closed;
    const words = `${won.deals} of ${counted(closed, "closed deal")} won (${percent(rate)})`;
    const cell = derived("rule:deals.win-rate@1", Math.round(rate * 1000) / 1000, closed, 1, asOf, words);
    cell.range = wilson(won.deals, closed);
    cells["deals.winRate"] = cell;
  }
  const cycle = wonCycleDays(summary);
  if (cycle !== null) {
    const words = `median of ${counted(cycle.deals, "won deal")}, from ${cycle.low} to ${cycle.high} days; wins only, so an optimistic figure`;
    const cell = derived("rule:deals.median-cycle-days@1", cycle.median, cycle.deals, cycle.deals / won.deals, asOf, words);
    cell.range = [cycle.low, cycle.high];
    cells["deals.medianCycleDays"] = cell;
  }
  const currency = mainAmountCurrency(open);
  if (currency !== null) {
    const [priced, sum] = open.amount[currency]!;
    const largest = summary.largestOpen?.[currency] ?? sum;
    const words = `${formatMoney(sum, currency)} in ${counted(priced, "open deal")}, the largest ${formatMoney(largest, currency)}`;
    cells["deals.openAmount"] = stated("rule:deals.open-amount@1", sum, priced / open.deals, asOf, words);
  }
  const wonCurrency = mainAmountCurrency(won);
  const stating = currency ?? wonCurrency;
  if (wonCurrency !== null && wonCurrency === stating) {
    const [priced, sum] = won.amount[wonCurrency]!;
    const words = `${formatMoney(sum, wonCurrency)} in ${counted(priced, "won deal")}`;
    cells["deals.wonAmount"] = stated("rule:deals.won-amount@1", sum, priced / won.deals, asOf, words);
  }
  if (stating !== null && stating !== "") {
    cells["deals.currency"] = stated("rule:deals.currency@1", stating, 1, asOf, `amounts in ${stating}`);
  }
  lastDay(cells, "deals.lastWonAt", "won", summary.lastWon, asOf);
  lastDay(cells, "deals.lastLostAt", "lost", summary.lastLost, asOf);
  const ages = openAges(summary, dayNumber(asOf));
  if (ages.length > 0) {
    const oldest = ages[0]!;
    const median = ages[ages.length >> 1]!;
    const words = `${counted(ages.length, "open deal")}, the oldest ${counted(oldest, "day")} old`;
    cells["deals.medianOpenAgeDays"] = derived(
      "rule:deals.median-open-age-days@1",
      median,
      ages.length,
      ages.length / open.deals,
      asOf,
      words,
    );
  }
  const onPrice = lostOnPriceShare(summary);
  if (onPrice !== null) {
    const words = `${percent(onPrice)} of lost deals with a stated reason were lost on price`;
    cells["deals.lostOnPriceShare"] = derived(
      "rule:deals.lost-on-price@1",
      Math.round(onPrice * 1000) / 1000,
      lost.deals,
      1,
      asOf,
      words,
    );
  }
}

function lastDay(cells: Attributes, name: string, what: string, day: number | undefined, asOf: Day): void {
  if (day !== undefined) cells[name] = stated("rule:deals.last-day@1", dayOf(day), 1, asOf, `last deal ${what} ${dayOf(day)}`);
}

/** The 80 % Wilson interval of a share, to three decimals. */
function wilson(some: number, all: number): [number, number] {
  const share = some / all;
  const z2 = Z80 * Z80;
  const middle = (share + z2 / (2 * all)) / (1 + z2 / all);
  const half = (Z80 / (1 + z2 / all)) * Math.sqrt((share * (1 - share)) / all + z2 / (4 * all * all));
  return [Math.round(Math.max(0, middle - half) * 1000) / 1000, Math.round(Math.min(1, middle + half) * 1000) / 1000];
}
