import { fold } from "./fold.ts";
import {
  BATH_WORDS,
  FORM_ENDS,
  GATED_FORMS,
  LEADING_FORMS,
  LEADING_STARTS,
  TRAILING_FORMS,
  UNSPACED_FORMS,
} from "./legal-forms.ts";
import { WordFilter } from "./word-filter.ts";

export { nameAgreesWithDomain } from "./name-domain.ts";

/** A company's name as identity. */
export interface CompanyName {
  /** Folded words without legal form, joined by one space: the block and comparison key. */
  key: string;
  /** Canonical labels of the stripped legal forms in reading order (`gmbh co kg`, `pty ltd`), null where none was stripped. */
  legalForm: string | null;
}

/** Answers people and exports write where they have no name; compared with the folded words, before and after legal forms are stripped. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(
  (
    "na|n a|nan|nil|none|null|unknown|undefined|test|tests|testing|test test|test company|test account|tba|tbd|tbc|not available|not applicable|not provided|" +
    "not specified|not known|no name|no company|no company name|no account|none given|empty|blank|missing|company name|account name|your company|my company|" +
    "xx|xxx|xxxx|asdf|asdfasdf|qwerty|abc123|dummy|demo account|self|self employed|selfemployed|freelance|freelancer|unemployed|retired|student|" +
    "no|own|my own|selbststandig|autonomo|job seeker|jobseeker|seeking employment|confidential|confidential company|stealth|stealth mode|stealth startup|stealth mode startup|private person|privat|privatperson|individual|personal|" +
    "various|various companies|other|others|misc|anonymous|no aplica|sin nombre|desconocido|desconocida|ninguno|ninguna|inconnu|inconnue|aucun|aucune|unbekannt|" +
    "keine|keine angabe|keine angaben|onbekend|nvt|geen|sconosciuto|nessuno|nessuna|desconhecido|nenhum|nao informado"
  ).split("|"),
);

/** What a text that is no name begins with; one look tells most names apart. */
const NO_NAME_STARTS = new WordFilter(["and", "the", ...[...PLACEHOLDERS].map((words) => words.split(" ")[0]!)]);
/** What legal forms end and open with. */
const FORM_END_WORDS = new WordFilter(FORM_ENDS.keys());
const LEADING_START_WORDS = new WordFilter(LEADING_STARTS);

/** What an ASCII character means in a name: 0 separator, 1 letter, 2 digit, 3 dropped, 4 ampersand, 5 dot. */
const MEANING = new Uint8Array(128);
for (let code = 97; code <= 122; code++) MEANING[code] = 1;
for (let code = 48; code <= 57; code++) MEANING[code] = 2;
MEANING[39] = 3;
MEANING[96] = 3;
MEANING[38] = 4;
MEANING[46] = 5;

/** What a spreadsheet leaves where a formula failed. */
const SHEET_ERROR = /^\s*#(?:n\/a|ref!|value!|name\?|div\/0!|null!|num!)\s*$/i;
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;
const LETTER = /\p{L}/u;
const DROPPED = /['`´‘’ʼ′"“”„«»״׳]/;
const ENTITY = /&(?:(amp)|(apos|quot|nbsp)|#(\d{1,6})|#x([0-9a-f]{1,5}));/gi;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const CJK = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
/** The most words a legal form is written in, each letter counted apart. */
const MAX_FORM_WORDS = 8;
const ZEROS = /^[0 ]+$/;
const CONNECTORS: ReadonlySet<string> = new Set(["und", "et", "og", "och"]);

function meaningAt(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 128) return MEANING[code] as number;
  if (Number.isNaN(code)) return 0;
  const character = text[index] as string;
  if (code >= 0xd800 && code <= 0xdfff) return 1;
  if (WORD_CHARACTER.test(character)) return LETTER.test(character) ? 1 : 2;
  return DROPPED.test(character) ? 3 : 0;
}

/** Words of a folded name. Dots inside an acronym (`s.p.a.`, `i.b.m.`) join its letters, apostrophes vanish, `&` becomes `and`. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let count = 0;
  let start = -1;
  let built = "";
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const meaning = code < 128 ? (MEANING[code] as number) : meaningAt(text, i);
    if (meaning === 1 || meaning === 2) {
      if (start < 0) start = i;
      continue;
    }
    if (start >= 0 || built !== "") {
      if (meaning === 3 || (meaning === 5 && isLoneLetter(text, i - 1) && isLoneLetter(text, i + 1))) {
        if (start >= 0) built += text.slice(start, i);
        start = -1;
        continue;
      }
      words[count++] = start < 0 ? built : built === "" ? text.slice(start, i) : built + text.slice(start, i);
      start = -1;
      built = "";
    }
    if (meaning === 4) words[count++] = "and";
  }
  if (start >= 0 || built !== "") words[count] = start < 0 ? built : built + text.slice(start);
  return words;
}

/** Whether the character at `index` is a letter with no letter, digit or apostrophe on either side. */
function isLoneLetter(text: string, index: number): boolean {
  if (meaningAt(text, index) !== 1) return false;
  const before = index === 0 ? 0 : meaningAt(text, index - 1);
  const after = index + 1 >= text.length ? 0 : meaningAt(text, index + 1);
  return (before === 0 || before > 3) && (after === 0 || after > 3);
}

/** How many words at the end of `words[from, to)` close into a legal form (never all of them), 0 where none does. */
function formLength(words: readonly string[], from: number, to: number, country: string | undefined): number {
  let joined = "";
  let best = 0;
  let before: string | undefined;
  for (let count = 1; count < to - from && count <= MAX_FORM_WORDS; count++) {
    const word = words[to - count] as string;
    if (before === undefined ? !FORM_END_WORDS.mayBe(word) : !before.includes(word[word.length - 1] as string)) break;
    joined = word + joined;
    before = FORM_ENDS.get(joined);
    if (before === undefined) break;
    if (TRAILING_FORMS.has(joined)) {
      const before = words[to - count - 1] as string;
      if (joined === "spa" && country !== "IT" && country !== "CL" && BATH_WORDS.has(before)) continue;
      if (joined === "sa" && before === "u") continue;
      best = count;
    } else if (country !== undefined && GATED_FORMS.get(joined)?.has(country)) best = count;
  }
  return best;
}

/** Cuts an unspaced Chinese, Japanese or Korean form off either end of a word; returns the rest, or the word itself. */
function cutUnspaced(word: string, forms: string[]): string {
  for (const form of UNSPACED_FORMS) {
    if (word.length <= form.length) continue;
    if (word.endsWith(form)) {
      forms.push(TRAILING_FORMS.get(form) ?? form);
      return word.slice(0, -form.length);
    }
    if (word.startsWith(form)) {
      forms.push(TRAILING_FORMS.get(form) ?? form);
      return word.slice(form.length);
    }
  }
  return word;
}

/** Strips articles and legal forms from both ends of `words` in place; the labels of the forms join `opening` and `closing`, the outermost first. */
function strip(words: string[], opening: string[], closing: string[], country: string | undefined): void {
  let from = 0;
  let to = words.length;
  while (to - from > 1) {
    const first = words[from] as string;
    const last = words[to - 1] as string;
    if (first === "the" || first === "and") from++;
    else if (last === "the" || last === "and") to--;
    else {
      const count = formLength(words, from, to, country);
      if (count > 0) {
        const joined = count === 1 ? last : words.slice(to - count, to).join("");
        closing.push(TRAILING_FORMS.get(joined) ?? joined);
        to -= count;
        continue;
      }
      const length = leadingLength(words, from, to, country);
      if (length === 0) break;
      const joined = words.slice(from, from + length).join("");
      opening.push(TRAILING_FORMS.get(joined) ?? joined);
      from += length;
    }
  }
  if (to < words.length) words.length = to;
  if (from > 0) words.splice(0, from);
}

/** How many words at the start open with a legal form, 0 where none does. */
function leadingLength(words: readonly string[], from: number, to: number, country: string | undefined): number {
  let joined = "";
  for (let count = 1; count <= 4 && count < to - from; count++) {
    joined += words[from + count - 1] as string;
    if (count === 1 && !LEADING_START_WORDS.mayBe(joined)) break;
    if (!LEADING_STARTS.has(joined)) break;
    const form = LEADING_FORMS.get(joined);
    if (form !== undefined && (country !== undefined && form.countries.has(country) ? true : to - from - count >= form.remaining))
      return count;
  }
  return 0;
}

/** Joins runs of single letters (`j p morgan` -> `jp morgan`) and turns und/et/y between words into `and`, in place; whether anything changed. */
function settle(words: string[]): boolean {
  let changed = false;
  let write = 0;
  for (let read = 0; read < words.length; read++) {
    let word = words[read] as string;
    if (word.length <= 3) {
      const inner = write > 0 && read < words.length - 1;
      if (inner && word === "y" && (words[write - 1] as string).length > 1 && (words[read + 1] as string).length > 1)
        word = "and";
      else if (inner && CONNECTORS.has(word)) word = "and";
      else if (isLetter(word)) {
        while (read + 1 < words.length && isLetter(words[read + 1] as string)) word += words[++read] as string;
      }
      if (word === "and" && write > 0 && words[write - 1] === "and") continue;
      if (word !== words[write]) changed = true;
    }
    words[write++] = word;
  }
  if (write === words.length) return changed;
  words.length = write;
  return true;
}

function isLetter(word: string): boolean {
  return word.length === 1 && meaningAt(word, 0) === 1 && !CJK.test(word);
}

/** Whether the words are no name: a placeholder, zeros only, or a lone article or `&`. */
function isNoName(words: readonly string[]): boolean {
  if (words.length > 3) return false;
  if (words.length === 0) return true;
  const first = words[0] as string;
  if (first.charCodeAt(0) !== 48 && !NO_NAME_STARTS.mayBe(first)) return false;
  const key = words.length === 1 ? (words[0] as string) : words.join(" ");
  return PLACEHOLDERS.has(key) || key === "and" || key === "the" || (key.charCodeAt(0) === 48 && ZEROS.test(key));
}

/** The character behind an HTML entity that an export left in the cell. */
function decodeEntity(
  entity: string,
  amp: string | undefined,
  quote: string | undefined,
  decimal: string | undefined,
  hex: string | undefined,
): string {
  if (amp !== undefined) return "&";
  if (quote !== undefined) return quote.toLowerCase() === "nbsp" ? " " : "'";
  const point = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
  return point > 31 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff) ? String.fromCodePoint(point) : entity;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
}

/**
 * The identity of a company's legal name; null for placeholders and for text without a letter or digit. `country` (ISO alpha-2) only
 * lets forms be stripped that are words or initials elsewhere (`Foo d.d.` in Slovenia, `AB Volvo` in Sweden).
 * Idempotent: normalising a key returns that key. Umlauts lose their dots (`Müller` -> `muller`, apart from `Mueller`).
 */
export function normalizeCompanyName(raw: string, country?: string): CompanyName | null {
  const text = raw.includes("&") ? raw.replace(ENTITY, decodeEntity) : raw;
  const lower = text.toLowerCase();
  const ascii = isAscii(lower);
  const folded = ascii ? lower : fold(text);
  if (!ascii && !LETTER_OR_DIGIT.test(folded)) return null;
  if (folded.includes("#") && SHEET_ERROR.test(text)) return null;
  let words = wordsOf(folded);
  const opening: string[] = [];
  const closing: string[] = [];
  const asian = !ascii && CJK.test(folded);
  let whole = 0;
  for (;;) {
    if (isNoName(words)) return null;
    whole = words.length;
    strip(words, opening, closing, country);
    const cut = asian ? words.map((word) => cutUnspaced(word, closing)) : words;
    const wasCut = asian && cut.some((word, i) => word !== words[i]);
    words = cut;
    if (!settle(words) && !wasCut) break;
  }
  if (words.length < whole && isNoName(words)) return null;
  let key = words[0] as string;
  for (let at = 1; at < words.length; at++) key += ` ${words[at]}`;
  // Signs beside a legal form are no name either.
  if (!ascii && !LETTER_OR_DIGIT.test(key)) return null;
  // Those at the end were taken off from the outside in.
  const forms = opening.length === 0 && closing.length < 2 ? closing : opening.concat(closing.reverse());
  const legalForm = forms.length === 0 ? null : forms.length === 1 ? forms[0]! : forms.join(" ");
  return { key, legalForm };
}
