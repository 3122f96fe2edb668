import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ListKind, SourceDeclaration } from "../kinds.ts";
import { type DraftOf, drafts, hash, mapperFor, sha256 } from "./compile-mapper.testing.ts";
import { compileMapper, isRejection } from "./compile-mapper.ts";
import { mapColumns } from "./map-columns.ts";

describe("accounts", () => {
  it("reads identity and fields", () => {
    const [draft] = drafts(
      "Company,Website,LinkedIn URL,Employees,Annual Revenue,Industry,City,State,Country,Ticker,Technologies,Year founded,VAT ID",
      [
        [
          " Nordic Steel AB ",
          "https://www.nordicsteel.se/en?x=1",
          "https://www.linkedin.com/company/Nordic-Steel/",
          "11 - 50",
          "$10M",
          "Steel",
          "Malmö",
          "Skåne",
          "Sweden",
          "NST",
          "SAP; Coupa",
          "1999",
          "SE556677889901",
        ],
      ],
      "accounts",
    );
    expect(draft?.identity).toMatchObject({
      domain: "nordicsteel.se",
      linkedin: "linkedin.com/company/nordic-steel",
      country: "SE",
      registration: "vat:SE556677889901",
    });
    expect(draft?.identity.name).toMatch(/nordic steel/);
    expect(draft?.fields).toMatchObject({
      name: "Nordic Steel AB",
      domain: "nordicsteel.se",
      website: "https://www.nordicsteel.se/en?x=1",
      employees: [11, 50],
      revenue: 10_000_000,
      currency: "USD",
      country: "SE",
      state: "Skåne",
      city: "Malmö",
      technologies: ["SAP", "Coupa"],
      founded: 1999,
      ticker: "NST",
      industry: "Steel",
    });
  });

  it("trap 1: thousands of dollars", () => {
    const [draft] = drafts(
      "ZoomInfo Company ID,Company Name,Revenue (in 000s USD)",
      [["123456", "Acme Corporation", "12500"]],
      "accounts",
    );
    expect(draft?.fields).toMatchObject({ revenue: 12_500_000, currency: "USD", sourceId: "zoominfo:123456" });
  });
  it("trap 3: a German column", () => {
    const rows = [
      ["Acme Corporation", "1.234.567,50"],
      ["Beta Works", "1.234"],
    ];
    expect(drafts("Firma,Umsatz (EUR)", rows, "accounts").map((draft) => [draft.fields.revenue, draft.fields.currency])).toEqual([
      [1234568, "EUR"],
      [1234, "EUR"],
    ]);
  });
  it("names no currency where nobody says one", () => {
    const rows = [["Acme Corporation", "5000"]];
    expect(drafts("company,revenue", rows, "accounts")[0]?.fields).not.toHaveProperty("currency");
    expect(drafts("company,revenue", rows, "accounts", { currency: "EUR" })[0]?.fields.currency).toBe("EUR");
  });
  it("trap 4: apostrophes", () => {
    const [draft] = drafts("company,phone,zip", [["Acme Corporation", "'+44 20 7946 0958", "'01234"]], "accounts");
    expect(draft?.fields).toMatchObject({ phone: "+44 20 7946 0958", postalCode: "01234" });
  });
  it("trap 5: lost precision drops the cell, keeps the row and says why", () => {
    const rows = [["Acme Corporation", "1.23457E+11", "1.23E+08"]];
    const mapper = mapperFor("company,customer id,duns number", rows, "accounts");
    expect(mapper(rows[0]!)).toMatchObject({ identity: { name: expect.any(String) } });
    expect(mapper(rows[0]!)).not.toHaveProperty("identity.sourceId");
    expect(Object.fromEntries(mapper.cellProblems)).toEqual({ "customer id|precision-lost": 2, "duns number|precision-lost": 2 });
  });
  it("traps 9 and 10: registrable domains, never shared hosts", () => {
    const rows = [
      ["Acme", "ACME.CO.UK"],
      ["Beta", "https://facebook.com/beta"],
      ["Gamma", "gmail.com"],
      ["Delta", "no site"],
    ];
    const mapper = mapperFor("company,website", rows, "accounts");
    const answers = rows.map((row) => mapper(row) as DraftOf<"accounts">);
    expect(answers.map((answer) => answer.identity.domain)).toEqual(["acme.co.uk", undefined, undefined, undefined]);
    expect(answers.map((answer) => answer.fields.name)).toEqual(["Acme", "Beta", "Gamma", "Delta"]);
    expect(Object.fromEntries(mapper.cellProblems)).toEqual({ "website|shared-host": 2, "website|not-a-domain": 1 });
  });
  it("trap 11: missing words are no values", () => {
    const [draft] = drafts(
      "company,employees,industry,city,phone,answer",
      [["Acme Corporation", "0", "N/A", "-", "#N/A", "Unknown"]],
      "accounts",
    );
    expect(draft?.fields).toEqual({ name: "Acme Corporation", "extra.answer": "unknown" });
  });
  it.each(["N/A", "-", "null", "#N/A", "", "unknown"])("%j is no identity", (name) => {
    const mapper = mapperFor("company,website,city", [["Acme", "acme.com", "Berlin"]], "accounts");
    expect(mapper([name, "", "Berlin"])).toMatchObject({
      reason: "no-identity",
      column: "company",
      hint: expect.stringContaining('"website"'),
    });
  });
  it("trap 16: countries and states become codes", () => {
    const rows = [
      ["A One", "California", "United States"],
      ["B Two", "CA", "USA"],
      ["C Three", "", "UK"],
      ["D Four", "", "Deutschland"],
    ];
    expect(drafts("company,state,country", rows, "accounts").map((draft) => [draft.fields.state, draft.fields.country])).toEqual([
      ["CA", "US"],
      ["CA", "US"],
      [undefined, "GB"],
      [undefined, "DE"],
    ]);
  });
  it("trap 17: formula characters survive unchanged", () => {
    const [draft] = drafts("company,description", [["Acme Corporation", '=HYPERLINK("x")']], "accounts");
    expect(draft?.fields.description).toBe('=HYPERLINK("x")');
  });
  it("domain column before website before e-mail domain", () => {
    const header = "company,email,website,domain";
    const identity = (row: string[]) => drafts(header, [row], "accounts")[0]?.identity;
    expect(identity(["Acme Corporation", "kim@mail.example.de", "beta.com", "acme.com"])).toMatchObject({ domain: "acme.com" });
    expect(identity(["Acme Corporation", "kim@mail.example.de", "beta.com", "nonsense"])).toMatchObject({ domain: "beta.com" });
    const weak = identity(["", "kim@mail.example.de", "", ""]);
    expect(weak).toEqual({ emailDomain: "example.de" });
  });
  it("takes addresses out of texts", () => {
    const rows = [["Acme Corporation", "rep@example.com", "Write to kim@example.com (Kim) today"]];
    const mapper = mapperFor("company,account owner,description", rows, "accounts");
    expect(mapper(rows[0]!)).toMatchObject({ fields: { name: "Acme Corporation", description: "Write to  (Kim) today" } });
    expect(mapper.cellProblems.get("account owner|personal")).toBe(1);
  });
  it("never keeps an address in the fields of a company", () => {
    const [draft] = drafts("company,email,ceo", [["Acme Corporation", "kim@example.com", "Kim Miller"]], "accounts");
    expect(JSON.stringify(draft)).not.toMatch(/kim/i);
  });
  it("billing before HQ before shipping; the first filled duplicate speaks", () => {
    const rows = [
      ["Acme", "Ship", "Hq", "Bill"],
      ["Beta", "Ship", "", ""],
      ["Gamma", "Ship", "Hq", ""],
    ];
    expect(drafts("company,shipping city,city,billing city", rows, "accounts").map((draft) => draft.fields.city)).toEqual([
      "Bill",
      "Ship",
      "Hq",
    ]);
    expect(drafts("company,city,city", [["Acme", "", "Berlin"]], "accounts")[0]?.fields.city).toBe("Berlin");
  });
  it("scopes record ids by their system", () => {
    const id = (header: string, cell: string, declared?: Partial<SourceDeclaration>) =>
      drafts(header, [["Acme", cell]], "accounts", declared)[0]?.identity.sourceId;
    expect(id("company,customer id", "ALFKI")).toBe("crm:ALFKI");
    expect(id("company,customer id", "ALFKI", { system: "erp" })).toBe("erp:ALFKI");
    expect(id("company,id", "17")).toBe("list:demo:17");
    expect(id("company,id", "0015e00002AbCdEAAV")).toBe("salesforce:0015e00002AbCdE");
    expect(id("company,account id", "0015e00002AbCdE")).toBe("salesforce:0015e00002AbCdE");
    expect(id("company,customer id", "13085.0")).toBe("crm:13085");
  });
  it("reads places in one cell", () => {
    const rows = [
      ["A One", "bombay, maharashtra, india"],
      ["B Two", "Saint Paul, Minnesota"],
      ["C Three", "Korea"],
      ["D Four", "Berlin, Germany"],
      ["E Five", "Springfield"],
    ];
    expect(drafts("company,locality", rows, "accounts").map(({ fields }) => [fields.city, fields.state, fields.country])).toEqual(
      [
        ["bombay", "maharashtra", "IN"],
        ["Saint Paul", "MN", undefined],
        [undefined, undefined, "KR"],
        ["Berlin", undefined, "DE"],
        ["Springfield", undefined, undefined],
      ],
    );
  });
  it("uses the declared country only where a row names none", () => {
    const rows = [
      ["Acme", "France"],
      ["Beta", ""],
    ];
    expect(drafts("company,country", rows, "accounts", { defaultCountry: "DE" }).map((draft) => draft.identity.country)).toEqual([
      "FR",
      "DE",
    ]);
  });
  it("pads short rows and rejects filled cells beyond the header", () => {
    const mapper = mapperFor("company,city", [["Acme", "Berlin"]], "accounts");
    expect(mapper(["Acme"])).toMatchObject({ kind: "accounts", fields: { name: "Acme" } });
    expect(mapper(["Acme", "Berlin", "", " "])).toMatchObject({ kind: "accounts" });
    expect(mapper(["Acme", "Berlin", "", "x"])).toMatchObject({ reason: "too-many-cells", column: null });
    expect(mapper(["Acme", "Berlin", "x", "y", ""])).toMatchObject({ hint: expect.stringContaining("this row has 4;") });
  });
  it("Companies House numbers are British whatever the address says", () => {
    const [draft] = drafts(
      "CompanyName, CompanyNumber,RegAddress.PostTown,RegAddress.Country,IncorporationDate",
      [["ACME LTD", "01234567", "LONDON", "ENGLAND", "14/03/2008"]],
      "accounts",
    );
    expect(draft).toMatchObject({
      identity: { registration: "co:GB:01234567", country: "GB" },
      fields: { city: "LONDON", founded: 2008 },
    });
  });
  it("maps the same from a mapping that was written to a file", () => {
    const row = ["Acme Corporation", "https://acme.com", "51-200", "1.234,50"];
    const settings = { source: { origin: "unknown" } as const, hash, sha256, list: "demo" };
    const mapping = mapColumns({
      header: ["company", "website", "employees", "revenue (EUR)"],
      sample: [row],
      source: settings.source,
    });
    const kept = JSON.parse(JSON.stringify(mapping)) as typeof mapping;
    expect(kept).toEqual(mapping);
    expect(compileMapper(kept, settings)(row)).toEqual(compileMapper(mapping, settings)(row));
  });
  it("an ill cell never rejects a row, whatever it holds", () => {
    const mapper = mapperFor(
      "company,website,employees,revenue,country,phone,linkedin url,year founded,locality,extra thing",
      [],
      "accounts",
    );
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 30 }), { minLength: 9, maxLength: 9 }), (cells) => {
        expect(mapper(["Acme Corporation", ...cells])).toMatchObject({ kind: "accounts", fields: { name: "Acme Corporation" } });
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the header once more", () => {
  it.each<[ListKind, string]>([
    ["accounts", "company,website,colour"],
    ["contacts", "company,first name,email"],
    ["orders", "order id,company,amount"],
    ["suppressions", "domain,reason"],
  ])("is no row of %s", (kind, header) => {
    const mapper = mapperFor(header, [], kind);
    const again = { reason: "repeated-header", column: null, hint: "the header came again; nothing to do" };
    expect(mapper(header.split(","))).toEqual(again);
    expect(mapper([...header.split(","), "", ""])).toEqual(again);
  });

  it("is only that when every cell is the same", () => {
    const mapper = mapperFor("company,website", [], "accounts");
    expect(isRejection(mapper(["company", "acme.com"]))).toBe(false);
    expect(isRejection(mapper(["company", ""]))).toBe(false);
  });
});
