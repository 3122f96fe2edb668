import type { Company } from "./compare-companies.ts";
import type { NameParts } from "./name-parts.ts";

/** [design] Rarest words of a name that bring companies together. */
const WORDS = 3;
/** [design] Letters at either end of a name that do. */
const ENDS = 5;
/** [design] Sketches of a name's three-letter pieces, and pieces in each: two names that share half of them meet in one of eight in nine cases of ten. */
const SKETCHES = 8;
const PIECES = 2;
/** [design] Neighbours in the order of names that are compared in blocks too large to compare all. */
const NEIGHBOURS = 8;

/** Companies that may be the same: numbers into the list given, ascending. */
export type Block = readonly number[];

/**
 * Brings together companies that could be one, without comparing all with all: by rare words, both ends of the name, pieces of three letters,
 * initials, address and telephone. A block above `largest` is split by a second word, then into overlapping runs in name order.
 */
export function blocksOf(companies: readonly Company[], largest: number): Block[] {
  const blocks = new Map<string, number[]>();
  const acronyms = new Set<string>();
  for (const { name } of companies) for (const each of [name, ...name.others]) if (each.acronym) acronyms.add(each.acronym);
  const put = (key: string, index: number): void => {
    const block = blocks.get(key);
    if (block === undefined) blocks.set(key, [index]);
    else if (block[block.length - 1] !== index) block.push(index);
  };
  for (const [index, { name, place }] of companies.entries()) {
    nameKeys(name, index, acronyms, put);
    for (const other of name.others) nameKeys(other, index, acronyms, put);
    if (!place) continue;
    if (place.phone !== "") put(`t${place.phone.slice(-7)}`, index);
    if (place.street.length > 0 && place.number !== "") put(`l${place.number} ${place.street[0]}`, index);
    if (place.postcode !== "" && place.number !== "") put(`z${place.postcode} ${place.number}`, index);
  }
  const found: Block[] = [];
  for (const [key, block] of blocks) {
    if (block.length < 2) continue;
    if (block.length <= largest) found.push(block);
    else for (const part of split(key, block, companies, largest)) found.push(part);
  }
  return found;
}

function nameKeys(
  name: NameParts,
  index: number,
  acronyms: ReadonlySet<string>,
  put: (key: string, index: number) => void,
): void {
  const { words, squeezed, whole } = name;
  put(`s${squeezed}`, index);
  const ranked =
    words.length <= WORDS ? words : [...words].sort((a, b) => b.weight - a.weight || (a.stem < b.stem ? -1 : 1)).slice(0, WORDS);
  for (const word of ranked) put(`w${word.stem}`, index);
  if (words.length > 1) put(`w${words[0]!.text}${words[1]!.text}`, index);
  if (words.length === 1) put(`w${words[0]!.text}`, index);
  if (squeezed.length > ENDS) {
    put(`b${squeezed.slice(0, ENDS)}`, index);
    put(`e${squeezed.slice(-ENDS)}`, index);
  }
  for (const letters of name.initials) if (acronyms.has(letters)) put(`a${letters}`, index);
  if (name.acronym) put(`a${name.acronym}`, index);
  for (const [band, sketch] of sketches(whole).entries()) put(`m${band} ${sketch}`, index);
}

/** The smallest of the scrambled three-letter pieces, by {@link SKETCHES} times {@link PIECES} scramblings. */
function sketches(text: string): number[] {
  if (text.length < 5) return [];
  const count = SKETCHES * PIECES;
  const least = new Array<number>(count).fill(0xffffffff);
  const padded = `^${text}$`;
  for (let i = 0; i + 3 <= padded.length; i++) {
    const piece = (padded.charCodeAt(i) * 961 + padded.charCodeAt(i + 1) * 31 + padded.charCodeAt(i + 2)) | 0;
    for (let k = 0; k < count; k++) {
      let hash = Math.imul(piece ^ (k * 0x9e3779b1), 0x85ebca6b);
      hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
      hash = (hash ^ (hash >>> 13)) >>> 0;
      if (hash < least[k]!) least[k] = hash;
    }
  }
  const bands: number[] = [];
  for (let band = 0; band < SKETCHES; band++)
    bands.push((Math.imul(least[band * PIECES]!, 31) ^ least[band * PIECES + 1]!) >>> 0);
  return bands;
}

function split(key: string, block: readonly number[], companies: readonly Company[], largest: number): Block[] {
  const kind = key[0]!;
  const parts = new Map<string, number[]>();
  const put = (part: string, index: number): void => {
    const known = parts.get(part);
    if (known) known.push(index);
    else parts.set(part, [index]);
  };
  for (const index of block) {
    const { name, place } = companies[index]!;
    if (kind === "w" || kind === "a") {
      const others = new Set(name.words.map(({ stem }) => stem));
      others.delete(key.slice(1));
      if (others.size === 0) put("", index);
      for (const other of others) put(other, index);
    } else if (kind === "l") {
      put(place!.postcode || place!.city, index);
    } else put(place && place.street.length > 0 ? `${place.number} ${place.street.join(" ")}` : (place?.postcode ?? ""), index);
  }
  const found: Block[] = [];
  for (const part of parts.values()) {
    if (part.length < 2) continue;
    if (part.length <= largest) found.push(part);
    else found.push(...runs(part, companies));
  }
  if (kind !== "w" && kind !== "a") found.push(...runs(block, companies));
  return found;
}

/** Overlapping runs of neighbours in the order of names, each company with {@link NEIGHBOURS} on either side. */
function runs(block: readonly number[], companies: readonly Company[]): Block[] {
  const sorted = [...block].sort((a, b) => {
    const x = companies[a]!.name.squeezed;
    const y = companies[b]!.name.squeezed;
    return x < y ? -1 : x > y ? 1 : a - b;
  });
  const found: Block[] = [];
  for (let from = 0; from < sorted.length; from += NEIGHBOURS) {
    const run = sorted.slice(from, from + 2 * NEIGHBOURS);
    if (run.length > 1) found.push(run.sort((a, b) => a - b));
  }
  return found;
}
