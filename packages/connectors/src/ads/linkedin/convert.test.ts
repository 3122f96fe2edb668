import type { CompanyMember } from "@bullseye/core/connector";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cleanDomain,
  cleanOrganizationUrn,
  memberKey,
  pickCompanySegment,
  readVerdicts,
  refuse,
  toElement,
  toStatus,
} from "./convert.ts";
import { toEntries } from "./plan.ts";

const company = (fields: Partial<CompanyMember>): CompanyMember => ({ id: "a1", name: "", domain: "", ...fields });

it.each([
  ["acme.example", "acme.example"],
  [" ACME.Example ", "acme.example"],
  ["https://www.acme.example:443/en?x=1#y", "acme.example"],
  ["www.acme.example", "acme.example"],
  ["http://acme.example", "acme.example"],
  ["müller.example", "müller.example"],
  ["localhost", undefined],
  ["not a host", undefined],
  ["jo@acme.example", undefined],
  ["", undefined],
  ["584c4423c421df49955759498a71495aba49b8780eb9387dff333b6f0982c777", undefined],
  ["584c4423c421df49955759498a71495aba49b878.example", undefined],
])("domain %j is %j", (value, expected) => expect(cleanDomain(value)).toBe(expected));

it("leaves a clean domain as it is", () => {
  fc.assert(
    fc.property(fc.domain(), (domain) => {
      const clean = cleanDomain(domain);
      if (clean !== undefined) expect(cleanDomain(clean)).toBe(clean);
    }),
  );
});

it.each([
  ["1035", "urn:li:organization:1035"],
  ["urn:li:organization:1035", "urn:li:organization:1035"],
  ["URN:LI:ORGANIZATION:urn:li:organization:1035", "urn:li:organization:1035"],
  ["urn:li:person:1035", undefined],
  [undefined, undefined],
])("organisation %j is %j", (value, expected) => expect(cleanOrganizationUrn(value)).toBe(expected));

describe("elements", () => {
  it("adds with everything LinkedIn documents, and nothing undefined on the wire", () => {
    const member = company({ name: "Contoso GmbH", domain: "contoso.example", country: "de", ticker: "CON", industry: "Retail" });
    expect(JSON.parse(JSON.stringify(toElement("add", member)))).toEqual({
      action: "ADD",
      companyName: "Contoso GmbH",
      companyWebsiteDomain: "contoso.example",
      stockSymbol: "CON",
      country: "DE",
    });
  });

  it("removes by identifiers, by name only where there is nothing else", () => {
    const wire = (member: CompanyMember) => JSON.parse(JSON.stringify(toElement("remove", member)));
    expect(wire(company({ name: "Old", domain: "old.example", country: "DE", city: "Ulm" }))).toEqual({
      action: "REMOVE",
      companyWebsiteDomain: "old.example",
    });
    expect(wire(company({ name: "Old", country: "DE", city: "Ulm" }))).toEqual({
      action: "REMOVE",
      companyName: "Old",
      country: "DE",
    });
  });

  it.each([
    [{ name: "jo@mail.example" }, "personal-data"],
    [{ domain: "jo@mail.example" }, "personal-data"],
    [{ name: "Call +49 89 1234567" }, "personal-data"],
    [{ name: "584c4423c421df49955759498a71495aba49b8780eb9387dff333b6f0982c777" }, "hashed-name"],
    [{ domain: "nowhere" }, "no-identifier"],
    [{ name: "3M" }, undefined],
    [{ name: "@Home & Co. +1" }, undefined],
    [{ organizationUrn: "1035" }, undefined],
  ])("%j: %s", (fields, reason) => expect(refuse(company(fields))).toBe(reason));

  it("keeps the key when the organisation becomes known", () => {
    const before = company({ domain: "acme.example" });
    expect(memberKey({ ...before, organizationUrn: "1035", name: "Acme" })).toBe(memberKey(before));
    expect(memberKey(company({ name: " ACME ", country: "de" }))).toBe(memberKey(company({ name: "Acme", country: "DE" })));
    expect(memberKey(company({ name: "Acme", country: "AT" }))).not.toBe(memberKey(company({ name: "Acme", country: "DE" })));
  });
});

describe("one element a company", () => {
  it("shares an element among accounts, whatever their order", () => {
    const a = company({ id: "a", name: "A", domain: "x.example" });
    const b = company({ id: "b", name: "B", domain: "x.example" });
    for (const add of [
      [a, b],
      [b, a, b],
    ]) {
      const { entries } = toEntries({ add, remove: [] });
      expect(entries).toHaveLength(1);
      expect(entries[0]?.element).toMatchObject({ action: "ADD", companyName: "A" });
      expect(entries[0]?.claims.map(({ id }) => id).sort()).toEqual(["a", "b"]);
    }
  });

  it("lets the addition stand where a removal names the same company", () => {
    const { entries } = toEntries({
      add: [company({ id: "new", name: "N", domain: "x.example" })],
      remove: [company({ id: "old", name: "O", domain: "x.example" })],
    });
    expect(entries).toEqual([
      {
        element: expect.objectContaining({ action: "ADD", companyName: "N" }),
        claims: [
          { id: "old", action: "remove", superseded: true },
          { id: "new", action: "add", superseded: false },
        ],
      },
    ]);
  });
});

it("guesses no verdict", () => {
  expect(readVerdicts({ elements: [{ status: 201 }, { status: 400, error: { message: "no" } }] }, 2)).toEqual([
    { status: 201, message: undefined },
    { status: 400, message: "no" },
  ]);
  expect(readVerdicts({ elements: [{ status: 201 }] }, 2)).toBeUndefined();
  expect(readVerdicts({ elements: [{}, { status: 201 }] }, 2)).toBeUndefined();
  expect(readVerdicts(undefined, 1)).toBeUndefined();
});

it("picks the oldest company segment", () => {
  const segments = [
    { id: 7, type: "USER" },
    { id: 10, type: "COMPANY" },
    { id: 9, type: "COMPANY" },
  ];
  expect(pickCompanySegment(segments)).toBe("9");
  expect(pickCompanySegment(segments.slice(0, 1))).toBeUndefined();
});

it.each([
  ["BUILDING", true],
  ["READY", true],
  ["UPDATING", true],
  ["ARCHIVED", true],
  ["EXPIRED", false],
  ["FAILED", false],
])("status %s: targetable %s", (status, targetable) => {
  const segment = {
    id: 1,
    inputCount: 4,
    destinations: [{ destination: "LINKEDIN", status, audienceSize: 240_000, matchedCount: 2 }],
  };
  expect(toStatus(segment)).toEqual({ state: status.toLowerCase(), targetable, size: 240_000, matched: 2, input: 4 });
});
