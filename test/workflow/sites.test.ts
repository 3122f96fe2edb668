import type { AccountItem } from "@bullseye/core/account/item";
import type { RunRecord } from "@bullseye/core/ledger/records";
import { type AccountListing, listingOf } from "@bullseye/core/queries/accounts";
import { type Explanation, openExplainer } from "@bullseye/core/queries/explain";
import { type ExportFilter, exportEntries, noExport } from "@bullseye/core/queries/export";
import type { ExportTarget } from "@bullseye/core/queries/export-records";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { storeContent } from "./store-content.ts";
import { shuffled, TestHome, type TestList } from "./support.ts";

const profile = (level: string, scoring = ""): string => `id: ours
name: Ours
version: 1
level: ${level}
${scoring}
tiers: { A: 80, B: 50, C: 20, D: 0 }
rules:
  - id: size
    dimension: firmographic
    attribute: employees
    bands: [{ points: 10 }, { from: 100, points: 50 }]
  - id: country
    dimension: firmographic
    attribute: country
    map: { DE: 30, PL: 20 }
  - id: vertical
    dimension: firmographic
    attribute: vertical
    map: { manufacturing: 20 }
`;

const AUDIENCES = `
audiences:
  - { id: all, name: All, platform: linkedin, mode: file, include: { score: { atLeast: 0 } } }
`;

const HEADER = "Account ID,Company,Website,Employees,Street,City,Postal Code,Country,Industry";
const list = (name: string, ...rows: string[]): TestList => ({ name: `${name}.csv`, text: `${[HEADER, ...rows].join("\n")}\n` });

/** Three places of one company, a row that names none, and a company with one place. */
const BERLIN = "001A000001KqPZaIAN,Acme,acme.example,12,Kantstr. 1,Berlin,10623,Germany,";
const LODZ = "001A000001KqPZbIAN,Acme Lodz,acme.example,180,ul. Piotrkowska 7,Lodz,90-406,Poland,";
const PARIS = "001A000001KqPZcIAN,Acme Paris,acme.example,,,Paris,75001,France,Manufacturing";
const NOWHERE = "001A000001KqPZdIAN,Acme,acme.example,,,,,,";
const OTHER = "001A000001KqPZeIAN,Zeta,zeta.example,300,,Bonn,53111,Germany,Manufacturing";
const ALL = [BERLIN, LODZ, PARIS, NOWHERE, OTHER];

async function accountOf(home: TestHome, domain: string): Promise<AccountItem> {
  return (await home.accounts()).find(({ result }) => result!.show.domain === domain)!;
}

async function listed(home: TestHome, domain = "acme.example"): Promise<AccountListing> {
  return listingOf(await accountOf(home, domain), (await home.ports()).digest);
}

const sum = ({ contributions }: Explanation): number =>
  contributions.reduce((total, { points }) => total + Math.round(points * 100), 0) / 100;

/** `id score tier` of every record that is exported. */
async function exported(home: TestHome, target: ExportTarget = "salesforce", filter: ExportFilter = {}): Promise<string[]> {
  const lines: string[] = [];
  const sums = noExport();
  for await (const { account, records } of exportEntries(await home.ports(), target, filter, sums))
    for (const { id } of records) lines.push(`${id.slice(-4, -3)} ${account.score} ${account.tier}`);
  expect(sums.rows).toBe(lines.length);
  return lines.sort();
}

describe("a profile at the level of sites", () => {
  test("scores every place; the account is its best one, and audiences hold it once", async () => {
    const home = new TestHome({ config: { icp: profile("site"), audiences: AUDIENCES } });
    const run = await home.drop(list("crm", ...ALL));
    expect(run).toMatchObject({ balanced: true, sites: { accounts: 1, sites: 3 } });
    expect(run.audiences![0]).toMatchObject({ desired: 2 });
    const { sites, site, score, tier, employees, country } = await listed(home);
    expect(sites.map((each) => [each.city, each.score, each.tier])).toEqual([
      ["Lodz", 90, "A"],
      ["Berlin", 60, "B"],
      ["Paris", 30, "C"],
    ]);
    expect(site).toBe(sites[0]!.id);
    expect([score, tier]).toEqual([90, "A"]);
    expect(sites[0]!.records).toEqual([{ list: "crm", row: 3, system: "salesforce", id: "001A000001KqPZbIAN" }]);
    // What is said of the company is the company's, whatever its best place.
    expect([employees, country]).toEqual([12, "DE"]);
    expect((await listed(home, "zeta.example")).site).toBeNull();
  });

  test("explains each site by its own contributions and says what is the company's", async () => {
    const home = new TestHome({ config: { icp: profile("site") } });
    await home.drop(list("crm", ...ALL));
    const item = await accountOf(home, "acme.example");
    const explainer = await openExplainer(await home.ports());
    const best = await explainer.explain(item);
    expect(best.sites).toHaveLength(3);
    for (const { id, score, low, high, tier } of best.sites) {
      const one = await explainer.explain(item, id.slice(0, 10));
      expect(one).toMatchObject({ score, low, high, tier, site: { id } });
      expect(sum(one)).toBe(score);
    }
    expect(best).toMatchObject({ score: item.result!.score, site: { id: best.sites[0]!.id, place: { city: "Lodz" } } });
    const paris = await explainer.explain(item, best.sites.find(({ place }) => place.city === "Paris")!.id);
    expect(paris.contributions).toMatchObject([
      { rule: "size", value: 12, of: "of the company" },
      { rule: "country", value: "FR" },
      { rule: "vertical", value: "manufacturing" },
    ]);
    expect(paris.contributions[1]!.of).toBeUndefined();
    await expect(explainer.explain(item, "0000")).rejects.toThrow(/no site/);
    await expect(explainer.explain(await accountOf(home, "zeta.example"), "0000")).rejects.toThrow(/no site of .* was scored/);
  });

  test("gives every original record the score of the site that it names", async () => {
    const home = new TestHome({ config: { icp: profile("company") } });
    await home.drop(list("crm", ...ALL));
    expect(new Set((await exported(home)).slice(0, 4).map((line) => line.slice(2))).size).toBe(1);
    home.configure("icp", profile("site"));
    await home.refresh();
    const scores = ["a 60 B", "b 90 A", "c 30 C", "d 90 A", "e 100 A"];
    expect(await exported(home)).toEqual(scores);
    expect(await exported(home, "csv")).toEqual(scores);
    expect(await exported(home, "salesforce", { tier: "B" })).toEqual(["a 60 B"]);
    // A record that another list puts elsewhere is where the more trusted row has it.
    await home.drop({ ...list("bought", BERLIN.replace("Berlin,10623,Germany", "Krakow,30-001,Poland")), origin: "broker" });
    expect((await listed(home)).sites).toHaveLength(4);
    expect(await exported(home)).toEqual(scores);
  });

  test("scores accounts of one place or none as at the level of companies", async () => {
    const rows = [BERLIN, OTHER, NOWHERE.replaceAll("acme", "yota"), PARIS.replaceAll("acme", "xeno")];
    const at = async (level: string): Promise<unknown> => {
      const home = new TestHome({ config: { icp: profile(level), audiences: AUDIENCES } });
      const run = await home.drop(list("crm", ...rows));
      expect(run.sites).toBeUndefined();
      return storeContent(home.path).accounts;
    };
    expect(await at("site")).toEqual(await at("company"));
  });

  test("is taken up by the next refresh of a home that was scored otherwise, and left by another", async () => {
    const home = new TestHome({ config: { icp: profile("company") } });
    const first = await home.drop(list("crm", ...ALL));
    expect(first.sites).toBeUndefined();
    const before = storeContent(home.path).accounts;
    expect((await listed(home)).sites.map(({ tier }) => tier)).toEqual([undefined, undefined, undefined]);
    home.configure("icp", profile("site"));
    expect((await home.refresh()).sites).toEqual({ accounts: 1, sites: 3 });
    expect((await listed(home)).sites[0]!.score).toBe(90);
    home.configure("icp", profile("company"));
    await home.refresh();
    expect(storeContent(home.path).accounts).toEqual(before);
  });

  test("keeps the scores of the best sites alone, as many as the profile says, and works the others out", async () => {
    const home = new TestHome({ config: { icp: profile("site", "scoring: { keptSites: 5 }") } });
    const rows = Array.from({ length: 400 }, (_, at) => `K${at},Acme,acme.example,${at},Road ${at},Lodz,90-406,Poland,`);
    expect((await home.drop(list("crm", ...rows))).sites).toEqual({ accounts: 1, sites: 400 });
    const item = await accountOf(home, "acme.example");
    expect(item.result!.sites).toMatchObject({ n: 400 });
    expect(item.result!.sites!.best).toHaveLength(5);
    const { sites } = await listed(home);
    expect(sites).toHaveLength(400);
    expect(sites.filter(({ tier }) => tier !== undefined)).toHaveLength(5);
    const explained = await (await openExplainer(await home.ports())).explain(item, sites[399]!.id);
    expect(sum(explained)).toBe(explained.score);
    expect((await exported(home, "csv")).filter((line) => line.endsWith(" C"))).toHaveLength(100);
  });
});

test("a head count of one place is never the company's where both are given", async () => {
  const columns = "Company,Website,City,Postal Code,Country,Location Type,Employees (Single Site),Employees (All Sites)";
  const rows = [
    "Acme,acme.example,Berlin,10623,Germany,Headquarters,120,3400",
    "Acme,acme.example,Lodz,90-406,Poland,Branch,40,3400",
    "Acme,acme.example,Paris,75001,France,Branch,,3400",
    "Beta,beta.example,Bonn,53111,Germany,Branch,70,",
    "Zeta,zeta.example,Bonn,53111,Germany,Single Location,30,",
  ];
  const home = new TestHome({ config: { icp: profile("site") } });
  await home.drop({ name: "sites.csv", text: `${[columns, ...rows].join("\n")}\n` });
  expect((await listed(home)).employees).toBe(3400);
  expect((await listed(home, "beta.example")).employees).toEqual([70, null]);
  expect((await listed(home, "zeta.example")).employees).toBe(30);
  const item = await accountOf(home, "acme.example");
  const explainer = await openExplainer(await home.ports());
  const counted: unknown[] = [];
  for (const { id } of (await explainer.explain(item)).sites) {
    const { site, contributions } = await explainer.explain(item, id);
    counted.push([site!.place.city, contributions[0]!.value, contributions[0]!.of]);
  }
  expect(counted.sort()).toEqual([
    ["Berlin", 120, undefined],
    ["Lodz", 40, undefined],
    ["Paris", 3400, "of the company"],
  ]);
});

/** Rows of two companies at few places, said more or less exactly. */
const row = fc.record({
  company: fc.constantFrom("acme", "zeta"),
  employees: fc.constantFrom("", "12", "180"),
  street: fc.constantFrom("", "Kantstr. 1", "Kantstr. 2"),
  town: fc.constantFrom("Berlin,", "Berlin,10623", ",10623", "Lodz,90-406", ","),
  country: fc.constantFrom("", "Germany", "Poland"),
});

test("whatever the rows, pieces and order: the same sites and scores; and an undone list was never there", {
  timeout: 240_000,
}, async () => {
  const after = async (lists: readonly TestList[], undo?: string): Promise<unknown> => {
    const home = new TestHome({ config: { icp: profile("site") }, settings: { partitionRows: 2 } });
    try {
      let run: RunRecord | null = null;
      for (const each of lists) run = await home.drop(each);
      expect(run!.balanced).toBe(true);
      if (undo !== undefined) await home.undo(undo);
      const explainer = await openExplainer(await home.ports());
      const { digest } = await home.ports();
      const found: unknown[] = [];
      for (const item of await home.accounts()) {
        const explained = await explainer.explain(item);
        expect(sum(explained)).toBe(explained.score ?? sum(explained));
        const { sites, score, tier } = listingOf(item, digest);
        found.push({ id: item.id, score, tier, stored: item.result!.sites, sites });
      }
      return found;
    } finally {
      await home.dispose();
    }
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 2, maxLength: 8 }),
      fc.integer({ min: 1, max: 7 }),
      fc.nat(),
      async (rows, cut, seed) => {
        if (cut >= rows.length) return;
        const lines = rows.map(
          ({ company, employees, street, town, country }, at) =>
            `K${at},${company},${company}.example,${employees},${street},${town},${country},`,
        );
        const [a, b] = [list("l0", ...lines.slice(0, cut)), list("l1", ...lines.slice(cut))];
        const there = await after([a, b]);
        expect(await after([b, a])).toEqual(there);
        expect(await after([a, b], "l1")).toEqual(await after([a]));
        const whole = async (rowsOf: readonly string[]): Promise<unknown> =>
          JSON.parse(JSON.stringify(await after([list("l", ...rowsOf)])), (key, value) =>
            key === "records" ? undefined : value,
          );
        expect(await whole(shuffled(lines, seed))).toEqual(await whole(lines));
      },
    ),
    { numRuns: process.env.BULLSEYE_LONG ? 60 : 6, seed: 20_261_123 },
  );
});
