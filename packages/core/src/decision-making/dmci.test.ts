import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ComplexityInputs, complexity, complexityBand, complexityOf, type Spread } from "./dmci.ts";

const FORMALITIES = ["ad_hoc", "approved_vendor", "tender_rfp"] as const;
const BY_WEIGHT = ["owner_led", "centralized", "decentralized", "center_led"] as const;
const point = (value: number): Spread => ({ value, low: value, high: value });
const spread = (most: number): fc.Arbitrary<Spread> =>
  fc
    .tuple(fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: most }), fc.integer({ min: 0, max: most }))
    .map((ends) => {
      const [low, value, high] = ends.sort((a, b) => a - b) as [number, number, number];
      return { low, value, high };
    });
const KNOWN = fc.record({
  committee: spread(40),
  cycle: spread(900),
  formality: fc.constantFrom(...FORMALITIES),
  structure: fc.constantFrom(...BY_WEIGHT),
});

describe("the Decision-Making Complexity Index", () => {
  it.each([
    [1, 7, "ad_hoc", "owner_led", 9, "simple"],
    [4, 45, "approved_vendor", "centralized", 52, "coordinated"],
    [8, 120, "tender_rfp", "center_led", 81, "enterprise"],
  ] as const)("%i people, %i days, %s, %s: %i", (people, days, formality, structure, expected, band) => {
    expect(Math.round(complexityOf(people, days, formality, structure))).toBe(expected);
    const found = complexity({ committee: point(people), cycle: point(days), formality, structure })!;
    expect(found).toEqual({ value: expected, low: expected, high: expected, known: 1, band });
  });

  it("is bounded and grows with each input", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 2000 }),
        fc.nat(2),
        fc.nat(3),
        (people, days, f, s) => {
          const at = complexityOf(people, days, FORMALITIES[f]!, BY_WEIGHT[s]!);
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(100);
          expect(complexityOf(people + 1, days, FORMALITIES[f]!, BY_WEIGHT[s]!)).toBeGreaterThanOrEqual(at);
          expect(complexityOf(people, days + 1, FORMALITIES[f]!, BY_WEIGHT[s]!)).toBeGreaterThanOrEqual(at);
          if (f < 2) expect(complexityOf(people, days, FORMALITIES[f + 1]!, BY_WEIGHT[s]!)).toBeGreaterThan(at);
          if (s < 3) expect(complexityOf(people, days, FORMALITIES[f]!, BY_WEIGHT[s + 1]!)).toBeGreaterThan(at);
        },
      ),
    );
  });

  it("only widens where an input becomes unknown, and holds every value that the input could have had", () => {
    const names = ["committee", "cycle", "formality", "structure"] as const;
    fc.assert(
      fc.property(KNOWN, fc.constantFrom(...names), fc.constantFrom(...names), (known, first, second) => {
        const all = complexity(known)!;
        expect(all.low).toBeLessThanOrEqual(all.value);
        expect(all.value).toBeLessThanOrEqual(all.high);
        const less: ComplexityInputs = { ...known, [first]: null };
        const one = complexity(less)!;
        expect(one.low).toBeLessThanOrEqual(all.low);
        expect(one.high).toBeGreaterThanOrEqual(all.high);
        const two = complexity({ ...less, [second]: null });
        if (two === null) return;
        expect(two.low).toBeLessThanOrEqual(one.low);
        expect(two.high).toBeGreaterThanOrEqual(one.high);
      }),
    );
  });

  it("abstains where less than half of the weight is known", () => {
    const inputs = { committee: point(4), cycle: point(45), formality: "ad_hoc", structure: "center_led" } as const;
    const answered = (names: ReadonlyArray<keyof ComplexityInputs>) =>
      complexity({
        committee: null,
        cycle: null,
        formality: null,
        structure: null,
        ...Object.fromEntries(names.map((name) => [name, inputs[name]])),
      }) !== null;
    expect(answered(["committee"])).toBe(false);
    expect(answered(["cycle", "structure"])).toBe(false);
    expect(answered(["formality", "structure"])).toBe(false);
    expect(answered(["committee", "structure"])).toBe(true);
    expect(answered(["cycle", "formality"])).toBe(true);
    expect(answered(["committee", "cycle"])).toBe(true);
  });

  it("has its bands at 25, 50 and 75, and none where the range touches three", () => {
    expect([0, 24, 25, 49, 50, 74, 75, 100].map(complexityBand)).toEqual([
      "simple",
      "simple",
      "guided",
      "guided",
      "coordinated",
      "coordinated",
      "enterprise",
      "enterprise",
    ]);
    expect(
      complexity({
        committee: { value: 4, low: 1, high: 13 },
        cycle: { value: 30, low: 3, high: 540 },
        formality: null,
        structure: null,
      })!.band,
    ).toBe(null);
  });
});
