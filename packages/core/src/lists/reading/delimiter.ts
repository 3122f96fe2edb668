import { Buffer } from "node:buffer";
import { kindOf } from "./cell-kind.ts";
import type { PlainEncoding } from "./encoding.ts";
import { READING_LIMITS } from "./limits.ts";
import { longDelimiters } from "./long-delimiter.ts";
import { grammarsFor } from "./quoting.ts";
import { readRecords } from "./record-reader.ts";
import type { Grammar } from "./record-scanner.ts";
import { tableStretch } from "./table-stretch.ts";
import { type SampleRecord, wholeCells } from "./whole-cells.ts";

/** Candidates in the order in which equals are settled. */
const DELIMITERS = [",", ";", "\t", "|"] as const;

/** Separators that running text never holds; they must still cut nearly every record alike. */
const CONTROLS = ["^", "~", "\x01", "\x02", "\x1c", "\x1d", "\x1e", "\x1f"] as const;

/** Separators that running text, times and addresses hold too: only a table of values that all fits speaks for them. */
const WEAK = [":", " ", "#", "!", "*", "&"] as const;

/** Weights of the choice, all [design]. */
const WEIGHTS = {
  /** Score of "one column": a delimiter must make a better table than this. */
  oneColumn: 0.3,
  /** Factor when the first record has no delimiter and the others look like running text or decimal numbers. */
  prose: 0.2,
  /** Share of the records that must look so. */
  proseShare: 0.9,

  /** Share of the records that a rare separator cuts into the same number of cells. */
  rareEven: 0.85,
  weakEven: 0.95,
  /** Fewest columns of a weak separator, and share of its cells that are quoted, numbers, dates or addresses. */
  weakColumns: 3,
  weakRecords: 3,
  /** Columns from which a weak separator (but the space) needs no values. */
  weakWide: 4,
  weakValues: 0.5,
  /** Factor of a weak separator: of equal tables the one of a common separator is meant. */
  weak: 0.8,
  /** Share of the records that are one quoted cell, and evenness of the table inside, from which lines are taken for wrapped. */
  wrappedShare: 0.6,
  wrappedEven: 0.8,
} as const;

interface Candidate {
  grammar: Grammar;
  score: number;
}

/**
 * Chooses delimiter, quote and escape by the table they make of the sample: how many records hold the delimiter, how even their widths are,
 * and whether the cells are whole (a cell that still holds another delimiter in the middle of its text was cut wrongly).
 * `sample` is UTF-8 or Windows-1252; `complete` says that it is the whole file.
 */
export function chooseGrammar(sample: Uint8Array, encoding: PlainEncoding, complete: boolean): Grammar {
  const declared = /^"?sep=([^\r\n"]{1,3})"?[\r\n]/i.exec(LATIN1.decode(sample.subarray(0, 16)))?.[1];
  const table = behindComments(sample);
  const bytes = table.subarray(0, READING_LIMITS.sampleBytes);
  const whole = complete && bytes.length === table.length;
  const text = LATIN1.decode(table);
  if (declared !== undefined && /^[\x20-\x7e\t]+$/.test(declared))
    return likeliest([declared], bytes, text, encoding, whole)!.grammar;
  const best = likeliest([...DELIMITERS, ...CONTROLS, ...WEAK], bytes, text, encoding, whole);
  const inner = unwrappedGrammar(bytes, encoding, whole);
  if (inner !== null) return inner;
  const long = likeliest(longDelimiters(text.slice(0, bytes.length)), bytes, text, encoding, whole);
  if (long !== null && long.score > WEIGHTS.oneColumn) return long.grammar;
  if (best !== null && best.score > WEIGHTS.oneColumn) return best.grammar;
  const lone = grammarsFor(text, ",")[0]!;
  const cutsNothing = parse(bytes, lone, encoding, whole).every((record) => record.cells.length === 1);
  return cutsNothing ? lone : { ...lone, delimiter: "" };
}

/** The sample from its first line that is no comment; all of it where there is no other. */
function behindComments(sample: Uint8Array): Uint8Array {
  const lines = /^(?:[ \t]*(?:#|%|\/\/)[^\r\n]*(?:\r\n?|\n)|[ \t]*(?:\r\n?|\n))+/.exec(LATIN1.decode(sample));
  return lines === null || lines[0].length === sample.length ? sample : sample.subarray(lines[0].length);
}

function likeliest(
  delimiters: readonly string[],
  bytes: Uint8Array,
  text: string,
  encoding: PlainEncoding,
  whole: boolean,
): Candidate | null {
  let best: Candidate | null = null;
  for (const delimiter of delimiters) {
    if (!text.includes(delimiter)) continue;
    for (const grammar of grammarsFor(text, delimiter)) {
      const records = parse(bytes, grammar, encoding, whole);
      const score = scoreOf(records, grammar) * (delimiters.length === 1 ? 1 : rarity(records, delimiter));
      if (best === null || score > best.score) best = { grammar, score };
    }
  }
  return best;
}

/** What a table of a rare separator keeps of its score: nothing unless it is as even as tables are. */
function rarity(records: readonly SampleRecord[], delimiter: string): number {
  const weak = (WEAK as readonly string[]).includes(delimiter);
  if (!weak && !(CONTROLS as readonly string[]).includes(delimiter)) return 1;
  const { width, most, first, last } = tableStretch(records.map(({ cells }) => cells));
  if (most < (last - first + 1) * (weak ? WEIGHTS.weakEven : WEIGHTS.rareEven)) return 0;
  if (!weak) return 1;
  if (width < WEIGHTS.weakColumns || most < WEIGHTS.weakRecords || most < records.length * WEIGHTS.rareEven) return 0;
  if (records.slice(first + 1).some(({ text }) => kindOf(text) !== "text")) return 0;
  if (delimiter !== " " && width >= WEIGHTS.weakWide) return WEIGHTS.weak;
  return valueShare(records.slice(first + 1)) >= WEIGHTS.weakValues ? WEIGHTS.weak : 0;
}

/** Share of the filled cells that are quoted, numbers, dates or addresses. */
function valueShare(records: readonly SampleRecord[]): number {
  let filled = 0;
  let values = 0;
  for (const { cells, text } of records) {
    for (const cell of cells) {
      const kind = kindOf(cell);
      if (kind === "empty") continue;
      filled++;
      if (kind !== "text" || text.includes(`"${cell}"`)) values++;
    }
  }
  return filled === 0 ? 0 : values / filled;
}

const WHOLLY_QUOTED = /^"(?:[^"]|"")*"$/;

/** The grammar inside lines that are each one quoted cell, where it makes a better table than the lines as they are. */
function unwrappedGrammar(bytes: Uint8Array, encoding: PlainEncoding, whole: boolean): Grammar | null {
  const lines = parse(bytes, { delimiter: "", quote: '"', escape: "double" }, encoding, whole);
  const quoted = lines.filter(({ text }) => WHOLLY_QUOTED.test(text));
  if (quoted.length < Math.max(2, lines.length * WEIGHTS.wrappedShare)) return null;
  if (lines.every(({ cells }) => kindOf(cells[0]!) !== "text")) return null;
  const inside = Buffer.from(lines.map(({ cells }) => cells[0]!).join("\n"));
  const best = likeliest(DELIMITERS, inside, inside.toString("latin1"), "utf-8", true);
  if (best === null || best.score <= WEIGHTS.oneColumn) return null;
  const grammar: Grammar = { ...best.grammar, wrapped: true };
  const records = parse(bytes, grammar, encoding, whole);
  const { width, most, first } = tableStretch(records.map(({ cells }) => cells));
  // "Doe, John" is one name.
  if (width === 2 && records.every(({ cells }) => cells.every((cell, j) => j === 0 || cell.startsWith(" ")))) return null;
  return first === 0 && width > 1 && most >= records.length * WEIGHTS.wrappedEven ? grammar : null;
}

/** A line between the others that says nothing about how they are cut. */
const COMMENT = /^#(?:\s|$)/;

function parse(bytes: Uint8Array, grammar: Grammar, encoding: "utf-8" | "windows-1252", whole: boolean): SampleRecord[] {
  const records: SampleRecord[] = [];
  const take = (cells: string[], start: number, end: number): boolean => {
    const comment = cells.length === 1 && COMMENT.test(cells[0]!);
    if (!comment && cells.some((cell) => cell.trim() !== "")) records.push({ cells, text: latin1(bytes, start, end) });
    return records.length < READING_LIMITS.sampleRecords;
  };
  readRecords(bytes, { ...grammar, encoding }, take, { last: whole });
  if (records.length === 0) readRecords(bytes, { ...grammar, encoding }, take);
  return records;
}

const LATIN1 = new TextDecoder("latin1");
const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  LATIN1.decode(bytes.subarray(start, Math.min(end, start + 2000)));

function scoreOf(records: readonly SampleRecord[], grammar: Grammar): number {
  const { width, first, last, score, steady } = tableStretch(records.map(({ cells }) => cells));
  if (width === 0) return 0;
  const table = records.slice(first, last + 1);
  const bare = records.findIndex(({ cells }) => cells.length > 1) > 0;
  const prose = bare && !steady && looksLikeSingleValues(table, grammar.delimiter) ? WEIGHTS.prose : 1;
  return score * wholeCells(table, grammar) * prose;
}

/** Lines that are one value each: "Acme, Inc." (a comma in running text is followed by a space) or one number, date or address. */
function looksLikeSingleValues(records: readonly SampleRecord[], delimiter: string): boolean {
  if (delimiter === "\t") return false;
  let single = 0;
  for (const { text } of records) {
    const value = kindOf(text.replace(/^"|"$/g, "")) !== "text";
    if (value || !text.split(delimiter).some((part, i) => i > 0 && !part.startsWith(" "))) single++;
  }
  return single >= records.length * WEIGHTS.proseShare;
}
