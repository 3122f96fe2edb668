import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY_STRIDE, type DayTuple, mergeDays, mergePackedDays, packDays, seriesOf, unpackDays } from "./day-series.ts";

const tuple: fc.Arbitrary<DayTuple> = fc
  .tuple(
    fc.integer({ min: -30_000, max: 40_000 }),
    fc.integer({ min: 0, max: 40 }),
    fc.nat({ max: 40 }),
    fc.maxSafeNat().map((n) => Math.floor(n / 100)),
    fc.nat({ max: 2000 }),
    fc.nat({ max: 3_000_000 }),
  )
  .map(([day, orders, priced, ...rest]) => [day, orders, Math.min(priced, orders), ...rest]);
const tuples = fc.array(tuple, { maxLength: 30 });
const series = tuples.map((list) => seriesOf([...list]));

describe("packed day series", () => {
  it("unpack to what was packed", () => {
    fc.assert(
      fc.property(series, (flat) => {
        expect(unpackDays(packDays(flat))).toEqual(flat);
      }),
    );
  });

  it("merge associatively and commutatively to the series of all tuples", () => {
    fc.assert(
      fc.property(tuples, tuples, tuples, (x, y, z) => {
        const [a, b, c] = [x, y, z].map((list) => packDays(seriesOf([...list]))) as [string, string, string];
        expect(mergePackedDays(a, b)).toBe(mergePackedDays(b, a));
        expect(mergePackedDays(mergePackedDays(a, b), c)).toBe(mergePackedDays(a, mergePackedDays(b, c)));
        expect(mergePackedDays(a, b)).toBe(packDays(seriesOf([...y, ...x])));
      }),
    );
  });

  it("keep days strictly ascending", () => {
    fc.assert(
      fc.property(series, series, (a, b) => {
        const merged = mergeDays(a, b);
        for (let i = DAY_STRIDE; i < merged.length; i += DAY_STRIDE) expect(merged[i]).toBeGreaterThan(merged[i - DAY_STRIDE]!);
      }),
    );
  });

  it("refuse damaged text and what is no count", () => {
    expect(() => unpackDays("abc")).toThrow(/damaged/);
    expect(() => unpackDays("1 2")).toThrow(/damaged/);
    expect(() => packDays([1, 1, 1, 0.5, 1, 1])).toThrow(/minor units/);
  });
});
