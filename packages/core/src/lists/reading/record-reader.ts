import { Buffer, isAscii, isUtf8 } from "node:buffer";
import { closeOnLine } from "./closing-quote.ts";
import { decodeWindows1252, type Encoding, mapWindows1252 } from "./encoding.ts";
import { type Grammar, NEED_MORE, RecordScanner } from "./record-scanner.ts";

/** What `readRecords` needs of a dialect. All but UTF-8 and Windows-1252 is transcoded first (`transcodeToUtf8`), its dialect by `transcoded`. */
export interface ReadableDialect extends Grammar {
  encoding: Encoding;
}

/**
 * Gets one record: its cells as they are (untrimmed, quotes removed, escapes resolved, NUL characters left out, as many as the record has),
 * and where it stands: `bytes.subarray(start, end)` is the original record without its line end. The array is the visitor's to keep.
 * Answering `false` stops the reading.
 */
export type RecordVisitor = (cells: string[], start: number, end: number) => unknown;

/** Options of `readRecords`. */
export interface ReadOptions {
  /** Whether the input ends with these bytes (default true); otherwise an unfinished record at the end is not reported. */
  last?: boolean;
  /** See READING_LIMITS, the default. */
  maxQuotedBytes?: number;
}

/**
 * Reads every record of `bytes`, which must begin and end on record boundaries as `RangeSplitter` gives them (behind any byte order mark).
 * Blank lines are records of one empty cell. A record that is not valid UTF-8, and has no other multi-byte character that is, is read as
 * Windows-1252. Returns the offset behind the last record reported.
 */
export function readRecords(bytes: Uint8Array, dialect: ReadableDialect, visit: RecordVisitor, options?: ReadOptions): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const scanner = new RecordScanner(dialect, options?.maxQuotedBytes);
  scanner.load(buffer, options?.last ?? true);
  const decode = decoderFor(buffer, dialect.encoding);
  const hasNul = buffer.includes(0);
  const hasMark = buffer.includes(MARK);
  const { delimiter, quote } = dialect;
  const wrapped = dialect.wrapped === true;
  let start = 0;
  while (start < buffer.length) {
    const next = scanner.next(start);
    if (next === NEED_MORE) break;
    const end = withoutLineEnd(buffer, start, next);
    const text = decode(buffer, start, end);
    let cells = quote !== null && scanner.quoteBefore(end) ? splitQuoted(text, dialect, quote) : splitPlain(text, delimiter);
    if (wrapped) cells = unwrapped(cells, text, dialect);
    if (hasNul) removeNuls(cells);
    if (hasMark && cells[0]!.startsWith("\uFEFF")) cells[0] = cells[0]!.slice(1);
    if (visit(cells, start, end) === false) return next;
    start = next;
  }
  return start;
}

/** The cells of one record given as text without its line end, by the rules of `readRecords`. */
export function splitRecord(text: string, grammar: Grammar): string[] {
  if (grammar.quote === null || !text.includes(grammar.quote)) return splitPlain(text, grammar.delimiter);
  const cells = splitQuoted(text, grammar, grammar.quote);
  return grammar.wrapped ? unwrapped(cells, text, grammar) : cells;
}

/** The cells inside a record that is one quoted cell. */
function unwrapped(cells: string[], text: string, grammar: Grammar): string[] {
  return cells.length === 1 && grammar.quote !== null && text.startsWith(grammar.quote)
    ? splitRecord(cells[0]!, { ...grammar, wrapped: false })
    : cells;
}

function withoutLineEnd(buffer: Buffer, start: number, next: number): number {
  let end = next;
  if (end > start && buffer[end - 1] === 10) end--;
  if (end > start && buffer[end - 1] === 13) end--;
  return end;
}

function splitPlain(text: string, delimiter: string): string[] {
  if (delimiter === "") return [text];
  const cells: string[] = [];
  let count = 0;
  let from = 0;
  for (;;) {
    const at = text.indexOf(delimiter, from);
    if (at < 0) break;
    cells[count++] = text.slice(from, at);
    from = at + delimiter.length;
  }
  cells[count] = from === 0 ? text : text.slice(from);
  return cells;
}

function splitQuoted(text: string, grammar: Grammar, quote: string): string[] {
  const { delimiter } = grammar;
  const backslash = grammar.escape === "backslash";
  const skipSpace = grammar.skipSpace === true;
  const mark = quote.charCodeAt(0);
  const cells: string[] = [];
  const length = text.length;
  let count = 0;
  let from = 0;
  for (;;) {
    let open = from;
    if (skipSpace) while (text.charCodeAt(open) === 32) open++;
    let close = -1;
    let firstQuote = -1;
    if (text.charCodeAt(open) === mark) {
      firstQuote = text.indexOf(quote, open + 1);
      close = closeOf(text, quote, open, firstQuote, grammar);
    }
    const delimiterAt = delimiter === "" ? -1 : text.indexOf(delimiter, close < 0 ? from : close + 1);
    const end = delimiterAt < 0 ? length : delimiterAt;
    if (close < 0) cells[count++] = text.slice(from, end);
    else {
      const written = text.slice(open + 1, close);
      const inner = close === firstQuote && !backslash ? written : unescapeQuotes(written, quote, backslash);
      cells[count++] = close + 1 === end ? inner : inner + behindQuote(text.slice(close + 1, end));
    }
    if (delimiterAt < 0) return cells;
    from = delimiterAt + delimiter.length;
  }
}

/** Spaces between a closing quote and the delimiter are padding; anything else was meant. */
function behindQuote(rest: string): string {
  return rest.trim() === "" ? "" : rest;
}

/** Where the cell closes that opens at `open`, -1 where it does not; `first` is the next quote. */
function closeOf(text: string, quote: string, open: number, first: number, grammar: Grammar): number {
  const { delimiter } = grammar;
  const backslash = grammar.escape === "backslash";
  for (let at = first; at >= 0; ) {
    if (backslash && isEscaped(text, open, at)) {
      at = text.indexOf(quote, at + 1);
    } else if (text.charCodeAt(at + 1) === quote.charCodeAt(0)) {
      at = text.indexOf(quote, at + 2);
    } else {
      if (at + 1 === text.length || (delimiter !== "" && text.startsWith(delimiter, at + 1))) return at;
      const end = lineEnd(text, at);
      // A cell over several lines closes where the scanner said: in front of a delimiter or at the end.
      if (lineEnd(text, open) < at) return at;
      return end === at + 1 ? at : closeOnLine((i) => text.charCodeAt(i), open, at, end, grammar);
    }
  }
  return -1;
}

/** Whether an odd number of backslashes stands in front of the quote at `at`. */
function isEscaped(text: string, open: number, at: number): boolean {
  let i = at;
  while (i - 1 > open && text.charCodeAt(i - 1) === 92) i--;
  return (at - i) % 2 === 1;
}

function lineEnd(text: string, from: number): number {
  const lf = text.indexOf("\n", from);
  const cr = text.indexOf("\r", from);
  return Math.min(lf < 0 ? text.length : lf, cr < 0 ? text.length : cr);
}

const BACKSLASH_ESCAPE = /\\([\s\S])/g;

function unescapeQuotes(inner: string, quote: string, backslash: boolean): string {
  if (!backslash) return inner.includes(quote) ? inner.replaceAll(quote + quote, quote) : inner;
  if (!inner.includes("\\")) return inner.replaceAll(quote + quote, quote);
  return inner
    .split(quote + quote)
    .map((part) => part.replace(BACKSLASH_ESCAPE, (pair, c: string) => (c === quote || c === "\\" ? c : pair)))
    .join(quote);
}

function removeNuls(cells: string[]): void {
  for (let i = 0; i < cells.length; i++) if (cells[i]!.includes("\0")) cells[i] = cells[i]!.replaceAll("\0", "");
}

/** A byte order mark at the beginning of a record is where files were joined. */
const MARK = Buffer.from("\uFEFF");

type Decoder = (buffer: Buffer, start: number, end: number) => string;

function decoderFor(buffer: Buffer, encoding: ReadableDialect["encoding"]): Decoder {
  if (isAscii(buffer)) return decodeLatin1;
  if (encoding === "windows-1252") return (bytes, start, end) => mapWindows1252(decodeLatin1(bytes, start, end));
  return isUtf8(buffer) ? decodeUtf8 : decodeMixed;
}

const decodeLatin1: Decoder = (buffer, start, end) => buffer.toString("latin1", start, end);

const decodeUtf8: Decoder = (buffer, start, end) => buffer.toString("utf8", start, end);

const VALID_MULTI_BYTE = /[^\0-\x7f\uFFFD]/;

const decodeMixed: Decoder = (buffer, start, end) => {
  const text = buffer.toString("utf8", start, end);
  if (!text.includes("\uFFFD") || VALID_MULTI_BYTE.test(text)) return text;
  const bytes = buffer.subarray(start, end);
  return isUtf8(bytes) ? text : decodeWindows1252(bytes);
};
