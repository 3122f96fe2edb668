import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cuts, type Quintile, quintileOf, rfmSegment } from "./rfm.ts";

const FIFTHS: readonly Quintile[] = [1, 2, 3, 4, 5];

describe("rfmSegment", () => {
  it("has a segment for all 125 cells, and a cell for every segment", () => {
    const cells: Record<string, number> = {};
    for (const r of FIFTHS) {
      for (const f of FIFTHS) {
        for (const m of FIFTHS) {
          const segment = rfmSegment(r, f, m);
          cells[segment] = (cells[segment] ?? 0) + 1;
        }
      }
    }
    expect(cells).toEqual({ champions: 12, new: 8, loyal: 33, potential: 22, at_risk: 30, hibernating: 17, lost: 3 });
  });

  it("never falls with a later order, more orders or more money", () => {
    const rank = { lost: 0, hibernating: 1, at_risk: 2, potential: 3, new: 3, loyal: 4, champions: 5 };
    for (const r of FIFTHS) {
      for (const f of FIFTHS) {
        for (const m of FIFTHS) {
          const here = rank[rfmSegment(r, f, m)];
          if (f < 5) expect(rank[rfmSegment(r, (f + 1) as Quintile, m)]).toBeGreaterThanOrEqual(here);
          if (m < 5) expect(rank[rfmSegment(r, f, (m + 1) as Quintile)]).toBeGreaterThanOrEqual(here);
          if (r < 5) expect(rank[rfmSegment((r + 1) as Quintile, f, m)]).toBeGreaterThanOrEqual(here);
        }
      }
    }
  });
});

describe("quintileOf", () => {
  const cuts = fc
    .array(fc.nat({ max: 40 }), { minLength: 4, maxLength: 4 })
    .map((list) => list.sort((a, b) => a - b) as unknown as Cuts);

  it("is monotone and reaches both ends", () => {
    fc.assert(
      fc.property(cuts, fc.nat({ max: 50 }), fc.nat({ max: 50 }), (four, a, b) => {
        expect(quintileOf(Math.min(a, b), four)).toBeLessThanOrEqual(quintileOf(Math.max(a, b), four));
        expect(quintileOf(-1, four)).toBe(1);
        expect(quintileOf(41, four)).toBe(5);
      }),
    );
  });

  it("splits between cuts, and shares ties", () => {
    expect([10, 11, 20, 21, 40, 41].map((value) => quintileOf(value, [10, 20, 30, 40]))).toEqual([1, 2, 2, 3, 4, 5]);
    expect(quintileOf(1, [1, 1, 1, 1])).toBe(3);
    expect(quintileOf(1, [1, 1, 1, 4])).toBe(2);
    expect(quintileOf(2, [1, 1, 1, 4])).toBe(4);
  });
});
