import { BoundedCache } from "../resolve/keys/bounded-cache.ts";
import { AMBIGUOUS_WORDS, INDUSTRY_WORDS, LEANING_WORDS } from "./industry-words.ts";
import { INDUSTRY_WORDS_BY_LANGUAGE } from "./industry-words-languages.ts";
import { labelWords } from "./label-words.ts";
import { naicsSector, type Vertical, verticalOf } from "./naics.ts";
import { sicSector } from "./sic.ts";

export type { Vertical };

/** What a row says of its industry; raw cells, any of them empty or absent. */
export interface IndustryInput {
  naics?: string | null;
  sic?: string | null;
  industry?: string | null;
}

/** The industry found: a NAICS-2022 code of 2 to 6 digits or a sector name (`31-33`), its vertical, the rule that spoke and how sure it is. */
export interface IndustryAnswer {
  naics: string | null;
  vertical: Vertical;
  /** Stable rule id: `naics-code`, `sic-code`, `industry-label`, `industry-shape`, `industry-lean`, `industry-part`, `industry-typo`, `industry-ambiguous`, `industry-none`. */
  rule: string;
  /** 0..1; never between 0 and 0.5. */
  confidence: number;
}

/** Confidence of each way to an industry [design]; none reaches 1 because a table stands between the cell and the answer. */
export const INDUSTRY_CONFIDENCE = {
  naics: 0.95,
  sic: 0.9,
  sicGroup: 0.8,
  label: 0.9,
  shape: 0.85,
  leaning: 0.6,
  part: 0.7,
  typo: 0.6,
} as const;
/** Shortest label that a single slip may be forgiven in, and the longest that is tried. */
const TYPO_LENGTH = { least: 6, most: 40 } as const;

const LABEL_SHAPES: readonly (readonly [shape: RegExp, naics: string])[] = [
  [/^retail\b|\b(?:retail|retailers?|stores?|dealers?|dealerships?)$/, "44-45"],
  [/^wholesale\b|\b(?:wholesale|wholesalers?|distributors?)$/, "42"],
  [/\b(?:manufacturing|manufacturers?|mfg)$|^(?:manufacturing|manufacturer of|manufacture of)\b/, "31-33"],
  [/\b(?:construction|contractors?)$/, "23"],
  [/\b(?:hospitals?|clinics?)$/, "62"],
  [/\binsurance$/, "524"],
  [/\b(?:banks|banking)$/, "522"],
  [/\bsoftware$/, "5132"],
  [/\breits?$/, "531"],
  [/\bmachinery$/, "333"],
  [/\bchemicals$/, "325"],
  [/\b(?:schools?|universities|education)$/, "61"],
  [/\brestaurants?$/, "722"],
];
const SEPARATORS = /[;|>,/]+/;
const DIGITS = /\d+/;

interface Entry {
  naics: string;
  confidence: number;
  rule: string;
}

const NONE: IndustryAnswer = { naics: null, vertical: "unknown", rule: "industry-none", confidence: 0 };
const AMBIGUOUS: IndustryAnswer = { naics: null, vertical: "unknown", rule: "industry-ambiguous", confidence: 0 };

const labels = new Map<string, Entry>();
/** The same labels without their "and", which HubSpot's enumeration drops where LinkedIn prints `&` (`HOSPITAL_HEALTH_CARE`). */
const unjoined = new Map<string, Entry>();
const AND = / and /g;
// Other languages first: a word that English has too means what it means in English.
for (const words of Object.values(INDUSTRY_WORDS_BY_LANGUAGE)) learn(words, "industry-label", INDUSTRY_CONFIDENCE.label);
learn(LEANING_WORDS, "industry-lean", INDUSTRY_CONFIDENCE.leaning);
learn(INDUSTRY_WORDS, "industry-label", INDUSTRY_CONFIDENCE.label);
const ambiguous = new Set(AMBIGUOUS_WORDS.split(",").map((word) => word.trim()));
const answers = new BoundedCache<IndustryAnswer>(4_096);
let slips: Map<string, string[]> | undefined;

function learn(text: string, rule: string, confidence: number): void {
  for (const line of text.trim().split("\n")) {
    const colon = line.indexOf(":");
    for (const spelling of line.slice(colon + 1).split(",")) {
      const label = labelWords(spelling);
      const entry = { naics: line.slice(0, colon), confidence, rule };
      labels.set(label, entry);
      if (label.includes(" and ")) unjoined.set(label.replace(AND, " "), entry);
    }
  }
}

function answer(naics: string, rule: string, confidence: number): IndustryAnswer {
  return { naics, vertical: verticalOf(naics), rule, confidence };
}

/** All spellings of `label` with at most one character left out. */
function shortened(label: string): string[] {
  const all = [label];
  for (let i = 0; i < label.length; i++) all.push(label.slice(0, i) + label.slice(i + 1));
  return all;
}

/** Whether one insertion, deletion, substitution or swap of neighbours turns `a` into `b`. */
function isOneSlip(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}

/** The one known label a single slip away; null where there is none, or two that disagree. */
function withoutSlip(words: string): Entry | null {
  if (words.length < TYPO_LENGTH.least || words.length > TYPO_LENGTH.most) return null;
  if (slips === undefined) {
    slips = new Map();
    for (const label of labels.keys()) {
      if (label.length < TYPO_LENGTH.least || label.length > TYPO_LENGTH.most) continue;
      for (const short of shortened(label)) {
        const known = slips.get(short);
        if (known === undefined) slips.set(short, [label]);
        else known.push(label);
      }
    }
  }
  let found: Entry | null = null;
  for (const short of shortened(words)) {
    for (const label of slips.get(short) ?? []) {
      if (!isOneSlip(words, label)) continue;
      const entry = labels.get(label) as Entry;
      if (found !== null && naicsSector(found.naics) !== naicsSector(entry.naics)) return null;
      if (found === null || entry.naics.length > found.naics.length) found = entry;
    }
  }
  return found;
}

function byShape(words: string): string | null {
  for (const [shape, naics] of LABEL_SHAPES) if (shape.test(words)) return naics;
  return null;
}

/** One label as it stands in the tables. */
function tabled(words: string): IndustryAnswer | null {
  if (words === "") return NONE;
  const known = labels.get(words) ?? unjoined.get(words);
  if (known !== undefined) return answer(known.naics, known.rule, known.confidence);
  return ambiguous.has(words) ? AMBIGUOUS : null;
}

/** A label outside the tables: of a known shape, or a slip away from a known one. */
function untabled(words: string): IndustryAnswer {
  const shape = byShape(words);
  if (shape !== null) return answer(shape, "industry-shape", INDUSTRY_CONFIDENCE.shape);
  const slip = withoutSlip(words);
  return slip === null ? NONE : answer(slip.naics, "industry-typo", Math.min(INDUSTRY_CONFIDENCE.typo, slip.confidence));
}

/** A cell of one label, or of several (`Retail; Apparel`, `Manufacturing > Machinery`): there the first known part speaks where no later one disagrees. */
function readIndustry(raw: string): IndustryAnswer {
  const words = labelWords(raw);
  const whole = tabled(words);
  if (whole !== null) return whole;
  const parts = raw.split(SEPARATORS);
  let found: IndustryAnswer | null = null;
  if (parts.length > 1) {
    for (const part of parts) {
      const partWords = labelWords(part);
      const spoken = tabled(partWords) ?? untabled(partWords);
      if (spoken.naics === null) continue;
      if (found === null) found = spoken;
      else if (found.vertical !== spoken.vertical) return AMBIGUOUS;
    }
  }
  if (found === null || found.naics === null) return untabled(words);
  return answer(found.naics, "industry-part", Math.min(INDUSTRY_CONFIDENCE.part, found.confidence));
}

/** A code cell's first run of digits: `541512`, `NAICS 541512`, `5415 - Computer Systems`, `541512.0`; sector names pass as they are. */
function codeIn(raw: string): string | null {
  const text = raw.trim();
  if (naicsSector(text) !== null) return text;
  return DIGITS.exec(text)?.[0] ?? null;
}

/**
 * The industry of a row. A valid NAICS code speaks first, then a SIC code, then the label; a code of no known subsector is
 * passed over, and a SIC code of three digits is one whose leading zero a spreadsheet ate. Nothing found, or only a word too wide to place, is `unknown` with `naics` null and confidence 0.
 */
export function industryOf(input: IndustryInput): IndustryAnswer {
  if (input.naics) {
    const code = codeIn(input.naics);
    if (code !== null && naicsSector(code) !== null) return answer(code, "naics-code", INDUSTRY_CONFIDENCE.naics);
  }
  if (input.sic) {
    const digits = DIGITS.exec(input.sic)?.[0] ?? "";
    const code = digits.length === 3 || digits.length === 1 ? `0${digits}` : digits;
    const sector = sicSector(code);
    if (sector !== null)
      return answer(sector, "sic-code", code.length === 2 ? INDUSTRY_CONFIDENCE.sicGroup : INDUSTRY_CONFIDENCE.sic);
  }
  if (!input.industry) return NONE;
  const known = answers.get(input.industry);
  if (known !== undefined) return known;
  const read = readIndustry(input.industry);
  answers.set(input.industry, read);
  return read;
}
