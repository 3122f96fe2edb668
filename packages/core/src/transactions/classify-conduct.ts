import type { Attributes, Day } from "../account/attribute.ts";
import type { BasePins } from "../base/base.ts";
import { countOf, quantile } from "../base/histogram.ts";
import { counted, derived, stated } from "./cells.ts";
import { CHANNEL_SHARE, MIN_BULK_LINES, MIN_INVOICES, PAYMENT_BANDS } from "./config.ts";
import { categoryCount, medianUnitsPerLine } from "./summary.ts";
import type { OrderSummary } from "./types.ts";

/** Adds what does not depend on the day: categories, bulk, terms, channel, payment. */
export function conduct(cells: Attributes, summary: OrderSummary, base: BasePins, asOf: Day): void {
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
