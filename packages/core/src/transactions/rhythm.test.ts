import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LOYALTY } from "./config.ts";
import { cadenceOf, gapTail, loyaltyOf, loyaltyThresholds, nextOrderWithin, rhythmOf, usageFrequencyOf } from "./rhythm.ts";

/** Numbers of a seeded generator (mulberry32), open interval (0, 1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

/** Distinct day numbers of `count` order days at random with this mean gap in days, and the day of the next one. */
function randomBuyer(random: () => number, count: number, meanGap: number): { days: number[]; next: number } {
  const days: number[] = [];
  let time = 0;
  while (days.length < count) {
    time += -Math.log(random()) * meanGap;
    const day = Math.floor(time);
    if (day !== days[days.length - 1]) days.push(day);
  }
  let next = days[count - 1]!;
  while (next === days[count - 1]) {
    time += -Math.log(random()) * meanGap;
    next = Math.floor(time);
  }
  return { days, next };
}

describe("rhythm", () => {
  it("measures gaps, their middle and their variation", () => {
    expect(rhythmOf([10, 20, 30, 60])).toEqual({
      days: 4,
      first: 10,
      last: 60,
      span: 50,
      meanGap: 50 / 3,
      medianGap: 10,
      cv: expect.closeTo(Math.sqrt((2 * (20 / 3) ** 2 + (40 / 3) ** 2) / 2) / (50 / 3), 12),
    });
    expect(rhythmOf([7])).toMatchObject({ days: 1, span: 0, meanGap: 0, medianGap: 0, cv: 0 });
  });

  it("has a cadence for every number of days and every variation, none below four days", () => {
    for (let days = 0; days < 8; days++) {
      for (const cv of [0, 0.2, 0.499, 0.5, 0.75, 1, 1.001, 4]) {
        const rhythmic = cv < 0.5 ? "recurring" : cv <= 1 ? "regular" : "sporadic";
        const expected = days === 0 ? "none" : days === 1 ? "one_off" : days < 4 ? "sporadic" : rhythmic;
        expect([days, cv, cadenceOf(days, cv)]).toEqual([days, cv, expected]);
      }
    }
  });

  it("names usage by the median gap", () => {
    const every = (gap: number): number[] => [0, gap, 2 * gap, 3 * gap];
    expect([1, 7, 30, 90, 200].map((gap) => usageFrequencyOf(rhythmOf(every(gap))))).toEqual([
      "daily",
      "weekly",
      "monthly",
      "quarterly",
      "rare",
    ]);
    expect(usageFrequencyOf(rhythmOf([0, 7, 14]))).toBeNull();
  });
});

describe("loyalty", () => {
  it("follows recency, then how often they came", () => {
    const thresholds = { atRisk: 100, lapsed: 300 };
    expect([1, 2, 3, 4].map((times) => loyaltyOf(times, 100, thresholds))).toEqual(["new", "repeat", "repeat", "loyal"]);
    expect([101, 300, 301].map((recency) => loyaltyOf(9, recency, thresholds))).toEqual(["at_risk", "at_risk", "lapsed"]);
  });

  it("never lapses before it is at risk, and more waiting never helps", () => {
    const days = fc.uniqueArray(fc.nat({ max: 3000 }), { minLength: 1, maxLength: 30 }).map((list) => list.sort((a, b) => a - b));
    const rank = { new: 0, repeat: 0, loyal: 0, at_risk: 1, lapsed: 2, prospect: -1 };
    fc.assert(
      fc.property(days, fc.nat({ max: 5000 }), fc.nat({ max: 5000 }), (list, a, b) => {
        const rhythm = rhythmOf(list);
        const thresholds = loyaltyThresholds(rhythm);
        expect(thresholds.atRisk).toBeLessThan(thresholds.lapsed);
        const [early, late] = [Math.min(a, b), Math.max(a, b)].map(
          (recency) => rank[loyaltyOf(list.length, recency, thresholds)],
        );
        expect(late).toBeGreaterThanOrEqual(early!);
      }),
    );
  });

  it("means two and four gaps once gaps are many, and is wider while they are few", () => {
    expect(gapTail(1000 * 30, 1000, LOYALTY.atRiskTail) / 30).toBeCloseTo(2, 1);
    expect(gapTail(1000 * 30, 1000, LOYALTY.lapsedTail) / 30).toBeCloseTo(4, 1);
    expect(gapTail(3 * 30, 3, LOYALTY.lapsedTail) / 30).toBeGreaterThan(8);
  });

  it("calls few random buyers lapsed or at risk although they come again", () => {
    const random = seeded(20240917);
    const trials = 4000;
    for (const [orders, meanGap, mostLapsed, mostAtRisk] of [
      [1, 180, 0.01, 0.16],
      [2, 30, 0.01, 0.01],
      [2, 180, 0.02, 0.16],
      [2, 365, 0.06, 0.35],
      [3, 180, 0.02, 0.16],
      [4, 30, 0.025, 0.16],
      [5, 90, 0.025, 0.16],
      [8, 14, 0.025, 0.16],
      [12, 60, 0.025, 0.16],
      [40, 7, 0.025, 0.16],
    ] as const) {
      let lapsed = 0;
      let atRisk = 0;
      for (let trial = 0; trial < trials; trial++) {
        const { days, next } = randomBuyer(random, orders, meanGap);
        const rhythm = rhythmOf(days);
        const thresholds = loyaltyThresholds(rhythm);
        const longest = next - rhythm.last;
        if (longest > thresholds.lapsed) lapsed++;
        if (longest > thresholds.atRisk) atRisk++;
      }
      expect({ orders, meanGap, lapsed: lapsed / trials <= mostLapsed, atRisk: atRisk / trials <= mostAtRisk }).toEqual({
        orders,
        meanGap,
        lapsed: true,
        atRisk: true,
      });
    }
  });

  it("does notice those who stay away", () => {
    for (const gap of [7, 30, 90]) {
      const rhythm = rhythmOf([0, 1, 2, 3, 4, 5, 6, 7].map((i) => i * gap));
      expect(loyaltyOf(8, Math.max(46, 6 * gap), loyaltyThresholds(rhythm))).toBe("lapsed");
    }
  });
});

describe("the next order", () => {
  it("has come by the day named in four of five cases", () => {
    const random = seeded(7);
    for (const [orders, meanGap] of [
      [4, 60],
      [10, 30],
      [30, 14],
    ] as const) {
      let come = 0;
      for (let trial = 0; trial < 4000; trial++) {
        const { days, next } = randomBuyer(random, orders, meanGap);
        const rhythm = rhythmOf(days);
        if (next <= rhythm.last + nextOrderWithin(rhythm)!) come++;
      }
      expect(Math.abs(come / 4000 - 0.8)).toBeLessThan(0.03);
    }
    expect(nextOrderWithin(rhythmOf([0, 30, 60]))).toBeNull();
  });
});
