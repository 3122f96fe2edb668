import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinPairs } from "./join-pairs.ts";
import { FUZZY_OPTIONS } from "./options.ts";
import { type ResolvableRecord, similarPairs } from "./similar-pairs.ts";

const words = fc.constantFrom("Zelmar", "Zelmr", "Orvix", "Foods", "Steel", "Group", "Technologies", "II", "Berlin", "Delta");
const form = fc.constantFrom("", " Ltd", " GmbH", ", Inc.");
const record: fc.Arbitrary<ResolvableRecord> = fc.record(
  {
    name: fc.tuple(fc.array(words, { minLength: 1, maxLength: 4 }), form).map(([parts, end]) => parts.join(" ") + end),
    country: fc.constantFrom("DE", "FR"),
    domain: fc.constantFrom("zelmar.example", "orvix.example"),
    street: fc.constantFrom("1 Main St", "1 Main Street", "9 Oak Ave"),
    phone: fc.constantFrom("3122262649", "226-2649"),
    group: fc.constantFrom("g", "h"),
  },
  { requiredKeys: ["name"] },
);
const records = fc.uniqueArray(record, { minLength: 2, maxLength: 24, selector: (each) => JSON.stringify(each) });

interface Told {
  verdict: string;
  confidence: number;
  short: string | null;
}

/** Pairs by their records' contents, so that lists in different order can be held against each other. */
function told(list: readonly ResolvableRecord[], pairs: ReturnType<typeof similarPairs>["pairs"]): Map<string, Told> {
  const text = (index: number): string => JSON.stringify(list[index]);
  return new Map(
    pairs.map(({ a, b, verdict, confidence, contained }) => [
      [text(a), text(b)].sort().join("\n"),
      { verdict, confidence, short: contained === null ? null : text(contained === "a" ? a : b) },
    ]),
  );
}

describe("similarPairs", () => {
  it("bears no trace of the order of the records", () => {
    const shuffled = records.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.constantFrom("file", "background")),
    );
    fc.assert(
      fc.property(shuffled, ([list, other, vocabulary]) => {
        const find = (each: readonly ResolvableRecord[]) =>
          told(each, similarPairs(each, { vocabulary: vocabulary as "file" | "background" }).pairs);
        expect(find(other)).toEqual(find(list));
      }),
      { numRuns: 200 },
    );
  });

  it("judges a pair against the background by its two records alone", () => {
    fc.assert(
      fc.property(records, (list) => {
        for (const { a, b, verdict, confidence } of similarPairs(list, { vocabulary: "background" }).pairs)
          expect(similarPairs([list[b]!, list[a]!], { vocabulary: "background" }).pairs).toMatchObject([{ verdict, confidence }]);
      }),
      { numRuns: 150 },
    );
  });

  it("compares the pairs of probes alone, and finds of them what it finds of all", () => {
    fc.assert(
      fc.property(records, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }), (list, probes) => {
        const isProbe = (index: number): boolean => probes[index]!;
        const all = similarPairs(list);
        const some = similarPairs(list, { isProbe });
        expect(some.pairs).toEqual(all.pairs.filter(({ a, b }) => isProbe(a) || isProbe(b)));
        expect(some.compared).toBeLessThanOrEqual(all.compared);
      }),
      { numRuns: 150 },
    );
    expect(similarPairs([{ name: "Zelmar" }, { name: "ZELMAR" }], { isProbe: () => false }).compared).toBe(0);
  });

  it("says why, and judges any two records of the list", () => {
    const similar = similarPairs([
      { name: "Zelmar Foods" },
      { name: "Orvix Steel" },
      { name: "n/a" },
      { name: "ZELMAR FOODS INC" },
    ]);
    expect(similar.pairs).toMatchObject([{ a: 0, b: 3, verdict: "same", sameName: true }]);
    expect(similar.reasons(0, 3)).toEqual(["same name"]);
    expect(similar.judge(0, 1).verdict).toBe("new");
    expect(similar.judge(0, 2)).toMatchObject({ verdict: "new", confidence: 0 });
    expect([0, 1, 2].map((index) => similar.isNamed(index))).toEqual([true, true, false]);
  });
});

describe("joinPairs", () => {
  it("never joins what is declared apart, however it is reached, and of companies only what all fit", () => {
    fc.assert(
      fc.property(
        records,
        fc.array(fc.tuple(fc.nat(23), fc.nat(23)), { maxLength: 12 }),
        fc.constantFrom("company", "site"),
        (list, declared, level) => {
          const similar = similarPairs(list, { options: { ...FUZZY_OPTIONS, level: level as "company" | "site" } });
          const key = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`;
          const kept = new Set(declared.map(([a, b]) => key(a, b)));
          const apart = (a: number, b: number): boolean => kept.has(key(a, b)) || similar.judge(a, b).conflict !== null;
          const clusters = joinPairs(list.length, similar.pairs, {
            apart,
            fits: (a, b) => similar.judge(a, b).verdict !== "new",
            otherDoor: (a, b) => similar.judge(a, b).door === "other",
            level: similar.level,
          });
          for (let a = 0; a < list.length; a++)
            for (let b = a + 1; b < list.length; b++) {
              if (clusters[a] !== clusters[b]) continue;
              expect(apart(a, b)).toBe(false);
              if (level === "company") expect(similar.judge(a, b).verdict).not.toBe("new");
            }
        },
      ),
      { numRuns: 150 },
    );
  });
});
