import { type AccountEvidence, numberOf } from "../needs/evidence.ts";
import { dayNumber } from "../transactions/day-number.ts";
import { openAges, wonCycleDays } from "../transactions/deal-summary.ts";
import { CYCLE_NOISE, CYCLE_PRIOR, CYCLE_VAGUE } from "./config.ts";
import type { Estimate } from "./estimate.ts";
import { inUnits, type LogObservation, learned, NO_BOUNDS, priorOf, updateBelief } from "./log-estimate.ts";
import type { TypicalValue } from "./typical-value.ts";

const PRIORS = CYCLE_PRIOR.map(({ label, prior }) => {
  const belief = priorOf(prior);
  const { value, low, high } = inUnits(belief, 0);
  const evidence = [`orders or deals of ${label}: ${value} days (${low}-${high})`];
  return { belief, alone: { value, low, high, confidence: 0.4, method: "prior", evidence } satisfies Estimate };
});
const VAGUE = priorOf(CYCLE_VAGUE);

/**
 * Days from the first commercial contact to the order: prior by typical order or deal value, updated by the cycles of won deals, else by
 * the days to close that the CRM states. Where nothing was won yet, the median age of open deals is a lower bound; it is reported in any
 * case, since wins alone are optimistic. Null where neither a value nor a cycle is known.
 */
export function cycleOf(input: AccountEvidence, value: TypicalValue | null): Estimate | null {
  const { attributes, deals } = input;
  const stated = numberOf(attributes, "daysToClose");
  if (value === null && deals === null && stated === null) return null;
  const prior = value === null ? null : PRIORS[CYCLE_PRIOR.findIndex(({ below }) => value.amount < below)]!;
  const evidence: string[] = [];
  const observations: LogObservation[] = [];
  const won = deals === null ? null : wonCycleDays(deals);
  const { between, perDeal, stated: statedSd } = CYCLE_NOISE;
  if (won !== null) {
    observations.push({ log: Math.log(Math.max(0.5, won.median)), sd: Math.sqrt(between ** 2 + perDeal ** 2 / won.deals) });
    evidence.push(`${won.median} days to a won deal (median of ${won.deals})`);
  } else if (stated !== null && stated >= 0) {
    observations.push({ log: Math.log(Math.max(0.5, stated)), sd: statedSd });
    evidence.push(`${Math.round(stated)} days to close`);
  }
  if (prior === null && observations.length === 0) return null;
  const ages =
    deals === null || deals.openSince === undefined ? [] : openAges(deals, dayNumber(input.asOf)).sort((a, b) => a - b);
  const age = ages[Math.floor((ages.length - 1) / 2)] ?? 0;
  if (ages.length > 0)
    evidence.push(`${ages.length} open ${ages.length === 1 ? "deal" : "deals"}, ${age} days old in the middle`);
  const bounds = won === null && age > 0 ? { lower: Math.log(age), upper: null } : NO_BOUNDS;
  if (observations.length === 0 && ages.length === 0) return withValue(prior!.alone, value!);
  const before = prior?.belief ?? VAGUE;
  const after = updateBelief(before, observations, bounds);
  const { value: days, low, high } = inUnits(after, 0);
  if (prior !== null) evidence.push(...prior.alone.evidence, value!.text);
  if (observations.length === 0) return { value: days, low, high, confidence: 0.4, method: "prior", evidence };
  return {
    value: days,
    low,
    high,
    confidence: (prior === null ? 0.2 : 0.4) + 0.4 * learned(before, after),
    method: "derived",
    evidence,
  };
}

function withValue(alone: Estimate, value: TypicalValue): Estimate {
  const { value: days, low, high, confidence, method, evidence } = alone;
  return { value: days, low, high, confidence, method, evidence: [...evidence, value.text] };
}
