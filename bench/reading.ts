import { parse } from "csv-parse/sync";
import { readRecords } from "../packages/core/src/lists/reading/record-reader.ts";
import { RangeSplitter } from "../packages/core/src/lists/reading/split.ts";

/** Reading speed on one core against csv-parse, as a ratio in the same run: `node bench/reading.ts [rows]`. */
const rows = Number(process.argv[2] ?? 60_000);
const dialect = {
  encoding: "utf-8",
  delimiter: ",",
  quote: '"',
  escape: "double",
  bomBytes: 0,
  headerRow: 1,
  headerRows: 1,
  preambleRows: 0,
} as const;

const shapes: Record<string, (i: number) => string[]> = {
  plain: (i) => line(i),
  "one quoted cell": (i) => line(i).map((cell, j) => (j === 1 ? `"${cell}, Inc."` : cell)),
  "all quoted": (i) => line(i).map((cell) => `"${cell}"`),
  "not ASCII": (i) => line(i).map((cell, j) => (j === 1 ? `Müller & Söhne ${cell}` : cell)),
};

for (const [name, cells] of Object.entries(shapes)) {
  const bytes = Buffer.from(`${Array.from({ length: rows }, (_, i) => cells(i).join(",")).join("\n")}\n`);
  const split = best(() => {
    const splitter = new RangeSplitter(dialect, {}, () => undefined);
    for (let at = 0; at < bytes.length; at += 65_536) splitter.push(bytes.subarray(at, at + 65_536));
    return splitter.end().records;
  });
  const read = best(() => {
    let records = 0;
    readRecords(bytes, dialect, () => records++);
    return records;
  });
  const reference = best(() => parse(bytes, { columns: false }).length, 3);
  const mb = (seconds: number) => `${(bytes.length / 1e6 / seconds).toFixed(0)} MB/s`;
  const million = (seconds: number) => `${(rows / 1e6 / seconds).toFixed(2)} M rows/s`;
  process.stdout.write(
    `${name.padEnd(16)} split ${mb(split)} | read ${mb(read)} ${million(read)} | csv-parse ${mb(reference)} ${million(reference)} | ratio ${(reference / read).toFixed(1)}\n`,
  );
}

function line(i: number): string[] {
  const id = (i * 7919) % 1_000_003;
  return [
    String(i),
    `Company ${id} Ltd`,
    `company${id}.example.com`,
    ["US", "DE", "GB"][i % 3]!,
    String(id % 90_000),
    "Manufacturing",
    "12 High Street",
    "London",
    "SW1A 1AA",
    `2021-01-0${(i % 9) + 1}`,
    `${id}.50`,
    "",
  ];
}

function best(run: () => number, times = 7): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let k = 0; k < times; k++) {
    const start = performance.now();
    if (run() !== rows) throw new Error("the readers disagree on the number of records");
    fastest = Math.min(fastest, performance.now() - start);
  }
  return fastest / 1000;
}
