import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { nameAgreesWithDomain, normalizeCompanyName } from "./company-name.ts";
import { companyDomain } from "./domain.ts";

const DATA = process.env.BULLSEYE_DATA ?? resolve(import.meta.dirname, "../../../../../../shared/data");

function table(file: string, delimiter = ","): Record<string, string>[] {
  return parse(readFileSync(join(DATA, file)), { columns: true, bom: true, delimiter, relax_column_count: true });
}

/** Groups of two or more different members that share a key. */
function collisions(pairs: [key: string, member: string][]): string[][] {
  const groups = new Map<string, Set<string>>();
  for (const [key, member] of pairs) groups.set(key, (groups.get(key) ?? new Set()).add(member));
  return [...groups.values()].filter((members) => members.size > 1).map((members) => [...members].sort());
}

const FORTUNE = "fortune1000/Fortune_1000.csv";
describe.skipIf(!existsSync(join(DATA, FORTUNE)))(`on ${FORTUNE} (BULLSEYE_DATA)`, () => {
  const rows = () => table(FORTUNE).map((row) => ({ company: row.company ?? "", website: row.Website ?? "" }));

  it("gives a thousand companies a thousand name keys", () => {
    const keyed = rows().map(({ company }): [string, string] => [normalizeCompanyName(company)?.key ?? "", company]);
    expect(keyed).toHaveLength(1_000);
    expect(keyed.filter(([key]) => key === "")).toEqual([]);
    expect(collisions(keyed)).toEqual([]);
  });

  it("shares a domain only between companies whose websites share it, and leaves social networks without one", () => {
    const keyed = rows().map(({ company, website }): [string, string] => [companyDomain(website) ?? "", company]);
    expect(keyed.filter(([domain]) => domain === "").map(([, company]) => company)).toEqual(["Facebook", "Twitter"]);
    expect(collisions(keyed.filter(([domain]) => domain !== ""))).toEqual([
      ["Raytheon", "Raytheon Technologies"],
      ["Concho Resources", "ConocoPhillips"],
    ]);
  });

  it("sees that most names and domains agree, and that strangers' do not", () => {
    const pairs = rows().map(
      ({ company, website }) => [normalizeCompanyName(company)?.key ?? "", companyDomain(website) ?? ""] as const,
    );
    const agreeing = pairs.filter(([name, domain]) => nameAgreesWithDomain(name, domain)).length;
    const strangers = pairs.filter(([name], i) => nameAgreesWithDomain(name, pairs[(i + 7) % pairs.length]?.[1] ?? "")).length;
    expect(agreeing / pairs.length).toBeGreaterThan(0.85);
    expect(strangers / pairs.length).toBeLessThan(0.005);
  });
});

const SUFFIXES = "ref-legal-suffixes/companies.csv";
describe.skipIf(!existsSync(join(DATA, SUFFIXES)))(`on ${SUFFIXES} (BULLSEYE_DATA)`, () => {
  it("strips a legal form from nearly every registered name", () => {
    const names = readFileSync(join(DATA, SUFFIXES), "utf8")
      .split(/\r?\n/)
      .map((line) => line.split(";")[0] ?? "")
      .filter((name) => name !== "");
    const read = names.map((name) => normalizeCompanyName(name));
    expect(names.filter((_, i) => read[i] === null)).toEqual([]);
    expect(read.filter((name) => name?.legalForm).length / names.length).toBeGreaterThan(0.9);
  });
});
