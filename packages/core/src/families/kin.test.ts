import { describe, expect, test } from "vitest";
import type { Attributes, Cell } from "../account/attribute.ts";
import { createCatalogue } from "../rules/catalogue.ts";
import { addKin, type CompanyFacts, factsOf, type Kin, unfolded } from "./kin.ts";
import { atLevel } from "./level.ts";

const cell = (value: Cell["value"]): Cell => ({ value, confidence: 1, method: "observed", source: "crm#2", asOf: "2026-11-01" });
const GROUP: CompanyFacts = { name: cell("Acme Group"), employees: cell(12_000), revenue: cell(9e8), currency: cell("EUR") };
const above = { id: "p", name: "ACME", source: "crm#3", confidence: 0.9, asOf: "2026-11-02" };

function withKin(kin: Kin, own: Attributes = {}): Attributes {
  addKin(own, { kin, factsOf: (id) => (id === "p" ? unfolded(GROUP) : undefined) }, "2026-11-20");
  return own;
}

describe("what its family tells of an account", () => {
  test("is its parent by the name of the account, and what follows from what is known of it", () => {
    const attributes = withKin({ parent: above, children: 2 });
    expect(attributes["family.level"]).toMatchObject({ value: "child", confidence: 0.8, asOf: "2026-11-02" });
    expect(attributes["family.level"]!.evidence).toEqual(["crm#3 names ACME", "2 accounts name it as parent"]);
    expect(attributes["parent.name"]).toMatchObject({ value: "Acme Group", of: "of its parent Acme Group" });
    expect(attributes["ultimateParent.sizeClass"]!.value).toBe("enterprise");
    expect(attributes["parent.revenueUsd"]).toBeUndefined();
  });

  test("is no more than a name where the parent is no account, and nothing where only its record is named", () => {
    expect(withKin({ parent: { ...above, id: null } })).toMatchObject({ "parent.name": { value: "ACME", source: "crm#3" } });
    const unnamed = withKin({ parent: { ...above, id: null, name: null } });
    expect(Object.keys(unnamed)).toEqual(["family.level"]);
  });

  test("tells a parent from one that stands alone", () => {
    expect(withKin({ children: 3 })).toMatchObject({ "family.level": { value: "parent" }, "family.children": { value: 3 } });
    expect(withKin({ own: true })["family.level"]!.value).toBe("alone");
  });

  test("can be asked for by rules, all of it", () => {
    const catalogue = createCatalogue();
    for (const name of Object.keys(withKin({ parent: above, children: 1 }))) expect(catalogue.find(name), name).toBeDefined();
  });

  test("keeps of a parent what its rows say, and the domain by which it is known", () => {
    const facts = factsOf({ name: cell("Acme"), emailDomain: cell("acme.example"), phone: cell("1"), employees: cell([11, 50]) });
    expect(Object.keys(facts)).toEqual(["name", "domain", "employees"]);
  });
});

describe("a level", () => {
  const own = (): Attributes => ({
    country: cell("PL"),
    employees: cell(7),
    sizeClass: cell("micro"),
    revenue: cell(5e5),
    currency: cell("USD"),
    revenueUsd: cell(5e5),
    industry: cell("Retail"),
  });

  test("of parents reads size and revenue as a whole from the top, and what is not known there from the company", () => {
    const seen = atLevel("parent", withKin({ parent: above }, own()));
    expect(seen).toMatchObject({ employees: { value: 12_000 }, sizeClass: { value: "enterprise" }, country: { value: "PL" } });
    expect(seen).toMatchObject({ revenue: { value: 9e8 }, currency: { value: "EUR" }, industry: { value: "Retail" } });
    expect(seen.revenueUsd).toBeUndefined();
  });

  test("of companies, and of a company without a parent, reads the company", () => {
    const child = withKin({ parent: above }, own());
    expect(atLevel("company", child)).toBe(child);
    const top = withKin({ children: 1 }, own());
    expect(atLevel("parent", top)).toBe(top);
  });
});
