import { normalizeCompanyName } from "../keys/company-name.ts";
import { lettersOf, soundOf } from "./spelling.ts";
import { FORM_WORDS, JOINERS, PLACE_WORDS, STRUCTURE_WORDS, stemOf, TRADE_WORDS, transliterate } from "./word-forms.ts";
import { knownInBackground, type WordRole, wordWeight } from "./word-weight.ts";

/** One word of a name as compared. */
export interface NameWord {
  /** Folded, as written. */
  text: string;
  /** {@link stemOf} of it. */
  stem: string;
  /** `text` without doubled letters. */
  single: string;
  /** {@link soundOf} of it. */
  sound: string;
  role: WordRole;
  /** What it tells: 1 where hardly any company has it, near 0 for `Group`. */
  weight: number;
  /** Several names have it, so that another spelling is another word. */
  known: boolean;
  /** Which letters it has, a bit each. */
  letters: number;
}

/** A company's name taken apart. */
export interface NameParts {
  /** Words of the main name without joiners; at least one. */
  words: readonly NameWord[];
  /** All letters of the main name, joiners and spaces out. */
  squeezed: string;
  /** The same with the legal form, for names whose form is damaged. */
  whole: string;
  /** First letters of the words, joiners out and in, where there are two or more. */
  initials: readonly string[];
  /** A name that is all one short word may be initials. */
  acronym: string | null;
  /** Canonical legal form, null where none is written. */
  legalForm: string | null;
  /** Joiners and words of the legal form: a damaged one is no word of the other name. */
  small: readonly string[];
  /** What is said after a dash, a comma or in brackets and is no other name: a branch, a place, a class of shares. */
  qualifiers: readonly NameWord[];
  /** Names that it also goes by: in brackets, after `dba`, `formerly`, a slash; with what is said after a dash. */
  others: readonly NameParts[];
}

const ALSO =
  /\s+(?:d\.?\s?\/?\s?b\.?\s?\/?\s?a\.?|doing business as|t\/a|trading as|a\.?k\.?a\.?|a\/k\/a|f\.?k\.?a\.?|f\/k\/a|n\/k\/a|formerly(?: known as)?|previously|also known as|operating as|o\/a|vormals|ehemals|anciennement|antes)[:\s]+/i;
const BRACKETS = /\(([^()]*)\)|\[([^[\]]*)\]|\{([^{}]*)\}/g;
const FORMERLY =
  /^(?:formerly(?: known as)?|previously|prev\.?|now|aka|a\.k\.a\.?|fka|f\.k\.a\.?|dba|d\/b\/a|d\.b\.a\.?|t\/a|vormals|ex|was|trading as|also known as)[:\s]+/i;
const STORE =
  /(?:\b(?:store|unit|branch|shop|location|site|suite|ste|filiale|nr|no)\.?\s*)?#\s*\d+\b|\b(?:store|unit|branch|shop|location|filiale)\s+(?:no\.?\s*)?\d+\b/gi;
const TAIL = /\s+[-–—|@]\s+|\s*[;|]\s*/;
const SHARES = /^(?:class|cl|series|ser)\s+[a-z0-9]{1,2}$|^(?:the|publ|plc|inc|ltd|llc|corp|corporation)\.?$/i;
/** A sign inside a word stands where a letter was lost (`M?ller`). */
const LOST_LETTER = /(?<=\p{L})[{}[\]<>|_?=^~*\\\p{Cc}\ufffd](?=\p{L})/gu;
/** A founder's name as indexes turn it round: `Lilly (Eli)`. */
const SURNAME_FIRST = /^(\p{L}+) \((\p{L}+)\)$/u;
/** What an export left of `&` and of a character by its number. */
const ENTITY = /&(?:amp|#(\d{2,5}));/g;
const DOUBLED = /(.)\1+/g;
const MAX_OTHERS = 3;
/** Longest word taken for initials. */
const MAX_ACRONYM = 6;
const ORDINAL = /^\d+(?:st|nd|rd|th)$/;
const STRUCTURE = stems(new Set([...STRUCTURE_WORDS, ...FORM_WORDS]));
const TRADE = stems(TRADE_WORDS);
const PLACES = stems(PLACE_WORDS);
/** Legal forms that no name uses as a word: they are nothing to compare wherever they stand. */
const INNER_FORMS: ReadonlySet<string> = new Set(
  "gmbh ltd limited inc incorporated llc llp plc corp sarl sprl srl spa bv nv aps kgaa ohg pty pvt pte bhd sdn ltda eirl".split(
    " ",
  ),
);

function stems(words: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...words].map(stemOf));
}

function roleOf(stem: string, text: string): WordRole {
  if (JOINERS.has(stem)) return "joiner";
  if (STRUCTURE.has(stem)) return "structure";
  if (TRADE.has(stem)) return "trade";
  if (PLACES.has(stem)) return "place";
  return /^\d+$/.test(text) || ORDINAL.test(text) || /^[ivx]{2,5}$/.test(text) ? "number" : "distinct";
}

/** Words taken apart before: names share them. Emptied when there are too many. */
const KNOWN_WORDS = new Map<string, NameWord>();
const MOST_WORDS = 100_000;

function wordOf(text: string): NameWord {
  const known = KNOWN_WORDS.get(text);
  if (known !== undefined) return known;
  const stem = stemOf(text);
  const role = roleOf(stem, text);
  const word: NameWord = {
    text,
    stem,
    single: text.replace(DOUBLED, "$1"),
    sound: soundOf(text),
    role,
    weight: wordWeight(stem, role),
    known: knownInBackground(stem),
    letters: lettersOf(text),
  };
  if (KNOWN_WORDS.size >= MOST_WORDS) KNOWN_WORDS.clear();
  KNOWN_WORDS.set(text, word);
  return word;
}

const wordsOf = (key: string): NameWord[] => key.split(" ").filter(Boolean).map(wordOf);

/** Takes a name apart; null where {@link normalizeCompanyName} finds none. `country` as there. */
export function nameParts(raw: string, country?: string): NameParts | null {
  const others: string[] = [];
  const qualifiers: string[] = [];
  let main = raw.includes("&")
    ? raw.replace(ENTITY, (_, code?: string) => (code ? String.fromCodePoint(Number(code)) : "&"))
    : raw;
  main = main.replace(LOST_LETTER, "");
  const decoded = main;
  const also = ALSO.exec(main);
  if (also && also.index > 1) {
    others.push(main.slice(also.index + also[0].length));
    main = main.slice(0, also.index);
  }
  if (/[([{]/.test(main)) {
    main = main.replace(BRACKETS, (_, round?: string, square?: string, curly?: string) => {
      const text = (round ?? square ?? curly ?? "").trim();
      if (text === "" || SHARES.test(text)) return " ";
      const former = FORMERLY.exec(text);
      if (former) others.push(text.slice(former[0].length));
      else if (isPlain(text)) qualifiers.push(text);
      else {
        others.push(text);
        if (SURNAME_FIRST.test(raw)) others.push(raw.replace(SURNAME_FIRST, "$2 $1"));
      }
      return " ";
    });
    if (main.trim() === "") main = decoded;
  }
  const slash = main.indexOf(" / ");
  if (slash > 1) {
    others.push(main.slice(slash + 3));
    main = main.slice(0, slash);
  }
  main = main.replace(STORE, (text) => {
    qualifiers.push(text.replace(/\D+/g, " "));
    return " ";
  });
  const tail = TAIL.exec(main);
  if (tail && tail.index > 1) {
    others.push(main.replace(TAIL, " "));
    qualifiers.push(main.slice(tail.index + tail[0].length));
    main = main.slice(0, tail.index);
  }
  const comma = /^([^,]+),\s*(.+)$/.exec(main);
  if (
    comma &&
    normalizeCompanyName(comma[2]!, country)?.legalForm == null &&
    wordsOf(transliterate(comma[2]!)).every(({ role }) => role === "place")
  ) {
    qualifiers.push(comma[2]!);
    main = comma[1]!;
  }
  return build(main, country, qualifiers, others) ?? (main === decoded ? null : build(decoded, country, [], []));
}

/** Whether a bracketed text only places or describes the company. */
function isPlain(text: string): boolean {
  return wordsOf(
    transliterate(text.replaceAll(".", ""))
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim(),
  ).every(({ role }) => role !== "distinct" && role !== "number");
}

function build(
  main: string,
  country: string | undefined,
  qualifiers: readonly string[],
  others: readonly string[],
): NameParts | null {
  const name = normalizeCompanyName(main, country);
  if (!name) return null;
  const all = wordsOf(/^[\0-\x7f]*$/.test(name.key) ? name.key : transliterate(name.key));
  let words = all.filter(({ text, role }, index) => role !== "joiner" && !(index > 0 && INNER_FORMS.has(text)));
  if (words.length === 0) words = all;
  const squeezed = words.map(({ text }) => text).join("");
  const letters = words.map(({ text }) => text[0]).join("");
  const initials = words.length < 2 ? [] : [letters];
  const every = all.map(({ text }) => text[0]).join("");
  if (words.length >= 2 && every !== letters) initials.push(every);
  const only = words.length === 1 ? words[0]!.text : "";
  const qualifying = qualifiers
    .flatMap((text) => wordsOf(normalizeCompanyName(text)?.key ?? text.trim()))
    .filter(({ role }) => role !== "joiner");
  const known: NameParts[] = [];
  for (const text of others.slice(0, MAX_OTHERS)) {
    const other = build(text, country, [], []);
    if (other) known.push(other);
  }
  return {
    words,
    squeezed,
    whole: name.legalForm ? squeezed + name.legalForm.replaceAll(" ", "") : squeezed,
    initials,
    acronym: only.length >= 2 && only.length <= MAX_ACRONYM && /^[a-z]+$/.test(only) ? only : null,
    legalForm: name.legalForm,
    small: [...all.filter(({ role }) => role === "joiner").map(({ text }) => text), ...(name.legalForm?.split(" ") ?? [])],
    qualifiers: qualifying,
    others: known,
  };
}
