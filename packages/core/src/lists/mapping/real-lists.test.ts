import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { RowDraft } from "../draft.ts";
import type { ListKind } from "../kinds.ts";
import { compileMapper, isRejection } from "./compile-mapper.ts";
import type { ListMapping } from "./list-mapping.ts";
import { mapColumns } from "./map-columns.ts";

const DATA = resolve(import.meta.dirname, "../../../../..", process.env.BULLSEYE_DATA ?? "../shared/data");
const source = { origin: "first-party" } as const;

interface RealList {
  mapping: ListMapping;
  fields: Record<string, string | null>;
  drafts: RowDraft[];
  rejected: Record<string, number>;
}

function read(file: string, kind?: ListKind): RealList {
  const [header, ...rows] = parse(readFileSync(resolve(DATA, file)), {
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
  }) as string[][];
  const mapping = mapColumns({ header: header!, sample: rows.slice(0, 200), fileName: file, kind, source });
  const mapper = compileMapper(mapping, {
    source,
    hash: (text) => `k:${text.length}`,
    sha256: (text) => `s:${text.length}`,
    list: "real",
  });
  const drafts: RowDraft[] = [];
  const rejected: Record<string, number> = {};
  for (const row of rows) {
    const answer = mapper(row);
    if (isRejection(answer)) rejected[answer.reason] = (rejected[answer.reason] ?? 0) + 1;
    else drafts.push(answer);
  }
  return {
    mapping,
    fields: Object.fromEntries(mapping.columns.map((column) => [column.header, column.field])),
    drafts,
    rejected,
  };
}

/** Runs where the file is there; otherwise shows up as skipped under its name. */
const real = (file: string, test: () => void): void =>
  existsSync(resolve(DATA, file)) ? it(file, test) : it.skip(`${file} (set BULLSEYE_DATA)`, test);

describe("templates", () => {
  real("templates/linkedin_company_list_header.csv", () => {
    const { mapping } = read("templates/linkedin_company_list_header.csv");
    expect(mapping.shape).toBe("linkedin-company");
    expect(mapping.columns.map((column) => column.field)).toEqual(
      "name website domain linkedin ticker industry city state country postalCode".split(" "),
    );
  });
  real("templates/linkedin_contact_list_header.csv", () => {
    const { mapping, fields } = read("templates/linkedin_contact_list_header.csv");
    expect(mapping).toMatchObject({ shape: "linkedin-contact", kind: "contacts" });
    expect(fields).toMatchObject({
      email: "contact.email",
      firstname: "contact.firstName",
      lastname: "contact.lastName",
      jobtitle: "contact.title",
      employeecompany: "name",
      country: "contact.country",
      googleaid: null,
    });
  });
  real("templates/apollo_people_export_header.csv", () => {
    const { mapping, fields } = read("templates/apollo_people_export_header.csv");
    expect(mapping).toMatchObject({
      shape: "apollo-contact",
      kind: "contacts",
      forcedOrigin: "broker",
      system: "apollo",
      currency: "USD",
    });
    expect(fields).toMatchObject({
      "First Name": "contact.firstName",
      "Last Name": "contact.lastName",
      Title: "contact.title",
      Company: "name",
      Email: "contact.email",
      "Secondary Email": "contact.email",
      Seniority: "contact.seniority",
      Departments: "contact.department",
      "Work Direct Phone": "contact.phone",
      "Mobile Phone": "contact.phone",
      "Corporate Phone": "phone",
      "# Employees": "employees",
      Industry: "industry",
      Keywords: "keywords",
      "Person Linkedin Url": "contact.linkedin",
      Website: "website",
      "Company Linkedin Url": "linkedin",
      City: null,
      Country: "contact.country",
      "Company City": "city",
      "Company Country": "country",
      "Company Phone": "phone",
      Technologies: "technologies",
      "Annual Revenue": "revenue",
      "Last Raised At": "fundingDate",
      "Subsidiary of": "parentName",
      "Apollo Contact Id": "contact.id",
      "Apollo Account Id": "sourceId",
      "Email Status": null,
      "Twitter Url": null,
    });
  });
  real("templates/hubspot_companies_export_header.csv", () => {
    const { mapping, fields } = read("templates/hubspot_companies_export_header.csv");
    expect(mapping).toMatchObject({ shape: "hubspot-company", kind: "accounts", system: "hubspot" });
    expect(fields).toMatchObject({
      "Record ID": "sourceId",
      "Company name": "name",
      "Parent Company": "parentName",
      "Annual Revenue": "revenue",
      "Number of Employees": "employees",
      Industry: "industry",
      "Country/Region": "country",
      "State/Region": "state",
      "Year Founded": "founded",
      "Web Technologies": "technologies",
      Type: "accountType",
      "Revenue range": "revenue",
      "ICP Fit Level": "extra.icp-fit-level",
      "Close Date": "extra.close-date",
    });
  });
  real("templates/hubspot_deals_export_header.csv", () => {
    const { mapping, fields } = read("templates/hubspot_deals_export_header.csv");
    expect(mapping).toMatchObject({ shape: "hubspot-deals", kind: "deals", system: "hubspot" });
    expect(fields).toMatchObject({
      "Record ID": "deal.id",
      "Deal Name": "deal.name",
      "Deal Stage": "deal.stage",
      Amount: "deal.amount",
      "Deal probability": "deal.probability",
      "Close Date": "deal.closedAt",
      "Create Date": "deal.createdAt",
      "Associated Company": "name",
      "Is Closed Won": "deal.isWon",
      "Is closed lost": "deal.isLost",
      "Is Closed (numeric)": "deal.isClosed",
    });
  });
  real("templates/companies_house_bulk_header.csv", () => {
    const { mapping, fields } = read("templates/companies_house_bulk_header.csv");
    expect(mapping).toMatchObject({ shape: "companies-house", kind: "accounts" });
    expect(fields).toMatchObject({
      CompanyName: "name",
      " CompanyNumber": "registration",
      "RegAddress.AddressLine1": "street",
      "RegAddress.PostTown": "city",
      "RegAddress.County": "state",
      "RegAddress.Country": "country",
      "RegAddress.PostCode": "postalCode",
      CountryOfOrigin: "country",
      IncorporationDate: "founded",
      "SICCode.SicText_1": "industry",
    });
  });
});

describe("real lists", () => {
  real("fortune1000/Fortune_1000.csv", () => {
    const { mapping, fields, drafts, rejected } = read("fortune1000/Fortune_1000.csv");
    expect(fields).toMatchObject({
      company: "name",
      revenue: "revenue",
      "num. of employees": "employees",
      sector: "industry",
      city: "city",
      state: "state",
      Website: "website",
      Ticker: "ticker",
      "Market Cap": "extra.market-cap",
      CEO: null,
    });
    expect(mapping.dropped).toEqual(["CEO"]);
    expect([drafts.length, rejected]).toEqual([1000, {}]);
    expect(drafts[0]).toMatchObject({
      identity: { domain: "walmart.com" },
      fields: { name: "Walmart", employees: 2_200_000, state: "AR", ticker: "WMT", "extra.rank": 1 },
    });
    expect(drafts.filter((draft) => draft.kind === "accounts" && draft.identity.domain !== undefined).length).toBeGreaterThan(
      980,
    );
  });
  real("crm-maven/accounts.csv", () => {
    const { fields, drafts, rejected } = read("crm-maven/accounts.csv");
    expect(fields).toEqual({
      account: "name",
      sector: "industry",
      year_established: "founded",
      revenue: "revenue",
      employees: "employees",
      office_location: "place",
      subsidiary_of: "parentName",
    });
    expect([drafts.length, rejected]).toEqual([85, {}]);
    expect(drafts[0]).toMatchObject({
      fields: { name: "Acme Corporation", founded: 1996, revenue: 1100, employees: 2822, country: "US", industry: "technolgy" },
    });
  });
  real("crm-maven/sales_pipeline.csv", () => {
    const { mapping, fields, drafts, rejected } = read("crm-maven/sales_pipeline.csv");
    expect(mapping.kind).toBe("deals");
    expect(fields).toEqual({
      opportunity_id: "deal.id",
      sales_agent: null,
      product: "deal.product",
      account: "name",
      deal_stage: "deal.stage",
      engage_date: "deal.createdAt",
      close_date: "deal.closedAt",
      close_value: "deal.amount",
    });
    expect(rejected).toEqual({ "no-identity": 1425 });
    const outcomes = { won: 0, lost: 0, open: 0 };
    for (const draft of drafts) if (draft.kind === "deals") outcomes[draft.deal.outcome]++;
    expect(outcomes).toMatchObject({ won: 4238, lost: 2473 });
  });
  real("northwind/customers.csv", () => {
    const { mapping, fields, drafts } = read("northwind/customers.csv");
    expect(mapping.kind).toBe("accounts");
    expect(fields).toMatchObject({
      customerID: "sourceId",
      companyName: "name",
      contactName: null,
      city: "city",
      postalCode: "postalCode",
      country: "country",
      phone: "phone",
      fax: null,
    });
    expect(mapping.dropped).toEqual(["contactName", "fax"]);
    expect(drafts[0]).toMatchObject({
      identity: { sourceId: "crm:ALFKI", country: "DE" },
      fields: { name: "Alfreds Futterkiste", city: "Berlin" },
    });
    expect(drafts.every((draft) => draft.kind === "accounts" && draft.fields.state !== "NULL")).toBe(true);
  });
  real("northwind/orders.csv", () => {
    const { mapping, fields, drafts } = read("northwind/orders.csv");
    expect(mapping.kind).toBe("orders");
    expect(fields).toMatchObject({
      orderID: "order.id",
      customerID: "sourceId",
      orderDate: "order.date",
      shipCity: "order.shipCity",
      shipCountry: "order.shipCountry",
      shipName: null,
      freight: null,
    });
    expect(drafts[0]).toMatchObject({
      identity: { sourceId: "crm:VINET" },
      order: { orderId: "10248", date: "1996-07-04", shipTo: "FR|51100|reims", status: "placed" },
    });
  });
  real("northwind/order-details.csv", () => {
    const { mapping, drafts, rejected } = read("northwind/order-details.csv");
    expect(mapping.kind).toBe("orders");
    expect([drafts.length, rejected]).toEqual([2155, {}]);
    expect(drafts[0]).toEqual({
      kind: "orders",
      identity: {},
      fields: {},
      order: { orderId: "10248", sku: "11", unitPrice: 1400, quantity: 12, discount: 0, status: "placed" },
    });
  });
  real("pdl-companies-sample/companies_pdl_share20.csv", () => {
    const { fields, drafts, rejected } = read("pdl-companies-sample/companies_pdl_share20.csv");
    expect(fields).toMatchObject({
      "": "extra.column-1",
      name: "name",
      domain: "domain",
      "year founded": "founded",
      industry: "industry",
      "size range": "employees",
      locality: "place",
      country: "country",
      "linkedin url": "linkedin",
      "current employee estimate": "employees",
      "total employee estimate": "extra.total-employee-estimate",
    });
    expect([drafts.length, rejected]).toEqual([4140, {}]);
    expect(drafts[0]).toMatchObject({
      identity: { domain: "tcs.com", linkedin: "linkedin.com/company/tata-consultancy-services", country: "IN" },
      fields: { city: "bombay", state: "maharashtra", employees: 190_771, founded: 1968 },
    });
  });
  real("sp500/constituents.csv", () => {
    const { fields, drafts, rejected } = read("sp500/constituents.csv");
    expect(fields).toMatchObject({
      Symbol: "ticker",
      Security: "name",
      "GICS Sector": "industry",
      "Headquarters Location": "place",
      Founded: "founded",
    });
    expect([drafts.length, rejected]).toEqual([503, {}]);
    expect(drafts[0]).toMatchObject({
      fields: { name: "3M", ticker: "MMM", city: "Saint Paul", state: "MN", founded: 1902, industry: "Industrials" },
    });
  });
  real("salvirt-b2b/salvirt_b2b.csv", () => {
    expect(() => read("salvirt-b2b/salvirt_b2b.csv")).toThrow(/no column identifies a company/);
  });
});
