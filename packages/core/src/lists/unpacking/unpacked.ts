import { InputError } from "../../errors.ts";
import { READING_LIMITS } from "../reading/limits.ts";
import type { Grammar } from "../reading/record-scanner.ts";
import { type ByteSource, bytesOf, chunksOf, sourceOf, UNPACKING_LIMITS } from "./byte-source.ts";
import { gunzipped } from "./inflate.ts";
import { looksLikeJsonLines, tableOfJsonLines } from "./json-lines.ts";
import { tableOfWorkbook } from "./workbook.ts";
import { openEntry, type ZipEntry, zipEntries } from "./zip.ts";

/** The delimited text inside a file that is none itself. */
export interface PlainTable {
  /** How it was packed, outermost first: "gzip", "zip", "xlsx", "jsonl". */
  formats: string[];
  /** The name of the table inside. */
  name: string;
  /** Set where the text was written here (workbooks, JSON lines), so that nothing is left to detect but the header. */
  grammar: Grammar | null;
  /** The text from its beginning; may be asked for again and again. */
  open(): AsyncIterable<Uint8Array>;
}

const WRITTEN: Grammar = { delimiter: ",", quote: '"', escape: "double" };
const TABLE_NAME = /\.(?:csv|tsv|tab|txt|psv|dat|jsonl|ndjson|xlsx|gz)$/i;
const JSON_LINES_NAME = /\.(?:jsonl|ndjson)$/i;
const HEAD_BYTES = 1024 * 1024;

/**
 * The table inside a packed file: gzip, a zip archive with one table (or the one that `sheet` names), a workbook (first sheet, or the one
 * that `sheet` names), JSON lines; and these in each other. Null when the file is delimited text itself (or anything else, which the
 * detection refuses by name). Throws InputError for archives that hold no table, several, or a locked one.
 */
export async function plainTable(source: ByteSource, fileName: string, sheet?: string): Promise<PlainTable | null> {
  const head = await source.range(0, Math.min(source.size, HEAD_BYTES));
  if (head[0] === 0x1f && head[1] === 0x8b) return gzipTable(source, fileName, sheet);
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) return zipTable(source, fileName, sheet);
  if (sheet !== undefined) throw noSheets(fileName);
  if (!looksLikeJsonLines(head, JSON_LINES_NAME.test(fileName))) return null;
  return jsonTable(() => chunksOf(source), fileName, []);
}

/** Gzip files in each other that are still looked into [design]. */
const MAX_LAYERS = 3;

const withoutEnding = (name: string): string => name.replace(/\.(?:gz|gzip)$/i, "");

const noSheets = (name: string): InputError =>
  new InputError(`${name} is delimited text and has no sheets`, { hint: "leave --sheet out" });

function jsonTable(open: () => AsyncIterable<Uint8Array>, name: string, formats: string[]): PlainTable {
  return { formats: [...formats, "jsonl"], name, grammar: WRITTEN, open: () => tableOfJsonLines(open) };
}

async function gzipTable(source: ByteSource, fileName: string, sheet?: string): Promise<PlainTable> {
  const open = (): AsyncIterable<Uint8Array> => gunzipped(chunksOf(source));
  return inside(open, withoutEnding(fileName), "gzip", sheet);
}

async function zipTable(source: ByteSource, fileName: string, sheet?: string): Promise<PlainTable> {
  const entries = await zipEntries(source);
  if (entries.some(({ name }) => name === "xl/workbook.xml")) {
    const table = await tableOfWorkbook(source, entries, sheet);
    const chunks = [await bytesOf(table)];
    return { formats: ["xlsx"], name: fileName, grammar: WRITTEN, open: () => chunksOf(sourceOf(chunks[0]!)) };
  }
  const [entry, inner] = chooseEntry(entries, sheet);
  return inside(() => openEntry(source, entry), entry.name.split("/").at(-1)!, "zip", inner);
}

/** The table of an archive, and what is left of the name for a sheet inside it (`book.xlsx/Sheet 2`). */
function chooseEntry(entries: readonly ZipEntry[], sheet: string | undefined): [ZipEntry, string | undefined] {
  const seen = entries.filter(({ name }) => !/(?:^|\/)(?:__MACOSX\/|\.)/.test(name));
  const named = seen.filter(({ name }) => TABLE_NAME.test(name));
  const tables = named.length > 0 ? named : seen.length === 1 ? seen : [];
  const listed = tables.slice(0, 20).map(({ name }) => `"${name}"`);
  const hint = `Tables: ${listed.join(", ")}${tables.length > 20 ? ", …" : ""}; name one with --sheet.`;
  if (tables.length === 0)
    throw new InputError(entries.length === 0 ? "The zip archive is empty." : "The zip archive holds no table.", {
      hint: "put one CSV, TSV, JSON lines or .xlsx file into it.",
    });
  if (sheet !== undefined) {
    const wanted = sheet.toLowerCase();
    for (const entry of tables) {
      const name = entry.name.toLowerCase();
      const base = name.split("/").at(-1)!;
      if (wanted === name || wanted === base) return [entry, undefined];
      for (const each of [name, base]) if (wanted.startsWith(`${each}/`)) return [entry, sheet.slice(each.length + 1)];
    }
    if (tables.length === 1 && /\.(?:xlsx|gz)$/i.test(tables[0]!.name)) return [tables[0]!, sheet];
    throw new InputError(`The zip archive holds no table "${sheet}".`, { hint });
  }
  if (tables.length > 1) throw new InputError(`The zip archive holds ${tables.length} tables.`, { hint });
  return [tables[0]!, undefined];
}

/** What lies inside one layer of packing: text, JSON lines, or a packed file again, which must fit into memory to be looked into. */
async function inside(
  open: () => AsyncIterable<Uint8Array>,
  name: string,
  format: string,
  sheet?: string,
  layers = 0,
): Promise<PlainTable> {
  const head = await firstBytes(open(), HEAD_BYTES);
  if (head[0] === 0x1f && head[1] === 0x8b && layers < MAX_LAYERS) {
    const table = await inside(() => gunzipped(open()), withoutEnding(name), "gzip", sheet, layers + 1);
    return { ...table, formats: [format, ...table.formats] };
  }
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) {
    const bytes = await firstBytes(open(), UNPACKING_LIMITS.maxWorkbookBytes + 1);
    if (bytes.length > UNPACKING_LIMITS.maxWorkbookBytes)
      throw new InputError(`${name} is packed twice and larger than 64 MiB.`, {
        hint: "unpack the outer archive and give what is inside.",
      });
    const table = await zipTable(sourceOf(bytes), name, sheet);
    return { ...table, formats: [format, ...table.formats] };
  }
  if (sheet !== undefined) throw noSheets(name);
  if (looksLikeJsonLines(head, JSON_LINES_NAME.test(name))) return jsonTable(open, name, [format]);
  return { formats: [format], name, grammar: null, open };
}

async function firstBytes(chunks: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(Uint8Array.from(chunk));
    length += chunk.length;
    if (length >= most) break;
  }
  return Buffer.concat(parts).subarray(0, most);
}

/** Head, tail and size of a text that can only be read from front to end, as the detection wants them; flat memory. */
export async function sampleOf(chunks: AsyncIterable<Uint8Array>): Promise<{ head: Uint8Array; tail: Uint8Array; size: number }> {
  const head: Uint8Array[] = [];
  let [size, headBytes] = [0, 0];
  let tail = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (headBytes < READING_LIMITS.headBytes) {
      const part = Uint8Array.from(chunk.subarray(0, READING_LIMITS.headBytes - headBytes));
      head.push(part);
      headBytes += part.length;
    }
    size += chunk.length;
    tail = Buffer.concat([tail, chunk]);
    if (tail.length > READING_LIMITS.tailBytes) tail = Buffer.from(tail.subarray(-READING_LIMITS.tailBytes));
  }
  return { head: Buffer.concat(head), tail, size };
}
