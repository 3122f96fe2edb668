import { statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { InputError, NotFoundError } from "@bullseye/core/errors";
import { type Dialect, transcoded } from "@bullseye/core/lists/reading/dialect";
import { isPlain, Utf8Transcoder } from "@bullseye/core/lists/reading/encoding";
import { READING_LIMITS } from "@bullseye/core/lists/reading/limits";
import { readRecords } from "@bullseye/core/lists/reading/record-reader";
import { firstDataRecord, rowOf } from "@bullseye/core/lists/reading/row-number";
import { describeTable, type TableShape } from "@bullseye/core/lists/reading/table";
import { chunksOf } from "@bullseye/core/lists/unpacking/byte-source";
import { plainTable, sampleOf } from "@bullseye/core/lists/unpacking/unpacked";
import { sourceOfFile } from "@bullseye/local/file-source";

/** A file of delimited text, looked at and not yet read through. */
export interface TableFile {
  path: string;
  fileName: string;
  /** Bytes of the text, unpacked. */
  size: number;
  /** How it was packed, outermost first; empty for plain text. */
  formats: string[];
  shape: TableShape;
  /** The text from its beginning. */
  open(): AsyncIterable<Uint8Array>;
}

/** Where the records under the header ended; the classes are disjoint. `malformed` rows fill cells beyond the header. */
export interface RecordCounts {
  data: number;
  blank: number;
  footer: number;
  malformed: number;
}

/** Looks at a file, packed or not (`sheet` names the sheet of a workbook or the table of an archive); throws the InputError or NotFoundError that names it and what to do. */
export async function openTable(file: string, sheet?: string): Promise<TableFile> {
  const path = resolve(file);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new NotFoundError(`there is no file ${file}`, { hint: "check the path" });
  if (!stat.isFile())
    throw new InputError(`${file} is ${stat.isDirectory() ? "a folder" : "a pipe or a device"}`, {
      hint: "name a file",
    });
  const fileName = basename(path);
  const source = sourceOfFile(path, stat.size);
  try {
    const plain = await plainTable(source, fileName, sheet);
    if (plain !== null) {
      const { head, tail, size } = await sampleOf(plain.open());
      return {
        path,
        fileName,
        size,
        formats: plain.formats,
        shape: describeTable(head, tail, size, plain.grammar),
        open: plain.open,
      };
    }
    const head = await source.range(0, Math.min(stat.size, READING_LIMITS.headBytes));
    const tail = await source.range(Math.max(0, stat.size - READING_LIMITS.tailBytes), stat.size);
    const open = () => chunksOf(source);
    return { path, fileName, size: stat.size, formats: [], shape: describeTable(head, tail, stat.size), open };
  } catch (error) {
    throw named(fileName, error);
  }
}

function named(fileName: string, error: unknown): unknown {
  if (!(error instanceof InputError) || error.message.startsWith(fileName)) return error;
  return new InputError(`${fileName}: ${error.message}`, { hint: error.hint, cause: error });
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
  try {
    for await (const { bytes, last } of chunks(table)) {
      const whole = carry.length === 0 ? bytes : Buffer.concat([carry, bytes]);
      const used = readRecords(whole, plain, (cells) => (go = visit(cells)), { last });
      if (!go) return;
      await between();
      // The chunk's buffer is filled again, so what is left of it is copied.
      carry = Uint8Array.from(whole.subarray(used));
      if (carry.length > READING_LIMITS.maxRecordBytes)
        throw new InputError(`a record is longer than ${READING_LIMITS.maxRecordBytes / 1024 / 1024} MiB`, {
          hint: "look for missing line ends and save the file again with one record a line",
        });
    }
  } catch (error) {
    throw named(table.fileName, error);
  }
}

function readableOf(dialect: Dialect): Parameters<typeof readRecords>[1] {
  return { ...transcoded(dialect), encoding: dialect.encoding === "windows-1252" ? "windows-1252" : "utf-8" };
}

/** The text of the table behind its byte order mark, UTF-8 or Windows-1252. A chunk is good until the next one. */
async function* chunks({ shape, open }: TableFile): AsyncGenerator<{ bytes: Uint8Array; last: boolean }> {
  const wide = isPlain(shape.dialect.encoding) ? null : new Utf8Transcoder(shape.dialect.encoding);
  let skip = wide ? 0 : shape.dialect.bomBytes;
  for await (const chunk of open()) {
    const skipped = Math.min(skip, chunk.length);
    skip -= skipped;
    const bytes = chunk.subarray(skipped);
    yield { bytes: wide ? wide.push(bytes) : bytes, last: false };
  }
  yield { bytes: wide ? wide.end() : new Uint8Array(0), last: true };
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== "" && cell.trim() !== "") return false;
  return true;
}

function overflows(cells: readonly string[], width: number): boolean {
  for (let at = width; at < cells.length; at++) if (cells[at]!.trim() !== "") return true;
  return false;
}
