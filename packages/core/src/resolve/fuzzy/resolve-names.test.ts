import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ResolvableRecord, resolveNames } from "./resolve-names.ts";

const groups = (records: readonly ResolvableRecord[]): string[][] => {
  const { clusterOf } = resolveNames(records);
  const found = new Map<number, string[]>();
  for (const [index, id] of clusterOf.entries()) found.set(id, [...(found.get(id) ?? []), records[index]!.name]);
  return [...found.values()].map((names) => names.sort()).sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
};
const named = (...names: string[]): ResolvableRecord[] => names.map((name) => ({ name }));

describe("resolveNames", () => {
  it("joins a company's names and leaves others alone", () => {
    expect(
      groups(named("Cisco Systems Inc.", "Cisco", "CISCO SYS", "Sysco Corp", "Goldman Sachs Group", "Goldman Sachs")),
    ).toEqual([["CISCO SYS", "Cisco", "Cisco Systems Inc."], ["Goldman Sachs", "Goldman Sachs Group"], ["Sysco Corp"]]);
  });

  it("leaves a short name by itself that could be either of two companies, and asks", () => {
    const records = named("Zelmar Foods Ltd", "Zelmar", "Zelmar Motors Ltd");
    const { clusterOf, review } = resolveNames(records);
    expect(new Set(clusterOf).size).toBe(3);
    expect(review.map(({ a, b }) => [a, b])).toEqual(
      expect.arrayContaining([
        [0, 1],
        [1, 2],
      ]),
    );
  });

  it("makes no chain: a name without a country joins neither of two namesakes", () => {
    const { clusterOf } = resolveNames([
      { name: "Zelmar Foods", country: "DE" },
      { name: "Zelmar Foods" },
      { name: "Zelmar Foods", country: "FR" },
    ]);
    expect(new Set(clusterOf).size).toBe(3);
  });

  it("keeps companies of different domains apart and lets a record without one join where that is clear", () => {
    const { clusterOf } = resolveNames([
      { name: "Zelmar Foods", domain: "zelmar.example" },
      { name: "Zelmar Foods Inc" },
      { name: "Orvix Steel", domain: "orvix.example" },
      { name: "Orvix Steel", domain: "orvix.test" },
    ]);
    expect(clusterOf).toEqual([0, 0, 1, 2]);
  });

  it("takes records of one group for one company whatever their names", () => {
    const { clusterOf, method } = resolveNames([
      { name: "Zelmar Foods", group: "a" },
      { name: "ZF Retail", group: "a" },
      { name: "ZF Retail GmbH" },
    ]);
    expect(clusterOf).toEqual([0, 0, 0]);
    expect(method[0]).toBe("group");
  });

  it("tells places apart in a directory of addresses, and joins what is at one", () => {
    const { clusterOf, level } = resolveNames([
      { name: "Little Angels Day Care Ctr", street: "6701 S Emerald" },
      { name: "Little Angels Family Daycare", street: "6701 South Emerald Ave" },
      { name: "Little Angels Day Care Center", street: "100 W Main St" },
      { name: "Morbach Clinic", street: "100 West Main Street" },
    ]);
    expect(level).toBe("site");
    expect(clusterOf).toEqual([0, 0, 1, 2]);
  });

  it("joins a name without an address to neither of two places that bear it", () => {
    const places = [
      { name: "Little Angels Day Care", street: "6701 S Emerald Ave" },
      { name: "Little Angels Day Care", street: "100 W Main St" },
    ];
    expect(resolveNames([...places, { name: "Little Angels Day Care" }]).clusterOf).toEqual([0, 1, 2]);
    expect(resolveNames([places[0]!, { name: "Little Angels Day Care" }]).clusterOf).toEqual([0, 0]);
  });

  it("makes each record without a name a company of its own", () => {
    expect(resolveNames(named("n/a", "Zelmar", "n/a", "-")).clusterOf).toEqual([0, 1, 2, 3]);
  });

  it("does not depend on the order of the records", () => {
    const pool: ResolvableRecord[] = [
      ...named(
        "Zelmar Foods Ltd",
        "Zelmar",
        "Zelmar Motors",
        "ZELMAR FODS LTD",
        "Zelmar Foods International",
        "Orvix",
        "Orvix Steel",
      ),
      { name: "Orvix Steel", country: "DE" },
      { name: "Orvix Steel", country: "FR" },
      { name: "Orvix Stahl", country: "DE", domain: "orvix.example" },
      { name: "Delta Foods", street: "1 Main St" },
      { name: "Delta Foods", street: "9 Oak Ave" },
      { name: "Delta", street: "1 Main Street", phone: "3122262649" },
      { name: "Zelmar Foods Ltd" },
    ];
    const expected = (records: readonly ResolvableRecord[]): string[] => {
      const { clusterOf } = resolveNames(records);
      const clusters = new Map<number, string[]>();
      for (const [index, id] of clusterOf.entries())
        clusters.set(id, [...(clusters.get(id) ?? []), JSON.stringify(records[index])]);
      return [...clusters.values()].map((members) => members.sort().join("\n")).sort();
    };
    const usual = expected(pool);
    fc.assert(
      fc.property(fc.shuffledSubarray(pool, { minLength: pool.length }), (shuffled) => {
        expect(expected(shuffled)).toEqual(usual);
      }),
      { numRuns: 60 },
    );
  });

  it("finds no pair in ten thousand strangers slower than a few dozen comparisons each", () => {
    const records = Array.from({ length: 10_000 }, (_, i) => ({
      name: `${(i * 7919).toString(36)}x${(i * 104_729).toString(36)} Services Group`,
    }));
    expect(resolveNames(records).compared).toBeLessThan(60 * records.length);
  });
});
