import { type PriorRow, Z80 } from "./config.ts";

/** A belief about a positive quantity on the log scale: its middle and how far the ends of the 80 % interval are below and above. */
export interface LogBelief {
  mid: number;
  down: number;
  up: number;
}

/** Something seen of the quantity: its logarithm and the standard deviation of what was seen around the truth. */
export interface LogObservation {
  log: number;
  sd: number;
}

/** Logarithms between which the quantity is known to lie; null = open. */
export interface LogBounds {
  lower: number | null;
  upper: number | null;
}

export const NO_BOUNDS: LogBounds = { lower: null, upper: null };

/**
 * The belief that a table's row states. A low end of 0 stands for half a unit; a low end that equals the value (one person at least) is
 * as far below on the log scale as the high end is above, and cut off only where it is written out.
 */
export function priorOf([value, low, high]: PriorRow): LogBelief {
  const mid = Math.log(value);
  const up = Math.log(high) - mid;
  return { mid, down: low === value ? up : mid - Math.log(Math.max(low, 0.5)), up };
}

/**
 * The prior after some observations: normal on the log scale, each weighing by its precision, so that every observation narrows the
 * interval and dropping one never does. Bounds are censoring, not observations: they move the middle to the bound, at most to the end of
 * the interval (the contacts that a list knows are rarely all there are), and never narrow it.
 */
export function updateBelief(prior: LogBelief, observations: readonly LogObservation[], bounds: LogBounds): LogBelief {
  const sd = (prior.down + prior.up) / (2 * Z80);
  const own = 1 / (sd * sd);
  let precision = own;
  let sum = own * prior.mid;
  for (const { log, sd: noise } of observations) {
    const weight = 1 / (noise * noise);
    precision += weight;
    sum += weight * log;
  }
  const shrink = Math.sqrt(own / precision);
  const down = prior.down * shrink;
  const up = prior.up * shrink;
  let mid = sum / precision;
  const { lower, upper } = bounds;
  if (lower !== null && lower > mid) mid = Math.min(lower, mid + up);
  else if (upper !== null && upper < mid && (lower === null || upper >= lower)) mid = Math.max(upper, mid - down);
  return { mid, down, up };
}

/** Share of the precision that observations bring to the prior, 0..1. */
export function learned(prior: LogBelief, posterior: LogBelief): number {
  const ratio = (posterior.down + posterior.up) / (prior.down + prior.up);
  return 1 - ratio * ratio;
}

/** The belief in whole units, the interval rounded outwards, nothing below `floor`. */
export function inUnits({ mid, down, up }: LogBelief, floor: number): { value: number; low: number; high: number } {
  const low = Math.max(floor, Math.floor(Math.exp(mid - down) + EPSILON));
  const value = Math.max(floor, Math.round(Math.exp(mid)));
  return { value, low: Math.min(low, value), high: Math.max(value, Math.ceil(Math.exp(mid + up) - EPSILON)) };
}

const EPSILON = 1e-9;
