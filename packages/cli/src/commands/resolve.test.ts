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
