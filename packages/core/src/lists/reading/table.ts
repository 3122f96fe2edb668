import { anotherTable } from "./another-table.ts";
import { filledCells } from "./cell-kind.ts";
import { type Dialect, readSample, transcoded } from "./dialect.ts";
import { decodeText, isPlain } from "./encoding.ts";
import { type BodyShape, bodyShape, countFooter } from "./footer.ts";
import { joinedHeader } from "./joined-header.ts";
import { READING_LIMITS } from "./limits.ts";
import { readRecords } from "./record-reader.ts";
import type { Grammar } from "./record-scanner.ts";
import { firstDataRecord, rowOf } from "./row-number.ts";

/** What a sample of a file tells about its table. */
export interface TableShape {
  dialect: Dialect;
  /** Header cells by position, untrimmed; several lines joined with spaces. Without a header all of them are empty. */
  header: string[];
  /** The first data rows (up to READING_LIMITS.sampleRows): no blank ones, no footer. */
  rows: string[][];
  /** Columns: of the header, else of most rows. */
  width: number;
  /** Trailing records that are a footer, blank ones among them included (`countFooter`). */
  footerRecords: number;
  body: BodyShape;
  /** Row where another table seems to begin in the sample; null where the file is one table. */
  anotherTable: number | null;
}

/** Reads head and tail of a file (see `FileSample`; `grammar` where it is known) as far as `inspect` and the mapping of columns need it; throws as `detectDialect`. */
export function describeTable(head: Uint8Array, tail: Uint8Array, size: number, grammar?: Grammar | null): TableShape {
  const sample = readSample({ head, tail, size, grammar });
  const { dialect, records } = sample;
  const named = headerCells(records, dialect);
  const under = records.slice(firstDataRecord(dialect) - 1);
  const header = dialect.headerRow > 0 ? named : new Array<string>(usualWidth(under)).fill("");
  const width = header.length;
  const whole = sample.complete && records.length < READING_LIMITS.sampleRecords;
  const ending = whole ? under.slice(-READING_LIMITS.footerRecords) : lastRecords(tail.length > 0 ? tail : head, dialect);
  const guess = whole ? under.slice(0, under.length - Math.max(trailingSparse(under), trailingNarrow(under, width))) : under;
  const body = bodyShape(guess, width);
  const footerRecords = countFooter(ending, body);
  const data = whole ? under.slice(0, under.length - footerRecords) : under;
  const rows = data.filter((cells) => filledCells(cells) > 0).slice(0, READING_LIMITS.sampleRows);
  const other = anotherTable(data, header);
  const row = other === null ? null : rowOf(dialect, firstDataRecord(dialect) + other);
  return { dialect, header, rows, width, footerRecords, body, anotherTable: row };
}

/** The header cells of the first physical records of a file. */
export function headerCells(records: readonly (readonly string[])[], dialect: Dialect): string[] {
  if (dialect.headerRow === 0) return [];
  return joinedHeader(records.slice(dialect.headerRow - 1, dialect.headerRow - 1 + dialect.headerRows));
}

/** The last records of a file from its tail; the first one of a tail that begins inside the file may be cut and is left out. */
export function lastRecords(tail: Uint8Array, dialect: Dialect): string[][] {
  const { encoding } = dialect;
  const whole = encoding.startsWith("utf-16") ? evenEnd(tail) : tail;
  const bytes = isPlain(encoding) ? tail : new TextEncoder().encode(decodeText(whole, encoding));
  const from = bytes.indexOf(10) >= 0 ? bytes.indexOf(10) : bytes.indexOf(13);
  const last: string[][] = [];
  readRecords(
    bytes.subarray(from + 1),
    { ...transcoded(dialect), encoding: dialect.encoding === "windows-1252" ? "windows-1252" : "utf-8" },
    (cells) => {
      if (last.push(cells) > READING_LIMITS.footerRecords) last.shift();
    },
  );
  return last;
}

function evenEnd(tail: Uint8Array): Uint8Array {
  return tail.subarray(tail.length % 2);
}

/** How many records at the end are emptier than half of the usual; the shape of the data is measured above them. */
function trailingSparse(records: readonly (readonly string[])[]): number {
  const fills = records.map(filledCells);
  const sorted = fills.filter((n) => n > 0).sort((a, b) => a - b);
  const enough = Math.max(2, (sorted[Math.floor(sorted.length / 2)] ?? 0) / 2);
  let n = 0;
  while (n < fills.length && fills[fills.length - 1 - n]! < enough) n++;
  return n;
}

/** How many records at the end, behind a blank one, have all at most half of the columns, where none above has so few. */
function trailingNarrow(records: readonly (readonly string[])[], width: number): number {
  const isNarrow = (cells: readonly string[]): boolean => cells.length <= width / 2;
  let first = records.length;
  while (first > 0 && (filledCells(records[first - 1]!) === 0 || isNarrow(records[first - 1]!))) first--;
  while (first < records.length && filledCells(records[first]!) > 0) first++;
  const above = records.slice(0, first).filter((cells) => filledCells(cells) > 0);
  return above.some(isNarrow) ? 0 : records.length - first;
}

function usualWidth(records: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const cells of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let width = 0;
  for (const [w, n] of counts) if (n > (counts.get(width) ?? 0)) width = w;
  return width;
}
