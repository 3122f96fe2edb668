import { isNumber } from "./cell-kind.ts";
import type { Encoding } from "./encoding.ts";
import { READING_LIMITS } from "./limits.ts";
import { readRecords } from "./record-reader.ts";
import type { Grammar } from "./record-scanner.ts";

/** Candidates in the order in which equals are settled. */
const DELIMITERS = [",", ";", "\t", "|"] as const;

/** Weights of the choice, all [design]. */
const WEIGHTS = {
  /** Score of "one column": a delimiter must make a better table than this. */
  oneColumn: 0.3,
  /** What ragged records leave of the score at least. */
  raggedFloor: 0.4,
  /** Factor when the first record has no delimiter and the others look like running text or decimal numbers. */
  prose: 0.2,
  /** Share of the records that must look so. */
  proseShare: 0.9,
  /** Stray opening quotes, and their share, from which quotes are taken for ordinary characters. */
  strayQuotes: 3,
  strayShare: 0.5,
} as const;

interface SampleRecord {
  cells: string[];
  text: string;
}

interface Candidate {
  grammar: Grammar;
  score: number;
}

/**
 * Chooses delimiter, quote and escape by the table they make of the sample: how many records hold the delimiter, how even their widths are,
 * and whether the cells are whole (a cell that still holds another delimiter in the middle of its text was cut wrongly).
 * `sample` is UTF-8 or Windows-1252; `complete` says that it is the whole file.
 */
export function chooseGrammar(
  sample: Uint8Array,
  encoding: Exclude<Encoding, "utf-16le" | "utf-16be">,
  complete: boolean,
): Grammar {
  const bytes = sample.subarray(0, READING_LIMITS.sampleBytes);
  const whole = complete && bytes.length === sample.length;
  const text = new TextDecoder("latin1").decode(bytes);
  let best: Candidate | null = null;
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    for (const grammar of grammarsFor(text, delimiter)) {
      const score = scoreOf(parse(bytes, grammar, encoding, whole), grammar.delimiter);
      if (best === null || score > best.score) best = { grammar, score };
    }
  }
  if (best !== null && best.score > WEIGHTS.oneColumn) return best.grammar;
  const lone = grammarsFor(text, ",")[0]!;
  const cutsNothing = parse(bytes, lone, encoding, whole).every((record) => record.cells.length === 1);
  return cutsNothing ? lone : { ...lone, delimiter: "" };
}

function parse(bytes: Uint8Array, grammar: Grammar, encoding: "utf-8" | "windows-1252", whole: boolean): SampleRecord[] {
  const records: SampleRecord[] = [];
  const take = (cells: string[], start: number, end: number): boolean => {
    if (cells.some((cell) => cell.trim() !== "")) records.push({ cells, text: latin1(bytes, start, end) });
    return records.length < READING_LIMITS.sampleRecords;
  };
  readRecords(bytes, { ...grammar, encoding }, take, { last: whole });
  if (records.length === 0) readRecords(bytes, { ...grammar, encoding }, take);
  return records;
}

const LATIN1 = new TextDecoder("latin1");
const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  LATIN1.decode(bytes.subarray(start, Math.min(end, start + 2000)));

function scoreOf(records: readonly SampleRecord[], delimiter: string): number {
  const counts = new Map<number, number>();
  let first = -1;
  let last = -1;
  records.forEach(({ cells }, i) => {
    if (cells.length < 2) return;
    if (first < 0) first = i;
    last = i;
    counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  });
  if (first < 0) return 0;
  let width = 0;
  let most = 0;
  let wide = 0;
  for (const [w, n] of counts) {
    wide += n;
    if (n > most || (n === most && w > width)) [width, most] = [w, n];
  }
  const coverage = wide / (last - first + 1);
  const reach = (last - first + 1) / records.length;
  const even = WEIGHTS.raggedFloor + (1 - WEIGHTS.raggedFloor) * (most / wide);
  const prose = first > 0 && looksLikeSingleValues(records.slice(first), delimiter) ? WEIGHTS.prose : 1;
  return coverage ** 2 * Math.sqrt(reach) * even * wholeCells(records, delimiter) * (1 - 1 / (width + 1)) * prose;
}

/** Share of the cells that hold no residue of another delimiter; a quoted record is only checked for quotes left beside delimiters. */
function wholeCells(records: readonly SampleRecord[], delimiter: string): number {
  let cells = 0;
  let cut = 0;
  for (const record of records) {
    if (record.cells.length < 2) continue;
    const quoted = /["']/.test(record.text);
    for (const cell of record.cells) {
      if (cell === "") continue;
      cells++;
      if (quoted ? QUOTE_BESIDE_DELIMITER.test(cell) : hasResidue(cell, delimiter)) cut++;
    }
  }
  return cells === 0 ? 0 : 1 - cut / cells;
}

const QUOTE_BESIDE_DELIMITER = /["'][,;\t|]|[,;\t|]["']/;
const RESIDUE: Record<string, RegExp> = {
  ",": /\t|\S[;|]\S|^[;|]|[;|]$/,
  ";": /\t|\S[,|]\S|^[,|]|[,|]$/,
  "\t": /\S[,;|]\S|^[,;|]|[,;|]$/,
  "|": /\t|\S[,;]\S|^[,;]|[,;]$/,
};

function hasResidue(cell: string, delimiter: string): boolean {
  return RESIDUE[delimiter]!.test(cell) && !isNumber(cell.trim());
}

/** Lines that are one value each: "Acme, Inc." (a comma in running text is followed by a space) or "1,5" (a decimal number). */
function looksLikeSingleValues(records: readonly SampleRecord[], delimiter: string): boolean {
  if (delimiter === "\t") return false;
  let single = 0;
  for (const { text } of records) {
    const decimal = delimiter === "," && isNumber(text.trim());
    if (decimal || !text.split(delimiter).some((part, i) => i > 0 && !part.startsWith(" "))) single++;
  }
  return single >= records.length * WEIGHTS.proseShare;
}

/** The grammars worth trying with a delimiter: its quote and escape as the text shows them, and skipped spaces where spaces stand before quotes. */
function grammarsFor(text: string, delimiter: string): Grammar[] {
  const d = `\\x${delimiter.charCodeAt(0).toString(16).padStart(2, "0")}`;
  const quote = quoteOf(text, d);
  const escaping = quote === null ? "double" : escapeOf(text, d, quote);
  const plain: Grammar = { delimiter, quote, escape: escaping, skipSpace: false };
  const spaced = quote !== null && new RegExp(`${d} +${quote}`).test(text);
  return spaced ? [plain, { ...plain, skipSpace: true }] : [plain];
}

function quoteOf(text: string, d: string): string | null {
  const double = quotedCells(text, d, '"');
  const single = quotedCells(text, d, "'");
  if (single.closed >= 3 && single.closed >= single.opened * 0.9 && single.closed > double.opened * 4) return "'";
  const stray = double.opened - double.closed;
  return stray >= WEIGHTS.strayQuotes && stray > double.opened * WEIGHTS.strayShare ? null : '"';
}

function quotedCells(text: string, d: string, quote: string): { opened: number; closed: number } {
  if (!text.includes(quote)) return { opened: 0, closed: 0 };
  const opened = text.match(new RegExp(`(?:^|${d}) *${quote}`, "gm"))?.length ?? 0;
  const body = `(?:[^${quote}\\\\]|${quote}${quote}|\\\\[\\s\\S])*`;
  const body2 = `[^${quote}]*(?:${quote}${quote}[^${quote}]*)*`;
  const close = `(?= *(?:${d}|\\r|\\n|$(?![\\s\\S])))`;
  const count = (inner: string): number =>
    text.match(new RegExp(`(?:^|(?<=${d})) *${quote}${inner}${quote}${close}`, "gm"))?.length ?? 0;
  const doubled = count(body2);
  return { opened, closed: text.includes(`\\${quote}`) && text.length < 65536 ? Math.max(doubled, count(body)) : doubled };
}

function escapeOf(text: string, d: string, quote: string): "double" | "backslash" {
  if (!text.includes(`\\${quote}`)) return "double";
  const backslashed = text.match(new RegExp(`\\\\${quote}(?![${quote}${d}\\r\\n]|$(?![\\s\\S]))`, "g"))?.length ?? 0;
  const doubled = text.match(new RegExp(`[^${quote}${d}\\r\\n]${quote}${quote}(?![${d}\\r\\n${quote}]|$)`, "g"))?.length ?? 0;
  return backslashed > 0 && backslashed >= doubled ? "backslash" : "double";
}
