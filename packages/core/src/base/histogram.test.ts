import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bucketOf,
  countOf,
  HISTOGRAM_RELATIVE_ERROR,
  type Histogram,
  histogramOf,
  mergeHistograms,
  middleOf,
  quantile,
  subtractHistogram,
} from "./histogram.ts";

const value = fc.oneof(fc.integer({ min: -400, max: 4000 }), fc.maxSafeInteger());
const values = fc.array(value, { maxLength: 60 });

describe("buckets", () => {
  it("are exact below 32, monotone, and stand within the documented error", () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [low, high] = a <= b ? [a, b] : [b, a];
        expect(bucketOf(low)).toBeLessThanOrEqual(bucketOf(high));
        const error = Math.abs(middleOf(bucketOf(a)) - a);
        if (Math.abs(a) < 32) expect(error).toBe(0);
        expect(error).toBeLessThanOrEqual(Math.abs(a) * HISTOGRAM_RELATIVE_ERROR);
      }),
      { numRuns: 2000 },
    );
  });

  it("meet without gap or overlap at every power of two", () => {
    for (let power = 5; power < 53; power++) {
      const edge = 2 ** power;
      expect(bucketOf(edge)).toBe(bucketOf(edge - 1) + 1);
      expect(bucketOf(middleOf(bucketOf(edge)))).toBe(bucketOf(edge));
    }
  });

  it("refuse what is no integer", () => {
    for (const bad of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) expect(() => bucketOf(bad)).toThrow(/integers/);
  });
});

describe("histograms", () => {
  it("merge to the histogram of all values, in any order and grouping", () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const [ha, hb, hc] = [a, b, c].map(histogramOf) as [Histogram, Histogram, Histogram];
        expect(mergeHistograms(ha, hb)).toEqual(mergeHistograms(hb, ha));
        expect(mergeHistograms(mergeHistograms(ha, hb), hc)).toEqual(mergeHistograms(ha, mergeHistograms(hb, hc)));
        expect(mergeHistograms(ha, hb)).toEqual(histogramOf([...b, ...a]));
        expect(subtractHistogram(mergeHistograms(ha, hb), hb)).toEqual(ha);
        expect(mergeHistograms(ha, [])).toEqual(ha);
        expect(countOf(ha)).toBe(a.length);
        expect(JSON.parse(JSON.stringify(ha))).toEqual(ha);
      }),
    );
  });

  it("answer quantiles within the error of the value of nearest rank", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 80 }), fc.double({ min: 0, max: 1, noNaN: true }), (list, q) => {
        const sorted = [...list].sort((a, b) => a - b);
        const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1]!;
        const answer = quantile(histogramOf(list), q)!;
        expect(Math.abs(answer - exact)).toBeLessThanOrEqual(Math.abs(exact) * HISTOGRAM_RELATIVE_ERROR);
      }),
      { numRuns: 500 },
    );
    expect(quantile([], 0.5)).toBeNull();
  });

  it("refuse to lose values they never held", () => {
    expect(() => subtractHistogram(histogramOf([1]), histogramOf([2]))).toThrow(/would hold -1/);
  });
});
