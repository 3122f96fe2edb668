import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import { usd, usdText } from "@bullseye/core/cost/amount";
import { type Cost, costOf } from "@bullseye/core/cost/cost-of";
import type { Usage } from "@bullseye/core/cost/meter";
import { PRICES } from "@bullseye/core/cost/prices";
import { usageOfRun } from "@bullseye/core/cost/usage-objects";
import { Home } from "@bullseye/local";
import { surroundings } from "../packages/cli/src/surroundings.ts";
import { makeList } from "./make-list.ts";

/**
 * What a first import with one audience costs on AWS, counted by the ports of a laptop at several sizes, and what that says of a million
 * accounts: `node scripts/node24.mjs bench/cost.ts [--rows N,N] [--workers N]`.
 */
const DEFAULT_ROWS = "10000,100000,200000";
const MILLION = 1_000_000;
/** What a million accounts may cost [design]. */
const GOAL_USD = 2.5;
const SURROUNDINGS = new URL("../packages/cli/src/surroundings.ts", import.meta.url).href;
const AUDIENCES = `
audiences:
  - { id: best-accounts, name: Best accounts, platform: linkedin, mode: file, include: { tiers: [A] } }
`;

interface Priced {
  rows: number;
  accounts: number;
  members: number;
  usage: Usage;
  cost: Cost;
}

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: DEFAULT_ROWS },
    workers: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const sizes = values.rows.split(",").map((size) => Number(size.replaceAll("_", "")));
if (sizes.some((size) => !Number.isInteger(size) || size < 1)) {
  process.stderr.write("usage: bench/cost.ts [--rows N,N] [--workers N] [--seed N]\n");
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "bullseye-cost-"));
try {
  print(`List prices of ${PRICES.date} in ${PRICES.region}; a first import with one audience, its file written.`);
  const priced: Priced[] = [];
  for (const rows of sizes) priced.push(await price(rows));
  for (const each of priced) show(each);
  if (priced.length > 1) extrapolate(priced);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Runs a made list in a home of its own, lets its audience go, and prices what was counted. */
async function price(rows: number): Promise<Priced> {
  const file = join(folder, `accounts-${rows}.csv`);
  const path = join(folder, `home-${rows}`);
  makeList(file, rows, Number(values.seed));
  mkdirSync(join(path, "config"), { recursive: true });
  writeFileSync(join(path, "config", "audiences.yaml"), AUDIENCES);
  const workers = values.workers === undefined ? undefined : Number(values.workers);
  const home = new Home(path, { surroundings, surroundingsModule: SURROUNDINGS, workers, asOf: "2026-11-20" });
  try {
    const drop = await home.prepare({ file, kind: "accounts", origin: "first-party" });
    const { run } = await home.run(drop);
    for (const { planHash } of await waitingPlans(home.ports)) await approvePlan(home.ports, planHash);
    await queueApproved(home.ports);
    const delivered = await home.deliver(run);
    const usage = await usageOfRun(home.ports, delivered);
    if (!usage || run.balanced !== true) throw new Error(`the run of ${rows} rows was not counted`);
    const members = delivered.audiences?.[0]?.exported ?? 0;
    return { rows, accounts: run.accounts!.created, members, usage, cost: costOf(usage) };
  } finally {
    await home.close();
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    rmSync(file);
  }
}

function show({ rows, accounts, members, cost }: Priced): void {
  const perMillion = (amount: bigint): string => `${((usd(amount) / accounts) * MILLION).toFixed(3)} USD`;
  print(`\n${count(rows)} rows, ${count(accounts)} accounts, ${count(members)} members: ${usdText(cost.amount)}`);
  print(`${"".padEnd(58)}${"units".padStart(12)}${"a million accounts".padStart(22)}`);
  for (const { service, amount, lines } of cost.services) {
    print(`${service.padEnd(70)}${perMillion(amount).padStart(22)}`);
    for (const line of lines)
      print(`  ${line.what.padEnd(56)}${count(Math.round(line.quantity)).padStart(12)}${perMillion(line.amount).padStart(22)}`);
  }
  print(`${"in all".padEnd(70)}${perMillion(cost.amount).padStart(22)}`);
}

/** The straight line through the totals, how straight they lie, and where it is at a million accounts. */
function extrapolate(priced: readonly Priced[]): void {
  const points = priced.map(({ accounts, cost }): [number, number] => [accounts, usd(cost.amount)]);
  const { slope, intercept, r2 } = line(points);
  const million = intercept + slope * MILLION;
  print(`\ncost = ${intercept.toFixed(4)} USD + ${(slope * MILLION).toFixed(3)} USD a million accounts; R² ${r2.toFixed(5)}`);
  for (const [accounts, cost] of points)
    print(
      `  ${count(accounts).padStart(9)} accounts: ${cost.toFixed(4)} USD, ${((cost / accounts) * MILLION).toFixed(3)} a million`,
    );
  print(`${count(MILLION)} accounts: ${million.toFixed(2)} USD; the goal is ${GOAL_USD.toFixed(2)} USD`);
  if (million > GOAL_USD) process.exitCode = 1;
}

/** Least squares. */
function line(points: ReadonlyArray<[number, number]>): { slope: number; intercept: number; r2: number } {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (of: (dx: number, dy: number) => number): number =>
    points.reduce((total, point) => total + of(point[0] - x, point[1] - y), 0);
  const slope = sum((dx, dy) => dx * dy) / sum((dx) => dx * dx);
  const residual = points.reduce((total, [px, py]) => total + (py - y - slope * (px - x)) ** 2, 0);
  return { slope, intercept: y - slope * x, r2: 1 - residual / sum((_, dy) => dy * dy) };
}

function count(n: number): string {
  return n.toLocaleString("en-US");
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
