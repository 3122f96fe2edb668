import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { companyOf, compareCompanies } from "@bullseye/core/resolve/fuzzy/compare-companies";
import { FUZZY_OPTIONS } from "@bullseye/core/resolve/fuzzy/options";
import { Vocabulary } from "@bullseye/core/resolve/fuzzy/vocabulary";
import { normalizeCompanyName } from "@bullseye/core/resolve/keys/company-name";
import { companyDomain } from "@bullseye/core/resolve/keys/domain";
import { parse } from "csv-parse/sync";
import type { LabelledRecord } from "./pair-scores.ts";

/** Where the reference lists are; a set whose files are not there is skipped by name. */
export const DATA = process.env.BULLSEYE_DATA ?? resolve(import.meta.dirname, "../../../shared/data");

export const has = (...files: string[]): boolean => files.every((file) => existsSync(join(DATA, file)));

function table(file: string): Record<string, string>[] {
  const bytes = readFileSync(join(DATA, file));
  return parse(file.endsWith(".gz") ? gunzipSync(bytes) : bytes, {
    columns: true,
    bom: true,
    trim: true,
    relax_column_count: true,
  });
}

/** Which half of a set something belongs to: weights are settled on `dev` and never looked at on `test`. */
export function halfOf(text: string): "dev" | "test" {
  return createHash("sha256").update(text).digest()[0]! % 2 === 0 ? "dev" : "test";
}

const LISTED = {
  fortune: "fortune1000/Fortune_1000.csv",
  sp500: "sp500/constituents.csv",
  financials: "sp500/constituents-financials.csv",
  nasdaq: "nasdaq-listings/nasdaq-listed.csv",
  pdl: "pdl-companies-sample/companies_pdl_share20.csv",
};

export const LISTED_FILES: readonly string[] = Object.values(LISTED);

/** Symbols that meant another company when the older list was written, and lists' own slips. */
const OTHER_BEARER: ReadonlySet<string> = new Set("GEN ECHO SERV".split(" "));

/**
 * Listed companies by name alone, out of five lists; the truth is a shared symbol, registrant number or domain. The same name is one company
 * too (two symbols of one company, rows without a key), but where two domains speak against it.
 */
export function listedCompanies(): LabelledRecord[] {
  const records: Array<{ name: string; keys: string[] }> = [];
  const symbol = (text: string | undefined): string => (text && !OTHER_BEARER.has(text) ? `t:${text.replace(".", "-")}` : "");
  const domain = (text: string | undefined): string => (text && companyDomain(text) ? `d:${companyDomain(text)}` : "");
  for (const row of table(LISTED.fortune)) records.push({ name: row.company!, keys: [symbol(row.Ticker), domain(row.Website)] });
  for (const row of table(LISTED.sp500))
    records.push({ name: row.Security!, keys: [`t:${row.Symbol!.replace(".", "-")}`, `c:${Number(row.CIK)}`] });
  for (const row of table(LISTED.financials)) records.push({ name: row.Name!, keys: [`t:${row.Symbol!.replace(".", "-")}`] });
  for (const row of table(LISTED.nasdaq)) {
    const [name = "", kind] = row["Security Name"]!.split(" - ");
    if (kind && /common|ordinary|depositary/i.test(kind)) records.push({ name, keys: [`t:${row.Symbol}`] });
  }
  for (const row of table(LISTED.pdl)) records.push({ name: row.name!, keys: [domain(row.domain)] });
  const domains = new Map<string, Set<string>>();
  const nameOf = ({ name }: { name: string }): string => normalizeCompanyName(name)?.key ?? name;
  for (const record of records) {
    const known = domains.get(nameOf(record)) ?? new Set();
    for (const key of record.keys) if (key.startsWith("d:")) known.add(key);
    domains.set(nameOf(record), known);
  }
  for (const record of records) if (domains.get(nameOf(record))!.size < 2) record.keys.push(`n:${nameOf(record)}`);
  const parent = new Map<string, string>();
  const find = (key: string): string => {
    let at = key;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const [index, { keys }] of records.entries())
    for (const key of keys) if (key !== "") parent.set(find(key), find(`r:${index}`));
  return records.map(({ name }, index) => ({ name, truth: find(`r:${index}`) }));
}

export const DNB_FILES: readonly string[] = ["er-dnb-names/test_names.csv", "er-dnb-names/adjusted_test_names.csv"];

/** Made-up names and the same with damaged letters, with a country. */
export function damagedNames(): LabelledRecord[] {
  return DNB_FILES.flatMap((file) =>
    table(file).map((row): LabelledRecord => ({ name: row.company_name!, country: row.country, truth: row[""]! })),
  );
}

export const FEBRL_FILE = "er-febrl1/dataset1.csv";

/** People by name and address, each once as meant and once with slips: how addresses compare. */
export function peopleByAddress(): LabelledRecord[] {
  return table(FEBRL_FILE).map(
    (row): LabelledRecord => ({
      name: [row.given_name, row.surname].filter(Boolean).join(" ") || "-",
      street: [row.street_number, row.address_1].filter(Boolean).join(" "),
      city: row.suburb,
      state: row.state,
      postalCode: row.postcode,
      truth: /^rec-(\d+)/.exec(row.rec_id!)![1]!,
    }),
  );
}

export const EMM_FILE = "er-emm-pairs/unittest_sample_namepairs.csv.gz";

/** Pairs of Dutch registered names with whether they are one company. */
export function dutchPairs(): Array<{ a: string; b: string; same: boolean }> {
  return table(EMM_FILE).map((row) => ({ a: row.gt_name!, b: row.name!, same: row.correct === "True" }));
}

/** What each way of telling says of the pairs: resolved, the same normalised name, half of the words shared. */
export function sameInPairs(pairs: ReadonlyArray<{ a: string; b: string }>): Map<string, boolean[]> {
  const names = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]
    .map((name) => companyOf({ name }))
    .filter((company) => company !== null);
  const vocabulary = new Vocabulary(names.map(({ name }) => name));
  const context = { vocabulary, options: FUZZY_OPTIONS, level: "company" as const };
  const weighed = new Map(names.map((company) => [company.record.name, { ...company, name: vocabulary.weigh(company.name) }]));
  const words = (name: string): Set<string> => new Set(name.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return new Map([
    ["resolved", pairs.map(({ a, b }) => compareCompanies(weighed.get(a)!, weighed.get(b)!, context).verdict === "same")],
    ["exact name", pairs.map(({ a, b }) => normalizeCompanyName(a)?.key === normalizeCompanyName(b)?.key)],
    ["token overlap", pairs.map(({ a, b }) => overlapOf(words(a), words(b)) >= 0.5)],
  ]);
}

function overlapOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((word) => b.has(word)).length;
  return both / (a.size + b.size - both);
}
