import type { NameWord } from "./name-parts.ts";
import { contracts, lettersDiffer, slipLikeness, slipsAllowed } from "./spelling.ts";
import { OPEN_ABBREVIATIONS } from "./word-forms.ts";
import { knownInBackground } from "./word-weight.ts";

/** Words of two names that mean the same, and those that found no partner. */
export interface Alignment {
  /** Weight of the shared words. */
  shared: number;
  /** Weight of the shared words that are written differently, times how differently. */
  slips: number;
  /** Weight of the shared words that are written differently. */
  slipped: number;
  /** Letters of the shortest of them. */
  slippedLength: number;
  restA: readonly NameWord[];
  restB: readonly NameWord[];
  /** Whether the first words found partners. */
  firstA: boolean;
  firstB: boolean;
  inOrder: boolean;
  /** Weight of the rarest shared word. */
  strongest: number;
  /** Letters of the longest shared word. */
  longest: number;
}

/** [design] How alike a word and its beginning (`Tech`, `Technology`) or its initial are taken to be. */
const BEGINNING = 0.85;
const INITIAL = 0.6;
/** [design] As {@link BEGINNING}, of one word with two endings or spellings. */
const OTHER_ENDING = 0.9;
const DOUBLED = 0.97;
const SHORTEST_BEGINNING = 4;
/** As {@link SHORTEST_BEGINNING}, of words about the trade. */
const SHORTEST_GENERIC = 3;
/** [design] How alike two words are taken to be that sound the same, from so many letters on. */
const SOUND = 0.95;
const SHORTEST_SOUND = 5;

const isGeneric = ({ role }: NameWord): boolean => role === "trade" || role === "structure";

/** How alike two different words are, 0..1: a slip, an abbreviation, an initial. */
function likeness(a: NameWord, b: NameWord): number {
  const [short, long] = a.text.length <= b.text.length ? [a, b] : [b, a];
  if (a.role === "number" || b.role === "number") return 0;
  if (short.text.length === 1)
    return long.text[0] === short.text && /^[a-z]/.test(short.text) && long.role === "distinct" ? INITIAL : 0;
  if (OPEN_ABBREVIATIONS.has(short.text) && long.text.startsWith(short.text)) return BEGINNING;
  if (
    isGeneric(long) &&
    short.text.length >= SHORTEST_GENERIC &&
    (long.text.startsWith(short.text) || contracts(short.text, long.text)) &&
    !knownInBackground(short.stem)
  )
    return BEGINNING;
  if (a.known && b.known) return 0;
  if (a.single === b.single) return DOUBLED;
  if (a.sound === b.sound && short.text.length >= SHORTEST_SOUND) return SOUND;
  if (!short.known && contracts(short.text, long.text)) return BEGINNING;
  if (long.text.startsWith(short.text) && short.text.length >= SHORTEST_BEGINNING && long.text.length >= short.text.length + 2)
    return short.known && short.role !== "trade" ? 0 : BEGINNING;
  const limit = slipsAllowed(short.text.length);
  if (limit === 0 || long.text.length - short.text.length > limit || lettersDiffer(a.letters, b.letters, limit)) return 0;
  return slipLikeness(a.text, b.text);
}

/** [design] How alike initials and the words that they stand for are taken to be beside other shared words, and how many there must be. */
const INITIALS = 0.85;
const FEWEST_INITIALS = 3;

/** Letters that words written as one are taken to have at least. */
const JOINED = 6;

/** Finds for each word of one name its partner in the other: the same word, two words written as one, a slip or an abbreviation. */
export function alignWords(a: readonly NameWord[], b: readonly NameWord[]): Alignment {
  const partnerA: number[] = new Array(a.length).fill(-1);
  const partnerB: number[] = new Array(b.length).fill(-1);
  let shared = 0;
  let slips = 0;
  let slipped = 0;
  let slippedLength = Number.POSITIVE_INFINITY;
  let strongest = 0;
  let longest = 0;
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      if (partnerB[j] !== -1 || a[i]!.stem !== b[j]!.stem) continue;
      partnerA[i] = j;
      partnerB[j] = i;
      const { weight, text } = a[i]!;
      shared += weight;
      if (text.length > longest) longest = text.length;
      if (weight > strongest) strongest = weight;
      if (a[i]!.role === "distinct" && text !== b[j]!.text) {
        slips += weight * (1 - OTHER_ENDING);
        slipped += weight * (1 - OTHER_ENDING);
      }
      break;
    }
  }
  const joined = joinWords(a, partnerA, b, partnerB) + joinWords(b, partnerB, a, partnerA);
  shared += joined;
  const initials = meetInitials(a, partnerA, b, partnerB) + meetInitials(b, partnerB, a, partnerA);
  shared += initials * INITIALS;
  slips += initials * (1 - INITIALS);
  slipped += initials;
  strongest = Math.max(strongest, joined, initials);
  if (initials > 0) longest = Math.max(longest, JOINED);
  if (joined > 0) longest = Math.max(longest, JOINED);
  for (;;) {
    let best = 0;
    let atA = -1;
    let atB = -1;
    for (let i = 0; i < a.length; i++) {
      if (partnerA[i] !== -1) continue;
      for (let j = 0; j < b.length; j++) {
        if (partnerB[j] !== -1) continue;
        const like = likeness(a[i]!, b[j]!);
        if (like > best) {
          best = like;
          atA = i;
          atB = j;
        }
      }
    }
    if (best === 0) break;
    partnerA[atA] = atB;
    partnerB[atB] = atA;
    const weight = Math.min(a[atA]!.weight, b[atB]!.weight);
    shared += weight * best;
    slips += weight * (1 - best);
    slipped += weight;
    slippedLength = Math.min(slippedLength, a[atA]!.text.length, b[atB]!.text.length);
    strongest = Math.max(strongest, weight);
    longest = Math.max(longest, Math.min(a[atA]!.text.length, b[atB]!.text.length));
  }
  let inOrder = true;
  let last = -1;
  for (const partner of partnerA) {
    if (partner === -1) continue;
    if (partner < last) inOrder = false;
    last = partner;
  }
  return {
    shared,
    slips,
    slipped,
    slippedLength,
    restA: a.filter((_, i) => partnerA[i] === -1),
    restB: b.filter((_, j) => partnerB[j] === -1),
    firstA: partnerA[0] !== -1,
    firstB: partnerB[0] !== -1,
    inOrder,
    strongest,
    longest,
  };
}

/** Pairs a word of `short` that is the initials of neighbours in `long` with them (`BNY`, `Bank of New York`); returns the weight so shared. */
function meetInitials(
  short: readonly NameWord[],
  partnerShort: number[],
  long: readonly NameWord[],
  partnerLong: number[],
): number {
  if (short.length < 2 || long.length <= FEWEST_INITIALS) return 0;
  let shared = 0;
  for (let i = 0; i < short.length; i++) {
    const { text } = short[i]!;
    if (partnerShort[i] !== -1 || text.length < FEWEST_INITIALS || text.length > long.length) continue;
    for (let j = 0; j + text.length <= long.length; j++) {
      let length = 0;
      while (length < text.length && partnerLong[j + length] === -1 && long[j + length]!.text[0] === text[length]) length++;
      if (length < text.length) continue;
      let weight = 0;
      for (let at = j; at < j + length; at++) {
        weight += long[at]!.weight;
        partnerLong[at] = i;
      }
      partnerShort[i] = j;
      shared += Math.min(weight, short[i]!.weight);
      break;
    }
  }
  return shared;
}

/** Pairs two or three neighbours of `many` with the one word of `one` that they spell together; returns the weight so shared. */
function joinWords(many: readonly NameWord[], partnerMany: number[], one: readonly NameWord[], partnerOne: number[]): number {
  let shared = 0;
  for (let j = 0; j < one.length; j++) {
    if (partnerOne[j] !== -1) continue;
    const { text, stem } = one[j]!;
    for (let i = 0; i + 1 < many.length; i++) {
      if (!text.startsWith(many[i]!.text) && !stem.startsWith(many[i]!.stem)) continue;
      let joined = "";
      let stems = "";
      let end = i;
      while (end < many.length && end < i + 3 && partnerMany[end] === -1 && joined !== text && stems !== stem) {
        joined += many[end]!.text;
        stems += many[end++]!.stem;
      }
      if ((joined !== text && stems !== stem) || end === i + 1) continue;
      let weight = 0;
      for (let at = i; at < end; at++) {
        partnerMany[at] = j;
        weight += many[at]!.weight;
      }
      partnerOne[j] = i;
      shared += Math.max(one[j]!.weight, weight);
      break;
    }
  }
  return shared;
}
