import { CADENCE_CV, LOYALTY, NEXT_ORDER_PROBABILITY, RHYTHM_MIN_DAYS, USAGE_GAPS } from "./config.ts";

/** How order days follow each other. Gaps are in days between distinct order days, so at least 1 each. */
export interface Rhythm {
  /** Distinct order days. */
  days: number;
  /** Day numbers. */
  first: number;
  last: number;
  /** Sum of the gaps = last - first. */
  span: number;
  meanGap: number;
  medianGap: number;
  /** Standard deviation (n - 1) over mean of the gaps; 0 below two gaps. */
  cv: number;
}

export type Cadence = "none" | "one_off" | "sporadic" | "regular" | "recurring";
export type Loyalty = "prospect" | "new" | "repeat" | "loyal" | "at_risk" | "lapsed";

/** The rhythm of ascending distinct day numbers, at least one. */
export function rhythmOf(days: readonly number[]): Rhythm {
  const first = days[0]!;
  const last = days[days.length - 1]!;
  const gaps: number[] = [];
  for (let i = 1; i < days.length; i++) gaps.push(days[i]! - days[i - 1]!);
  const span = last - first;
  const meanGap = gaps.length === 0 ? 0 : span / gaps.length;
  let squares = 0;
  for (const gap of gaps) squares += (gap - meanGap) ** 2;
  const cv = gaps.length < 2 ? 0 : Math.sqrt(squares / (gaps.length - 1)) / meanGap;
  gaps.sort(ascending);
  const middle = gaps.length >> 1;
  const medianGap = gaps.length === 0 ? 0 : gaps.length % 2 === 1 ? gaps[middle]! : (gaps[middle - 1]! + gaps[middle]!) / 2;
  return { days: days.length, first, last, span, meanGap, medianGap, cv };
}

/** Total over order days and variation: below four order days there is no rhythm, two or three are sporadic whatever their gaps. */
export function cadenceOf(days: number, cv: number): Cadence {
  if (days === 0) return "none";
  if (days === 1) return "one_off";
  if (days < RHYTHM_MIN_DAYS || cv > CADENCE_CV.sporadic) return "sporadic";
  return cv < CADENCE_CV.recurring ? "recurring" : "regular";
}

/**
 * The gap that the next one of a buyer exceeds with probability `tail`, given `gaps` earlier ones of sum `span`, where gaps are exponential
 * with a rate that nobody knows: P(G > x * span) = (1 + x)^-gaps exactly, whatever the rate (ratio of exponentials). Wide while gaps are
 * few, -ln(tail) mean gaps once they are many.
 */
export function gapTail(span: number, gaps: number, tail: number): number {
  return span * (tail ** (-1 / gaps) - 1);
}

/**
 * Days since the last order after which a buyer is at risk and after which lapsed (`LOYALTY`). From four order days on: the tail of the
 * predicted gap, so that a random buyer is called lapsed in about e^-4 = 1.8 % of the gaps, and at risk in 13.5 %. Below: fixed, or multiples of
 * the mean gap where that is longer.
 */
export function loyaltyThresholds(rhythm: Rhythm): { atRisk: number; lapsed: number } {
  if (rhythm.days < RHYTHM_MIN_DAYS) {
    return {
      atRisk: Math.max(LOYALTY.atRiskDays, LOYALTY.atRiskGaps * rhythm.meanGap),
      lapsed: Math.max(LOYALTY.lapsedDays, LOYALTY.lapsedGaps * rhythm.meanGap),
    };
  }
  const gaps = rhythm.days - 1;
  return {
    atRisk: Math.max(LOYALTY.atRiskFloorDays, gapTail(rhythm.span, gaps, LOYALTY.atRiskTail)),
    lapsed: Math.max(LOYALTY.lapsedFloorDays, gapTail(rhythm.span, gaps, LOYALTY.lapsedTail)),
  };
}

/** Total over everybody with a dated order: lapsed and at risk by recency, else by how often they came (once new, four times or more loyal). */
export function loyaltyOf(times: number, recency: number, thresholds: { atRisk: number; lapsed: number }): Loyalty {
  if (recency > thresholds.lapsed) return "lapsed";
  if (recency > thresholds.atRisk) return "at_risk";
  if (times <= 1) return "new";
  return times >= LOYALTY.loyalMinTimes ? "loyal" : "repeat";
}

/** Days after the last order by which the next one has come with `NEXT_ORDER_PROBABILITY`; null without a rhythm. */
export function nextOrderWithin(rhythm: Rhythm): number | null {
  if (rhythm.days < RHYTHM_MIN_DAYS) return null;
  return Math.ceil(gapTail(rhythm.span, rhythm.days - 1, 1 - NEXT_ORDER_PROBABILITY));
}

/** How often they order, by the median gap; null without a rhythm. */
export function usageFrequencyOf(rhythm: Rhythm): "daily" | "weekly" | "monthly" | "quarterly" | "rare" | null {
  if (rhythm.days < RHYTHM_MIN_DAYS) return null;
  for (const [most, name] of USAGE_GAPS) if (rhythm.medianGap <= most) return name;
  return "rare";
}

function ascending(a: number, b: number): number {
  return a - b;
}
