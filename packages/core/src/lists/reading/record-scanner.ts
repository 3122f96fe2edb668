import { Buffer } from "node:buffer";
import { closeOnLine, NO_CLOSE } from "./closing-quote.ts";
import { READING_LIMITS } from "./limits.ts";

/** What separates records and cells; the part of a dialect that scanner, reader and splitter share. */
export interface Grammar {
  /** One ASCII character, seldom two or three (`||`), or "" when every record is one cell. */
  delimiter: string;
  /** One ASCII character, or null when quotes mean nothing. */
  quote: string | null;
  /** How a quote is written inside a quoted cell; "backslash" understands the doubled quote too. */
  escape: "double" | "backslash";
  /** Whether spaces between a delimiter and an opening quote are skipped (`a, "b, c"`). Default false. */
  skipSpace?: boolean;
  /** Whether records stand in quotes as a whole (`"a,""b, c"",d"`), as a spreadsheet makes of lines it took for one cell. Default false. */
  wrapped?: boolean;
}

/** Answer of `RecordScanner.next` when the record does not end in the loaded bytes. */
export const NEED_MORE = -1;

const LITERAL = -2;
const LF = 10;
const CR = 13;
const SPACE = 32;
const BACKSLASH = 92;

/**
 * Finds where records end, on bytes of any ASCII-compatible encoding. This is the one place that decides it: the reader and the splitter
 * both ask here, so a range read alone gives what the whole file gives.
 *
 * A quote opens a quoted cell only as the first character of a cell. It is an ordinary character when it never closes, or when the cell
 * would run over a line break and then closes after `maxQuotedBytes` or in front of something that is neither delimiter nor line end:
 * so a stray quote costs one record and never the rest of the file. Quotes that are not escaped: `closeOnLine`. CR, LF and CRLF all end a
 * record.
 */
export class RecordScanner {
  /** After `NEED_MORE`: where to go on (the `from` of the next call), in the coordinates of the loaded bytes. */
  resume = 0;

  readonly #grammar: Grammar;
  readonly #codeAt = (at: number): number => this.#bytes[at]!;
  readonly #quote: number;
  readonly #quoteText: string;
  readonly #delimiter: Buffer;
  readonly #backslash: boolean;
  readonly #skipSpace: boolean;
  readonly #maxQuotedBytes: number;
  #bytes: Buffer = Buffer.alloc(0);
  /** The loaded bytes, a character each: a string is searched in a third of the time of a buffer. */
  #text = "";
  #last = true;
  #nextLf = -1;
  #nextCr = -1;
  #nextQuote = -1;
  #firstQuote = -1;

  /** `maxQuotedBytes`: see READING_LIMITS, the default. */
  constructor(grammar: Grammar, maxQuotedBytes: number = READING_LIMITS.maxQuotedBytes) {
    this.#grammar = grammar;
    this.#quote = grammar.quote === null ? -1 : grammar.quote.charCodeAt(0);
    this.#quoteText = grammar.quote ?? "";
    this.#delimiter = Buffer.from(grammar.delimiter, "latin1");
    this.#backslash = grammar.escape === "backslash";
    this.#skipSpace = grammar.skipSpace === true;
    this.#maxQuotedBytes = maxQuotedBytes;
  }

  /** Takes the bytes to scan; `last` says that the input ends with them. They must begin at the start of a record. */
  load(bytes: Buffer, last: boolean): void {
    this.#bytes = bytes;
    this.#text = bytes.toString("latin1");
    this.#last = last;
    this.#nextLf = -1;
    this.#nextCr = -1;
    this.#nextQuote = this.#quote < 0 ? Number.POSITIVE_INFINITY : -1;
  }

  /** Whether a quote character stands before `end`; to be asked right after `next` answered `end`. */
  quoteBefore(end: number): boolean {
    return this.#firstQuote < end;
  }

  /** End (behind the line end) of the record that begins at `start`, or NEED_MORE. `from`: `resume` of an earlier call, else `start`. */
  next(start: number, from: number = start): number {
    const bytes = this.#bytes;
    const length = bytes.length;
    this.#firstQuote = this.#quoteFrom(start);
    const lf = this.#lf(from);
    const cr = this.#cr(from);
    const stop = lf < length ? lf : length;
    if (this.#firstQuote >= stop && cr >= stop - 1) {
      if (lf < length) return lf + 1;
      if (cr >= length) {
        if (this.#last) return length;
        this.resume = length;
        return NEED_MORE;
      }
    }
    return this.#walk(start, from);
  }

  #walk(start: number, from: number): number {
    const bytes = this.#bytes;
    const length = bytes.length;
    let i = from;
    for (;;) {
      i = Math.min(this.#quoteFrom(i), this.#lf(i), this.#cr(i), length);
      if (i >= length) {
        if (this.#last) return length;
        this.resume = length;
        return NEED_MORE;
      }
      const c = bytes[i]!;
      if (c === LF) return i + 1;
      if (c === CR) {
        if (i + 1 < length) return bytes[i + 1] === LF ? i + 2 : i + 1;
        if (this.#last) return length;
        this.resume = i;
        return NEED_MORE;
      }
      const close = this.#opens(i, start) ? this.#close(i) : LITERAL;
      if (close === NEED_MORE) {
        this.resume = i;
        return NEED_MORE;
      }
      i = close === LITERAL ? i + 1 : close + 1;
    }
  }

  #opens(at: number, start: number): boolean {
    let i = at;
    if (this.#skipSpace) while (i > start && this.#bytes[i - 1] === SPACE) i--;
    return i === start || (i - this.#delimiter.length >= start && this.#delimits(i - this.#delimiter.length));
  }

  #delimits(at: number): boolean {
    const delimiter = this.#delimiter;
    if (this.#bytes[at] !== delimiter[0]) return false;
    for (let i = 1; i < delimiter.length; i++) if (this.#bytes[at + i] !== delimiter[i]) return false;
    return delimiter.length > 0;
  }

  /** Whether too few bytes are loaded to tell what stands at `at`. */
  #unknown(at: number): boolean {
    return !this.#last && at + Math.max(1, this.#delimiter.length) > this.#bytes.length;
  }

  #close(open: number): number {
    const bytes = this.#bytes;
    const length = bytes.length;
    const quote = this.#quote;
    let from = open + 1;
    for (;;) {
      const at = this.#text.indexOf(this.#quoteText, from);
      if (at < 0) {
        if (this.#last || (length - open > this.#maxQuotedBytes && this.#breaks(open, length))) return LITERAL;
        return NEED_MORE;
      }
      if (this.#backslash && escaped(bytes, open, at)) {
        from = at + 1;
      } else if (this.#unknown(at + 1)) {
        return NEED_MORE;
      } else if (bytes[at + 1] === quote) {
        from = at + 2;
      } else if (!this.#breaks(open, at)) {
        const next = bytes[at + 1];
        return at + 1 >= length || next === LF || next === CR || this.#delimits(at + 1) ? at : this.#closeOnLine(open, at);
      } else if (at - open > this.#maxQuotedBytes) {
        return LITERAL;
      } else {
        return this.#closesProperly(at);
      }
    }
  }

  #closeOnLine(open: number, first: number): number {
    const end = Math.min(this.#lf(first), this.#cr(first), this.#bytes.length);
    if (end === this.#bytes.length && !this.#last) return NEED_MORE;
    const close = closeOnLine(this.#codeAt, open, first, end, this.#grammar);
    return close === NO_CLOSE ? LITERAL : close;
  }

  #closesProperly(close: number): number {
    const bytes = this.#bytes;
    let i = close + 1;
    while (bytes[i] === SPACE) i++;
    if (this.#unknown(i)) return NEED_MORE;
    const c = bytes[i];
    return i >= bytes.length || c === LF || c === CR || this.#delimits(i) ? close : LITERAL;
  }

  #breaks(open: number, before: number): boolean {
    return this.#lf(open + 1) < before || this.#cr(open + 1) < before;
  }

  #lf(from: number): number {
    if (this.#nextLf < from) this.#nextLf = this.#find("\n", from);
    return this.#nextLf;
  }

  #cr(from: number): number {
    if (this.#nextCr < from) this.#nextCr = this.#find("\r", from);
    return this.#nextCr;
  }

  #quoteFrom(from: number): number {
    if (this.#nextQuote < from) this.#nextQuote = this.#find(this.#quoteText, from);
    return this.#nextQuote;
  }

  #find(mark: string, from: number): number {
    const at = this.#text.indexOf(mark, from);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  }
}

function escaped(bytes: Buffer, open: number, at: number): boolean {
  let i = at;
  while (i - 1 > open && bytes[i - 1] === BACKSLASH) i--;
  return (at - i) % 2 === 1;
}
