import { fold } from "../resolve/keys/fold.ts";

const NOT_WORD = /[^\p{L}\p{N}\p{M}]+/gu;
const AMPERSAND = /&/g;

/** A label or place name as its folded words, `&` as "and", joined by one space; `""` where nothing is left. Idempotent. */
export function labelWords(raw: string): string {
  return fold(raw).replace(AMPERSAND, " and ").replace(NOT_WORD, " ").trim();
}
