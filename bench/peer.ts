import { createReadStream } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { parse } from "csv-parse";
import { Engine, type RuleProperties } from "json-rules-engine";
import { z } from "zod";

/**
 * What a good developer writes in an afternoon for the same visible job, with well-known libraries in one process:
 * csv-parse -> zod -> normalise -> json-rules-engine -> SQLite, upserted by domain. `node bench/peer.ts FILE DATABASE` prints JSON.
 */
const [file, database] = process.argv.slice(2);
if (file === undefined || database === undefined) {
  process.stderr.write("usage: node bench/peer.ts FILE DATABASE\n");
  process.exit(2);
}
const TRANSACTION_ROWS = 1000;
const AS_OF = Date.UTC(2026, 10, 20);
const DAY = 86_400_000;

const amount = z
  .string()
  .transform((text) => Number(text.replace(/[,\s$]/g, "")))
  .transform((value) => (value > 0 ? value : null));
const text = z.string().transform((value) => (/^(?:n\/a|-|null|none|unknown)?$/i.test(value.trim()) ? null : value.trim()));

const Row = z.object({
  "Account ID": text,
  "Account Name": text,
  Website: text,
  Industry: text,
  Employees: amount,
  "Annual Revenue (USD)": amount,
  Ownership: text,
  "Billing Street": text,
  "Billing City": text,
  "Billing Zip/Postal Code": text,
  "Billing Country": text,
  "LinkedIn Company Page": text,
  "Year Founded": amount,
  "Account Owner": text,
  "Last Activity": text,
});

const REGIONS: Record<string, string> = {
  Germany: "EU",
  France: "EU",
  Netherlands: "EU",
  "United Kingdom": "UK",
  "United States": "NA",
  Canada: "NA",
  Japan: "APAC",
  Brazil: "LATAM",
};

type Condition = { fact: string; operator: string; value: unknown };
const is = (fact: string, operator: string, value: unknown): Condition => ({ fact, operator, value });
const between = (fact: string, from: number, below: number): Condition[] => [
  is(fact, "greaterThanInclusive", from),
  is(fact, "lessThan", below),
];
const rule = (type: string, points: number, ...all: Condition[]): RuleProperties => ({
  conditions: { all },
  event: { type, params: { points } },
});

/** In the spirit of the example profile: bands, maps and a disqualification. */
const RULES: RuleProperties[] = [
  rule("industry-core", 14, is("industry", "in", ["Manufacturing", "Retail", "Hospitality", "Healthcare"])),
  rule("industry-near", 8, is("industry", "in", ["Wholesale", "Construction", "Education"])),
  rule("industry-far", 4, is("industry", "in", ["Finance", "Technology", "Consulting", "Transportation"])),
  rule("size-small", 3, ...between("employees", 10, 50)),
  rule("size-medium", 9, ...between("employees", 50, 250)),
  rule("size-large", 14, ...between("employees", 250, 10_000)),
  rule("size-enterprise", 12, is("employees", "greaterThanInclusive", 10_000)),
  rule("revenue-medium", 7, ...between("revenue", 10e6, 50e6)),
  rule("revenue-large", 10, is("revenue", "greaterThanInclusive", 50e6)),
  rule("market", 8, is("region", "in", ["NA", "EU", "UK"])),
  rule("recent-activity", 5, is("daysSinceActivity", "lessThanInclusive", 60)),
  rule(
    "one-person",
    0,
    is("employees", "lessThanInclusive", 1),
    is("employees", "greaterThan", 0),
    is("revenue", "lessThanInclusive", 1e6),
  ),
];

function domainOf(website: string | null): string | null {
  if (website === null) return null;
  const host = website
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/^www\./, "")
    .split("/")[0]!;
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(host) ? host : null;
}

const db = new DatabaseSync(database);
db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  CREATE TABLE accounts (key TEXT PRIMARY KEY, name TEXT, country TEXT, industry TEXT, employees REAL, revenue REAL, ownership TEXT, street TEXT,
    city TEXT, zip TEXT, linkedin TEXT, founded REAL, owner TEXT, lastActivity TEXT, score REAL, tier TEXT, rows INTEGER);
  CREATE INDEX accounts_name ON accounts (name, country);`);
const byName = db.prepare("SELECT key FROM accounts WHERE name = ? AND country = ? LIMIT 1");
const upsert = db.prepare(`INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
  ON CONFLICT (key) DO UPDATE SET industry = coalesce(industry, excluded.industry), employees = coalesce(employees, excluded.employees),
    revenue = coalesce(revenue, excluded.revenue), linkedin = coalesce(linkedin, excluded.linkedin), lastActivity = max(lastActivity, excluded.lastActivity),
    score = max(score, excluded.score), tier = min(tier, excluded.tier), rows = rows + 1`);

const engine = new Engine(RULES, { allowUndefinedFacts: true });
const started = performance.now();
let rows = 0;
let rejected = 0;
let open = 0;

const parser = createReadStream(file).pipe(parse({ columns: true, relax_column_count: true, bom: true, skip_empty_lines: true }));
for await (const record of parser) {
  rows++;
  const parsed = Row.safeParse(record);
  const domain = parsed.success ? domainOf(parsed.data.Website) : null;
  if (!parsed.success || (domain === null && parsed.data["Account Name"] === null)) {
    rejected++;
    continue;
  }
  const row = parsed.data;
  const country = row["Billing Country"] ?? "";
  const activity = row["Last Activity"];
  const { events } = await engine.run({
    industry: row.Industry,
    employees: row.Employees ?? 0,
    revenue: row["Annual Revenue (USD)"] ?? 0,
    region: REGIONS[country] ?? null,
    daysSinceActivity: activity === null ? 10_000 : (AS_OF - Date.parse(activity)) / DAY,
  });
  let points = 0;
  let disqualified = false;
  for (const event of events) {
    points += event.params!.points as number;
    disqualified ||= event.type === "one-person";
  }
  const score = Math.round((points / 51) * 100);
  const tier = disqualified ? "X" : score >= 70 ? "A" : score >= 55 ? "B" : score >= 35 ? "C" : "D";
  const name = row["Account Name"];
  const key =
    domain ?? (byName.get(name, country) as { key: string } | undefined)?.key ?? `name:${name!.toLowerCase()}|${country}`;
  if (open === 0) db.exec("BEGIN");
  upsert.run(
    key,
    name,
    country,
    row.Industry,
    row.Employees,
    row["Annual Revenue (USD)"],
    row.Ownership,
    row["Billing Street"],
    row["Billing City"],
    row["Billing Zip/Postal Code"],
    row["LinkedIn Company Page"],
    row["Year Founded"],
    row["Account Owner"],
    activity,
    score,
    tier,
  );
  if (++open === TRANSACTION_ROWS) {
    db.exec("COMMIT");
    open = 0;
  }
}
if (open > 0) db.exec("COMMIT");

const seconds = (performance.now() - started) / 1000;
const tiers: Record<string, number> = {};
for (const row of db.prepare("SELECT tier, count(*) AS n FROM accounts GROUP BY tier ORDER BY tier").all()) {
  tiers[row.tier as string] = row.n as number;
}
const accounts = Object.values(tiers).reduce((sum, n) => sum + n, 0);
db.close();
const result = {
  rows,
  rejected,
  accounts,
  tiers,
  seconds: Math.round(seconds * 100) / 100,
  rowsPerSecond: Math.round(rows / seconds),
  peakRssBytes: process.resourceUsage().maxRSS * 1024,
};
process.stdout.write(`${JSON.stringify(result)}\n`);
