import type { ApartCounts } from "./types.ts";

/** Counts of nothing. */
export function emptyApart(): ApartCounts {
  return { cancelledOrders: 0, cancelledLines: 0, returnedLines: 0, zeroLines: 0, returnedAmount: {} };
}

/** The same entries with the keys in ascending order, so that equal contents are equal bytes. */
export function sortedRecord<R extends Record<string, unknown>>(record: R): R {
  const keys = Object.keys(record);
  if (keys.length < 2) return record;
  const sorted: Record<string, unknown> = {};
  for (const key of keys.sort()) sorted[key] = record[key];
  return sorted as R;
}

/** The entries of both, numbers of the same key added; keys ascending. */
export function addCounts<R extends Record<string, number | undefined>>(a: R, b: R): R {
  const sum: Record<string, number | undefined> = {};
  for (const key of keysOf(a, b)) sum[key] = (a[key] ?? 0) + (b[key] ?? 0);
  return sum as R;
}

/** The entries of both, tuples of the same key added position by position; keys ascending. */
export function addTuples<T extends number[]>(a: Record<string, T>, b: Record<string, T>): Record<string, T> {
  const sum: Record<string, T> = {};
  for (const key of keysOf(a, b)) {
    const left = a[key];
    const right = b[key];
    sum[key] = left === undefined ? right! : right === undefined ? left : addTuple(left, right);
  }
  return sum;
}

/** Two tuples of the same length, position by position. */
export function addTuple<T extends number[]>(a: T, b: T): T {
  return a.map((value, i) => value + b[i]!) as T;
}

/** The entries of both, of the same key the larger number; keys ascending. */
export function maxEntries(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const most: Record<string, number> = {};
  for (const key of keysOf(a, b)) most[key] = Math.max(a[key] ?? Number.NEGATIVE_INFINITY, b[key] ?? Number.NEGATIVE_INFINITY);
  return most;
}

/** `merge` of what is there: undefined only where both are. */
export function mergeOptional<T>(a: T | undefined, b: T | undefined, merge: (a: T, b: T) => T): T | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : merge(a, b);
}

/** The keys of both, ascending. */
export function keysOf(a: Record<string, unknown>, b: Record<string, unknown>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}
