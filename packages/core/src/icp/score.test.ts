import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Attributes, AttributeValue, Cell } from "../account/attribute.ts";
import { InputError } from "../errors.ts";
import { allot, compileProfile } from "./compile.ts";
import { applyChanges, counterfactuals } from "./counterfactuals.ts";
import { EXAMPLE_ICP } from "./examples/icp.ts";
import { scoreAccount, scoreFast } from "./score.ts";

const AS_OF = "2026-06-30";
const cell = (value: AttributeValue): Cell => ({ value, confidence: 1, method: "mapped", source: "crm#2", asOf: "2026-06-01" });
const account = (values: Record<string, AttributeValue>): Attributes =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, cell(value)]));

const LEVELS = ["retail", "healthcare", "other", "finance"];
const points = fc.integer({ min: 0, max: 90 }).map((n) => n / 10);
const bandList = fc
  .uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 4 })
  .chain((starts) =>
    fc
      .array(points, { minLength: starts.length, maxLength: starts.length })
      .map((each) => ({ starts: starts.sort((a, b) => a - b), each })),
  )
  .map(({ starts, each }) => [
    { points: 0.5 },
    { from: 0.5, points: 9.5 },
    ...starts.map((from, at) => ({ from, points: each[at]! })),
  ]);
const weight = fc.option(
  fc.integer({ min: 7, max: 400 }).map((n) => n / 7),
  { nil: undefined },
);
const anyRule = fc.oneof(
  fc.record({ attribute: fc.constantFrom("employees", "sites", "founded"), bands: bandList, weight }),
  fc.record({
    attribute: fc.constantFrom("vertical"),
    map: fc.dictionary(fc.constantFrom(...LEVELS), points, { minKeys: 1 }).map((map) => ({ ...map, retail: 9.5 })),
    weight,
  }),
  fc.record({
    when: fc.constantFrom<unknown>(
      { employees: { atLeast: 250 } },
      { any: [{ sites: { atMost: 3 } }, { vertical: "finance" }] },
      { not: { ownership: "public" } },
    ),
    weight: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({
    attribute: fc.constantFrom("lastActivityAt"),
    weight: fc.integer({ min: 1, max: 50 }),
    decay: fc.record({ halfLifeDays: fc.integer({ min: 1, max: 400 }) }),
  }),
  fc.record({
    when: fc.constant({ ownership: "private" }),
    weight: fc.integer({ min: 1, max: 50 }),
    decay: fc.record({ halfLifeDays: fc.integer({ min: 1, max: 400 }), on: fc.constant("fundingDate") }),
  }),
);
const anyProfile = fc
  .record({
    rules: fc.array(anyRule, { minLength: 1, maxLength: 12 }),
    disqualify: fc.constantFrom([], [{ id: "out", when: { employees: { atMost: 9 } }, reason: "too small" }]),
    minimumCoverage: fc.constantFrom(0, 0.25, 0.6),
  })
  .map(({ rules, disqualify, minimumCoverage }) =>
    compileProfile(
      stringify({
        id: "p",
        name: "P",
        version: 1,
        scoring: { minimumCoverage },
        tiers: { A: 70, B: 50, C: 30.5, D: 0 },
        rules: rules.map((rule, at) => ({ id: `r${at}`, dimension: "d", ...rule })),
        disqualify,
      }),
    ),
  );
const size = fc.oneof(
  fc.integer({ min: 0, max: 1100 }),
  fc.tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 600 })).map(([low, more]) => [low, low + more] as const),
  fc.integer({ min: 1, max: 900 }).map((low) => [low, null] as const),
);
const day = fc.constantFrom("2026-06-30", "2026-05-01", "2025-01-01", "2027-01-01");
const anyValues = fc.record(
  {
    employees: size,
    sites: size,
    founded: size,
    vertical: fc.constantFrom(...LEVELS, "unknown", "transport"),
    ownership: fc.constantFrom("private", "public", "unknown"),
    lastActivityAt: day,
    fundingDate: day,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, AttributeValue>>;

const hundredths = (value: number): number => Math.round(value * 100);

describe("a score", () => {
  it("is the exact sum of its contributions and lies within its bounds", () => {
    fc.assert(
      fc.property(anyProfile, anyValues, (profile, values) => {
        const result = scoreAccount(profile, account(values), AS_OF);
        const sum = result.contributions.reduce((total, one) => total + hundredths(one.points), 0);
        expect(result.low).toBeGreaterThanOrEqual(0);
        expect(result.high).toBeLessThanOrEqual(100);
        expect(sum / 100).toBeGreaterThanOrEqual(result.low);
        expect(sum / 100).toBeLessThanOrEqual(result.high);
        if (result.score === null) expect(result.coverage).toBeLessThan(profile.minimumCoverage);
        else expect(result.score).toBe(sum / 100);
        for (const one of result.contributions) {
          expect(one.points).toBeGreaterThanOrEqual(one.low);
          expect(one.points).toBeLessThanOrEqual(one.high);
          expect(Number.isInteger(hundredths(one.points)) && one.points === hundredths(one.points) / 100).toBe(true);
        }
        const { contributions, ...bulk } = result;
        expect(contributions).toHaveLength(profile.rules.length);
        expect(scoreFast(profile, account(values), AS_OF)).toEqual(bulk);
      }),
      { numRuns: 400 },
    );
  });

  it("never has a wider range when one more attribute is known", () => {
    fc.assert(
      fc.property(anyProfile, anyValues, anyValues, (profile, values, more) => {
        let known = values;
        let before = scoreFast(profile, account(known), AS_OF);
        for (const [name, value] of Object.entries(more)) {
          if (name in known) continue;
          known = { ...known, [name]: value };
          const after = scoreFast(profile, account(known), AS_OF);
          expect(after.low).toBeGreaterThanOrEqual(before.low);
          expect(after.high).toBeLessThanOrEqual(before.high);
          expect(after.coverage).toBeGreaterThanOrEqual(before.coverage);
          before = after;
        }
      }),
      { numRuns: 400 },
    );
  });

  it("is exact where everything is known, and its range a point", () => {
    const profile = compileProfile(EXAMPLE_ICP);
    const day = "2026-06-30";
    const full = account({
      vertical: "manufacturing",
      employees: 800,
      revenueUsd: 9e7,
      region: "EU",
      ownership: "private",
      sites: 12,
      "transactions.orders12m": 20,
      "transactions.rfm": "champions",
      "transactions.bulkBuyer": "yes",
      lastActivityAt: "2026-05-01",
      "needs.featureBreadth": "high",
      "needs.serviceExpectation": "high",
      "needs.priceSensitivity": "low",
      "decision.dmci": 30,
      "deals.winRate": 0.6,
    });
    const result = scoreAccount(profile, full, day);
    expect([result.low, result.score, result.high]).toEqual([97.5, 97.5, 97.5]);
    expect(result.coverage).toBe(1);
    expect(result.contributions.find((one) => one.rule === "recent-activity")).toMatchObject({
      points: 2.5,
      origin: "mapped",
      source: "crm#2",
    });
  });

  it("says which parts are estimates, and gives none of them zero", () => {
    const profile = compileProfile(EXAMPLE_ICP);
    const result = scoreAccount(
      profile,
      account({ vertical: "retail", employees: [40, 300], revenueUsd: 2e7, region: "UK" }),
      AS_OF,
    );
    const of = (rule: string) => result.contributions.find((one) => one.rule === rule)!;
    expect(of("industry")).toMatchObject({ value: "retail", points: 12, low: 12, high: 12, origin: "mapped" });
    expect(of("company-size")).toMatchObject({ value: [40, 300], low: 3, high: 14, origin: "mapped" });
    expect(of("customer-value")).toMatchObject({ value: null, low: 0, high: 6, origin: "unknown" });
    expect(of("customer-value").points).toBeGreaterThan(2);
  });

  it("reads the recorded answer unknown as a level only where the profile lists it", () => {
    const text = (map: string) =>
      `{id: p, name: P, version: 1, tiers: {A: 0}, rules: [{id: r, dimension: d, attribute: ownership, map: ${map}}]}`;
    const value = account({ ownership: "unknown" });
    expect(scoreFast(compileProfile(text("{private: 10, unknown: 4}")), value, AS_OF)).toMatchObject({ low: 40, high: 40 });
    expect(scoreFast(compileProfile(text("{private: 10, public: 4}")), value, AS_OF)).toMatchObject({
      low: 0,
      high: 100,
      score: null,
      tier: "unknown",
    });
  });

  it("keeps disqualification and overrides apart from the points", () => {
    const profile = compileProfile(EXAMPLE_ICP);
    const values = { vertical: "retail", employees: 1, revenueUsd: 5e5, region: "UK", customerPriority: "Strategic" };
    const out = scoreAccount(profile, account(values), AS_OF);
    expect(out).toMatchObject({ tier: "X", disqualified: { rule: "one-person-business" }, override: null });
    expect(out.score).toBeGreaterThan(0);
    expect(scoreFast(profile, account({ ...values, employees: 2 }), AS_OF)).toMatchObject({
      tier: "A",
      disqualified: null,
      override: { rule: "named-account" },
    });
  });

  it("refuses a day that is none", () => {
    expect(() => scoreFast(compileProfile(EXAMPLE_ICP), {}, "today")).toThrow(InputError);
  });
});

describe("weights", () => {
  it("always add up to 100.00, each within a hundredth of its share", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 1000, noNaN: true }), { minLength: 1, maxLength: 40 }), (weights) => {
        const shares = allot(weights);
        const total = weights.reduce((sum, one) => sum + one, 0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(10_000);
        for (const [at, share] of shares.entries()) expect(Math.abs(share - (weights[at]! / total) * 10_000)).toBeLessThan(1.001);
      }),
    );
  });
});

describe("counterfactuals", () => {
  it("truly lead to the tier they promise, and to a better one", () => {
    const order = ["A", "B", "C", "D", "unknown", "X"];
    let given = 0;
    fc.assert(
      fc.property(anyProfile, anyValues, (profile, values) => {
        const now = scoreFast(profile, account(values), AS_OF);
        for (const one of counterfactuals(profile, account(values), AS_OF)) {
          given++;
          const then = scoreFast(profile, applyChanges(account(values), one.set, AS_OF), AS_OF);
          expect(then.tier).toBe(one.tier);
          expect(order.indexOf(then.tier)).toBeLessThan(order.indexOf(now.tier));
        }
      }),
      { numRuns: 150 },
    );
    expect(given).toBeGreaterThan(50);
  });

  it("name the change in words, the way out of a disqualification included", () => {
    const profile = compileProfile(EXAMPLE_ICP);
    const shop = account({ vertical: "retail", employees: 80, revenueUsd: 12e6, region: "APAC" });
    expect(counterfactuals(profile, shop, AS_OF)).toContainEqual({
      change: "revenueUsd >= 50000000",
      tier: "A",
      set: { revenueUsd: 50e6 },
    });
    const sole = account({ vertical: "retail", employees: 1, revenueUsd: 9e4, region: "UK" });
    expect(counterfactuals(profile, sole, AS_OF).map((one) => one.change)).toContain("employees > 1");
  });

  it("offer a pair where no single change is enough", () => {
    const text = `{id: p, name: P, version: 1, tiers: {A: 90, D: 0}, rules: [
      {id: a, dimension: d, weight: 50, when: {employees: {atLeast: 10}}}, {id: b, dimension: d, weight: 50, when: {sites: {atLeast: 2}}}]}`;
    const small = account({ employees: 1, sites: 1 });
    expect(counterfactuals(compileProfile(text), small, AS_OF)).toEqual([
      { change: "employees >= 10 and sites >= 2", tier: "A", set: { employees: 10, sites: 2 } },
    ]);
  });
});
