import { mkdtempSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeList } from "./make-list.ts";
import { makeOrders } from "./make-orders.ts";
import { type Measured, measure, type Sample, stopAll } from "./processes.ts";

/**
 * Whether memory stays flat and time linear: whole runs (`bullseye run`) of lists of accounts and of order lines at several sizes, a process each:
 * `node bench/scale.ts --rows 200000,1000000,5000000 [--kind accounts|orders] [--workers N] [--phases]`. Peak memory is that of the process with its
 * workers and the small one that started it; processor time counts beside the clock because the machine may be busy.
 */
const BULLSEYE = fileURLToPath(new URL("../packages/cli/bin/bullseye.mjs", import.meta.url));
/** Room on disk for a row: the file, its copy, what is on its way between partitions, the store and its journal [design]. */
const DISK_BYTES_A_ROW = 4_000;

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "200000,1000000,5000000" },
    kind: { type: "string" },
    workers: { type: "string" },
    phases: { type: "boolean", default: false },
  },
});
const sizes = values.rows.split(",").map(Number);
const folder = mkdtempSync(join(tmpdir(), "bullseye-scale-"));
const clean = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    stopAll();
    clean();
    process.exit(130);
  });
try {
  for (const kind of ["accounts", "orders"] as const)
    if (values.kind === undefined || values.kind === kind) await measureKind(kind);
} finally {
  clean();
}

/** One size of the table. */
interface Line {
  rows: number;
  wall: number;
  cpu: number;
  peak: number;
}

async function measureKind(kind: "accounts" | "orders"): Promise<void> {
  print(`\n${kind}; Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model.trim() ?? "unknown"}`);
  print(
    `      rows      wall    rows/s       cpu  us of cpu/row  peak memory   against the smallest: rows/s, cpu/row, memory   load`,
  );
  let first: Line | null = null;
  for (const rows of sizes) {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail * bsize < rows * DISK_BYTES_A_ROW) throw new Error(`${rows} rows need more room in ${folder} than there is`);
    const file = join(folder, `${kind}.csv`);
    (kind === "accounts" ? makeList : makeOrders)(file, rows);
    const home = join(folder, "home");
    const workers = values.workers === undefined ? [] : ["--workers", values.workers];
    const args = [BULLSEYE, "run", file, "--kind", kind, "--home", home, "--json", "--quiet", ...workers];
    const measured = await measure(process.execPath, args);
    const line = lineOf(rows, measured);
    first ??= line;
    const column = (text: string, width: number): string => text.padStart(width);
    print(
      column(rows.toLocaleString("en-US"), 10) +
        column(`${line.wall.toFixed(1)} s`, 10) +
        column(Math.round(rows / line.wall).toLocaleString("en-US"), 10) +
        column(`${line.cpu.toFixed(1)} s`, 10) +
        column(((line.cpu / rows) * 1e6).toFixed(1), 15) +
        column(`${Math.round(line.peak / 1e6)} MB`, 13) +
        column((rows / line.wall / (first.rows / first.wall)).toFixed(2), 33) +
        column((line.cpu / rows / (first.cpu / first.rows)).toFixed(2), 9) +
        column((line.peak / first.peak).toFixed(2), 8) +
        column(loadavg()[0]!.toFixed(1), 7),
    );
    if (values.phases) for (const phase of phasesOf(home, measured.samples)) print(`            ${phase}`);
    rmSync(home, { recursive: true, force: true, maxRetries: 3 });
    rmSync(file);
  }
}

function lineOf(rows: number, { code, stdout, stderr, wallSeconds, cpuSeconds, peakBytes }: Measured): Line {
  const run = code === 0 ? JSON.parse(stdout).runs[0] : null;
  if (run?.balanced !== true || run.rows.in !== rows) throw new Error(`the run of ${rows} rows failed: ${stdout} ${stderr}`);
  if (cpuSeconds === null || peakBytes === null) throw new Error("this needs /proc, as Linux has it");
  return { rows, wall: wallSeconds, cpu: cpuSeconds, peak: peakBytes };
}

/** What a run did from when on, by the objects that its operations leave beside it: `<operation>-<task>-<begun, base 36>.json`. */
function phasesOf(home: string, samples: readonly Sample[]): string[] {
  const runs = join(home, "objects", "runs");
  const begun = new Map<string, number>([["starting", samples[0]?.at ?? 0]]);
  for (const run of readdirSync(runs))
    for (const name of ["usage", "late-usage"].flatMap((each) => readdirSync(join(runs, run, each)))) {
      const [, operation, round, at] = /^([a-z-]+?)(?:-\d+(-\d+)?)?-([a-z0-9]{8})\.json$/.exec(name) ?? [];
      if (operation === undefined) continue;
      const phase = operation === "enrich-partition" ? `resolve, round ${round?.slice(1)}` : operation;
      const from = Number.parseInt(at!, 36);
      if (from < (begun.get(phase) ?? Number.POSITIVE_INFINITY)) begun.set(phase, from);
    }
  const phases = [...begun].sort((a, b) => a[1] - b[1]);
  return phases.map(([name, from], index) => {
    const to = phases[index + 1]?.[1] ?? Number.POSITIVE_INFINITY;
    const within = samples.filter(({ at }) => at >= from && at < to);
    const ended = within.at(-1) ?? { at: from, cpuSeconds: 0 };
    const before = samples.findLast(({ at }) => at < from)?.cpuSeconds ?? 0;
    const peak = within.reduce((most, { residentBytes }) => Math.max(most, residentBytes), 0);
    const wall = (Math.min(to, ended.at) - from) / 1000;
    return `${name.padEnd(22)} ${wall.toFixed(1).padStart(7)} s  cpu ${Math.max(0, ended.cpuSeconds - before)
      .toFixed(1)
      .padStart(7)} s  peak ${Math.round(peak / 1e6)} MB`;
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
