import type { ListKind } from "../kinds.ts";
import { aliasesOf } from "./aliases.ts";
import { normalizeHeader } from "./header.ts";

/** A field that a header reminds of. */
export interface SimilarHeader {
  field: string;
  rank: number;
  /** 0..1; 1 only for headers that mean the same letter by letter. */
  similarity: number;
  /** The known header that it reminds of, in plain words. */
  like: string;
}

/** Words that say nothing about what a column holds, in the languages of the packs. */
const EMPTY_WORDS: ReadonlySet<string> = new Set(
  "the of in for a an and or our your please der die das des von in im und de la le les du des el los las del y en het van der een".split(
    " ",
  ),
);
/** Weight of a year and of other digits beside a word: `Revenue 2023` is revenue [design]. */
const DIGIT_WEIGHT = 0.25;
/** Share of a shorter word that two words must begin with in common to count as one, and the least letters [design]. */
const STEM = { share: 0.75, letters: 4, counts: 0.9 } as const;
/** What a word inside a compound counts (`Firmenwebseite` holds `Webseite`), and the least letters of it [design]. */
const COMPOUND = { letters: 5, counts: 0.8 } as const;
/** What a slip of the pen counts: two words of at least so many letters whose pairs of letters agree so far [design]. */
const SLIP = { letters: 6, agree: 0.7, counts: 0.85 } as const;
/** Below this similarity a header reminds of nothing [design]. */
const LEAST = 0.6;

/** A longer header is no name of a column, and comparing it letter by letter would take for ever [design]. */
const LONGEST = 200;

const MARKS = /\p{M}/gu;

/** Aliases with accents are of one language; a word that is merely like one may be of another (`salary` is no `salarié`). */
const ACCENT = /[\u0300-\u036f]/;

/** The words of a header without accents, brackets and words that say nothing. */
function wordsOf(header: string): string[] {
  const plain = normalizeHeader(header).replaceAll("ß", "ss").normalize("NFKD").replace(MARKS, "");
  const words = plain.match(/[\p{L}]+|\p{N}+|[#%]/gu) ?? [];
  const telling = words.filter((word) => !EMPTY_WORDS.has(word));
  return telling.length > 0 ? telling : words;
}

interface Known {
  field: string;
  rank: number;
  words: string[];
  /** Words are to be met letter by letter. */
  exact: boolean;
  like: string;
}

interface Vocabulary {
  known: Known[];
  /** How much a word tells: words of few fields tell more. */
  weights: Map<string, number>;
}

const vocabularies = new Map<ListKind, Vocabulary>();

function vocabularyOf(kind: ListKind): Vocabulary {
  const found = vocabularies.get(kind);
  if (found !== undefined) return found;
  const known: Known[] = [];
  const fieldsOfWord = new Map<string, Set<string>>();
  for (const { field, rank, header } of aliasesOf(kind).values()) {
    if (field === null) continue;
    const words = wordsOf(header);
    known.push({ field, rank, words, exact: ACCENT.test(header.normalize("NFKD")), like: header });
    for (const word of words) {
      const fields = fieldsOfWord.get(word);
      if (fields === undefined) fieldsOfWord.set(word, new Set([field]));
      else fields.add(field);
    }
  }
  const all = new Set(known.map(({ field }) => field)).size;
  const weights = new Map<string, number>();
  for (const [word, fields] of fieldsOfWord) weights.set(word, Math.log(1 + all / fields.size));
  const vocabulary = { known, weights };
  vocabularies.set(kind, vocabulary);
  return vocabulary;
}

function pairs(word: string): string[] {
  const found: string[] = [];
  for (let at = 0; at + 1 < word.length; at++) found.push(word.slice(at, at + 2));
  return found;
}

/** Share of pairs of letters that two words have in common. */
function agreement(one: string, other: string): number {
  const left = pairs(other);
  let common = 0;
  const own = pairs(one);
  for (const pair of own) {
    const at = left.indexOf(pair);
    if (at < 0) continue;
    left[at] = "";
    common++;
  }
  return (2 * common) / (own.length + left.length || 1);
}

/** How far two words are one: 1 the same, less for a common stem, a part of a compound or a slip of the pen, else 0. */
function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (/^\p{N}|[#%]/u.test(short)) return 0;
  if (
    short.length >= STEM.letters &&
    long.startsWith(short.slice(0, Math.ceil(Math.max(STEM.letters, short.length * STEM.share)))) &&
    long.length - short.length <= 3
  )
    return STEM.counts;
  if (short.length >= COMPOUND.letters && (long.endsWith(short) || long.startsWith(short))) return COMPOUND.counts;
  if (short.length >= SLIP.letters && agreement(short, long) >= SLIP.agree) return SLIP.counts;
  return 0;
}

function weightOf(word: string, weights: ReadonlyMap<string, number>, rare: number): number {
  return /^\p{N}+$/u.test(word) ? DIGIT_WEIGHT : (weights.get(word) ?? rare);
}

function similarity(words: readonly string[], known: Known, weights: ReadonlyMap<string, number>, rare: number): number {
  const left = [...known.words];
  let common = 0;
  let whole = 0;
  for (const word of words) {
    const own = weightOf(word, weights, rare);
    let best = 0;
    let at = -1;
    for (let other = 0; other < left.length; other++) {
      const like = left[other] === "" ? 0 : known.exact ? Number(word === left[other]) : likeness(word, left[other]!);
      if (like > best) [best, at] = [like, other];
    }
    if (at < 0) {
      whole += own;
      continue;
    }
    // A word that nobody knows weighs what the known word weighs that it reminds of.
    const theirs = weightOf(left[at]!, weights, rare);
    const weight = weights.has(word) ? own : theirs;
    common += best * (weight + theirs);
    whole += weight + theirs;
    left[at] = "";
  }
  for (const word of left) if (word !== "") whole += weightOf(word, weights, rare);
  return whole === 0 ? 0 : common / whole;
}

/** The fields of that kind of list that a header reminds of, the likest header of each, best first; empty when it reminds of none. */
export function similarHeaders(header: string, kind: ListKind): SimilarHeader[] {
  const words = header.length > LONGEST ? [] : wordsOf(header);
  if (words.length === 0) return [];
  const { known, weights } = vocabularyOf(kind);
  const rare = Math.log(1 + known.length);
  const best = new Map<string, SimilarHeader>();
  for (const each of known) {
    const value = similarity(words, each, weights, Math.min(rare, 3));
    if (value < LEAST || value <= (best.get(each.field)?.similarity ?? 0)) continue;
    best.set(each.field, { field: each.field, rank: each.rank, similarity: value, like: each.like });
  }
  return [...best.values()].sort((a, b) => b.similarity - a.similarity || (a.field < b.field ? -1 : 1));
}
