import { DMCI, FORMALITY_SCORE, STRUCTURE_SCORE } from "./config.ts";
import { bandOf } from "./estimate.ts";
import type { Formality } from "./formality.ts";
import type { Structure } from "./structure.ts";

export type ComplexityBand = "simple" | "guided" | "coordinated" | "enterprise";

/** A quantity with its ends. */
export interface Spread {
  value: number;
  low: number;
  high: number;
}

/** The inputs of the index; null = unknown. */
export interface ComplexityInputs {
  committee: Spread | null;
  /** Days. */
  cycle: Spread | null;
  formality: Formality | null;
  structure: Structure | null;
}

/** The index 0..100 with the interval of its inputs, its band, and how much of the weight is known (0..1). */
export interface Complexity extends Spread {
  /** Null where the interval touches more than two bands. */
  band: ComplexityBand | null;
  known: number;
}

/** TAXONOMY 4.6 for known inputs, not rounded: `100 x (.35 C + .30 T + .20 F + .15 S)`. People and days, either at least 1. */
export function complexityOf(people: number, days: number, formality: Formality, structure: Structure): number {
  const { weights } = DMCI;
  return (
    weights.committee * committeePart(people) +
    weights.cycle * cyclePart(days) +
    weights.formality * FORMALITY_SCORE[formality] +
    weights.structure * STRUCTURE_SCORE[structure]
  );
}

/**
 * The index where inputs are spreads or unknown. Its ends are the formula at the ends of the inputs; an unknown input ranges over all it
 * can be and stands at the middle of that, so that not knowing only widens. Null where the known inputs weigh less than half.
 */
export function complexity({ committee, cycle, formality, structure }: ComplexityInputs): Complexity | null {
  const { weights } = DMCI;
  let known = 0;
  let low = 0;
  let value = 0;
  let high = 0;
  const add = (weight: number, from: number, at: number, to: number): void => {
    low += weight * from;
    value += weight * at;
    high += weight * to;
  };
  if (committee !== null) {
    known += weights.committee;
    add(weights.committee, committeePart(committee.low), committeePart(committee.value), committeePart(committee.high));
  } else add(weights.committee, 0, 0.5, 1);
  if (cycle !== null) {
    known += weights.cycle;
    add(weights.cycle, cyclePart(cycle.low), cyclePart(cycle.value), cyclePart(cycle.high));
  } else add(weights.cycle, 0, 0.5, 1);
  if (formality !== null) {
    known += weights.formality;
    const part = FORMALITY_SCORE[formality];
    add(weights.formality, part, part, part);
  } else add(weights.formality, 0, 0.5, 1);
  if (structure !== null) {
    known += weights.structure;
    const part = STRUCTURE_SCORE[structure];
    add(weights.structure, part, part, part);
  } else add(weights.structure, 0, MOST_STRUCTURE / 2, MOST_STRUCTURE);
  if (known < DMCI.minKnown) return null;
  const [from, at, to] = [rounded(low), rounded(value), rounded(high)];
  const first = DMCI.bands.findIndex(([below]) => from < below);
  const last = DMCI.bands.findIndex(([below]) => to < below);
  return { value: at, low: from, high: to, known: known / 100, band: last - first < DMCI.maxBands ? complexityBand(at) : null };
}

/** simple below 25, guided below 50, coordinated below 75, else enterprise. */
export function complexityBand(index: number): ComplexityBand {
  return bandOf(DMCI.bands, index, false);
}

const MOST_STRUCTURE = Math.max(...Object.values(STRUCTURE_SCORE));

function committeePart(people: number): number {
  return Math.min(1, Math.log2(Math.max(1, people)) / Math.log2(DMCI.committeeFull));
}

function cyclePart(days: number): number {
  return Math.min(1, Math.log10(Math.max(1, days)) / Math.log10(DMCI.cycleFull));
}

function rounded(index: number): number {
  return Math.min(100, Math.max(0, Math.round(index)));
}
