import { InputError } from "../errors.ts";
import { unguardedCell } from "./csv.ts";
import { decodeText, detectEncoding } from "./reading/encoding.ts";
import { readRecords } from "./reading/record-reader.ts";
import type { Grammar } from "./reading/record-scanner.ts";
import { type ByteSource, bytesOf, chunksOf, sourceOf } from "./unpacking/byte-source.ts";
import { plainTable } from "./unpacking/unpacked.ts";

/** Columns that a rejects file adds behind the original ones. */
export const REJECT_COLUMNS = ["_row", "_reason", "_column", "_hint", "_text"] as const;

/** One record of a rejects file that came back. */
export interface RejectRecord {
  /** Row of the file that it was rejected from. */
  row: number;
  reason: string;
  /** The original record. */
  text: string;
  /** The original columns, as they are now. */
  cells: string[];
}

/** A rejects file that came back. */
export interface RejectsFile {
  /** The original header. */
  header: string[];
  records: RejectRecord[];
}

/** Most bytes of a rejects file, which is read in one piece [design]: half a million rows. */
const MAX_BYTES = 256 * 1024 * 1024;
/** Bytes in which the header of one must end [design]. */
const HEAD_BYTES = 256 * 1024;
/** What spreadsheets put between cells. */
const DELIMITERS = [",", ";", "\t", "|"];
/** Of the added columns, without the first: fewer are chance [design]. */
const LEAST_ADDED = 2;

interface Columns {
  original: number[];
  row: number;
  reason: number;
  text: number;
}

/** The rejects file that a dropped file is, by the columns that Bullseye adds; null for any other file. InputError for one that cannot be told apart row by row. */
export async function readRejects(file: ByteSource, fileName: string, sheet?: string): Promise<RejectsFile | null> {
  const start = await file.range(0, Math.min(file.size, HEAD_BYTES));
  const packed = isPacked(start);
  const head = packed ? await unpacked(file, fileName, sheet) : start;
  if (head === null || rejectsGrammar(textOf(head).slice(0, HEAD_BYTES)) === null) return null;
  if (file.size > MAX_BYTES)
    throw new InputError(`${fileName} is a rejects file of more than 256 MiB`, { hint: "correct the list itself and drop that" });
  return parseRejects(packed ? head : await bytesOf(chunksOf(file)), fileName);
}

const isPacked = ([a, b]: Uint8Array): boolean => (a === 0x50 && b === 0x4b) || (a === 0x1f && b === 0x8b);

/** What a small packed file holds: rejects that were saved as a workbook. Null for large ones, and for what is no table; the reading says why. */
async function unpacked(file: ByteSource, fileName: string, sheet: string | undefined): Promise<Uint8Array | null> {
  if (file.size > MAX_BYTES) return null;
  try {
    const table = await plainTable(file, fileName, sheet);
    if (table === null) return null;
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of table.open()) {
      if (size === 0 && rejectsGrammar(textOf(chunk).slice(0, HEAD_BYTES)) === null) return null;
      parts.push(Uint8Array.from(chunk));
      size += chunk.length;
      if (size > MAX_BYTES) return null;
    }
    return Buffer.concat(parts);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function textOf(bytes: Uint8Array): string {
  const { encoding, bomBytes } = detectEncoding(bytes, bytes, bytes.length);
  return decodeText(bytes.subarray(bomBytes), encoding);
}

const grammarOf = (delimiter: string): Grammar => ({ delimiter, quote: '"', escape: "double" });

/** How a rejects file is written, whatever a spreadsheet made of it; null where its first record does not name the added columns. */
function rejectsGrammar(text: string): Grammar | null {
  if (!text.includes("_row")) return null;
  for (const delimiter of DELIMITERS) {
    let found = false;
    readRecords(Buffer.from(text), { ...grammarOf(delimiter), encoding: "utf-8" }, (cells) => {
      found = columnsOf(cells) !== null;
      return false;
    });
    if (found) return grammarOf(delimiter);
  }
  return null;
}

function columnsOf(header: readonly string[]): Columns | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const at = (name: (typeof REJECT_COLUMNS)[number]): number => names.lastIndexOf(name);
  const added = new Set(REJECT_COLUMNS.map(at));
  const named = REJECT_COLUMNS.slice(1).filter((name) => at(name) >= 0).length;
  if (at("_row") < 0 || named < LEAST_ADDED) return null;
  const original = names.flatMap((_, index) => (added.has(index) ? [] : [index]));
  return { original, row: at("_row"), reason: at("_reason"), text: at("_text") };
}

function parseRejects(bytes: Uint8Array, fileName: string): RejectsFile {
  const text = textOf(bytes);
  const grammar = rejectsGrammar(text.slice(0, HEAD_BYTES))!;
  let columns: Columns | null = null;
  let header: string[] = [];
  const records: RejectRecord[] = [];
  const numberless: number[] = [];
  let at = 0;
  readRecords(Buffer.from(text), { ...grammar, encoding: "utf-8" }, (cells) => {
    at++;
    if (columns === null) {
      columns = columnsOf(cells)!;
      header = columns.original.map((index) => unguardedCell(cells[index]!));
      return;
    }
    if (cells.every((cell) => cell.trim() === "")) return;
    const record = recordOf(columns, cells);
    if (record.row === 0) numberless.push(at);
    records.push(record);
  });
  if (numberless.length > 0)
    throw new InputError(`${fileName}: row ${numberless[0]} has no number in _row, so nobody can tell which row it corrects`, {
      hint: "keep the column _row as it came; rows that are new belong into a file of their own",
    });
  if (records.length === 0)
    throw new InputError(`${fileName} has a header and no rows`, { hint: "correct some of the rejected rows and drop it again" });
  return { header, records };
}

/**
 * A rejects file as plain text without the records that `goes` names; null where none of them does, or where it cannot be read. `plain` where
 * the file was packed.
 */
export async function withoutRejects(
  bytes: Uint8Array,
  fileName: string,
  goes: (record: RejectRecord) => boolean,
): Promise<{ bytes: Uint8Array; rows: number[]; plain: boolean } | null> {
  const packed = isPacked(bytes);
  const table = packed ? await unpacked(sourceOf(bytes), fileName, undefined) : bytes;
  const text = Buffer.from(table === null ? "" : textOf(table));
  const grammar = rejectsGrammar(text.toString("utf8", 0, HEAD_BYTES));
  if (grammar === null) return null;
  const pieces: Uint8Array[] = [];
  const rows: number[] = [];
  let columns: Columns | null = null;
  let at = 0;
  readRecords(text, { ...grammar, encoding: "utf-8" }, (cells, start, end) => {
    const record = columns && recordOf(columns, cells);
    columns ??= columnsOf(cells)!;
    if (!record || !goes(record)) return;
    pieces.push(text.subarray(at, start));
    rows.push(record.row);
    at = end;
  });
  if (rows.length === 0) return null;
  return { bytes: Buffer.concat([...pieces, text.subarray(at)]), rows, plain: packed };
}

function recordOf(columns: Columns, cells: readonly string[]): RejectRecord {
  const written = (cells[columns.row] ?? "").trim();
  return {
    row: /^\d{1,15}$/.test(written) ? Number(written) : 0,
    reason: cells[columns.reason] ?? "",
    text: columns.text < 0 ? "" : (cells[columns.text] ?? ""),
    cells: columns.original.map((index) => unguardedCell(cells[index] ?? "")),
  };
}

/** An original record as it is compared: spreadsheets change line breaks, and put an apostrophe before what looks like a formula. */
export function comparedText(text: string): string {
  return unguardedCell(text).replace(/\r\n?/g, "\n").trim();
}

/**
 * The cells that a rejected row is read with once it came back corrected. A row that came back as it was is read as it was: with more cells
 * than the header has, where that was the trouble.
 */
export function correctedCells(given: readonly string[], original: readonly string[]): string[] {
  const same = given.every((cell, at) => plain(cell) === plain(original[at] ?? ""));
  return same ? [...original] : [...given];
}

const plain = (cell: string): string => cell.replace(/\r\n?/g, "\n");
