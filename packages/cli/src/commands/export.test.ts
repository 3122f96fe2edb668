import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readRecords } from "@bullseye/core/lists/reading/record-reader";
import { describe, expect, it } from "vitest";
import { desk } from "../cli.testing.ts";

const here = desk();
const AT = ["--home", "desk", "--workers", "0", "--as-of", "2026-11-20"];

const CRM = [
  "Id,Name,Website,BillingCity,BillingCountry,Industry,NumberOfEmployees",
  "0015e00002AbCdEAAV,Acme Pumps GmbH,www.acme-pumps.example,Berlin,Germany,Manufacturing,180",
  "0015e00002AbCdF,Acme Pumps,https://acme-pumps.example/de,Berlin,Germany,Manufacturing,180",
  "0015e00002AbCdGAAV,=Nord Retail AG,nord-retail.example,Kiel,Germany,Retail,1200",
];
const HUB = [
  "Record ID,Company name,Company Domain Name,Lifecycle Stage,Company owner",
  "9001,Acme Pumps GmbH,acme-pumps.example,Customer,",
  "9003,Solo Ltd,solo.example,,",
];
const NAMES = ["Company,Country", "Harbour Foods Ltd,GB", "Acme Pumps,Germany", "Acme Pumps GmbH,Germany"];
const ORDERS = [
  "Order ID,Order Date,Account ID,Quantity,Unit Price,Currency",
  "1,2026-05-01,0015e00002AbCdJ,2,10,EUR",
  "2,2026-06-01,0015e00002AbCdJ,1,10,EUR",
];

async function lists(...which: Array<[name: string, rows: string[]]>): Promise<void> {
  for (const [name, rows] of which) {
    const file = here.file(`${name}.csv`, `${rows.join("\n")}\n`);
    const ran = await here.run("run", file, "--source", "first-party", "--quiet", ...AT);
    expect([ran.code, ran.err]).toEqual([0, ""]);
  }
}

/** Rows of an export by column. */
function rowsOf(csv: string): Array<Record<string, string>> {
  const records: string[][] = [];
  readRecords(Buffer.from(csv), { delimiter: ",", quote: '"', escape: "double", encoding: "utf-8" }, (cells) => {
    records.push([...cells]);
  });
  const [header, ...rows] = records;
  return rows.map((cells) => Object.fromEntries(cells.map((cell, at) => [header![at], cell])));
}

const exported = async (...words: string[]): Promise<string> => (await here.run("export", ...words, "--quiet", ...AT)).out;

describe("export", () => {
  it("gives every Salesforce record of a merged account its row, byte for byte, and no other id", async () => {
    await lists(["crm", CRM], ["hub", HUB], ["names", NAMES], ["orders", ORDERS]);
    const said = await here.run("export", "--for", "salesforce", ...AT);
    expect(said.code).toBe(0);
    expect(said.out).toMatch(/^Id,Bullseye_Account__c,Bullseye_Score__c,Bullseye_Low__c,Bullseye_High__c,Bullseye_Tier__c,/);
    expect(said.out).not.toContain("\r");
    const rows = rowsOf(said.out);
    expect(rows.map(({ Id }) => Id).sort()).toEqual([
      "0015e00002AbCdEAAV",
      "0015e00002AbCdF",
      "0015e00002AbCdGAAV",
      "0015e00002AbCdJ",
    ]);
    const [first, second] = rows.filter(({ Id }) => Id === "0015e00002AbCdEAAV" || Id === "0015e00002AbCdF");
    expect({ ...first, Id: "" }).toEqual({ ...second, Id: "" });
    expect(said.err.trim().split("\n")).toEqual([
      "4 rows for 3 accounts written",
      "2 ids of merged accounts: each has a row of its own",
      "2 accounts carry no Salesforce id: left out",
    ]);

    // What it says is what explain says.
    const explained = (await here.json("explain", "acme-pumps.example", ...AT)) as Record<string, unknown>;
    expect(first).toMatchObject({
      Bullseye_Account__c: explained.account,
      Bullseye_Score__c: String(explained.score),
      Bullseye_Low__c: String(explained.low),
      Bullseye_High__c: String(explained.high),
      Bullseye_Tier__c: explained.tier,
      Bullseye_Disqualified__c: "false",
      Bullseye_Reasons__c: expect.stringContaining("company size: 180 (+"),
      Bullseye_Stage__c: "Customer",
      Bullseye_Segments__c: (explained.segments as string[]).join(";"),
      Bullseye_Audiences__c: (explained.audiences as string[]).join(";"),
      Bullseye_Contacts__c: "0",
      Bullseye_Scored_On__c: "2026-11-20",
    });
  });

  it("gives HubSpot only its ids, and the CSV every record of every list and the accounts without one", async () => {
    await lists(["crm", CRM], ["hub", HUB], ["names", NAMES]);
    const hubspot = await exported("--for", "hubspot");
    expect(hubspot).toMatch(/^Record ID,Bullseye Account,Bullseye Score,.*\r\n/);
    expect(
      rowsOf(hubspot)
        .map((row) => row["Record ID"])
        .sort(),
    ).toEqual(["9001", "9003"]);

    const csv = await exported("--for", "csv");
    expect(
      rowsOf(csv)
        .map((row) => [row["Record ID"], row["Record System"], row.List, row.Row, row.Company, row.Domain].join(" "))
        .sort(),
    ).toEqual([
      "  names 2 Harbour Foods Ltd ",
      "0015e00002AbCdEAAV salesforce crm 2 Acme Pumps GmbH acme-pumps.example",
      "0015e00002AbCdF salesforce crm 3 Acme Pumps GmbH acme-pumps.example",
      "0015e00002AbCdGAAV salesforce crm 4 '=Nord Retail AG nord-retail.example",
      "9001 hubspot hub 2 Acme Pumps GmbH acme-pumps.example",
      "9003 hubspot hub 3 Solo Ltd solo.example",
    ]);
    expect(await exported("--for", "csv", "--list", "hub")).toBe(
      [csv.split("\r\n")[0], ...csv.split("\r\n").filter((line) => line.includes(",hubspot,hub,")), ""].join("\r\n"),
    );
    expect(await exported("--for", "csv")).toBe(csv);
  });

  it("keeps to a tier or a segment, and says what it counted", async () => {
    await lists(["crm", CRM], ["hub", HUB]);
    const accounts = (await here.json("accounts", ...AT)) as Array<{ tier: string; segments: string[] }>;
    const { tier, segments } = accounts[0]!;
    const file = join("out", "a.csv");
    mkdirSync(join(here.path, "out"));
    const common = ["export", "--for", "csv", "--out", file, ...AT];
    expect(await here.json(...common, "--tier", tier)).toMatchObject({
      out: file,
      accounts: accounts.filter((account) => account.tier === tier).length,
      withoutId: 0,
      merged: 3,
      contested: 0,
    });
    const [segment] = segments;
    const inSegment = accounts.filter((account) => account.segments.includes(segment!)).length;
    expect(await here.json(...common, "--segment", segment!)).toMatchObject({ accounts: inSegment });
    expect(new Set(rowsOf(readFileSync(join(here.path, file), "utf8")).map((row) => row["Bullseye Account"])).size).toBe(
      inSegment,
    );
    expect(readdirSync(join(here.path, "out"))).toEqual(["a.csv"]);
  });

  it("can be read back into the same home and into an empty one: the same ids, the same accounts, and nothing else", async () => {
    await lists(["crm", CRM], ["hub", HUB], ["names", NAMES]);
    const before = (await here.json("accounts", ...AT)) as Array<Record<string, unknown>>;
    const written: string[] = [];
    for (const target of ["salesforce", "hubspot", "csv"]) written.push(await exported("--for", target));
    const files = written.map((csv, at) => here.file(`back-${at}.csv`, csv));

    const fresh = ["--home", "fresh", ...AT.slice(2)];
    for (const file of files) {
      const ran = await here.run("run", file, "--quiet", ...fresh);
      expect([ran.code, ran.err]).toEqual([0, ""]);
    }
    for (const [at, target] of (["salesforce", "hubspot"] as const).entries()) {
      const ids = (csv: string) =>
        rowsOf(csv)
          .map((row) => [Object.values(row)[0], Object.values(row)[1]])
          .sort();
      expect(ids((await here.run("export", "--for", target, "--quiet", ...fresh)).out)).toEqual(ids(written[at]!));
    }
    const names = (await here.json("accounts", ...fresh)) as Array<{ name: string }>;
    expect(names.map(({ name }) => name)).toContain("=Nord Retail AG");

    for (const file of files) await here.run("run", file, "--quiet", ...AT);
    const after = (await here.json("accounts", ...AT)) as Array<Record<string, unknown>>;
    const plain = (each: Record<string, unknown>) => ({ ...each, sources: [] });
    expect(after.map(plain)).toEqual(before.map(plain));
    expect(await exported("--for", "salesforce")).toBe(written[0]);
  });

  it("leaves out an id that rows of two accounts name, and ids that are none of an account", async () => {
    await lists([
      "crm",
      [
        ...CRM.slice(0, 2),
        "0015e00002AbCdK,One Ltd,one.example,Leeds,GB,Retail,20",
        "0015e00002AbCdKAAV,Two Ltd,two.example,York,GB,Retail,20",
        "00Q5e00002AbCdL,Lead Ltd,lead.example,York,GB,Retail,20",
      ],
    ]);
    const said = await here.run("export", "--for", "salesforce", ...AT);
    expect(rowsOf(said.out).map(({ Id }) => Id)).toEqual(["0015e00002AbCdEAAV"]);
    expect(said.err).toContain("2 Salesforce ids are named by rows of several accounts: left out");
    expect(said.err).toContain("1 Salesforce id is none of an account record: left out");
    expect(rowsOf(await exported("--for", "csv"))).toHaveLength(4);
  });

  it("names the roles that the buying committee lacks, and nobody", async () => {
    await lists(
      ["crm", CRM],
      [
        "people",
        [
          "First Name,Last Name,Email,Job Title,Company Name,Company Domain Name",
          "Adela,Ejemplar,adela@acme-pumps.example,Purchasing Manager,Acme Pumps GmbH,acme-pumps.example",
        ],
      ],
      [
        "deals",
        [
          "Id,AccountId,Name,StageName,Amount,CloseDate,CreatedDate",
          "0065e00000AAAAA,0015e00002AbCdE,Pumps 1,Closed Won,90000,2026-05-01,2026-01-01",
          "0065e00000AAAAB,0015e00002AbCdE,Pumps 2,Closed Won,80000,2026-08-01,2026-02-01",
        ],
      ],
    );
    const csv = await exported("--for", "salesforce");
    const acme = rowsOf(csv).find(({ Id }) => Id === "0015e00002AbCdF")!;
    expect(acme.Bullseye_Contacts__c).toBe("1");
    expect(acme.Bullseye_Missing_Roles__c).toBe("decider;user");
    expect(csv).not.toMatch(/adela|ejemplar/i);
  });

  it.each([
    ["no target", [], "bullseye export needs --for"],
    ["an unknown target", ["--for", "pipedrive"], "--for pipedrive is unknown"],
    ["rows and a document on one output", ["--for", "csv", "--json"], "cannot both go to standard output"],
    ["a list that is not there", ["--for", "csv", "--list", "crn"], 'there is no list "crn"'],
    ["a directory", ["--for", "csv", "--out", "."], "is a directory"],
    ["a directory that is not there", ["--for", "csv", "--out", "nowhere/a.csv"], "cannot write"],
  ])("refuses %s", async (_, words, message) => {
    await lists(["crm", CRM]);
    const said = await here.run("export", ...words, ...AT);
    expect(said.code).toBe(2);
    expect(said.err + said.out).toContain(message);
    expect(readdirSync(here.path).filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});
