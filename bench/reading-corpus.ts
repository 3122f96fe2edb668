import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { BASELINES, cellF1 } from "../test/reading/cell-score.ts";
import { InspectReader } from "../test/reading/measure.ts";
import type { Table } from "../test/reading/tables.ts";
import { FAMILY_NAMES, uglyFile } from "../test/reading/ugly-files.ts";

/**
 * How much of ugly files is read right, by family of shapes, as mean cell F1 beside baselines on the same files:
 * `node bench/reading-corpus.ts [files a family] [family] [--worst]`. BULLSEYE_DATA adds tables of real lists.
 */
const count = Number(process.argv[2] ?? 100);
const only = process.argv[3]?.startsWith("--") ? undefined : process.argv[3];
const worst = process.argv.includes("--worst");
const CLEAN = [
  "sp500/constituents.csv",
  "sp500/constituents-financials.csv",
  "fortune1000/Fortune_1000.csv",
  "pdl-companies-sample/companies_pdl_share20.csv",
  "crm-maven/accounts.csv",
  "crm-maven/sales_pipeline.csv",
  "ref-iso3166/all.csv",
  "salvirt-b2b/salvirt_b2b.csv",
  "er-febrl1/dataset1.csv",
];
const data = process.env.BULLSEYE_DATA;
const real: Table[] = CLEAN.map((file) => join(data ?? "", file))
  .filter((path) => data !== undefined && existsSync(path))
  .map((path) => {
    const [header, ...rows] = parse(readFileSync(path), { bom: true }) as string[][];
    return { header: header!, rows };
  });

const reader = new InspectReader();
const totals = new Map<string, number>();
let files = 0;
const names = ["bullseye", ...BASELINES.map(({ name }) => name)];
process.stdout.write(`${"family".padEnd(30)}${names.map((name) => name.padStart(13)).join("")}\n`);
for (const family of FAMILY_NAMES) {
  if (only !== undefined && only !== family) continue;
  const sums = new Map<string, number>(names.map((name) => [name, 0]));
  for (let seed = 0; seed < count; seed++) {
    const { bytes, expected } = uglyFile(family, seed, real);
    files++;
    const scores: Array<[string, number]> = [];
    try {
      scores.push(["bullseye", cellF1(expected, await reader.read(bytes))]);
    } catch (error) {
      if (worst) process.stdout.write(`  seed ${seed}: ${(error as Error).message}\n`);
      scores.push(["bullseye", 0]);
    }
    for (const baseline of BASELINES) {
      try {
        scores.push([baseline.name, cellF1(expected, baseline.read(bytes))]);
      } catch {
        scores.push([baseline.name, 0]);
      }
    }
    if (worst && scores[0]![1] < 0.98) process.stdout.write(`  seed ${seed}: ${scores[0]![1].toFixed(3)}\n`);
    for (const [name, score] of scores) sums.set(name, sums.get(name)! + score);
  }
  for (const [name, sum] of sums) totals.set(name, (totals.get(name) ?? 0) + sum);
  process.stdout.write(
    `${family.padEnd(30)}${names.map((name) => (sums.get(name)! / count).toFixed(3).padStart(13)).join("")}\n`,
  );
}
process.stdout.write(
  `${`all ${files} files`.padEnd(30)}${names.map((name) => (totals.get(name)! / files).toFixed(3).padStart(13)).join("")}\n`,
);
reader.close();
