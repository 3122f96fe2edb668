import type { Buffer } from "node:buffer";
import { parse } from "csv-parse/sync";

/** Harmonic mean of precision and recall over filled cells (value and column, rows as a bag); 1 where both sides are empty. */
export function cellF1(expected: readonly (readonly string[])[], found: readonly (readonly string[])[]): number {
  const left = new Map<string, number>();
  let wanted = 0;
  for (const key of keys(expected)) {
    wanted++;
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  let had = 0;
  let hits = 0;
  for (const key of keys(found)) {
    had++;
    const n = left.get(key) ?? 0;
    if (n === 0) continue;
    hits++;
    left.set(key, n - 1);
  }
  return wanted + had === 0 ? 1 : (2 * hits) / (wanted + had);
}

function* keys(records: readonly (readonly string[])[]): Generator<string> {
  for (const cells of records) for (let at = 0; at < cells.length; at++) if (cells[at] !== "") yield `${at}\0${cells[at]}`;
}

/** A reader to compare with: the records it makes of a file, or what it throws. */
export interface Baseline {
  name: string;
  read: (bytes: Buffer) => string[][];
}

/** csv-parse as it comes; and with a delimiter sniffed from the first line, everything relaxed, as a careful script would do. */
export const BASELINES: readonly Baseline[] = [
  { name: "csv-parse", read: (bytes) => parse(bytes) as string[][] },
  {
    name: "naive sniff",
    read(bytes) {
      const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
      const first = text.slice(0, text.search(/[\r\n]|$/));
      const delimiter = [",", ";", "\t", "|"].reduce((best, each) =>
        first.split(each).length > first.split(best).length ? each : best,
      );
      return parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true }) as string[][];
    },
  },
];
