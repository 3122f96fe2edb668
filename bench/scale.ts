import { rmSync, statfsSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { makeList } from "./make-list.ts";
import { makeOrders } from "./make-orders.ts";
import { type Phase, phasesOf } from "./phases.ts";
import { benchFolder, type Measured, measure } from "./processes.ts";

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
const { folder, clean } = benchFolder("scale");
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
    if (values.phases) for (const phase of phasesOf(home, measured.samples)) print(`            ${phaseLine(phase)}`);
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

function phaseLine({ name, wallSeconds, cpuSeconds, peakBytes }: Phase): string {
  const [wall, cpu] = [wallSeconds, cpuSeconds].map((seconds) => `${seconds.toFixed(1).padStart(7)} s`);
  return `${name.padEnd(22)} ${wall}  cpu ${cpu}  peak ${Math.round(peakBytes / 1e6)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
