import { describe, expect, it } from "vitest";
import type { ListKind } from "../kinds.ts";
import { compileMapper } from "./compile-mapper.ts";
import { mapColumns } from "./map-columns.ts";
import { SENSITIVE } from "./sensitive.ts";
import { similarHeaders } from "./similar-headers.ts";

const source = { origin: "first-party" } as const;
const second = (header: string, cells: readonly string[], kind: ListKind = "accounts") =>
  mapColumns({ header: ["Company", header, "email"], sample: cells.map((cell) => ["Acme Corporation", cell, ""]), kind, source })
    .columns[1]!;
const websites = ["alder.example", "https://birch.example/en", "CEDAR.EXAMPLE"];

describe("headers that no table knows", () => {
  it.each([
    ["Nr. of employees", "employees", ["12", "40", "7"]],
    ["Company web site address", "website", websites],
    ["Contry", "country", ["DE", "France", "Spanje"]],
    ["Mitarbeiteranzahl gesamt", "employees", ["12", "40", "7"]],
  ])("%s reminds of %s, at no more than 0.8 and under review", (header, field, cells) => {
    const column = second(header, cells);
    expect(column.review).toBe(true);
    expect(column.confidence).toBeLessThanOrEqual(0.8);
    expect(column.guess ?? column.field).toBe(field);
    expect(column.reason).toMatch(/like/);
  });

  it("values that look otherwise rule the guess out", () => {
    expect(second("Nr. of employees", ["many", "few", "some"])).toMatchObject({ field: "extra.nr-of-employees", review: false });
    expect(second("Company web site address", ["yes", "no", "yes"])).not.toMatchObject({ field: "website" });
  });

  it("a column that is known already needs no second one", () => {
    const { columns } = mapColumns({
      header: ["company", "employees", "Nr. of employees"],
      sample: [["Acme", "1", "2"]],
      source,
    });
    expect(columns[2]).toMatchObject({ field: "extra.nr-of-employees", review: false });
  });

  it.each<[string, string, ListKind, string[]]>([
    ["Yearly revenues 2024", "revenue", "accounts", ["1200000", "3000", "40"]],
    ["E-mail addr", "contact.email", "contacts", ["a@alder.example", "b@alder.example", "c@alder.example"]],
    ["Marketing consent given", "contact.consent", "contacts", ["yes", "no", "yes"]],
    ["Deal stages", "deal.stage", "deals", ["won", "lost", "won"]],
  ])("nothing is guessed about %s: it is asked whether it is %s", (header, field, kind, cells) => {
    const headers = kind === "contacts" ? ["Company", "Contact name", header] : ["Company", "Deal name", header];
    const { columns } = mapColumns({ header: headers, sample: cells.map((cell) => ["Acme", "Kim Miller", cell]), kind, source });
    const column = columns[2]!;
    expect(SENSITIVE.has(field)).toBe(true);
    expect(column).toMatchObject({ guess: field, review: true });
    expect(column.field === null || column.field.startsWith("extra.")).toBe(true);
  });

  it("a list whose headers say nothing is read by its values, under review", () => {
    const { columns } = mapColumns({
      header: ["column 1", "column 2", "column 3"],
      sample: [
        ["Alder GmbH", "alder.example", "DE"],
        ["Birch Ltd", "birch.example", "GB"],
        ["Cedar Works", "cedar.example", "US"],
      ],
      source,
    });
    expect(columns.map(({ field, guess }) => guess ?? field)).toEqual(["name", "website", "country"]);
    expect(columns.every(({ review }) => review)).toBe(true);
  });

  it("no known header reminds of another field more than of its own", () => {
    for (const header of ["Company name", "Website URL", "Annual Revenue", "Anzahl der Mitarbeiter", "Code postal", "País"]) {
      const [best] = similarHeaders(header, "accounts");
      expect(best!.similarity).toBe(1);
    }
  });
});

describe("what is asked", () => {
  it("revenue of which nothing says the currency", () => {
    const revenue = (header: string, cell: string, currency?: string) =>
      mapColumns({ header: ["Company", header], sample: [["Acme", cell]], source: { ...source, currency } }).columns[1]!;
    expect(revenue("Annual Revenue", "12500")).toMatchObject({
      review: true,
      reason: expect.stringContaining("currency is not said"),
    });
    for (const said of [
      revenue("Annual Revenue", "$12500"),
      revenue("Annual Revenue (EUR)", "12500"),
      revenue("Annual Revenue", "12500", "EUR"),
    ])
      expect(said.review).toBe(false);
  });

  it("a field of somebody's own that means personal data", () => {
    const custom = (header: string) =>
      mapColumns({ header: ["Company", "Last Name", header], sample: [], kind: "contacts", source }).columns[2]!;
    expect(custom("Email__c")).toMatchObject({ field: "contact.email", review: true });
    expect(custom("Website__c")).toMatchObject({ field: "website", review: false });
  });
});

it("counts what is left out as personal", () => {
  const mapping = mapColumns({
    header: ["Company", "Helpdesk"],
    sample: [["Acme", "help@alder.example"]],
    source,
  });
  expect(mapping.dropped).toEqual(["Helpdesk"]);
  const mapper = compileMapper(mapping, { source, hash: String, sha256: String, list: "l" });
  for (const row of [
    ["Acme", "help@alder.example"],
    ["Beta", "-"],
    ["Gamma", "desk@birch.example"],
  ])
    mapper(row);
  expect(Object.fromEntries(mapper.cellProblems)).toEqual({ "Helpdesk|personal-left-out": 2 });
});

it("counts dates whose day and month nothing tells apart", () => {
  const mapping = mapColumns({ header: ["Company", "Last activity date"], sample: [["Acme", "03/04/2026"]], source });
  expect(mapping.columns[1]).toMatchObject({ review: true });
  const mapper = compileMapper(mapping, { source, hash: String, sha256: String, list: "l" });
  expect(mapper(["Acme", "03/04/2026"])).not.toHaveProperty("fields.lastActivityAt");
  expect(mapper(["Acme", "2026-04-03"])).toHaveProperty("fields.lastActivityAt", "2026-04-03");
  expect(Object.fromEntries(mapper.cellProblems)).toEqual({ "Last activity date|day-or-month-undecided": 1 });
});
