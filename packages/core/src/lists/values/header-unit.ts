import { currencyOf } from "./currency.ts";

/** What a money header says about its unit, e.g. `Revenue (in 000s USD)` -> power 3, USD, base `Revenue`. */
export interface HeaderUnit {
  /** Power of ten: 0, 3, 6 or 9. */
  power: number;
  /** ISO 4217 code, or `$`, `¥`, `kr` where the symbol stands for several. */
  currency: string | undefined;
  /** The header without the unit text. */
  base: string;
}

const WORDS: ReadonlyMap<string, number> = new Map([
  ["000", 3],
  ["000s", 3],
  ["000's", 3],
  ["1000", 3],
  ["k", 3],
  ["t", 3],
  ["tsd", 3],
  ["thousand", 3],
  ["thousands", 3],
  ["m", 6],
  ["mm", 6],
  ["mn", 6],
  ["mio", 6],
  ["mln", 6],
  ["mil", 6],
  ["million", 6],
  ["millions", 6],
  ["millionen", 6],
  ["miljoen", 6],
  ["b", 9],
  ["bn", 9],
  ["bil", 9],
  ["billion", 9],
  ["billions", 9],
  ["mrd", 9],
  ["milliarden", 9],
  ["milliards", 9],
]);
const FILLERS: ReadonlySet<string> = new Set(["in", "of", "en", "local", "currency"]);
const TOKENS = /[\p{L}\p{N}']+|\p{Sc}/gu;

/**
 * The unit at the end of a header (`… (EUR)`, `… in millions`, `… M$`, `… in Mio. €`, `… (in 000s USD)`); null when there is none. Only
 * meaningful for headers of money columns: the caller looks `base` up before it believes the unit.
 */
export function headerUnit(header: string): HeaderUnit | null {
  const split = header.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, " ");
  const tokens = [...split.matchAll(TOKENS)];
  let power = 0;
  let currency: string | undefined;
  let from = tokens.length;
  while (from > 1) {
    const token = tokens[from - 1]![0];
    const lower = token.toLowerCase();
    const word = WORDS.get(lower);
    const code = word === undefined ? currencyOf(token) : undefined;
    if (word !== undefined && power === 0) power = word;
    else if (code !== undefined && currency === undefined) currency = code;
    else if (!FILLERS.has(lower)) break;
    from--;
  }
  if (power === 0 && currency === undefined) return null;
  const base = split.slice(0, tokens[from]!.index).replace(/[\s(_[,.:-]+$/u, "");
  return { power, currency, base };
}
