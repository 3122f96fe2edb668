import { rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeList } from "./make-list.ts";
import { benchFolder, type Measured, measure } from "./processes.ts";

/** Rows a second and peak memory of a whole run, against the straightforward peer, one after the other on the same list: `npm run bench`. */
const DEFAULT_ROWS = "200000,1000000";
const USAGE = "usage: npm run bench -- [--rows N,N] [--workers N] [--seed N] [--only peer|bullseye]";
const PEER = fileURLToPath(new URL("peer.ts", import.meta.url));
const BULLSEYE = fileURLToPath(new URL("../packages/cli/bin/bullseye.mjs", import.meta.url));

const options = readOptions();
const { folder, clean } = benchFolder("bench");
try {
  print(
    `Node ${process.version}, ${process.platform}-${process.arch}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? "unknown"}`,
  );
  for (const rows of options.sizes) await benchSize(rows);
} finally {
  clean();
}

async function benchSize(rows: number): Promise<void> {
  const file = join(folder, `accounts-${rows}.csv`);
  const list = makeList(file, rows, options.seed);
  print(
    `\n${count(rows)} rows, ${(list.bytes / 1e6).toFixed(0)} MB (${count(list.duplicates)} repeat a domain, ${count(list.nameOnly)} a name, ${count(list.dirty)} dirty)`,
  );
  print(
    `${"".padEnd(10)}${"wall".padStart(10)}${"cpu".padStart(10)}${"rows/s".padStart(12)}${"peak memory".padStart(14)}${"accounts".padStart(12)}`,
  );
  let peer: number | null = null;
  if (options.only !== "bullseye")
    peer = report("peer", rows, await measure(process.execPath, [PEER, file, join(folder, "peer.db")]));
  rmSync(join(folder, "peer.db"), { force: true });
  if (options.only === "peer") return rmSync(file);
  const home = join(folder, "home");
  const workers = options.workers === undefined ? [] : ["--workers", options.workers];
  const args = [BULLSEYE, "run", file, "--kind", "accounts", "--home", home, "--json", "--quiet", ...workers];
  const bullseye = report("bullseye", rows, await measure(process.execPath, args));
  if (peer !== null && bullseye !== null) print(`${"ratio".padEnd(10)}${`${(peer / bullseye).toFixed(1)} x`.padStart(10)}`);
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  rmSync(file);
}

/** Prints one line of the table; gives the wall seconds, null (and a failing exit) when the command failed or did not see every row. */
function report(name: string, rows: number, measured: Measured): number | null {
  const seen = measured.code === 0 ? readResult(measured.stdout) : null;
  if (seen === null || seen.rows !== rows) {
    print(
      `${name.padEnd(10)} failed: ${seen === null ? `exit ${measured.code}; ${complaint(measured)}` : `it read ${count(seen.rows)} rows`}`,
    );
    process.exitCode = 1;
    return null;
  }
  const { wallSeconds, cpuSeconds, peakBytes } = measured;
  const peak = peakBytes ?? seen.peakBytes;
  print(
    `${name.padEnd(10)}${`${wallSeconds.toFixed(1)} s`.padStart(10)}${(cpuSeconds === null ? "?" : `${cpuSeconds.toFixed(1)} s`).padStart(10)}${count(Math.round(rows / wallSeconds)).padStart(12)}${(peak === null ? "?" : `${Math.round(peak / 1e6)} MB`).padStart(14)}${count(seen.accounts).padStart(12)}`,
  );
  return wallSeconds;
}

/** The one line that says why: the command's own error, else the first line of its standard error that looks like one. */
function complaint({ stdout, stderr }: Measured): string {
  try {
    const { message, hint } = JSON.parse(stdout).error;
    return hint === undefined ? message : `${message}; ${hint}`;
  } catch {
    const lines = stderr.trim().split("\n");
    return lines.find((line) => /error/i.test(line)) ?? lines.at(-1) ?? "";
  }
}

interface Seen {
  rows: number;
  accounts: number;
  /** As the command itself reports it. */
  peakBytes: number | null;
}

/** What either command prints: the peer's own object, or `bullseye run --json`. */
function readResult(stdout: string): Seen | null {
  try {
    const value = JSON.parse(stdout);
    if (typeof value.rows === "number") return { rows: value.rows, accounts: value.accounts, peakBytes: value.peakRssBytes };
    const run = value.runs[0];
    if (run.balanced !== true) return null;
    return { rows: run.rows.in, accounts: run.accounts.created, peakBytes: null };
  } catch {
    return null;
  }
}

function readOptions(): { sizes: number[]; seed: number; workers?: string; only?: string } {
  try {
    const { values } = parseArgs({
      options: {
        rows: { type: "string", default: DEFAULT_ROWS },
        seed: { type: "string", default: "1" },
        workers: { type: "string" },
        only: { type: "string" },
      },
    });
    const sizes = values.rows.split(",").map((size) => Number(size.replaceAll("_", "")));
    const whole = [...sizes, Number(values.seed), Number(values.workers ?? 1)].every((n) => Number.isInteger(n) && n > 0);
    if (!whole || (values.only !== undefined && !["peer", "bullseye"].includes(values.only)))
      throw new Error("not a number of rows");
    return { sizes, seed: Number(values.seed), workers: values.workers, only: values.only };
  } catch {
    process.stderr.write(`${USAGE}\n`);
    return process.exit(2);
  }
}

function count(n: number): string {
  return n.toLocaleString("en-US");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
