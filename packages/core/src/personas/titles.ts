import { TITLE_PHRASES } from "./title-phrases.ts";
import { roleFor } from "./title-roles.ts";
import { normalizeTitle, spellings } from "./title-text.ts";
import {
  ASSISTANT_WORDS,
  COMPOUND_ENDINGS,
  DEPARTMENT_WORDS,
  type Department,
  JUNIOR_ALWAYS,
  SENIORITIES,
  SENIORITY_WORDS,
  type Seniority,
  WEAK_DEPARTMENT_WORDS,
} from "./title-words.ts";

/** What a job title says; null = not understood. Frozen and shared. */
export interface TitleClass {
  readonly role: string | null;
  readonly department: Department | null;
  readonly seniority: Seniority | null;
}

/** Titles remembered; at the limit the memory starts anew. [design] */
export const TITLE_CACHE_SIZE = 20_000;

/** Characters of a title that are read; a longer one is no title. [design] */
const MAX_LENGTH = 160;

const UNKNOWN: TitleClass = Object.freeze({ role: null, department: null, seniority: null });
const cache = new Map<string, TitleClass>();

/**
 * Role in a purchase (TAXONOMY 4.8), department and seniority by the words of a job title in English, German, French, Spanish or Dutch.
 * Precise before complete: what the tables do not know stays null. Of several titles ("CEO & Head of Sales", "Owner/Marketing Assistant")
 * the most senior one counts; seniority is what the title claims ("Account Manager" is a manager). Depends on the text alone.
 */
export function classifyTitle(title: string): TitleClass {
  const known = cache.get(title);
  if (known !== undefined) return known;
  if (title.length > MAX_LENGTH) return read(title.slice(0, MAX_LENGTH));
  const found = read(title);
  if (cache.size >= TITLE_CACHE_SIZE) cache.clear();
  cache.set(title, found);
  return found;
}

interface Entry {
  department: Department | null;
  weak: boolean;
  seniority: Seniority | null;
  role: string | null;
  assistant: boolean;
}

interface Reading {
  department: Department | null;
  seniority: Seniority | null;
  role: string | null;
}

const NOTHING: Entry = { department: null, weak: false, seniority: null, role: null, assistant: false };
const ASSISTANT: Entry = { ...NOTHING, assistant: true };
const LEXICON = new Map<string, Entry>();
let longest = 1;

function enter(phrases: string, entry: Entry): void {
  for (const phrase of phrases.split("|")) {
    for (const key of spellings(phrase)) {
      LEXICON.set(key, entry);
      longest = Math.max(longest, key.split(" ").length);
    }
  }
}

for (const [name, words] of Object.entries(WEAK_DEPARTMENT_WORDS))
  enter(words, { ...NOTHING, department: name as Department, weak: true });
for (const [name, words] of Object.entries(DEPARTMENT_WORDS)) enter(words, { ...NOTHING, department: name as Department });
for (const [name, words] of Object.entries(SENIORITY_WORDS)) enter(words, { ...NOTHING, seniority: name as Seniority });
for (const [phrases, department, seniority, role] of TITLE_PHRASES)
  enter(phrases, { ...NOTHING, department, seniority, role: role ?? null });
enter(ASSISTANT_WORDS, ASSISTANT);

/** Words after which a phrase names what somebody answers to or works at, not what they are. */
const CUTS = new Set(["to", "at", "bei", "chez", "zum", "zur", "reporting", "supporting", "vs"]);
const CONJUNCTIONS = new Set(["and", "und", "et", "y", "e", "en", "plus", "sowie"]);
const GENITIVES = new Set(["de", "du", "des", "del", "d", "della", "do", "da", "der", "van", "of"]);
const FORMER = new Set([
  "former",
  "ex",
  "past",
  "previously",
  "retired",
  "ehemaliger",
  "ancien",
  "ancienne",
  "antiguo",
  "voormalig",
  "aspiring",
  "future",
  "emeritus",
]);
/** What a word of rank alone says of the department where nothing else does. */
const FALLBACK = new Map<string, Department>([
  ...[
    "consultant",
    "advisor",
    "adviser",
    "berater",
    "beraterin",
    "conseiller",
    "conseillere",
    "consultor",
    "consultora",
    "asesor",
    "asesora",
    "adviseur",
  ].map((word) => [word, "consulting"] as const),
  ...["administrator", "admin"].map((word) => [word, "administrative"] as const),
]);
const AFTER_OWNER = new Set([
  "and",
  "president",
  "ceo",
  "director",
  "manager",
  "operator",
  "chef",
  "partner",
  "broker",
  "principal",
  "of",
  "und",
]);

function read(title: string): TitleClass {
  let best = null as Reading | null;
  let functional: Department | null = null;
  for (const segment of normalizeTitle(title)) {
    const reading = readSegment(segment);
    if (reading === null) continue;
    if (functional === null && reading.department !== null && reading.department !== "executive") functional = reading.department;
    if (best === null) {
      best = reading;
    } else if (outranks(reading, best)) {
      // "Founder & CTO" is an owner of technology; "Owner/Marketing Assistant" stays in charge of everything.
      best = { ...reading, department: reading.department ?? best.department };
    } else {
      if (best.department === null) best = { ...best, department: reading.department };
      if (
        best.seniority === "owner" &&
        best.department === "executive" &&
        reading.seniority === "c_level" &&
        reading.department !== null
      )
        best = { ...best, department: reading.department };
    }
  }
  if (best === null || (best.department === null && best.seniority === null)) return UNKNOWN;
  const department = best.department ?? functional;
  return Object.freeze({ role: best.role ?? roleFor(department, best.seniority), department, seniority: best.seniority });
}

function outranks(a: Reading, b: Reading): boolean {
  if (a.seniority === null) return false;
  if (a.seniority === "c_level" && b.seniority === "c_level") return a.department === "executive" && b.department !== "executive";
  return b.seniority === null || (rank(a.seniority) < rank(b.seniority) && b.seniority !== "junior");
}

function rank(seniority: Seniority): number {
  return SENIORITIES.indexOf(seniority);
}

/** One title without separators; null where nothing in it is understood or it is somebody's past. */
function readSegment(words: readonly string[]): Reading | null {
  if (FORMER.has(words[0]!)) return null;
  let department: Department | null = null;
  let weak: Department | null = null;
  let seniority: Seniority | null = null;
  let role: string | null = null;
  let assistantAt = -1;
  let junior = false;
  let understood = false;
  let genitive = false;
  let joined = false;
  let cutTo = false;
  let leads = false;
  let modifier: Seniority | null = null;

  for (let at = 0; at < words.length; ) {
    const word = words[at]!;
    if (
      word === "chief" &&
      words.indexOf("officer", at) > at &&
      LEXICON.get(words.slice(at, words.indexOf("officer", at) + 1).join(" ")) === undefined
    ) {
      seniority = "c_level";
      understood = true;
      at++;
      continue;
    }
    const [entry, used] = match(words, at);
    if (entry === null) {
      if (CUTS.has(word) && at > 0) {
        cutTo = word === "to" || word === "zum" || word === "zur";
        break;
      }
      if (CONJUNCTIONS.has(word)) joined = department !== null;
      if (GENITIVES.has(word)) genitive = true;
      at++;
      continue;
    }
    understood = true;
    if (entry.assistant) {
      if (assistantAt < 0) assistantAt = at;
    } else {
      if (entry.department !== null) {
        if (entry.weak) weak ??= entry.department;
        else if (
          department === null ||
          (!joined && !genitive && !(department === "executive" && entry.department !== null && seniority === "c_level"))
        )
          department = entry.department;
      }
      if (entry.seniority !== null) {
        if (entry.seniority === "junior" && JUNIOR_ALWAYS.has(words.slice(at, at + used).join(" "))) junior = true;
        if (entry.seniority === "senior") modifier = "senior";
        else if (seniority === null || rank(entry.seniority) < rank(seniority)) {
          seniority = entry.seniority;
          role = entry.role;
        }
        if (rank(entry.seniority) <= rank("director")) leads = true;
      }
      if (entry.department === "executive") leads = true;
    }
    at += used;
  }
  if (!understood) return null;
  if (junior) return { department: department ?? weak ?? byRank(words), seniority: "junior", role: null };
  if (assistantAt >= 0) {
    const ofLeader =
      cutTo || (leads && (genitive || (department === "executive" && seniority !== "director") || assistantAt > 0));
    if (ofLeader || (department === null && weak === null && seniority === null)) {
      return { department: "administrative", seniority: "individual", role: "gatekeeper" };
    }
    if (seniority === null) return { department: department ?? weak, seniority: "junior", role: null };
    if (seniority === "individual") seniority = "junior";
  }
  if (modifier !== null && (seniority === null || rank(seniority) > rank("senior"))) seniority = modifier;
  if (department === null && weak === null && seniority !== null && rank(seniority) >= rank("lead")) weak = byRank(words);
  department ??= weak;
  return { department, seniority, role };
}

/** The department that a word of rank stands for ("Junior Consultant": consulting); null where none does. */
function byRank(words: readonly string[]): Department | null {
  for (const word of words) {
    const department = FALLBACK.get(word);
    if (department !== undefined) return department;
  }
  return null;
}

/** The longest known phrase that starts at `at`, and its length in words. */
function match(words: readonly string[], at: number): [entry: Entry | null, used: number] {
  const word = words[at]!;
  for (let used = Math.min(longest, words.length - at); used > 1; used--) {
    const entry = LEXICON.get(words.slice(at, at + used).join(" "));
    if (entry !== undefined) return [entry, used];
  }
  if (word === "owner") return [ownerAt(words, at), 1];
  if (word === "partner") return [partnerAt(words, at), 1];
  const entry = LEXICON.get(word) ?? feminine(word) ?? compound(word);
  return [entry, 1];
}

const OWNER: Entry = { ...NOTHING, department: "executive", seniority: "owner" };
const PARTNER: Entry = { ...NOTHING, seniority: "partner" };
const PARTNERSHIPS: Entry = { ...NOTHING, department: "business_development" };

/** "owner" stands alone or before an office; behind any other word ("Process Owner") it owns a thing, not a company. */
function ownerAt(words: readonly string[], at: number): Entry | null {
  if (at > 0 && !CONJUNCTIONS.has(words[at - 1]!) && LEXICON.get(words[at - 1]!)?.seniority === undefined) return null;
  const next = words[at + 1];
  return next === undefined || AFTER_OWNER.has(next) || CUTS.has(next) || CONJUNCTIONS.has(next) ? OWNER : null;
}

/** "partner" alone, or partner at or in something; before another word it is what is managed ("Partner Manager"). */
function partnerAt(words: readonly string[], at: number): Entry | null {
  const before = words[at - 1];
  if (before !== undefined && !CONJUNCTIONS.has(before)) {
    const entry = LEXICON.get(before);
    if (entry === undefined || entry.seniority === null || entry.seniority === "individual")
      return at + 1 < words.length ? PARTNERSHIPS : null;
  }
  const next = words[at + 1];
  return next === undefined || next === "in" || next === "of" || CUTS.has(next) || CONJUNCTIONS.has(next)
    ? PARTNER
    : PARTNERSHIPS;
}

/** German feminine: `leiterin` is `leiter`. */
function feminine(word: string): Entry | null {
  if (!word.endsWith("in") || word.length < 7) return null;
  const base = word.slice(0, -2);
  return LEXICON.get(base) ?? compound(base);
}

/** German and Dutch compounds of a known department and a known ending: `vertriebsleiter`, `inkoopmanager`. */
function compound(word: string): Entry | null {
  if (word.length < 9) return null;
  for (const ending of COMPOUND_ENDINGS) {
    if (!word.endsWith(ending)) continue;
    let stem = word.slice(0, -ending.length);
    let first = LEXICON.get(stem);
    if (first === undefined && stem.endsWith("s")) {
      stem = stem.slice(0, -1);
      first = LEXICON.get(stem);
    }
    const last = LEXICON.get(ending === "chef" ? "leiter" : ending === "sekretar" ? "secretary" : ending);
    if (first === undefined || first.department === null || last === undefined) continue;
    if (last.assistant && first.department !== "executive" && first.department !== "administrative")
      return { ...first, weak: false, seniority: "junior" };
    if (last.assistant) return { ...NOTHING, department: "administrative", seniority: "individual", role: "gatekeeper" };
    return { ...last, department: first.weak && last.department !== null ? last.department : first.department, weak: false };
  }
  return null;
}
