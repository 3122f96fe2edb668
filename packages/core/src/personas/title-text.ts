const GENDER_MARKS = /\((?:[mwfdxhva](?:\s*[/|,]\s*[mwfdxhvagn*]{1,4})+)\)|\ball genders\b/g;
const FEMININE_MARKS =
  /(?<=[a-z]{3})(?:[:*/_·.]in(?:nen)?|\((?:in|innen|e|ne|trice|euse|rice|se|a)\)|[·.]e|[·./](?:trice|euse|rice|a))(?![a-z])/g;
const DOTTED = /\b(?:[a-z]\.){2,}(?:[a-z]\b)?/g;
const BREAKS = /[/,;|()[\]{}•·:–—]|\s-+\s|\s-|-\s/;
const GAPS = /[^a-z0-9&+@]+/;

/**
 * A title as its parts between separators, each a list of words in lower case without accents. `&` and `+` are "and", `@` is "at"; dotted
 * abbreviations lose their dots; gender marks (`(m/w/d)`, `Leiter:in`, `directeur(trice)`) go. `R&D`, `M&A`, `FP&A`, `P&O` are two words each.
 */
export function normalizeTitle(title: string): string[][] {
  const text = plain(title)
    .replace(GENDER_MARKS, " ")
    .replace(FEMININE_MARKS, "")
    .replace(DOTTED, (dotted) => dotted.replaceAll(".", ""))
    .replace(/\b(r|m|p|fp|f)\s?&\s?(d|a|o|b)\b/g, "$1 $2")
    .replaceAll("&", " and ")
    .replaceAll("+", " and ")
    .replaceAll("@", " at ");
  const segments: string[][] = [];
  for (const part of text.split(BREAKS)) {
    const words = part.split(GAPS).filter((word) => word !== "");
    if (words.length > 0) segments.push(...splitTitles(words));
  }
  return segments;
}

/** The forms under which a phrase of the tables is found: without accents, and with German umlauts written out. */
export function spellings(phrase: string): string[] {
  const spaced = (text: string): string => text.split(GAPS).join(" ").trim();
  const lower = phrase.normalize("NFC").toLowerCase();
  const stripped = spaced(plain(lower).replaceAll("&", " "));
  const written = spaced(plain(lower.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue")).replaceAll("&", " "));
  return stripped === written ? [stripped] : [stripped, written];
}

function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("œ", "oe")
    .replaceAll("ø", "o")
    .replaceAll("’", "'");
}

/** Offices that stand for a title of their own on both sides of an "and": "Founder and CEO". */
const OFFICES = new Set(
  "ceo cfo cto cio coo cmo ciso cpo chro cro president founder cofounder owner chairman chairwoman director partner inhaber geschaftsfuhrer geschaeftsfuehrer".split(
    " ",
  ),
);

/** Splits "Owner and Head Chef" and "Director of IT and CISO" at the conjunction where an office stands beside it. */
function splitTitles(words: string[]): string[][] {
  for (let i = 1; i < words.length - 1; i++) {
    const word = words[i]!;
    if (word !== "and" && word !== "und" && word !== "et" && word !== "y" && word !== "en") continue;
    const before = OFFICES.has(words[i - 1]!);
    const after =
      OFFICES.has(words[i + 1]!) && (i + 2 === words.length || words[i + 2] === "of" || words[i + 2] === "at" || before);
    if (before || after) return [words.slice(0, i), ...splitTitles(words.slice(i + 1))];
  }
  return [words];
}
