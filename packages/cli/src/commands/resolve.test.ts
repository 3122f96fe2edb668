import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { desk } from "../cli.testing.ts";
import type { ResolvedRow } from "../company-resolution.ts";

const here = desk();

async function resolved(name: string, lines: string[], ...options: string[]): Promise<ResolvedRow[]> {
  const file = here.file(name, lines.join("\n"));
  const { code, out } = await here.run("resolve", file, "--kind", "accounts", "--jsonl", ...options);
  expect(code).toBe(0);
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ResolvedRow);
}

const together = (rows: readonly ResolvedRow[]): number[][] => {
  const companies = new Map<string | null, number[]>();
  for (const { row, accountId } of rows) companies.set(accountId, [...(companies.get(accountId) ?? []), row]);
  return [...companies.values()];
};

const NAMES = [
  "Cisco Systems Inc.",
  "Cisco",
  "CISCO SYS INC",
  "Goldman Sachs Group",
  "Delta Air Lines",
  "Delta Dental",
  "Goldman Sachs",
];

it("joins brand, legal name and abbreviation, and says how sure it is", async () => {
  const rows = await resolved("names.csv", ["company", ...NAMES]);
  expect(together(rows)).toEqual([[2, 3, 4], [5, 8], [6], [7]]);
  expect(rows.map(({ method }) => method)).toEqual(["fuzzy", "fuzzy", "fuzzy", "fuzzy", "new", "new", "fuzzy"]);
  for (const { confidence } of rows) expect(confidence).toBeGreaterThan(0.66);
});

it("gives the same companies the same ids whatever the order of rows", async () => {
  const ids = (rows: readonly ResolvedRow[], names: readonly string[]): Array<[string, string | null]> =>
    rows.map(({ row, accountId }): [string, string | null] => [names[row - 2]!, accountId]).sort();
  const turned = [...NAMES].reverse();
  expect(ids(await resolved("a.csv", ["company", ...NAMES]), NAMES)).toEqual(
    ids(await resolved("b.csv", ["company", ...turned]), turned),
  );
});

it("keeps namesakes of two websites apart, and lets the one that has none join neither", async () => {
  const rows = await resolved("sites.csv", [
    "company,website",
    "Zelmar Foods,zelmar.com",
    "Zelmar Foods,zelmar-foods.de",
    "Zelmar Foods Intl,",
  ]);
  expect(together(rows)).toEqual([[2], [3], [4]]);
});

const PLACES = [
  "Name,Address,Zip,Phone",
  "Salvation Army - Temple / Salvation Army,1 N. Ogden,60607,312 226-2649",
  "Salvation Army Temple,1 N Ogden Ave,,3122262649",
  "Salvation Army Temple,945 W 69TH ST,60621,",
  "Little Angels Day Care Ctr,6701 S Emerald,60621,7735551234",
  "Little Angels Family Daycare,6701 South Emerald Ave,60621,",
];

it("takes a directory of addresses for one of places, where it is not told otherwise", async () => {
  const rows = await resolved("places.csv", PLACES);
  expect(together(rows)).toEqual([[2, 3], [4], [5, 6]]);
  expect(rows[0]).toMatchObject({ method: "name+place" });
  expect(together(await resolved("places.csv", PLACES, "--level", "company"))).toEqual([
    [2, 3, 4],
    [5, 6],
  ]);
});

it("shows people the pairs to look at", async () => {
  const file = here.file("pairs.csv", ["company", "Zelmar Foods Ltd", "Zelmar", "Zelmar Motors Ltd"].join("\n"));
  const { out } = await here.run("resolve", file, "--kind", "accounts");
  expect(out).toContain("3 rows are 3 companies.");
  expect(out).toMatch(/2 pairs may be the same and stay apart/);
  expect(out).toMatch(/only one says "motors"/);
});

it("tells branches apart that share the website of their mother", async () => {
  const rows = await resolved("branches.csv", [
    "Id,Source,Site name,Address,Zip,Phone,Website",
    "0,portal.csv,Harbor Kids - Temple / Harbor Kids,1 N Ogden Ave,60607,2262649,",
    "1,map.csv,Harbor Kids Temple,1 N. Ogden,,312 2262649,harborkids.org",
    "2,map.csv,Harbor Kids - West,99 S Oak St,60608,3122262640,www.harborkids.org",
    "3,map.csv,Zelmar Preschool,12 S Elm St,60608,3122222640,",
    "4,portal.csv,Zelmar Pre-School,12 South Elm,,,",
    "5,portal.csv,Orvix Head Start,77 W Oak St,60608,3122222999,",
  ]);
  expect(together(rows)).toEqual([[2, 3], [4], [5, 6], [7]]);
});

it.each([
  ["record_id,name,addr,city,postcode,tel", 0],
  ["Provider,Location,Town,Postal,Contact number", 1],
  ["id,title,place,plz,ph", 2],
])("finds names and addresses under %s", async (header, shape) => {
  const places = [
    ["Little Angels Day Care Ctr", "6701 S Emerald", "Chicago", "60621", "7735551234"],
    ["Little Angels Family Daycare", "6701 South Emerald Ave", "", "60621", ""],
    ["Little Angels Day Care", "945 W 69th St", "Chicago", "60621", "7735550000"],
    ["Morbach Clinic", "12 Oak St", "Chicago", "60622", "7735550001"],
  ];
  const lines = places.map(([name, street, city, zip, phone], index) =>
    [
      [index, name, street, city, zip, phone],
      [name, street, city, zip, phone],
      [index, name, street, zip, phone],
    ][shape]!.join(","),
  );
  expect(together(await resolved(`shape-${shape}.csv`, [header, ...lines]))).toEqual([[2, 3], [4], [5]]);
});

it("takes names from the column that holds them, and no id for a name", async () => {
  const lines = ["Id,Source,Title", "0,1,Cisco Systems Inc.", "7,2,Cisco", "14,3,Goldman Sachs Group", "21,1,Goldman Sachs"];
  expect(together(await resolved("titles.csv", lines))).toEqual([
    [2, 3],
    [4, 5],
  ]);
});

it("takes the column of names where no header says anything", async () => {
  const lines = ["dataset,label", "a,Harbor Foods Ltd", "b,HARBOR FOODS", "c,Zelmar Motors", "a,Orvix Steel"];
  expect(together(await resolved("labels.csv", lines))).toEqual([[2, 3], [4], [5]]);
  const { code, err } = await here.run("resolve", here.file("numbers.csv", "a,b\n1,2\n3,4\n5,6\n"));
  expect(code).toBe(2);
  expect(err).toContain("no column identifies a company");
});

it("goes by the home's thresholds", async () => {
  const home = join(here.path, "home");
  mkdirSync(join(home, "config"), { recursive: true });
  const settings = join(home, "config", "matching.yaml");
  writeFileSync(settings, "names: {same: 1, review: 0.999}\n");
  const rows = await resolved("strict.csv", ["company", "Cisco Systems Inc.", "Cisco", "Cisco"], "--home", home);
  expect(together(rows)).toEqual([[2], [3, 4]]);
  writeFileSync(settings, "names: {sam: 1}\n");
  const { code, err } = await here.run("resolve", here.file("one.csv", "company\nCisco\n"), "--home", home);
  expect(code).toBe(2);
  expect(err).toContain("config/matching.yaml");
});

it("takes a column of names beside a website that only some rows have", async () => {
  const rows = await resolved("sap.csv", [
    "Kundenname (lt. SAP);www;Bemerkung",
    "Nordlicht Hydraulik GmbH;nordlicht-hydraulik.example;x",
    "Nordlicht Hydraulik;;y",
    "Acme Pumps Inc;acme-pumps.example;",
    '"Acme Pumps, Inc.";;',
    "Borealis Kran;;z",
  ]);
  expect(together(rows)).toEqual([[2, 3], [4, 5], [6]]);
});
