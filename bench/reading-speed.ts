import { createReadStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse as parseStream } from "csv-parse";
import { parse as parseSync } from "csv-parse/sync";
import { compileMapper, type RowMapper } from "../packages/core/src/lists/mapping/compile-mapper.ts";
import { mapColumns } from "../packages/core/src/lists/mapping/map-columns.ts";
import { transcoded } from "../packages/core/src/lists/reading/dialect.ts";
import { READING_LIMITS } from "../packages/core/src/lists/reading/limits.ts";
import { readRecords } from "../packages/core/src/lists/reading/record-reader.ts";
import { RangeSplitter, type RecordRange } from "../packages/core/src/lists/reading/split.ts";
import { describeTable } from "../packages/core/src/lists/reading/table.ts";
import { createDigest } from "../packages/local/src/digest.ts";
import { RUN_SETTINGS } from "../packages/local/src/ports.ts";
import { makeList } from "./make-list.ts";
import { makeOrders } from "./make-orders.ts";

/**
 * Reading and mapping on one core, as import-list does it (ranges read and turned into drafts; `cut` adds what split-list does before it), against
 * csv-parse making objects of the same file: `node bench/reading-speed.ts [--rows N] [--rounds N] [--kind accounts|orders]`. All take turns in one
 * process; what counts is the ratio of a round.
 */
type Side = "read and mapped" | "cut, too" | "csv-parse sync" | "csv-parse stream";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "100000" },
    rounds: { type: "string", default: "9" },
    kind: { type: "string" },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
/** As a program reads a file that others made: rows with a cell too many stay. */
const PEER_OPTIONS = { columns: true, bom: true, relax_column_count: true, skip_empty_lines: true } as const;

const folder = mkdtempSync(join(tmpdir(), "bullseye-reading-"));
try {
  for (const kind of ["accounts", "orders"] as const) {
    if (values.kind !== undefined && values.kind !== kind) continue;
    const file = join(folder, `${kind}.csv`);
    (kind === "accounts" ? makeList : makeOrders)(file, rows);
    await compare(kind, file);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function compare(kind: "accounts" | "orders", file: string): Promise<void> {
  const bytes = readFileSync(file);
  const { cut, read } = readerOf(kind, bytes);
  const times: Record<Side, number[]> = { "read and mapped": [], "cut, too": [], "csv-parse sync": [], "csv-parse stream": [] };
  for (let round = 0; round <= rounds; round++) {
    let ranges: RecordRange[] = [];
    const cutting = await seconds(() => {
      ranges = cut();
      return rows;
    });
    const reading = await seconds(() => read(ranges));
    const sync = await seconds(() => parseSync(bytes, PEER_OPTIONS).length);
    const stream = await seconds(() => streamed(file));
    // The first round warms up.
    if (round === 0) continue;
    times["read and mapped"].push(reading);
    times["cut, too"].push(cutting + reading);
    times["csv-parse sync"].push(sync);
    times["csv-parse stream"].push(stream);
  }
  const mb = bytes.length / 1e6;
  process.stdout.write(
    `${kind}: ${rows.toLocaleString("en-US")} rows, ${mb.toFixed(1)} MB; median of ${rounds} rounds, load ${loadavg()[0]!.toFixed(1)}\n`,
  );
  for (const side of ["read and mapped", "cut, too", "csv-parse sync", "csv-parse stream"] as const) {
    const middle = median(times[side]);
    const against = (ours: Side): string => {
      const ratios = times[side].map((each, round) => each / times[ours][round]!).sort((a, b) => a - b);
      return `${median(ratios).toFixed(2)} (${ratios[0]!.toFixed(2)} to ${ratios.at(-1)!.toFixed(2)})`;
    };
    const ratio = side.startsWith("csv") ? `  ratio ${against("read and mapped")}, to cutting too ${against("cut, too")}` : "";
    process.stdout.write(
      `  ${side.padEnd(18)}${(rows / middle / 1e3).toFixed(0).padStart(6)} k rows/s ${(mb / middle).toFixed(0).padStart(5)} MB/s${ratio}\n`,
    );
  }
}

function readerOf(
  kind: "accounts" | "orders",
  bytes: Buffer,
): { cut: () => RecordRange[]; read: (ranges: RecordRange[]) => number } {
  const head = bytes.subarray(0, READING_LIMITS.headBytes);
  const shape = describeTable(head, bytes.subarray(-READING_LIMITS.tailBytes), bytes.length);
  const source = { origin: "first-party" as const };
  const mapping = mapColumns({ header: shape.header, sample: shape.rows, kind, fileName: `${kind}.csv`, source, answers: null });
  const { keyed: hash, sha256 } = createDigest("bench");
  const dialect = transcoded(shape.dialect);
  const encoding = dialect.encoding === "windows-1252" ? ("windows-1252" as const) : ("utf-8" as const);
  const readable = { ...dialect, encoding };
  return {
    cut() {
      const ranges: RecordRange[] = [];
      const splitter = new RangeSplitter(dialect, { targetBytes: RUN_SETTINGS.rangeBytes }, (range) => ranges.push(range));
      splitter.push(bytes);
      splitter.end();
      return ranges;
    },
    read(ranges) {
      const mapper: RowMapper = compileMapper(mapping, { source, hash, sha256, list: kind });
      // The header is a record too.
      let drafts = -1;
      for (const { start, end } of ranges)
        readRecords(bytes.subarray(start, end), readable, (cells) => {
          mapper(cells);
          drafts++;
        });
      return drafts;
    },
  };
}

async function streamed(file: string): Promise<number> {
  let records = 0;
  const parser = createReadStream(file).pipe(parseStream(PEER_OPTIONS));
  parser.on("readable", () => {
    while (parser.read() !== null) records++;
  });
  await new Promise((resolve, reject) => parser.on("end", resolve).on("error", reject));
  return records;
}

/** Seconds of this process's processor time (not of the clock: the machine may be busy). */
async function seconds(run: () => number | Promise<number>): Promise<number> {
  const before = process.threadCpuUsage();
  if ((await run()) !== rows) throw new Error("the readers disagree on the number of rows");
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1e6;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
