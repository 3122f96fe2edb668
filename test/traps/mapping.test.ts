import { guardedCsvCell } from "@bullseye/core/lists/csv";
import { describe, expect, it } from "vitest";
import { TestHome } from "../workflow/support.ts";
import { readFixture } from "./read-fixture.ts";

/** A list of companies with one more column. */
const column = (header: string, ...cells: string[]): string =>
  [
    "Company,".concat(header),
    ...cells.map((cell, at) => `Alder ${at} GmbH,${/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell}`),
  ].join("\n");

describe("trap 1: thousands of dollars", () => {
  it("Revenue (in 000s USD) = 12500 is 12,500,000 USD, and the column says why", () => {
    const list = readFixture(column("Revenue (in 000s USD)", "12500", "980"));
    expect(list.values("revenue")).toEqual([12_500_000, 980_000]);
    expect(list.values("currency")).toEqual(["USD", "USD"]);
    expect(list.column("Revenue (in 000s USD)")).toMatchObject({ plan: { power: 3, currency: "USD" }, review: false });
    expect(list.column("Revenue (in 000s USD)").reason).toContain("10^3 USD");
  });
  it("a cell with a unit of its own is not multiplied once more", () => {
    expect(readFixture(column("Revenue (in 000s USD)", "12500", "$10M")).values("revenue")).toEqual([12_500_000, 10_000_000]);
  });
});

describe("trap 2: ranges", () => {
  it("are intervals, never a bound as a point", () => {
    const list = readFixture(
      column("Employees", "11 - 50", "51-200", "10,001+", "Employees.51to200", "<10", "1.001 bis 5.000", "45"),
    );
    expect(list.values("employees")).toEqual([[11, 50], [51, 200], [10_001, null], [51, 200], [null, 9], [1001, 5000], 45]);
    expect(list.problems).toEqual({});
  });
});

describe("trap 3: money as people write it", () => {
  it.each<[string, string[], number[], "." | ","]>([
    ["words", ["$10M", "$1.2B", "$450K"], [10_000_000, 1_200_000_000, 450_000], "."],
    ["commas before cents", ["USD 1.234,56", "USD 12.500,00"], [1235, 12_500], ","],
    ["dots before cents", ["$1,234.56", "$12,500.00"], [1235, 12_500], "."],
  ])("%s", (_, cells, dollars, decimal) => {
    const list = readFixture(column("Annual Revenue", ...cells));
    expect(list.values("revenue")).toEqual(dollars);
    expect(list.column("Annual Revenue")).toMatchObject({ plan: { decimal }, review: false });
  });
  it("both ways in one column is asked about, and each cell is read the only way it can be", () => {
    const list = readFixture(column("Annual Revenue (EUR)", "1.234,56", "1,234.56"));
    expect(list.column("Annual Revenue (EUR)")).toMatchObject({ review: true, reason: expect.stringContaining("two ways") });
    expect(list.values("revenue")).toEqual([1235, 1235]);
  });
  it("1.234 alone may be a thousand or a fraction, and is asked about", () => {
    expect(readFixture(column("Annual Revenue (EUR)", "1.234", "2.500")).column("Annual Revenue (EUR)")).toMatchObject({
      review: true,
    });
  });
});

describe("trap 4: what a spreadsheet's apostrophe kept", () => {
  it("is there without the apostrophe, zeros and plus included", () => {
    const list = readFixture("Company,Phone,Zip,Customer ID\nAlder GmbH,'+44 20 7946 0000,'01234,'00042");
    expect([list.values("phone"), list.values("postalCode"), list.values("sourceId")]).toEqual([
      ["+44 20 7946 0000"],
      ["01234"],
      ["crm:00042"],
    ]);
  });
});

describe("trap 5: digits lost to a spreadsheet", () => {
  it("reject the cell, say why, and keep the row", () => {
    const list = readFixture(
      "Company,Customer ID,DUNS Number,Phone\nAlder GmbH,1.23457E+11,1.23457E+08,4.42079E+11\nBirch Ltd,42,064233086,020 7946 0000",
    );
    expect(list.values("name")).toEqual(["Alder GmbH", "Birch Ltd"]);
    expect(list.values("sourceId")).toEqual([undefined, "crm:42"]);
    expect(list.values("registration")).toEqual([undefined, "duns:064233086"]);
    expect(list.values("phone")).toEqual([undefined, "020 7946 0000"]);
    expect(list.problems).toEqual({
      "Customer ID|precision-lost": 1,
      "DUNS Number|precision-lost": 1,
      "Phone|precision-lost": 1,
    });
    expect(list.column("Customer ID")).toMatchObject({ review: true, reason: expect.stringContaining("lost their last digits") });
  });
});

describe("trap 6: day and month", () => {
  const dates = (...cells: string[]) => column("Last Contacted", ...cells);
  it("one date that can only be read one way decides the column", () => {
    expect(readFixture(dates("03/04/2026", "25/04/2026")).values("lastActivityAt")).toEqual(["2026-04-03", "2026-04-25"]);
    expect(readFixture(dates("03/04/2026", "04/25/2026")).values("lastActivityAt")).toEqual(["2026-03-04", "2026-04-25"]);
  });
  it("undecidable ones are asked about, counted and not guessed", () => {
    const list = readFixture(dates("03/04/2026", "05/06/2026", "07/07/2026"));
    expect(list.column("Last Contacted")).toMatchObject({ field: "lastActivityAt", review: true, plan: { order: "undecided" } });
    expect(list.values("lastActivityAt")).toEqual([undefined, undefined, "2026-07-07"]);
    expect(list.problems).toEqual({ "Last Contacted|day-or-month-undecided": 2 });
  });
  it("a column that is written both ways is asked about", () => {
    const list = readFixture(dates("25/04/2026", "04/25/2026", "03/04/2026"));
    expect(list.column("Last Contacted").review).toBe(true);
    expect(list.values("lastActivityAt")).toEqual(["2026-04-25", "2026-04-25", undefined]);
  });
});

describe("trap 7: headers that come twice", () => {
  it("Meta: addresses and phones by position, the first one that is there", () => {
    const list = readFixture(
      "email,email,email,phone,phone,phone,madid,fn,ln,zip,ct,st,country,dob,doby,gen,age,uid\n,kim@alder.example,,,+49301234567,,x,Kim,Amsel,,,,DE,,,,,1",
      { kind: "contacts" },
    );
    expect([list.values("contact.email"), list.values("contact.phone")]).toEqual([["kim@alder.example"], ["+49301234567"]]);
    expect(list.mapping.warnings).toEqual([]);
  });
  it("NetSuite: the first filled one, a warning, and a question where they disagree", () => {
    const list = readFixture(
      "Internal ID,Internal ID,ID,Name,Company Name,Territory\n7,CUST7,C7,7 Alder,Alder GmbH,West\n,CUST8,C8,8 Birch,Birch Ltd,West\n9,CUST9,C9,9 Cedar,Cedar Inc,East",
    );
    expect(list.values("sourceId")).toEqual(["netsuite:7", "netsuite:CUST8", "netsuite:9"]);
    expect(list.mapping.warnings).toEqual([
      '"Internal ID" (column 1) and "Internal ID" (column 2) both stand for sourceId; the first filled one is used',
    ]);
    expect(list.mapping.columns.map(({ review }) => review)).toEqual([true, true, false, false, false, false]);
    expect(list.values("name")).toEqual(["Alder GmbH", "Birch Ltd", "Cedar Inc"]);
  });
});

describe("trap 9: websites as people paste them", () => {
  it("are the domain under the public suffix", () => {
    const list = readFixture(
      column("Website", "https://www.acme.co.uk/en?x=1", "ACME.CO.UK", "http://shop.acme.co.uk:8080/", "www.acme.co.uk."),
    );
    expect(new Set(list.values("domain"))).toEqual(new Set(["acme.co.uk"]));
  });
});

describe("trap 10: addresses that name no company", () => {
  it("free mail, marketplaces, social pages and site builders are no key", () => {
    const list = readFixture(
      "Company,Website,Email\nAlder GmbH,https://www.facebook.com/alder,kim@gmail.com\nBirch Ltd,birch.wixsite.com/home,b@outlook.de\nCedar Inc,cedar.example,c@cedar.example",
      { kind: "accounts" },
    );
    expect(list.values("domain")).toEqual([undefined, undefined, "cedar.example"]);
    expect(list.drafts.map((draft) => ("identity" in draft ? draft.identity.emailDomain : null))).toEqual([
      undefined,
      undefined,
      "cedar.example",
    ]);
    expect(list.problems).toMatchObject({ "Website|shared-host": 1 + 1 });
  });
});

describe("trap 11: words for nothing", () => {
  it("are missing, and so are no employees at all", () => {
    const list = readFixture(
      column(
        "Employees",
        "-",
        "N/A",
        "None",
        "null",
        "#N/A",
        "Unknown",
        "0",
        "k.A.",
        "non renseigné",
        "sin datos",
        "n.v.t.",
        "7",
      ),
    );
    expect(list.values("employees")).toEqual([...new Array(11).fill(undefined), 7]);
    expect(list.problems).toEqual({});
  });
});

describe("trap 13: labels in other languages", () => {
  it.each([
    ["German", "Datensatz-ID,Unternehmensname,Unternehmensdomain,Anzahl der Mitarbeiter,Land/Region,Branche"],
    [
      "French",
      "ID de fiche d'informations,Nom de l'entreprise,Nom de domaine de l'entreprise,Nombre d'employés,Pays/Région,Secteur d'activité",
    ],
    ["Spanish", "ID de registro,Nombre de la empresa,Nombre de dominio de la empresa,Número de empleados,País/región,Sector"],
    ["Dutch", "Record-ID,Bedrijfsnaam,Domeinnaam van bedrijf,Aantal medewerkers,Land/regio,Branche"],
  ])("HubSpot in %s", (_, header) => {
    const list = readFixture(`${header}\n901,Alder GmbH,alder.example,120,DE,Bau`);
    expect(list.mapping.shape).toBe("hubspot-company");
    expect(list.mapping.columns.map(({ field, review }) => [field, review])).toEqual(
      ["sourceId", "name", "domain", "employees", "country", "industry"].map((field) => [field, false]),
    );
    expect(list.values("sourceId")).toEqual(["hubspot:901"]);
  });
  it("a label that no pack has is kept, or asked about where it reminds of one", () => {
    const list = readFixture(
      "Unternehmen,Mitarbeiteranzahl gesamt,Lieblingsfarbe\nAlder GmbH,120,blau\nBirch AG,45,rot\nCedar KG,9,grün",
    );
    expect(list.column("Mitarbeiteranzahl gesamt")).toMatchObject({ review: true });
    expect(list.column("Lieblingsfarbe")).toMatchObject({ field: "extra.lieblingsfarbe", review: false });
  });
});

describe("trap 14: several answers in one cell", () => {
  it("are a list", () => {
    const list = readFixture(column("Technologies", "SAP;Coupa;SAP", "SAP, Coupa", "SAP|Coupa", "SAP"));
    expect(list.values("technologies")).toEqual([["SAP", "Coupa"], ["SAP", "Coupa"], ["SAP", "Coupa"], ["SAP"]]);
    expect(readFixture(column("Wishes", "a;b;c", "b; d", "a")).values("extra.wishes")).toEqual([
      ["a", "b", "c"],
      ["b", "d"],
      ["a"],
    ]);
  });
});

describe("trap 15: orders that go on in rows of their own", () => {
  it("belong to the order above them, in its currency, and are cancelled with it", async () => {
    const home = new TestHome();
    const text = [
      "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Company",
      "#1,kim@alder.example,paid,JPY,5000,2026-01-02 10:00:00 +0900,2,Pump,1500,P1,Alder KK",
      "#1,,,,,,1,Valve,2000,V1,",
      "#2,kim@alder.example,refunded,JPY,900,2026-02-02 10:00:00 +0900,1,Pump,450,P1,Alder KK",
      "#2,,,,,,1,Valve,450,V1,",
    ].join("\n");
    const run = await home.drop({ name: "orders.csv", text, kind: "orders" });
    expect(run).toMatchObject({ status: "done", balanced: true, rows: { in: 4, rejected: 0 } });
    const [account, ...others] = await home.accounts();
    expect(others).toEqual([]);
    expect(account!.result!.show.tx).toEqual([1, 5000, "JPY", "2026-01-02"]);
  });
});

describe("trap 16: places by any name", () => {
  it("are ISO codes", () => {
    const list = readFixture(
      "Company,State,Country\nAlder,California,United States\nBirch,CA,USA\nCedar,,UK\nDorn,,Deutschland\nElm,,Royaume-Uni\nFig,,Países Bajos",
    );
    expect(list.values("country")).toEqual(["US", "US", "GB", "DE", "GB", "NL"]);
    expect(list.values("state").slice(0, 2)).toEqual(["CA", "CA"]);
  });
});

describe("trap 17: cells that a spreadsheet would run", () => {
  it("stay what they are in the store, and are harmless on the way out", () => {
    const cells = ["=SUM(A1:A9)", "+1 for service", "-minus", "@home"];
    const list = readFixture(column("Description", ...cells));
    expect(list.values("description")).toEqual(cells);
    expect(cells.map(guardedCsvCell)).toEqual(["'=SUM(A1:A9)", "'+1 for service", "'-minus", "'@home"]);
    const back = readFixture(column("Description", ...cells.map(guardedCsvCell)));
    expect(back.values("description")).toEqual(cells);
    expect(guardedCsvCell("+44 20 7946 0000")).toBe("+44 20 7946 0000");
    expect(readFixture(column("Phone", "+44 20 7946 0000")).values("phone")).toEqual(["+44 20 7946 0000"]);
  });
});

describe("beside the table: what is never kept on a guess", () => {
  it("columns of people in a list of companies are left out, counted and said", () => {
    const list = readFixture(
      "Company,Assistant,Helpdesk,Budget Class\nAlder GmbH,Kim Amsel,help@alder.example,A\nBirch Ltd,Lena Dorn,-,B",
    );
    expect(list.mapping.dropped).toEqual(["Assistant", "Helpdesk"]);
    expect(list.problems).toEqual({ "Assistant|personal-left-out": 2, "Helpdesk|personal-left-out": 1 });
    expect(list.values("extra.budget-class")).toEqual(["A", "B"]);
  });
});
