import type { Deal } from "../account/facts.ts";
import { countOf, HistogramBuilder, mergeHistograms, middleOf, quantile } from "../base/histogram.ts";
import { dayNumber } from "./day-number.ts";
import { DAY_STRIDE, type DayTuple, mergePackedDays, packDays, seriesOf, unpackDays } from "./day-series.ts";
import { addCounts, addTuples, maxEntries, mergeOptional, sortedRecord } from "./records.ts";
import type { DealSummary, DealTotals, StoredDeal } from "./types.ts";
import { lostReasonOf } from "./words.ts";

/** The summary of no deals: the neutral element of {@link mergeDealSummaries}. */
export function emptyDealSummary(): DealSummary {
  return { v: 1, won: { deals: 0, amount: {} }, lost: { deals: 0, amount: {} }, open: { deals: 0, amount: {} } };
}

/**
 * The summary of the deals of one home; the order of `deals` does not matter. A deal id that several lists know counts once: a closed
 * statement before an open one, then the one that states more fields, then the list whose id sorts first.
 */
export function summarizeDeals(deals: readonly StoredDeal[]): DealSummary {
  const best = new Map<string, StoredDeal>();
  for (const stored of deals) {
    const other = best.get(stored.dealId);
    if (other === undefined || outranks(stored, other)) best.set(stored.dealId, stored);
  }
  const summary = emptyDealSummary();
  const wonCycle = new HistogramBuilder();
  const wonRoles = new HistogramBuilder();
  const openSince: DayTuple[] = [];
  const largestOpen: Record<string, number> = {};
  const lostReasons: Record<string, number> = {};
  for (const { deal } of best.values()) {
    const totals = summary[deal.outcome];
    const currency = deal.currency ?? "";
    totals.deals++;
    if (deal.amount !== undefined) {
      const sum = totals.amount[currency];
      if (sum === undefined) {
        totals.amount[currency] = [1, deal.amount];
      } else {
        sum[0]++;
        sum[1] += deal.amount;
      }
    }
    const created = deal.createdAt === undefined ? Number.NaN : dayNumber(deal.createdAt);
    const closed = deal.closedAt === undefined ? Number.NaN : dayNumber(deal.closedAt);
    if (deal.outcome === "open") {
      if (!Number.isNaN(created)) openSince.push([created, 1, 1, 0, 0, 0]);
      if (deal.amount !== undefined) largestOpen[currency] = Math.max(largestOpen[currency] ?? deal.amount, deal.amount);
    } else if (deal.outcome === "won") {
      if (closed >= created) wonCycle.add(closed - created);
      if (deal.roles !== undefined && deal.roles.length > 0) wonRoles.add(new Set(deal.roles).size);
      if (!Number.isNaN(closed)) summary.lastWon = Math.max(summary.lastWon ?? closed, closed);
    } else {
      if (deal.lostReason !== undefined && deal.lostReason !== "") {
        const reason = lostReasonOf(deal.lostReason);
        lostReasons[reason] = (lostReasons[reason] ?? 0) + 1;
      }
      if (!Number.isNaN(closed)) summary.lastLost = Math.max(summary.lastLost ?? closed, closed);
    }
  }
  for (const totals of [summary.won, summary.lost, summary.open]) totals.amount = sortedRecord(totals.amount);
  const { lastWon, lastLost, ...rest } = summary;
  return ordered(rest, {
    wonCycle: wonCycle.empty ? undefined : wonCycle.build(),
    wonRoles: wonRoles.empty ? undefined : wonRoles.build(),
    lastWon,
    lastLost,
    openSince: openSince.length === 0 ? undefined : packDays(seriesOf(openSince)),
    largestOpen: Object.keys(largestOpen).length === 0 ? undefined : sortedRecord(largestOpen),
    lostReasons: Object.keys(lostReasons).length === 0 ? undefined : sortedRecord(lostReasons),
  });
}

/** The summary of the deals of both homes: associative and commutative, byte for byte. */
export function mergeDealSummaries(a: DealSummary, b: DealSummary): DealSummary {
  return ordered(
    { v: 1, won: addTotals(a.won, b.won), lost: addTotals(a.lost, b.lost), open: addTotals(a.open, b.open) },
    {
      wonCycle: mergeOptional(a.wonCycle, b.wonCycle, mergeHistograms),
      wonRoles: mergeOptional(a.wonRoles, b.wonRoles, mergeHistograms),
      lastWon: mergeOptional(a.lastWon, b.lastWon, Math.max),
      lastLost: mergeOptional(a.lastLost, b.lastLost, Math.max),
      openSince: mergeOptional(a.openSince, b.openSince, mergePackedDays),
      largestOpen: mergeOptional(a.largestOpen, b.largestOpen, maxEntries),
      lostReasons: mergeOptional(a.lostReasons, b.lostReasons, addCounts),
    },
  );
}

/** Median days from created to closed of won deals, with the 10 % and 90 % quantiles; null where no won deal states both days. */
export function wonCycleDays(summary: DealSummary): { median: number; low: number; high: number; deals: number } | null {
  const { wonCycle } = summary;
  if (wonCycle === undefined) return null;
  const [low, median, high] = [quantile(wonCycle, 0.1), quantile(wonCycle, 0.5), quantile(wonCycle, 0.9)];
  return median === null ? null : { median, low: low!, high: high!, deals: countOf(wonCycle) };
}

/** Sum of distinct roles over won deals that state any, and how many do: the observations of a committee. Null where none does. */
export function wonDealRoles(summary: DealSummary): { roles: number; deals: number } | null {
  const { wonRoles } = summary;
  if (wonRoles === undefined) return null;
  let roles = 0;
  let deals = 0;
  for (let i = 0; i < wonRoles.length; i += 2) {
    roles += middleOf(wonRoles[i]!) * wonRoles[i + 1]!;
    deals += wonRoles[i + 1]!;
  }
  return { roles, deals };
}

/** Days since creation of the open deals created until `asOf` (a day number), youngest last; one entry a deal. */
export function openAges(summary: DealSummary, asOf: number): number[] {
  const ages: number[] = [];
  const series = unpackDays(summary.openSince ?? "");
  for (let i = 0; i < series.length; i += DAY_STRIDE) {
    for (let deal = 0; deal < series[i + 1]! && series[i]! <= asOf; deal++) ages.push(asOf - series[i]!);
  }
  return ages;
}

/** Share of lost deals with a stated reason which were lost on price, 0..1; null where none states a reason. */
export function lostOnPriceShare(summary: DealSummary): number | null {
  if (summary.lostReasons === undefined) return null;
  let all = 0;
  for (const count of Object.values(summary.lostReasons)) all += count;
  return all === 0 ? null : (summary.lostReasons.price ?? 0) / all;
}

/** The typical amount of a won deal in the currency of most of them: mean, minor units; null where none states an amount. */
export function typicalWonAmount(summary: DealSummary): { amount: number; currency: string; deals: number } | null {
  const currency = mainAmountCurrency(summary.won);
  if (currency === null) return null;
  const [deals, sum] = summary.won.amount[currency]!;
  return { amount: Math.round(sum / deals), currency, deals };
}

/** The currency of most deals that state an amount, among equals the one that sorts first; null where none does. */
export function mainAmountCurrency(totals: DealTotals): string | null {
  let main: string | null = null;
  let most = 0;
  for (const currency in totals.amount) {
    const [deals] = totals.amount[currency]!;
    if (deals > most || (deals === most && main !== null && currency < main)) {
      main = currency;
      most = deals;
    }
  }
  return main;
}

function outranks(a: StoredDeal, b: StoredDeal): boolean {
  const open = Number(a.deal.outcome === "open") - Number(b.deal.outcome === "open");
  if (open !== 0) return open < 0;
  const known = knownFields(a.deal) - knownFields(b.deal);
  return known !== 0 ? known > 0 : a.list < b.list;
}

function knownFields(deal: Deal): number {
  let known = 0;
  for (const field in deal) if (deal[field as keyof Deal] !== undefined) known++;
  return known;
}

function addTotals(a: DealTotals, b: DealTotals): DealTotals {
  return { deals: a.deals + b.deals, amount: addTuples(a.amount, b.amount) };
}

function ordered(counts: Pick<DealSummary, "v" | "won" | "lost" | "open">, more: Partial<DealSummary>): DealSummary {
  const summary: Record<string, unknown> = { v: 1, won: counts.won, lost: counts.lost, open: counts.open };
  for (const key in more) if (more[key as keyof DealSummary] !== undefined) summary[key] = more[key as keyof DealSummary];
  return summary as unknown as DealSummary;
}
