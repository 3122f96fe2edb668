import { BugError } from "../errors.ts";

/** Numbers per day in a decoded series: day, orders, orders with known money, revenue (minor units), lines, units. */
export const DAY_STRIDE = 6;

/** What happened on one day. `priced` of the `orders` have known money; `revenue` is in minor units; `units` counts stated quantities only. */
export type DayTuple = [day: number, orders: number, priced: number, revenue: number, lines: number, units: number];

const ALPHABET = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
const DIGIT = new Uint8Array(128).fill(255);
for (let i = 0; i < 64; i++) DIGIT[ALPHABET.charCodeAt(i)] = i;

/** Added to day numbers so that none is negative: the days from 0000-01-01 to 1970-01-01. */
const DAY_OFFSET = 719_528;

/**
 * Packs a decoded series (flat, {@link DAY_STRIDE} numbers a day, days strictly ascending) into text: per day the distance to the day
 * before, `2 * orders + (some unpriced)`, unpriced orders if some, revenue, lines, units, each in base 32 with a continuation bit
 * (the numbers of source maps). About nine characters a day.
 */
export function packDays(series: readonly number[]): string {
  let packed = "";
  let before = -DAY_OFFSET;
  for (let i = 0; i < series.length; i += DAY_STRIDE) {
    const day = series[i]!;
    const orders = series[i + 1]!;
    const unpriced = orders - series[i + 2]!;
    packed += packNumber(day - before) + packNumber(2 * orders + (unpriced > 0 ? 1 : 0));
    if (unpriced > 0) packed += packNumber(unpriced);
    packed += packNumber(series[i + 3]!) + packNumber(series[i + 4]!) + packNumber(series[i + 5]!);
    before = day;
  }
  return packed;
}

/** The flat series of a packed one; the inverse of {@link packDays}. Throws BugError for text that is none. */
export function unpackDays(packed: string): number[] {
  const series: number[] = [];
  const length = packed.length;
  let at = 0;
  let day = -DAY_OFFSET;
  let value = 0;
  const read = (): void => {
    value = 0;
    let scale = 1;
    for (;;) {
      const digit = at < length ? DIGIT[packed.charCodeAt(at++)]! : 255;
      if (digit === 255) throw new BugError("a packed day series is damaged", { hint: "summarize the stored orders again" });
      if (digit < 32) {
        value += digit * scale;
        return;
      }
      value += (digit - 32) * scale;
      scale *= 32;
    }
  };
  while (at < length) {
    read();
    day += value;
    read();
    const some = value % 2;
    const orders = (value - some) / 2;
    let unpriced = 0;
    if (some === 1) {
      read();
      unpriced = value;
    }
    read();
    const revenue = value;
    read();
    const lines = value;
    read();
    series.push(day, orders, orders - unpriced, revenue, lines, value);
  }
  return series;
}

/** The sum of two flat series, day by day: associative and commutative. */
export function mergeDays(a: readonly number[], b: readonly number[]): number[] {
  const result: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = i < a.length ? a[i]! : Number.POSITIVE_INFINITY;
    const right = j < b.length ? b[j]! : Number.POSITIVE_INFINITY;
    const day = Math.min(left, right);
    result.push(day);
    for (let k = 1; k < DAY_STRIDE; k++) result.push((left === day ? a[i + k]! : 0) + (right === day ? b[j + k]! : 0));
    if (left === day) i += DAY_STRIDE;
    if (right === day) j += DAY_STRIDE;
  }
  return result;
}

/** The sum of two packed series. */
export function mergePackedDays(a: string, b: string): string {
  if (a === "") return b;
  return b === "" ? a : packDays(mergeDays(unpackDays(a), unpackDays(b)));
}

/** A flat series from tuples in any order; tuples of one day add up. */
export function seriesOf(tuples: DayTuple[]): number[] {
  tuples.sort(byDay);
  const series: number[] = [];
  for (const tuple of tuples) {
    const last = series.length - DAY_STRIDE;
    if (last >= 0 && series[last] === tuple[0]) {
      for (let k = 1; k < DAY_STRIDE; k++) series[last + k]! += tuple[k]!;
    } else {
      series.push(tuple[0], tuple[1], tuple[2], tuple[3], tuple[4], tuple[5]);
    }
  }
  return series;
}

function byDay(a: DayTuple, b: DayTuple): number {
  return a[0] - b[0];
}

function packNumber(value: number): string {
  if (!(Number.isSafeInteger(value) && value >= 0)) throw new BugError(`a day series takes counts and minor units, not ${value}`);
  let rest = value;
  let text = "";
  while (rest >= 32) {
    text += ALPHABET[32 + (rest % 32)];
    rest = Math.floor(rest / 32);
  }
  return text + ALPHABET[rest];
}
