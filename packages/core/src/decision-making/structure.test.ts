import { describe, expect, it } from "vitest";
import { evidenceOf, type Told } from "../needs/evidence.testing.ts";
import { decideStructure, STRUCTURE_SIGNALS, STRUCTURES, type StructureSignalId, structureOf } from "./structure.ts";

/** Signals that no account shows at once. */
const EXCLUSIVE: ReadonlyArray<readonly [StructureSignalId, StructureSignalId]> = [
  ["small-without-procurement", "procurement-head"],
  ["small-without-procurement", "procurement-one-place"],
  ["small-without-procurement", "procurement-across-countries"],
  ["small-without-procurement", "sole-leader"],
  ["many-sites-without-procurement", "procurement-head"],
  ["many-sites-without-procurement", "procurement-one-place"],
  ["many-sites-without-procurement", "procurement-across-countries"],
  ["many-sites-without-procurement", "sole-leader"],
  ["procurement-one-place", "procurement-across-countries"],
  ["sole-leader", "procurement-head"],
  ["sole-leader", "procurement-one-place"],
  ["sole-leader", "procurement-across-countries"],
  ["one-buyer-many-places", "many-buyers-by-card"],
];

function enumerate(ids: readonly StructureSignalId[]): StructureSignalId[][] {
  const sets: StructureSignalId[][] = [];
  for (let mask = 0; mask < 1 << ids.length; mask++) {
    const set = ids.filter((_, i) => mask & (1 << i));
    if (!EXCLUSIVE.some(([a, b]) => set.includes(a) && set.includes(b))) sets.push(set);
  }
  return sets;
}

function tally(sets: readonly StructureSignalId[][]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const set of sets) {
    const { structure, centralised } = decideStructure(set);
    const key = `${structure ?? "unknown"}, ${centralised === null ? "unknown" : centralised ? "centralised" : "decentralised"}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

const CRM = STRUCTURE_SIGNALS.filter(({ crm }) => crm).map(({ id }) => id);
const ALL = STRUCTURE_SIGNALS.map(({ id }) => id);

describe("decideStructure", () => {
  it("reaches every class by CRM signals alone: the enumeration", () => {
    expect(tally(enumerate(CRM))).toMatchInlineSnapshot(`
      {
        "center_led, centralised": 17,
        "centralized, centralised": 5,
        "decentralized, decentralised": 8,
        "owner_led, centralised": 2,
        "unknown, centralised": 38,
        "unknown, unknown": 10,
      }
    `);
    const reached = new Set(enumerate(CRM).map((set) => decideStructure(set).structure));
    for (const structure of [...STRUCTURES, null]) expect(reached).toContain(structure);
  });

  it("reaches every class with orders too: the enumeration", () => {
    expect(tally(enumerate(ALL))).toMatchInlineSnapshot(`
      {
        "center_led, centralised": 37,
        "centralized, centralised": 22,
        "decentralized, decentralised": 45,
        "owner_led, centralised": 2,
        "unknown, centralised": 112,
        "unknown, unknown": 22,
      }
    `);
  });

  it("answers the binary question wherever it answers the structure, and in step with it", () => {
    for (const set of enumerate(ALL)) {
      const { structure, centralised } = decideStructure(set);
      if (structure !== null) expect(centralised).toBe(structure !== "decentralized");
      expect(decideStructure([...set].reverse())).toEqual(decideStructure(set));
    }
  });

  it("says nothing without signals", () => {
    expect(decideStructure([])).toMatchObject({ structure: null, centralised: null });
  });

  it("answers the binary question by the sum where no class leads", () => {
    expect(decideStructure(["government"])).toMatchObject({ structure: null, centralised: true });
    expect(decideStructure(["procurement-head", "franchise-or-holding"])).toMatchObject({ structure: null, centralised: null });
  });
});

describe("structureOf", () => {
  const structure = (told: Told) => structureOf(evidenceOf(told))?.structure?.value ?? null;
  const team = (...titles: string[]) => titles.map((title) => ({ title, country: "DE" }));

  it("does not take a list without contacts for a company without procurement", () => {
    expect(structureOf(evidenceOf({ fields: { employees: 12 } }))).toBe(null);
    expect(
      structureOf(evidenceOf({ fields: { employees: 12 }, contacts: team("Marketing Manager", "Sales Manager", "CEO") })),
    ).toBe(null);
    expect(structure({ fields: { employees: 12 }, contacts: team("Accountant", "Sales Manager", "CEO") })).toBe("owner_led");
    expect(structure({ fields: { employees: [11, 50] }, contacts: team("Accountant", "Sales Manager", "CEO") })).toBe(
      "owner_led",
    );
    expect(structure({ fields: { employees: 50 }, contacts: team("Accountant", "Sales Manager", "CEO") })).toBe(null);
  });

  it("does not take the only contact at a large company for its owner", () => {
    expect(structure({ contacts: team("Owner") })).toBe("owner_led");
    expect(structure({ fields: { employees: 20 }, contacts: team("CEO") })).toBe("owner_led");
    expect(structure({ fields: { employees: 5000 }, contacts: team("CEO") })).toBe(null);
    expect(structure({ contacts: team("CEO") })).toBe(null);
  });

  it("finds one procurement team, one across countries, and software for it", () => {
    expect(structure({ contacts: team("Head of Procurement", "Buyer") })).toBe("centralized");
    const across = ["DE", "FR", "US"].map((country) => ({ title: "Purchasing Manager", country }));
    expect(structure({ contacts: across })).toBe("center_led");
    expect(structure({ fields: { technologies: ["Salesforce", "SAP Ariba"] } })).toBe("center_led");
  });

  it("finds decentralised buying in franchises, sites and cards", () => {
    expect(structure({ fields: { description: "A franchise of bakeries" } })).toBe("decentralized");
    expect(structure({ fields: { sites: 25 }, contacts: team("Accountant", "Store Manager", "CEO") })).toBe("decentralized");
    const card = ["a", "b", "c"].map((buyer) => ({ buyer, paymentTerms: "card" }));
    const found = structureOf(evidenceOf({ lines: card }))!;
    expect(found.structure).toEqual({ value: "decentralized", confidence: 0.6, evidence: ["3 buyers, 3 of 3 orders by card"] });
    expect(found.centralised!.value).toBe(false);
  });

  it("finds one buyer who orders for many places", () => {
    expect(
      structure({ lines: ["1", "2", "3"].map((shipTo) => ({ shipTo, buyer: "a" })), fields: { ownership: "government" } }),
    ).toBe("centralized");
  });
});
