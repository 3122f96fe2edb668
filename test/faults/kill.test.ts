import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { RunRecord } from "@bullseye/core/ledger/records";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findNode24, NODE_FLAGS } from "../../scripts/node24.mjs";
import { differences, type Everything, everythingOf, leftovers, storeContent } from "../workflow/store-content.ts";

const ROWS = 20_000;
const CUSTOMERS = 4_000;
/** Kills by default, and with BULLSEYE_LONG=1. */
const KILLS = process.env.BULLSEYE_LONG ? 20 : 6;
const KILLS_PER_RUN = process.env.BULLSEYE_LONG ? 4 : 3;
const SEED = 20_261_120;
const SCRIPT = fileURLToPath(new URL("run-lists.ts", import.meta.url));

const directory = mkdtempSync(join(tmpdir(), "bullseye-kill-"));
const lists = { accounts: join(directory, "crm.csv"), orders: join(directory, "shop.csv") };

const AUDIENCES = `
audiences:
  - { id: large, name: Large, platform: linkedin, mode: file, include: { employees: { atLeast: 100 } } }
  - { id: buyers, name: Buyers, platform: linkedin, mode: file, include: { transactions.orders: { atLeast: 1 } } }
`;

/** Numbers that look random and are the same every time. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** Accounts with every way in which rows belong together, and with rows that cannot be used. */
function writeLists(): void {
  const next = sequence(SEED);
  const rows = ["Customer ID,Company,Website,LinkedIn,Country,Employees,Industry"];
  const trades = ["Manufacturing", "Retail", "Hospitality", "Finance", "Wholesale"];
  for (let row = 0; row < ROWS; row++) {
    const n = next(ROWS);
    const id = n < CUSTOMERS && next(2) === 0 ? `C${n}` : "";
    const name = next(3) === 0 ? `COMPANY NO ${n} GmbH` : `Company No ${n}`;
    const domain = next(3) === 0 ? "" : `www.c${n}.example`;
    const page = n % 3 === 0 && next(2) === 0 ? `linkedin.com/company/c${n}` : "";
    const dirt = next(100);
    if (dirt === 0) rows.push(",,,,,,");
    else if (dirt === 1) rows.push("N/A,-,,,,12,Retail");
    else if (dirt === 2) rows.push(`${id},${name},${domain},${page},DE,1,Retail,more,cells`);
    else rows.push(`${id},${name},${domain},${page},${n % 5 === 0 ? "" : "DE"},${1 + next(900)},${trades[n % 5]}`);
  }
  writeFileSync(lists.accounts, `${rows.join("\n")}\n`);
  const orders = ["Order ID,Customer ID,Order Date,SKU,Quantity,Unit Price"];
  for (let order = 0; order < 1_500; order++) {
    const day = `2026-0${1 + next(9)}-1${next(9)}`;
    for (let line = next(3); line >= 0; line--)
      orders.push(`O${order},C${(order * 7) % CUSTOMERS},${day},s${line},${1 + next(20)},${5 + next(50)}.50`);
  }
  orders.push("O-none,,2026-01-01,s1,1,1.00");
  writeFileSync(lists.orders, `${orders.join("\n")}\n`);
}

function begin(home: string): ChildProcess {
  const node = findNode24();
  if (!node) throw new Error("no Node 24");
  return spawn(node, [...NODE_FLAGS, SCRIPT, home, `accounts=${lists.accounts}`, `orders=${lists.orders}`], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

interface Ended {
  lines: number;
  last: string;
  killed: boolean;
}

/** Runs the script to its end, or kills it when it has told `after` lines and a moment more has gone by. */
async function run(home: string, after = Number.POSITIVE_INFINITY, moment = 0): Promise<Ended> {
  const child = begin(home);
  let lines = 0;
  let last = "";
  let rest = "";
  let errors = "";
  let doomed = false;
  const doom = async (): Promise<void> => {
    doomed = true;
    await delay(moment);
    child.kill("SIGKILL");
  };
  child.stdout!.setEncoding("utf8").on("data", (text: string) => {
    const told = (rest + text).split("\n");
    rest = told.pop()!;
    lines += told.length;
    last = told.at(-1) ?? last;
    if (lines >= after && !doomed) void doom();
  });
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.once("close", (...ended: [number | null, string | null]) => resolve(ended)),
  );
  if (signal !== "SIGKILL" && code !== 0) throw new Error(`ended with ${code} after "${last}": ${errors}`);
  return { lines, last, killed: signal === "SIGKILL" };
}

function newHome(name: string): string {
  const home = join(directory, name);
  const config = join(home, "config", "audiences.yaml");
  mkdirSync(dirname(config), { recursive: true });
  writeFileSync(config, AUDIENCES);
  return home;
}

const runsOf = (home: string): RunRecord[] =>
  storeContent(home).runs!.map((row) => JSON.parse(row.slice(row.indexOf("{"))) as RunRecord);

/** How many rows of a run ended in each class, by its ledger objects alone. */
function ledgerClasses(home: string, runId: string, files: Readonly<Record<string, string>>): Record<string, number> {
  const classes: Record<string, number> = {};
  for (const path of Object.keys(files)) {
    if (!path.startsWith(`objects/ledger/${runId}/`)) continue;
    for (const line of gunzipSync(readFileSync(join(home, path)))
      .toString("utf8")
      .split("\n")) {
      if (line === "") continue;
      const [row, outcome] = JSON.parse(line) as [number, string];
      if (row > 0) classes[outcome] = (classes[outcome] ?? 0) + 1;
    }
  }
  return classes;
}

beforeAll(writeLists);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe("a process that is killed, and the same command again", () => {
  let whole: Everything;
  let lines = 0;

  test("runs through without being killed", async () => {
    const home = newHome("whole");
    ({ lines } = await run(home));
    whole = everythingOf(home);
    expect(lines).toBeGreaterThan(150);
    expect(leftovers(home)).toEqual([]);
    const runs = runsOf(home);
    expect(runs.map((each) => [each.list, each.status, each.balanced]).sort()).toEqual([
      ["crm", "done", true],
      ["shop", "done", true],
    ]);
    for (const each of runs) {
      const rows = each.rows!;
      const { in: all, ...classes } = rows;
      expect(Object.values(classes).reduce((sum, n) => sum + n)).toBe(all);
      const zeroes = { accepted: 0, merged: 0, rejected: 0, blank: 0, footer: 0 };
      expect({ ...zeroes, ...ledgerClasses(home, each.runId, whole.files) }).toEqual(classes);
    }
    expect(runs.find((each) => each.list === "crm")!.rows!.in).toBe(ROWS);
    expect(Object.keys(whole.files).filter((path) => /^outbox\/linkedin\/(large|buyers)\/.*\.csv$/.test(path))).toHaveLength(2);
    expect(whole.store.members!.length).toBeGreaterThan(1_000);
    expect(whole.store.wants!.length).toBeGreaterThan(1_000);
  }, 120_000);

  test(`ends the same after ${KILLS} kills spread over the run`, async () => {
    const next = sequence(SEED + 1);
    let kills = 0;
    const where: string[] = [];
    for (let number = 0; kills < KILLS; number++) {
      const home = newHome(`killed-${number}`);
      // Shares of the whole at which this run is killed; over all runs they fall everywhere.
      const shares = Array.from({ length: KILLS_PER_RUN }, (_, index) => (index + next(1_000) / 1_000) / KILLS_PER_RUN);
      let done = 0;
      for (const share of shares) {
        const ended = await run(home, Math.max(1, Math.round(lines * share) - done), next(40));
        if (!ended.killed) break;
        kills++;
        where.push(ended.last);
        done += ended.lines;
      }
      await run(home);
      expect(differences(everythingOf(home), whole), `killed at: ${where.slice(-KILLS_PER_RUN).join("; ")}`).toEqual([]);
      expect(leftovers(home)).toEqual([]);
      rmSync(home, { recursive: true, force: true });
    }
    expect(kills).toBeGreaterThanOrEqual(KILLS);
  }, 600_000);
});
