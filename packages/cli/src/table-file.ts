import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { InputError, NotFoundError } from "@bullseye/core/errors";
import { type Dialect, transcoded } from "@bullseye/core/lists/reading/dialect";
import { Utf8Transcoder } from "@bullseye/core/lists/reading/encoding";
import { READING_LIMITS } from "@bullseye/core/lists/reading/limits";
import { readRecords } from "@bullseye/core/lists/reading/record-reader";
import { firstDataRecord, rowOf } from "@bullseye/core/lists/reading/row-number";
import { describeTable, type TableShape } from "@bullseye/core/lists/reading/table";

/** A file of delimited text, looked at and not yet read through. */
export interface TableFile {
  path: string;
  fileName: string;
  size: number;
  shape: TableShape;
}

/** Where the records under the header ended; the classes are disjoint. `malformed` rows fill cells beyond the header. */
export interface RecordCounts {
  data: number;
  blank: number;
  footer: number;
  malformed: number;
}

/** Bytes read at a time; memory stays at a few of these whatever the file [design]. */
const CHUNK_BYTES = 1024 * 1024;

/** Looks at a file; throws the InputError or NotFoundError that names it and what to do. */
export function openTable(file: string): TableFile {
  const path = resolve(file);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new NotFoundError(`there is no file ${file}`, { hint: "check the path" });
  if (!stat.isFile()) throw new InputError(`${file} is no file`, { hint: "name a CSV file" });
  const fileName = basename(path);
  const handle = openSync(path, "r");
  try {
    const head = Buffer.alloc(Math.min(stat.size, READING_LIMITS.headBytes));
    readSync(handle, head, 0, head.length, 0);
    const tail = Buffer.alloc(Math.min(stat.size, READING_LIMITS.tailBytes));
    readSync(handle, tail, 0, tail.length, stat.size - tail.length);
    return { path, fileName, size: stat.size, shape: describeTable(head, tail, stat.size) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${fileName}: ${error.message}`, { hint: error.hint, cause: error });
  } finally {
    closeSync(handle);
  }
}

/** Gets a data record: its cells untrimmed, and the row number that people see. Answering false stops the reading. */
export type RowVisitor = (cells: string[], row: number) => unknown;

/**
 * Reads a table from front to end in flat memory; the visitor gets neither preamble, header, blank records nor footer. `between` is
 * awaited between chunks: what the visitor writes gets away there.
 */
export async function readTable(
  table: TableFile,
  visit?: RowVisitor,
  between: () => Promise<void> = nextTurn,
): Promise<RecordCounts> {
  const { dialect, footerRecords, width } = table.shape;
  const counts: RecordCounts = { data: 0, blank: 0, footer: 0, malformed: 0 };
  const first = firstDataRecord(dialect);
  const held: Array<{ cells: string[]; row: number }> = [];
  let record = 0;
  let go = true;
  const take = (cells: string[], row: number): void => {
    if (isBlank(cells)) counts.blank++;
    else {
      if (overflows(cells, width)) counts.malformed++;
      else counts.data++;
      if (visit?.(cells, row) === false) go = false;
    }
  };
  await eachRecord(
    table,
    (cells) => {
      if (++record < first) return true;
      // Whether a record is footer is known only from its distance to the end.
      held.push({ cells, row: rowOf(dialect, record) });
      if (held.length > footerRecords) {
        const oldest = held.shift()!;
        take(oldest.cells, oldest.row);
      }
      return go;
    },
    between,
  );
  if (go) for (const { cells } of held) isBlank(cells) ? counts.blank++ : counts.footer++;
  return counts;
}

async function eachRecord(table: TableFile, visit: (cells: string[]) => boolean, between: () => Promise<void>): Promise<void> {
  const { dialect } = table.shape;
  const plain = readableOf(dialect);
  let carry: Uint8Array = new Uint8Array(0);
  let go = true;
  for (const { bytes, last } of chunks(table)) {
    const whole = carry.length === 0 ? bytes : Buffer.concat([carry, bytes]);
    const used = readRecords(whole, plain, (cells) => (go = visit(cells)), { last });
    if (!go) return;
    await between();
    // The chunk's buffer is filled again, so what is left of it is copied.
    carry = Uint8Array.from(whole.subarray(used));
    if (carry.length > READING_LIMITS.maxRecordBytes)
      throw new InputError(`${table.fileName}: a record is longer than ${READING_LIMITS.maxRecordBytes / 1024 / 1024} MiB`, {
        hint: "look for missing line ends and save the file again with one record a line",
      });
  }
}

function readableOf(dialect: Dialect): Parameters<typeof readRecords>[1] {
  return { ...transcoded(dialect), encoding: dialect.encoding === "windows-1252" ? "windows-1252" : "utf-8" };
}

/** The text of the file behind its byte order mark, UTF-8 or Windows-1252. A chunk is good until the next one. */
function* chunks(table: TableFile): Generator<{ bytes: Uint8Array; last: boolean }> {
  const { dialect } = table.shape;
  const wide = dialect.encoding.startsWith("utf-16") ? new Utf8Transcoder(dialect.encoding) : null;
  const handle = openSync(table.path, "r");
  try {
    let at = wide ? 0 : dialect.bomBytes;
    const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (;;) {
      const read = readSync(handle, buffer, 0, CHUNK_BYTES, at);
      at += read;
      const last = read === 0 || at >= table.size;
      const bytes = buffer.subarray(0, read);
      if (!wide) yield { bytes, last };
      else yield { bytes: last ? Buffer.concat([wide.push(bytes), wide.end()]) : wide.push(bytes), last };
      if (last) return;
    }
  } finally {
    closeSync(handle);
  }
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== "" && cell.trim() !== "") return false;
  return true;
}

function overflows(cells: readonly string[], width: number): boolean {
  for (let at = width; at < cells.length; at++) if (cells[at]!.trim() !== "") return true;
  return false;
}
