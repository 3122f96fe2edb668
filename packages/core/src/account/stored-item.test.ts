import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccountItem, FactItem, ParkedItem, Statement } from "./item.ts";
import { TextStatement } from "./statement.ts";
import {
  accountText,
  decodeAccount,
  decodeParked,
  encodeAccount,
  encodeParked,
  factLine,
  factOfLine,
  packText,
  parkedText,
  unpackText,
  wantedMember,
  wantedOf,
} from "./stored-item.ts";

const hex = fc.stringMatching(/^[0-9a-f]{20}$/);
const whole = fc.string({ unit: "grapheme", maxLength: 30 });
const statement: fc.Arbitrary<Statement> = fc.record({
  l: fc.constantFrom("crm", "shop-orders", 'a "list"'),
  v: fc.integer({ min: 1, max: 99 }),
  k: fc.constantFrom("accounts" as const, "orders" as const),
  r: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
  f: fc.dictionary(fc.constantFrom("name", "country", "extra.ü", "employees"), fc.oneof(whole, fc.nat(), fc.boolean())),
  d: fc.constant("2026-11-20"),
});
const group = fc.record(
  {
    home: hex,
    rank: fc.constantFrom(0 as const, 1 as const, 3 as const),
    st: fc.array(statement, { maxLength: 3 }),
    via: hex,
    country: whole,
  },
  { requiredKeys: ["home", "rank", "st"] },
);
const account: fc.Arbitrary<AccountItem> = fc
  .record(
    {
      v: fc.constant(1),
      id: hex,
      groups: fc.array(group, { maxLength: 3 }),
      ref: fc.array(statement, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ["v", "id", "groups"] },
  )
  .map((item) => JSON.parse(JSON.stringify(item)) as AccountItem);

/** An account as the first packing wrote it. */
const VERSION_1 = "AUPJggaGRsYmpmbmFpaJSckpqWkgPnK2jIXnbgA=";

describe("packed items", () => {
  test("come back byte for byte, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(whole, fc.json(), fc.string({ unit: "binary", maxLength: 3_000 })), (original) => {
        const packed = packText(original);
        expect(unpackText(packed)).toBe(Buffer.from(original).toString("utf8"));
      }),
    );
  });

  test("accounts and parked homes come back as the JSON they were", () => {
    fc.assert(
      fc.property(account, hex, (item, target) => {
        expect(unpackText(encodeAccount(item))).toBe(accountText(item));
        expect(decodeAccount(encodeAccount(item))).toEqual(item);
        const parked: ParkedItem = { v: item.v, id: item.id, target, groups: item.groups };
        expect(unpackText(encodeParked(parked))).toBe(parkedText(parked));
        expect(decodeParked(encodeParked(parked))).toEqual(parked);
      }),
    );
  });

  test("a statement's own text is taken over, and is the same as that of a plain one", () => {
    const fields = '{"name":"Acme Pumps GmbH","revenue":24000000}';
    const item = (st: Statement[]): AccountItem => ({
      v: 1,
      id: "a".repeat(20),
      groups: [{ home: "a".repeat(20), rank: 3, st }],
    });
    const plain: Statement = { l: "crm", v: 2, k: "accounts", r: [1, 2], f: JSON.parse(fields), d: "2026-11-20" };
    const kept = new TextStatement("crm", 2, "accounts", [1, 2], fields, "2026-11-20");
    expect(Buffer.from(encodeAccount(item([kept])))).toEqual(Buffer.from(encodeAccount(item([plain]))));
  });

  test("facts come back from their lines with the very text of their items", () => {
    const fact = fc.record({ ref: whole, list: whole, version: fc.nat(), item: fc.json() });
    fc.assert(
      fc.property(hex, fc.array(fact, { minLength: 1, maxLength: 6 }), (home, facts) => {
        const stored: FactItem[] = facts.map((each) => ({ home, kind: "order", ...each }));
        const lines = unpackText(packText(stored.map(factLine).join("\n"))).split("\n");
        expect(lines.map((line) => factOfLine(home, "order", line))).toEqual(stored);
      }),
    );
    expect(() => factLine({ ref: "1", list: "l", version: 1, item: "{\n}" })).toThrow(/line break/);
  });

  test("of a version that is not known yet are refused by name, of none at all are a bug", () => {
    const packed = packText("{}");
    packed[0] = 2;
    expect(() => unpackText(packed)).toThrow(
      expect.objectContaining({ name: "InputError", message: expect.stringMatching(/version 2/) }),
    );
    packed[0] = 0;
    expect(() => unpackText(packed)).toThrow(expect.objectContaining({ name: "BugError" }));
  });

  test("what version 1 wrote can be read for good", () => {
    const item = { v: 1, id: "0123456789abcdef0123", groups: [], dep: 1 } as AccountItem;
    expect(unpackText(Buffer.from(VERSION_1, "base64"))).toBe(accountText(item));
  });

  test("a typical account takes a third of its JSON", () => {
    const f = {
      country: "DE",
      domain: "acme-pumps.example",
      website: "www.acme-pumps.example",
      sourceId: "salesforce:0018e00000Q7z",
      name: "Acme Pumps GmbH",
      industry: "Manufacturing",
      employees: 180,
      revenue: 24_000_000,
      currency: "USD",
      street: "Pump Road 12",
      city: "Bremen",
      postalCode: "28195",
      lastActivityAt: "2026-08-04",
    };
    const id = "7eec6aef8588b914bea5";
    const item: AccountItem = {
      v: 1,
      id,
      groups: [{ home: id, rank: 3, st: [{ l: "crm-accounts", v: 1, k: "accounts", r: [117], f, d: "2026-11-20" }] }],
      result: {
        ...{ score: 71.4, low: 44.02, high: 88.1, tier: "A", segments: ["core-industries"], audiences: ["strategic-accounts"] },
        show: { name: f.name, domain: f.domain, country: "DE", industry: f.industry, employees: 180, revenue: f.revenue },
        asOf: "2026-11-20",
        members: { linkedin: [id, "0d9ab571bc38fb2d9ab5"] },
      },
    };
    expect(encodeAccount(item).length).toBeLessThan(accountText(item).length / 3);
  });
});

describe("what planning reads", () => {
  const show = { name: null, domain: null, country: null, industry: null, employees: null, revenue: null };
  const result = { ...{ score: 1, low: 0, high: 2, tier: "B", segments: [], audiences: ["large"], asOf: "2026-11-20" }, show };

  test("is nothing where no audience wants the account", () => {
    expect(wantedOf("a", undefined, "linkedin")).toBeNull();
    expect(wantedOf("a", { ...result, audiences: [] }, "linkedin")).toBeNull();
  });

  test("comes back from its text", () => {
    const { key, text: stored } = wantedOf(
      "a",
      { ...result, suppressed: "asked", members: { linkedin: ["k", "p"] } },
      "linkedin",
    )!;
    expect(wantedMember(key, "a", stored)).toEqual({
      ...{ key: "k", id: "a", fingerprint: "p", suppressed: ["other"], audiences: ["large"], blocked: [] },
    });
    const keptOut = { large: 'its parent "A\t|B, C" is a customer' };
    const kept = wantedOf("a", { ...result, keptOut, members: { linkedin: ["k", "p"] } }, "linkedin")!;
    expect(kept.text).not.toContain("\n");
    expect(wantedMember(kept.key, "a", kept.text)).toMatchObject({ suppressed: [], keptOut, audiences: ["large"], blocked: [] });
    const blocked = wantedOf("a", { ...result, audiences: [], blocked: ["large: undeclared-origin"] }, "linkedin")!;
    expect(wantedMember(blocked.key, "a", blocked.text)).toMatchObject({
      key: "a",
      fingerprint: null,
      blocked: ["large: undeclared-origin"],
    });
  });
});
