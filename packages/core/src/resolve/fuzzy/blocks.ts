import type { Company } from "./compare-companies.ts";
import type { NameParts } from "./name-parts.ts";
import { agreeing, SKETCHES, sketch } from "./sketch.ts";

/** [design] Rarest words of a name that bring companies together. */
const WORDS = 3;
/** [design] Letters at either end of a name that do. */
const ENDS = 5;
/** [design] Sketches in a band: two names that share half of their three-letter pieces meet in one of eight bands in nine cases of ten. */
const BAND = 2;
/** [design] Sketches that must agree where nothing but a few letters brought two companies together. */
const ALIKE = 6;
/** [design] Neighbours in the order of names that are compared in blocks too large to compare all. */
const NEIGHBOURS = 8;

/** What brought a block together, which is how it is split when it is too large. */
type Kind = "word" | "number" | "other" | "letters";
type Put = (kind: Kind, key: string | number, index: number) => void;

/** Companies that share a key, by kind of key: keys as 32 bits beside the company's number in one sortable number. */
class Index {
  readonly #shift: number;
  #entries = new Float64Array(1024);
  #size = 0;

  constructor(companies: number) {
    this.#shift = 2 ** Math.ceil(Math.log2(companies + 1));
  }

  put(key: number, index: number): void {
    if (this.#size === this.#entries.length) {
      const grown = new Float64Array(this.#entries.length * 2);
      grown.set(this.#entries);
      this.#entries = grown;
    }
    this.#entries[this.#size++] = key * this.#shift + index;
  }

  /** Every key that two companies or more share, with their numbers ascending. */
  *shared(): Generator<[key: number, members: number[]]> {
    const entries = this.#entries.subarray(0, this.#size).sort();
    for (let from = 0; from < entries.length; ) {
      const key = Math.floor(entries[from]! / this.#shift);
      const limit = (key + 1) * this.#shift;
      let to = from + 1;
      while (to < entries.length && entries[to]! < limit) to++;
      if (to - from > 1) {
        const members: number[] = [];
        for (let at = from; at < to; at++) {
          const index = entries[at]! - key * this.#shift;
          if (members[members.length - 1] !== index) members.push(index);
        }
        if (members.length > 1) yield [key, members];
      }
      from = to;
    }
  }
}

/** 32 bits of a text (FNV-1a); two texts that share them by chance are compared in vain, no more. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Blocks one after the other; the first `tight` of them compare all with all, the others those whose letters are alike. */
class Blocks {
  readonly #members: number[] = [];
  readonly #starts: number[] = [0];
  tight = 0;

  add(members: readonly number[]): void {
    for (const member of members) this.#members.push(member);
    this.#starts.push(this.#members.length);
  }

  get count(): number {
    return this.#starts.length - 1;
  }

  /** Visits each pair of one block or more once, where at least one of the two is a probe. */
  visit(
    companies: number,
    isProbe: (index: number) => boolean,
    alike: (a: number, b: number) => boolean,
    visit: (a: number, b: number) => void,
  ): void {
    const members = Int32Array.from(this.#members);
    const starts = Int32Array.from(this.#starts);
    const offsets = new Int32Array(companies + 1);
    for (const member of members) offsets[member + 1]!++;
    for (let i = 0; i < companies; i++) offsets[i + 1]! += offsets[i]!;
    const places = offsets.slice();
    const blocks = new Int32Array(members.length);
    for (let block = 0; block + 1 < starts.length; block++)
      for (let at = starts[block]!; at < starts[block + 1]!; at++) blocks[places[members[at]!]!++] = block;
    const probe = Uint8Array.from({ length: companies }, (_, index) => (isProbe(index) ? 1 : 0));
    const seen = new Int32Array(companies).fill(-1);
    for (let a = 0; a < companies; a++) {
      if (probe[a] === 0) continue;
      for (let i = offsets[a]!; i < offsets[a + 1]!; i++) {
        const block = blocks[i]!;
        for (let at = starts[block]!; at < starts[block + 1]!; at++) {
          const b = members[at]!;
          if (b === a || seen[b] === a || (b < a && probe[b] === 1)) continue;
          seen[b] = a;
          if (block < this.tight || alike(a, b)) visit(Math.min(a, b), Math.max(a, b));
        }
      }
    }
  }
}

/**
 * Visits pairs of companies that could be one, each once and `a < b`, without comparing all with all: those that share rare words, the
 * initials, an address or a telephone, and those that share an end of the name or pieces of three letters and look alike. A block above
 * `largest` is split by a second word, then into overlapping runs in name order. Of each pair one is a probe at least.
 */
export function visitPairs(
  companies: readonly Company[],
  largest: number,
  isProbe: (index: number) => boolean,
  visit: (a: number, b: number) => void,
): void {
  const acronyms = new Set<string>();
  for (const { name } of companies) for (const each of [name, ...name.others]) if (each.acronym) acronyms.add(each.acronym);
  const indexes: Readonly<Record<Kind, Index>> = {
    word: new Index(companies.length),
    number: new Index(companies.length),
    other: new Index(companies.length),
    letters: new Index(companies.length),
  };
  const put: Put = (kind, key, index) => indexes[kind].put(typeof key === "number" ? key : hashOf(key), index);
  const plain = new Int32Array(companies.length * SKETCHES);
  const withForm = new Int32Array(companies.length * SKETCHES);
  for (const [index, { name, place }] of companies.entries()) {
    const at = index * SKETCHES;
    for (const other of name.others) nameKeys(other, index, acronyms, put);
    nameKeys(name, index, acronyms, put);
    sketch(name.squeezed, plain.subarray(at, at + SKETCHES));
    sketch(name.whole, withForm.subarray(at, at + SKETCHES));
    if (!place) continue;
    if (place.phone !== "") put("other", `t${place.phone.slice(-7)}`, index);
    if (place.street.length > 0 && place.number !== "") put("number", `${place.number} ${place.street[0]}`, index);
    if (place.postcode !== "" && place.number !== "") put("other", `z${place.postcode} ${place.number}`, index);
  }
  const blocks = new Blocks();
  for (const kind of ["word", "number", "other", "letters"] as const) {
    if (kind === "letters") blocks.tight = blocks.count;
    for (const [key, members] of indexes[kind].shared()) {
      if (members.length <= largest) blocks.add(members);
      else split(kind, key, members, companies, largest, blocks);
    }
  }
  const alike = (a: number, b: number): boolean => agreeing(plain, a, b) >= ALIKE || agreeing(withForm, a, b) >= ALIKE;
  blocks.visit(companies.length, isProbe, alike, visit);
}

function nameKeys(name: NameParts, index: number, acronyms: ReadonlySet<string>, put: Put): void {
  const { words, squeezed, whole } = name;
  put("other", `s${squeezed}`, index);
  const ranked =
    words.length <= WORDS ? words : [...words].sort((a, b) => b.weight - a.weight || (a.stem < b.stem ? -1 : 1)).slice(0, WORDS);
  for (const { stem, role } of ranked)
    put(words.length === 1 || role === "distinct" || role === "number" ? "word" : "letters", stem, index);
  if (words.length > 1) put("word", words[0]!.text + words[1]!.text, index);
  if (words.length === 1) put("word", words[0]!.text, index);
  for (const letters of name.initials) if (acronyms.has(letters)) put("word", `a ${letters}`, index);
  if (name.acronym) put("word", `a ${name.acronym}`, index);
  if (squeezed.length > ENDS) {
    put("letters", `b${squeezed.slice(0, ENDS)}`, index);
    put("letters", `e${squeezed.slice(-ENDS)}`, index);
  }
  bandKeys(squeezed, index, put);
  if (whole !== squeezed) bandKeys(whole, index, put);
}

function bandKeys(text: string, index: number, put: Put): void {
  if (!sketch(text, OWN)) return;
  for (let at = 0; at < SKETCHES; at += BAND) {
    let key = at;
    for (let k = at; k < at + BAND; k++) key = Math.imul(key ^ OWN[k]!, 0x01000193);
    put("letters", key >>> 0, index);
  }
}

const OWN = new Int32Array(SKETCHES);

function split(
  kind: Kind,
  key: number,
  block: readonly number[],
  companies: readonly Company[],
  largest: number,
  blocks: Blocks,
): void {
  const parts = new Map<string, number[]>();
  const put = (part: string, index: number): void => {
    const known = parts.get(part);
    if (known) known.push(index);
    else parts.set(part, [index]);
  };
  for (const index of block) {
    const { name, place } = companies[index]!;
    if (kind === "word") {
      const others = new Set<string>();
      for (const { stem } of name.words) if (hashOf(stem) !== key) others.add(stem);
      if (others.size === 0) put("", index);
      for (const other of others) put(other, index);
    } else if (kind === "number") {
      put(place!.postcode || place!.city, index);
    } else put(place && place.street.length > 0 ? `${place.number} ${place.street.join(" ")}` : (place?.postcode ?? ""), index);
  }
  for (const part of parts.values()) {
    if (part.length < 2 || part.length === block.length) continue;
    if (part.length <= largest) blocks.add(part);
    else runs(part, companies, blocks);
  }
  if (kind !== "word" || parts.size === 1) runs(block, companies, blocks);
}

/** Overlapping runs of neighbours in the order of names, each company with {@link NEIGHBOURS} on either side. */
function runs(block: readonly number[], companies: readonly Company[], blocks: Blocks): void {
  const sorted = [...block].sort((a, b) => {
    const x = companies[a]!.name.squeezed;
    const y = companies[b]!.name.squeezed;
    return x < y ? -1 : x > y ? 1 : a - b;
  });
  for (let from = 0; from < sorted.length; from += NEIGHBOURS) {
    const run = sorted.slice(from, from + 2 * NEIGHBOURS);
    if (run.length > 1) blocks.add(run);
  }
}
