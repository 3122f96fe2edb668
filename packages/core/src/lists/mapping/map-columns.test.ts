import { describe, expect, it } from "vitest";
import type { ListKind } from "../kinds.ts";
import { REJECT_COLUMNS } from "../rejects-file.ts";
import { headerKey, headerSignature, headerSlug, normalizeHeader } from "./header.ts";
import { type MapColumnsInput, mapColumns } from "./map-columns.ts";

const source = { origin: "first-party" } as const;
const map = (header: readonly string[], sample: readonly (readonly string[])[] = [], extra: Partial<MapColumnsInput> = {}) =>
  mapColumns({ header, sample, source, ...extra });
const fieldsOf = (header: readonly string[], sample: readonly (readonly string[])[] = [], extra: Partial<MapColumnsInput> = {}) =>
  map(header, sample, extra).columns.map((column) => column.field);

describe("headers", () => {
  it("normalises", () => {
    expect(normalizeHeader("\ufeff Company_Name ")).toBe("company name");
    expect(normalizeHeader("# Employees")).toBe("# employees");
    expect(normalizeHeader("Revenue (in 000s USD)")).toBe("revenue (in 000s usd)");
    expect(normalizeHeader("RegAddress.AddressLine1")).toBe("reg address address line1");
    expect(headerKey("CompanyName")).toBe(headerKey("company name"));
    expect(headerKey("Société")).toBe(headerKey("SOCIETE"));
    expect(headerSlug("% Growth (YoY)", 0)).toBe("percent-growth-yo-y");
    expect(headerSlug("", 2)).toBe("column-3");
  });
  it("signs the ordered headers, whatever their case and spacing", () => {
    expect(headerSignature(["Company", " Web Site"], [])).toBe(headerSignature(["company", "web_site"], [["x", "y"]]));
    expect(headerSignature(["a", "b"], [])).not.toBe(headerSignature(["b", "a"], []));
  });
});

describe("a list that hardly speaks of companies", () => {
  const map = (header: string[], ...sample: string[][]) => mapColumns({ header, sample, source: { origin: "unknown" } });
  const of = (header: string[], ...sample: string[][]) =>
    map(header, ...sample).columns.map(({ field, review }) => `${field}${review ? "?" : ""}`);

  it("is asked about a bare name and a bare id", () => {
    expect(of(["id", "name"], ["1", "one"], ["2", "two"])).toEqual(["listId?", "name?"]);
    expect(of(["id", "name"], ["1", "Acme GmbH"], ["2", "Beta Ltd"])).toEqual(["listId", "name"]);
    expect(of(["id", "name", "website"], ["1", "Acme", "acme.example"])).toEqual(["listId", "name", "website"]);
  });

  it("keeps countries, sales regions and pages of one site apart from companies, states and websites", () => {
    const countries = ["Angola", "Argentina", "Armenia", "Aruba", "Australia", "Austria", "Belgium"].map((each) => [
      each,
      "EMEA",
    ]);
    expect(() => map(["name", "sub-region"], ...countries)).toThrow("no column identifies a company");
    const rows = countries.map((_, i) => [`Firm ${i}`, "EMEA", `https://news.example/${i}`]);
    expect(of(["company", "region", "Seen on site"], ...rows)).toEqual(["name", "extra.region?", "extra.seen-on-site"]);
  });

  it("takes names with an age for people", () => {
    expect(() => map(["id", "name", "age"], ["1", "Ada", "30"])).toThrow("no column identifies a company");
    expect(mapColumns({ header: ["id", "name", "age"], sample: [], kind: "accounts", source: { origin: "unknown" } }).kind).toBe(
      "accounts",
    );
  });

  it("does not believe in a key that is empty", () => {
    const rows = ["Acme", "Beta", "Gamma"].map((name) => [name, ""]);
    expect(of(["Supplier", "VAT number"], ...rows)).toEqual(["name?", "registration"]);
  });
});

describe("a table without a header", () => {
  const rows = [
    ["Acme Pumps GmbH", "acme.example"],
    ["Beta Valves Ltd", "beta.example"],
    ["Gamma Inc", "gamma.example"],
  ];

  it("is signed by the kinds of its columns", () => {
    const signature = headerSignature(["", ""], rows);
    expect(headerSignature(["", ""], [["Delta AG", "delta.example"]])).toBe(signature);
    expect(headerSignature(["", ""], [["delta.example", "Delta AG"]])).not.toBe(signature);
  });

  it("is asked about, column by column, by the look of the values", () => {
    const { columns } = mapColumns({ header: ["", ""], sample: rows, source: { origin: "unknown" } });
    expect(columns.map(({ field, review }) => [field, review])).toEqual([
      ["name", true],
      ["website", true],
    ]);
  });
});

describe("kind", () => {
  it.each<[string, ListKind]>([
    ["company,website", "accounts"],
    ["Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country", "orders"],
    ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country", "orders"],
    ["order_id,customer,total", "orders"],
    ["opportunity_id,account,deal_stage,close_value", "deals"],
    ["Account,Outcome,Amount", "deals"],
    ["First name,Last name,Company,Email", "contacts"],
    ["name,title,company", "contacts"],
    ["email,job title", "contacts"],
    ["domain,reason", "suppressions"],
    ["email_hash,reason", "suppressions"],
    ["Firma,Ort,Land,Mitarbeiter,Umsatz", "accounts"],
    ["id,company,status,revenue,date", "accounts"],
    ["Opportunity Owner,Account Name,Account Owner,Opportunity Name,Stage,Amount,Close Date", "deals"],
    ["First Name,Last Name,Title,Account Name,Account Owner,Email", "contacts"],
    ["customerID,companyName,contactName,contactTitle,city", "accounts"],
  ])("%s -> %s", (header, kind) => expect(map(header.split(",")).kind).toBe(kind));
  it("takes a hint from the file's name and obeys what is stated", () => {
    expect(map(["domain"], [], { fileName: "suppression-2024.csv" }).kind).toBe("suppressions");
    expect(map(["company", "stage", "amount"], [], { kind: "accounts" }).kind).toBe("accounts");
    expect(map(["domain", "industry"], [], { kind: "reference" }).kind).toBe("reference");
  });
  it("refuses what cannot be, in one line", () => {
    expect(() => map(["sector", "score"])).toThrow('no column identifies a company; columns seen: "sector", "score"');
    expect(() => map([])).toThrow("no column identifies a company; no header row was found");
    expect(() => map(["company", "city"], [], { kind: "contacts" })).toThrow(/no column identifies a person/);
    expect(() => map(["Ada Example", "Nordlicht"], [], { kind: "contacts" })).toThrow(
      "no column identifies a company; columns seen: column 1, column 2",
    );
    expect(() => map(["date", "amount"], [], { kind: "orders" })).toThrow(/no column identifies a company/);
  });
});

describe("words that depend on the kind", () => {
  it("a type, a status or an owner is the row's own, not the account's", () => {
    const own = (kind: ListKind, header: string) => fieldsOf(header.split(","), [], { kind });
    expect(own("orders", "id,customer id,type,owner,total")).toEqual(["order.id", "sourceId", null, null, "order.total"]);
    expect(own("deals", "company,stage,amount,type,priority")).toEqual([
      "name",
      "deal.stage",
      "deal.amount",
      "extra.type",
      "extra.priority",
    ]);
    expect(own("contacts", "company,email,status,type,city")).toEqual(["name", "contact.email", null, null, null]);
    expect(own("accounts", "company,status,type,owner")).toEqual(["name", "lifecycle", "accountType", "accountOwner"]);
  });
});

describe("languages (trap 13)", () => {
  it.each([
    [
      "Unternehmensname,Anzahl der Mitarbeiter,Jahresumsatz,Branche,Stadt,PLZ,Land/Region,Webseite",
      "name employees revenue industry city postalCode country website",
    ],
    [
      "Nom de l'entreprise,Nombre d'employés,Chiffre d'affaires annuel,Secteur d'activité,Ville,Pays/Région",
      "name employees revenue industry city country",
    ],
    ["Nombre de la empresa,Número de empleados,Ingresos anuales,Ciudad,País", "name employees revenue city country"],
    ["Bedrijfsnaam,Aantal medewerkers,Omzet,Plaats,Land", "name employees revenue city country"],
  ])("%s", (header, fields) => expect(fieldsOf(header.split(","))).toEqual(fields.split(" ")));
});

describe("columns", () => {
  const rows = (...cells: string[]) => cells.map((cell) => ["Acme Corporation", cell]);

  it("puts an id column in scientific notation under review (trap 5)", () => {
    const mapping = map(["company", "customer id"], rows("1.23457E+11", "1.23458E+11"));
    expect(mapping.columns[1]).toMatchObject({
      field: "sourceId",
      review: true,
      reason: expect.stringContaining("lost their last digits"),
    });
  });
  it("puts a website column full of names under review", () => {
    expect(map(["company", "website"], rows("Acme", "Beta Works", "acme.com")).columns[1]).toMatchObject({ review: true });
    expect(
      map(["company", "website"], rows("acme.com", "www.beta.com", "gamma.com", "-", "delta gmbh")).columns[1],
    ).toMatchObject({ review: false, confidence: 0.95 });
  });
  it("keeps what the header cannot mean as an extra column", () => {
    const numbers = rows("1", "2", "3", "3", "1");
    expect(map(["company", "Region"], numbers).columns[1]).toMatchObject({
      field: "extra.region",
      review: true,
      plan: { type: "number" },
    });
  });
  it("asks about a mixed number format (trap 3) and an undecidable date (trap 6)", () => {
    expect(map(["company", "revenue"], rows("1.234,56", "1,234.56")).columns[1]).toMatchObject({
      field: "revenue",
      review: true,
    });
    const date = (cell: string, country?: string) =>
      map(["company", "last activity date"], rows(cell), { source: { origin: "unknown", defaultCountry: country } }).columns[1];
    expect(date("03/04/2026")).toMatchObject({ review: true, plan: { order: "undecided" } });
    expect(date("03/04/2026", "US")).toMatchObject({ review: true, plan: { order: "mdy" } });
    expect(date("25/04/2026")).toMatchObject({ review: false, plan: { order: "dmy" } });
  });
  it("reads units from the header (trap 1)", () => {
    expect(map(["company", "Revenue (in 000s USD)"]).columns[1]).toMatchObject({
      field: "revenue",
      plan: { power: 3, currency: "USD" },
    });
    expect(map(["company", "Annual Revenue in millions (EUR)"]).columns[1]).toMatchObject({
      field: "revenue",
      plan: { power: 6, currency: "EUR" },
    });
    expect(map(["company", "Umsatz in Mio. EUR"]).columns[1]).toMatchObject({
      field: "revenue",
      plan: { power: 6, currency: "EUR" },
    });
  });
  it("keeps unknown columns as extras and drops personal ones", () => {
    const mapping = map(
      ["company", "Market Cap", "Budget Words", "Assistant", "Helpdesk", "Market Cap", "CEO", "Fax"],
      [
        ["Acme", "411690", "a;b", "Kim Miller", "help@example.com", "1", "Jo Young", "+49 30 1234567"],
        ["Beta", "99", "b;c", "Lee Carter", "desk@example.org", "2", "Ann Lee", "+49 30 7654321"],
      ],
    );
    expect(mapping.columns.map((column) => column.field)).toEqual([
      "name",
      "extra.market-cap",
      "extra.budget-words",
      null,
      null,
      "extra.market-cap-2",
      null,
      null,
    ]);
    expect(mapping.columns[1]?.plan?.type).toBe("number");
    expect(mapping.columns[2]?.plan?.type).toBe("items");
    expect(mapping.dropped).toEqual(["Assistant", "Helpdesk", "CEO", "Fax"]);
  });
  it("takes a company column of numbers for a customer number, and a handful of words for a category", () => {
    expect(
      fieldsOf(
        ["customer", "total", "order id"],
        [
          ["101", "5.00", "1"],
          ["102", "6.00", "2"],
        ],
      ),
    ).toEqual(["sourceId", "order.total", "order.id"]);
    const many = Array.from({ length: 60 }, (_, at) => [["Current", "New", "Past"][at % 3]!]);
    expect(() => map(["Client"], many)).toThrow(/no column identifies a company/);
    const sites = (site: (at: number) => string): unknown =>
      fieldsOf(
        ["Client", "Website"],
        many.map(([client], at) => [client!, site(at)]),
      );
    expect(sites((at) => `c${at}.example`)).toEqual(["extra.client", "website"]);
    expect(sites(() => "register.example")).toEqual(["extra.client", "website"]);
  });
  it("takes the names of a few companies with many branches for names", () => {
    const rows = Array.from({ length: 60 }, (_, at) => [
      at % 3 === 0 ? "Chain" : "Acme",
      at % 3 === 0 ? "chain.example" : "acme.example",
    ]);
    expect(fieldsOf(["Company", "Website"], rows)).toEqual(["name", "website"]);
  });
  it("tells pages of people from pages of companies", () => {
    const page = (header: string, path: string, kind: ListKind) =>
      fieldsOf(["company", header, "email"], [["Acme", `https://www.linkedin.com/${path}`, ""]], { kind })[1];
    expect(page("linkedin url", "company/acme", "contacts")).toBe("linkedin");
    expect(page("linkedin url", "in/someone", "contacts")).toBe("contact.linkedin");
    expect(page("linkedin url", "in/someone", "accounts")).toBeNull();
  });
  it("recognises hashed addresses in an e-mail column", () => {
    expect(fieldsOf(["email", "company"], [["a".repeat(64), "Acme"]], { kind: "contacts" })).toEqual([
      "contact.emailHash",
      "name",
    ]);
  });
  it("warns about two columns of one meaning and reviews them when they disagree", () => {
    const mapping = map(["company", "city", "town"], [["Acme", "Berlin", "Paris"]]);
    expect(mapping.warnings).toEqual([
      '"city" (column 2) and "town" (column 3) both stand for city; the first filled one is used',
    ]);
    expect(mapping.columns.map((column) => column.review)).toEqual([false, true, true]);
  });
  it("keeps billing before HQ before shipping", () => {
    const mapping = map(["company", "shipping city", "city", "billing city"]);
    expect(mapping.columns.map((column) => column.rank)).toEqual([0, 2, 1, 0]);
  });
});

describe("a corrected rejects file", () => {
  const rejects = (header: string, kind?: ListKind) =>
    mapColumns({ header: [...header.split(","), ...REJECT_COLUMNS], sample: [], kind, source: { origin: "first-party" } });

  it.each<[ListKind, string]>([
    ["accounts", "company,website"],
    ["reference", "company,website"],
    ["contacts", "company,email,title"],
    ["orders", "order id,company,amount"],
    ["deals", "deal name,company,stage"],
    ["suppressions", "domain"],
  ])("%s: the columns that were added are not read", (kind, header) => {
    const { columns } = rejects(header, kind);
    expect(columns.slice(-5).map(({ field, plan, reason }) => [field, plan, reason])).toEqual(
      REJECT_COLUMNS.map(() => [null, null, "added by Bullseye"]),
    );
    expect(columns.slice(0, -5).some(({ field }) => field !== null)).toBe(true);
  });

  it("is of the kind that it was without them", () => {
    for (const header of ["company,website", "domain", "domain,reason", "email,reason,company", "order id,company,amount"])
      expect(rejects(header).kind).toBe(
        mapColumns({ header: header.split(","), sample: [], source: { origin: "first-party" } }).kind,
      );
  });

  it("is named by nothing that was added", () => {
    expect(() => rejects("colour,size")).toThrow(/no column identifies/);
  });
});

describe("headers joined from two lines", () => {
  it("mean what their second line says", () => {
    const joined = [
      "Company Name",
      "Account Website",
      "Address Street",
      "Address City",
      "Address State",
      "Address Zip",
      "Address Country",
    ];
    expect(fieldsOf(joined)).toEqual(["name", "website", "street", "city", "state", "postalCode", "country"]);
  });
});
