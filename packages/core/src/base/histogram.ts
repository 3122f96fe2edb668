import { BugError } from "../errors.ts";

/**
 * A mergeable histogram of integers: `[bucket, count, bucket, count, ...]`, buckets ascending, counts positive. It is its own JSON form.
 * Values of magnitude below 32 have a bucket of their own; above, every octave has 16 buckets, so that the value which stands for a bucket
 * is at most {@link HISTOGRAM_RELATIVE_ERROR} away from any value in it. Negative values mirror positive ones.
 */
export type Histogram = number[];

/** Largest relative distance between a value and the value that stands for its bucket: half of 1/16. */
export const HISTOGRAM_RELATIVE_ERROR = 1 / 32;

/** The bucket of an integer of at most 2^53. Monotone in the value. Throws BugError for anything else. */
export function bucketOf(value: number): number {
  if (!Number.isSafeInteger(value)) throw new BugError(`a histogram takes integers, not ${value}`);
  if (value > -32 && value < 32) return value | 0;
  let rest = Math.abs(value);
  let shift = 0;
  while (rest >= 0x40000000) {
    rest = Math.floor(rest / 1024);
    shift += 10;
  }
  const drop = 27 - Math.clz32(rest);
  const bucket = (shift + drop) * 16 + (rest >>> drop);
  return value < 0 ? -bucket : bucket;
}

/** The value that stands for a bucket: its middle, rounded down in magnitude. */
export function middleOf(bucket: number): number {
  const magnitude = Math.abs(bucket);
  if (magnitude < 32) return bucket;
  const octave = Math.floor(magnitude / 16) - 1;
  const width = 2 ** octave;
  const low = (16 + (magnitude % 16)) * width;
  const middle = low + Math.floor((width - 1) / 2);
  return bucket < 0 ? -middle : middle;
}

/** Collects values into a {@link Histogram}; the result does not depend on their order. */
export class HistogramBuilder {
  readonly #counts = new Map<number, number>();

  /** Counts an integer `times` times. */
  add(value: number, times = 1): void {
    const bucket = bucketOf(value);
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + times);
  }

  /** Whether nothing was added. */
  get empty(): boolean {
    return this.#counts.size === 0;
  }

  /** The histogram of everything added so far. */
  build(): Histogram {
    const buckets = [...this.#counts.keys()].sort(ascending);
    const histogram: Histogram = [];
    for (const bucket of buckets) histogram.push(bucket, this.#counts.get(bucket) as number);
    return histogram;
  }
}

/** The histogram of `values`. */
export function histogramOf(values: Iterable<number>): Histogram {
  const builder = new HistogramBuilder();
  for (const value of values) builder.add(value);
  return builder.build();
}

/** The histogram of all values of both: associative, commutative, with the empty histogram as the neutral element. */
export function mergeHistograms(a: readonly number[], b: readonly number[]): Histogram {
  return combine(a, b, 1);
}

/** `a` without the values of `b`. Throws BugError where `b` holds values that `a` does not. */
export function subtractHistogram(a: readonly number[], b: readonly number[]): Histogram {
  return combine(a, b, -1);
}

/** How many values the histogram holds. */
export function countOf(histogram: readonly number[]): number {
  let count = 0;
  for (let i = 1; i < histogram.length; i += 2) count += histogram[i]!;
  return count;
}

/** The value of nearest rank `ceil(q * n)` (at least 1), within {@link HISTOGRAM_RELATIVE_ERROR} of the true one; null when empty. */
export function quantile(histogram: readonly number[], q: number): number | null {
  const count = countOf(histogram);
  if (count === 0) return null;
  const rank = Math.min(count, Math.max(1, Math.ceil(q * count)));
  let seen = 0;
  for (let i = 0; i < histogram.length; i += 2) {
    seen += histogram[i + 1]!;
    if (seen >= rank) return middleOf(histogram[i]!);
  }
  return null;
}

function combine(a: readonly number[], b: readonly number[], sign: 1 | -1): Histogram {
  const result: Histogram = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = i < a.length ? a[i]! : Number.POSITIVE_INFINITY;
    const right = j < b.length ? b[j]! : Number.POSITIVE_INFINITY;
    const bucket = Math.min(left, right);
    let count = 0;
    if (left === bucket) {
      count += a[i + 1]!;
      i += 2;
    }
    if (right === bucket) {
      count += sign * b[j + 1]!;
      j += 2;
    }
    if (count < 0) throw new BugError(`bucket ${bucket} of a histogram would hold ${count} values`);
    if (count > 0) result.push(bucket, count);
  }
  return result;
}

function ascending(a: number, b: number): number {
  return a - b;
}
