import { filledCells } from "./cell-kind.ts";
import { chooseGrammar } from "./delimiter.ts";
import { detectEncoding, type Encoding, isPlain, Utf8Transcoder } from "./encoding.ts";
import { findHeader } from "./header-row.ts";
import { READING_LIMITS } from "./limits.ts";
import { readRecords } from "./record-reader.ts";
import type { Grammar } from "./record-scanner.ts";
import { empty, endlessLine, refuseUnreadable } from "./refuse.ts";

/** How a file of delimited text is written, as detected from a sample of it. */
export interface Dialect extends Grammar {
  encoding: Encoding;
  /** Length of the byte order mark, in bytes of the file. */
  bomBytes: number;
  /** 1-based physical number of the first header record, 0 when the table has none. */
  headerRow: number;
  /** How many records are joined (with spaces) into the header; all of them are row 1 then. */
  headerRows: number;
  /** Physical records above the table: titles, notes, blank lines. */
  preambleRows: number;
}

/** The beginning (READING_LIMITS.headBytes or the whole), the end (READING_LIMITS.tailBytes, may overlap the head or be empty) and the size of a file, in bytes. */
export interface FileSample {
  head: Uint8Array;
  tail: Uint8Array;
  size: number;
  /** How the text is written, where that is known and need not be detected. */
  grammar?: Grammar | null | undefined;
}

/**
 * Detects encoding, delimiter, quotes and header of a file. Throws InputError for an empty file, for binary formats and for markup.
 * `delimiter` is "" when the lines are one column although their text holds commas or semicolons.
 */
export function detectDialect(sample: FileSample): Dialect {
  return readSample(sample).dialect;
}

/** The dialect and what the detection parsed on the way: the head as bytes that `readRecords` takes with the dialect of `transcoded`. */
export interface ReadSample {
  dialect: Dialect;
  /** The head without byte order mark, UTF-8 or Windows-1252. */
  bytes: Uint8Array;
  /** Whether the head is the whole file. */
  complete: boolean;
  /** The first records, physical, preamble and header included. */
  records: string[][];
}

/** As `detectDialect`, and keeps what was parsed. */
export function readSample(sample: FileSample): ReadSample {
  const detected = detectEncoding(sample.head, sample.tail, sample.size);
  refuseUnreadable(sample.head, sample.size, detected);
  const complete = sample.head.length >= sample.size;
  const bytes = !isPlain(detected.encoding)
    ? new Utf8Transcoder(detected.encoding).push(sample.head)
    : sample.head.subarray(detected.bomBytes);
  if (!complete && !bytes.includes(10) && !bytes.includes(13)) throw endlessLine(bytes.length);
  const encoding = detected.encoding === "windows-1252" ? "windows-1252" : "utf-8";
  const grammar = sample.grammar ?? chooseGrammar(bytes, encoding, complete);
  const records: string[][] = [];
  const take = (cells: string[]): boolean => records.push(cells) < READING_LIMITS.sampleRecords;
  readRecords(bytes, { ...grammar, encoding }, take, { last: complete });
  if (records.length === 0) readRecords(bytes, { ...grammar, encoding }, take);
  const all = complete && records.length < READING_LIMITS.sampleRecords;
  if (all && !records.some((cells) => filledCells(cells) > 0)) throw empty("The file has no text in any cell.");
  return { dialect: { ...detected, ...grammar, ...findHeader(records) }, bytes, complete, records };
}

/** The dialect of the stream that `transcodeToUtf8` makes of a file that is read as UTF-8 then; any other dialect is given back as it is. */
export function transcoded(dialect: Dialect): Dialect {
  return isPlain(dialect.encoding) ? dialect : { ...dialect, encoding: "utf-8", bomBytes: 0 };
}
