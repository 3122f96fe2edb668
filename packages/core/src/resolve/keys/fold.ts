const LETTERS: ReadonlyMap<string, string> = new Map([
  ["ß", "ss"],
  ["æ", "ae"],
  ["œ", "oe"],
  ["ø", "o"],
  ["ł", "l"],
  ["đ", "d"],
  ["ð", "d"],
  ["þ", "th"],
  ["ħ", "h"],
  ["ı", "i"],
  ["ŋ", "n"],
  ["ŧ", "t"],
  ["ĸ", "k"],
]);
const SPECIAL = /[ßæœøłđðþħıŋŧĸ]/g;
const DIACRITICS = /[\u0300-\u036f]/g;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const ASCII = /^[\0-\x7f]*$/;

/** Compatibility-normalised lower case without Latin, Greek and Cyrillic diacritics (`ß` -> `ss`, `ł` -> `l`); other scripts keep their marks. Idempotent. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = text;
  for (let round = 0; round < 4; round++) {
    const next = folded
      .normalize("NFKC")
      .replace(INVISIBLE, "")
      .toLowerCase()
      .replace(SPECIAL, (letter) => LETTERS.get(letter) ?? letter)
      .normalize("NFD")
      .replace(DIACRITICS, "")
      .normalize("NFKC");
    if (next === folded) break;
    folded = next;
  }
  return folded;
}
