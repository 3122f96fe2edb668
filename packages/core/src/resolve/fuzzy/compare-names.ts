import { type Alignment, alignWords } from "./align.ts";
import type { Finding } from "./compare-places.ts";
import type { NameParts, NameWord } from "./name-parts.ts";
import { EVIDENCE } from "./options.ts";
import { editDistance, lettersDiffer, lettersOf, slipLikeness, soundOf } from "./spelling.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { DIVISION_WORDS, KIND_WORDS, stemOf } from "./word-forms.ts";
import type { WordRole } from "./word-weight.ts";

/** Where what speaks for and against is noted; null where nobody will read it. */
export type Notes = Finding[] | null;

/** What two names say for or against one company. */
export interface NameComparison {
  /** Natural-log odds. */
  odds: number;
  findings: Notes;
  /** The longer name holds all words of the shorter and a telling one more: the shorter may mean several companies. */
  contained: "a" | "b" | null;
  /** Weight of the rarest word that both say. */
  strongest: number;
  /** Two words or more are shared, and all of one name. */
  covered: boolean;
  /** What of the odds is due to branches, places and numbers that one of them says beside its name. */
  qualified: number;
}

/** Surplus words heavier than this make a short name one that may mean several [design]. */
const TELLING = 0.15;
/** [design] A name without a word of this weight is made of common words, and each of them counts. */
const MEMORABLE = 0.7;
/** [design] Where no shared word has more letters it may be anybody's initials, so that each further word counts more. */
const FEW_LETTERS = 3;
/** [design] Letters that must be left over on both sides to compare them as one damaged word, and letters for one slip. */
const DAMAGED_LENGTH = 5;
const LETTERS_A_SLIP = 5;
/** [design] Letters from which on a name may have been cut off in its last word, and that are left of a word when an `and` is taken off. */
const SHORTEST_CUT = 14;
const SHORTEST_UNGLUED = 3;
/** [design] Letters of a word, and of a name that is one word, from which on one slip in the whole name says little. */
const SHORTEST_SLIPPED = 5;
const SHORTEST_SWAPPED = 6;
const SHORTEST_TYPED = 8;
const SHORTEST_SOUND = 7;
/** Letters of the longest word that may be a damaged `and` or legal form [design]. */
const LONGEST_SMALL = 4;
const LONG_FORMS: readonly string[] = ["incorporated", "corporation", "limited", "company", "holdings", "international"];
const KINDS: ReadonlySet<string> = new Set([...KIND_WORDS, ...DIVISION_WORDS].map(stemOf));
const SURPLUS: Readonly<Record<WordRole, number>> = {
  distinct: EVIDENCE.distinctSurplus,
  number: EVIDENCE.numberSurplus,
  place: EVIDENCE.placeSurplus,
  trade: 1,
  structure: 1,
  joiner: 1,
};

function surplus(words: readonly NameWord[]): number {
  let sum = 0;
  for (const word of words) {
    sum += word.weight * (KINDS.has(word.stem) ? EVIDENCE.kindSurplus : SURPLUS[word.role]);
  }
  return sum;
}

const list = (words: readonly NameWord[]): string => words.map(({ text }) => text).join(" ");

type Level = "company" | "site";

/** What comparing names goes by. */
export interface NameContext {
  vocabulary: Vocabulary;
  level: Level;
  /** How many other names there are that one could be a slip of by chance: 1 for thousands, less for few. */
  crowd: number;
  /** Whether reasons are wanted. */
  noting: boolean;
}

/** Compares two names; the best reading where either goes by several. Symmetric. */
export function compareNames(a: NameParts, b: NameParts, context: NameContext): NameComparison {
  const { level } = context;
  let best = compareMain(a, b, context);
  const consider = (x: NameParts, y: NameParts): void => {
    const found = compareMain(x, y, context);
    const odds = found.odds - EVIDENCE.otherName[level];
    if (odds <= best.odds) {
      const { strongest, covered } = found;
      if (strongest > best.strongest || covered)
        best = { ...best, strongest: Math.max(strongest, best.strongest), covered: covered || best.covered };
      return;
    }
    found.findings?.push({ odds: -EVIDENCE.otherName[level], why: "by a second name" });
    best = { ...found, odds };
  };
  for (const other of a.others) consider(other, b);
  for (const other of b.others) consider(a, other);
  const qualified = qualifierFinding(a, b, level);
  if (qualified) {
    best.findings?.push(qualified);
    best = { ...best, odds: best.odds + qualified.odds, qualified: qualified.odds };
  }
  return best;
}

function qualifierFinding(a: NameParts, b: NameParts, level: Level): Finding | null {
  if (a.qualifiers.length === 0 && b.qualifiers.length === 0) return null;
  if (a.qualifiers.length === 0 || b.qualifiers.length === 0) {
    const [said, other] = a.qualifiers.length > 0 ? [a, b] : [b, a];
    if (said.qualifiers.every(({ stem }) => other.words.some((word) => word.stem === stem))) return null;
    const telling = said.qualifiers.some(({ role }) => role === "distinct");
    return {
      odds: telling ? -EVIDENCE.tellingQualifier[level] : -EVIDENCE.qualifierAlone,
      why: `only one says "${list(said.qualifiers)}"`,
    };
  }
  const shared = a.qualifiers.some(({ stem }) => b.qualifiers.some((other) => other.stem === stem));
  if (shared) return null;
  const placed = (name: NameParts): boolean => name.qualifiers.every(({ role }) => role === "place");
  if (placed(a) && placed(b))
    return { odds: -EVIDENCE.branchApart, why: `"${list(a.qualifiers)}" against "${list(b.qualifiers)}"` };
  const numbered = a.qualifiers.some(({ role }) => role === "number") && b.qualifiers.some(({ role }) => role === "number");
  return {
    odds: numbered ? -EVIDENCE.storeApart : -EVIDENCE.qualifierApart[level],
    why: `"${list(a.qualifiers)}" against "${list(b.qualifiers)}"`,
  };
}

function compareMain(a: NameParts, b: NameParts, { vocabulary, crowd, noting }: NameContext): NameComparison {
  const findings: Notes = noting ? [] : null;
  if (a.squeezed === b.squeezed || a.whole === b.squeezed || a.squeezed === b.whole) {
    let weight = 0;
    for (const word of a.words.length <= b.words.length ? a.words : b.words) weight += word.weight;
    const odds = EVIDENCE.start + EVIDENCE.sharedWord * Math.min(EVIDENCE.mostShared, Math.max(weight, 0.6));
    findings?.push({ odds, why: "same name" });
    return { odds: odds + form(a, b, findings), findings, contained: null, strongest: weight, covered: true, qualified: 0 };
  }
  const initials = byInitials(a, b, vocabulary) ?? byInitials(b, a, vocabulary);
  const words = alignWords(a.words, b.words);
  words.restA = withoutDamaged(words.restA, a, b);
  words.restB = withoutDamaged(words.restB, b, a);
  meetCut(words, a, b);
  mendRest(words, a, b);
  const { shared, slipped, restA, restB } = words;
  const scale =
    (words.strongest >= MEMORABLE ? 1 : EVIDENCE.commonNames) * (words.longest <= FEW_LETTERS ? EVIDENCE.fewLetters : 1);
  const surplusA = surplus(restA) * scale;
  const surplusB = surplus(restB) * scale;
  const more = Math.max(surplusA, surplusB);
  const both = Math.min(surplusA, surplusB);
  let odds: number = EVIDENCE.nameFloor;
  const against = (amount: number, why: () => string): void => {
    odds -= amount;
    findings?.push({ odds: -amount, why: why() });
  };
  if (shared > 0) {
    odds = EVIDENCE.start + EVIDENCE.sharedWord * Math.min(EVIDENCE.mostShared, shared);
    findings?.push({ odds, why: restA.length + restB.length === 0 ? "same words" : "shared words" });
    against(EVIDENCE.surplusWord * (more - both), () => `only one says "${list(surplusA > surplusB ? restA : restB)}"`);
    against((EVIDENCE.surplusBothSides + EVIDENCE.surplusWord) * both, () => `"${list(restA)}" against "${list(restB)}"`);
    against(slipped === 0 ? 0 : crowd * slipCost(words, a, b), () => "spelt differently");
    if (!words.inOrder) against(EVIDENCE.order, () => "other order of words");
    if (!words.firstA || !words.firstB) against(EVIDENCE.lostFirstWord, () => "other first word");
  }
  if (initials && initials.odds > odds)
    return { odds: initials.odds, findings: findings && [initials], contained: null, strongest: 1, covered: false, qualified: 0 };
  const covered = shared > 0 && Math.min(restA.length, restB.length) === 0 && Math.min(a.words.length, b.words.length) > 1;
  const contained = both < 0.05 && more > TELLING ? (surplusA < surplusB ? "a" : "b") : null;
  odds += form(a, b, findings);
  return { odds: Math.max(EVIDENCE.nameFloor, odds), findings, contained, strongest: words.strongest, covered, qualified: 0 };
}

/** What different spellings of shared words take from the odds. */
function slipCost({ slips, slipped, shared, slippedLength, restA, restB }: Alignment, a: NameParts, b: NameParts): number {
  const cost = EVIDENCE.slip * slips + (EVIDENCE.slipShare * slipped) / shared;
  if (restA.length + restB.length > 0 || slippedLength < SHORTEST_SLIPPED) return cost;
  if (Math.min(a.squeezed.length, b.squeezed.length) >= SHORTEST_SOUND && soundOf(a.squeezed) === soundOf(b.squeezed))
    return Math.min(cost, EVIDENCE.oneSlip.ofOneWord);
  if (a.squeezed[0] !== b.squeezed[0]) return cost;
  if (editDistance(a.squeezed, b.squeezed, 1) > 1) return cost;
  if (a.words.length > 1 && b.words.length > 1) return Math.min(cost, EVIDENCE.oneSlip.ofSeveralWords);
  // Two coined names differ by a letter more often than by one that is swapped, lost or added.
  const length = Math.min(a.squeezed.length, b.squeezed.length);
  const swapped = a.squeezed.length === b.squeezed.length && lettersOf(a.squeezed) === lettersOf(b.squeezed);
  const typed = swapped || a.squeezed.length !== b.squeezed.length;
  return typed && length >= (swapped ? SHORTEST_SWAPPED : SHORTEST_TYPED) ? Math.min(cost, EVIDENCE.oneSlip.ofOneWord) : cost;
}

const lengthOf = (words: readonly NameWord[]): number => words.reduce((sum, { text }) => sum + text.length, 0);
const lettersIn = (words: readonly NameWord[]): number => words.reduce((bits, { letters }) => bits | letters, 0);

/** Leaves out of `rest` what is a slip of an `and` or a legal form that only the other name has (`aud`, `Imc`). */
function withoutDamaged(rest: readonly NameWord[], own: NameParts, other: NameParts): readonly NameWord[] {
  if (rest.length === 0) return rest;
  return rest.filter(({ text, known }) => {
    if (text.length < 2 || known) return true;
    if (text.length > LONGEST_SMALL) return !LONG_FORMS.some((form) => slipLikeness(text, form) > 0);
    return !other.small.some((small) => !own.small.includes(small) && editDistance(text, small, 1) <= 1);
  });
}

/** Takes what is left over on both sides for one damaged spelling where it nearly is: slips across the ends of words and legal forms. */
function mendRest(words: Alignment, a: NameParts, b: NameParts): void {
  const { restA, restB } = words;
  if (restA.length === 0 || restB.length === 0) return;
  const meant = (rest: readonly NameWord[], other: string): boolean =>
    rest.some((word) => word.role === "number" || word.text.length === 1 || (word.known && !other.includes(word.text)));
  if (restA.every(({ known }) => known) && restB.every(({ known }) => known)) return;
  const form = a.legalForm !== b.legalForm;
  const roughly = Math.min(lengthOf(restA), lengthOf(restB)) + (form ? LONGEST_SMALL : 0);
  const formA = form && a.legalForm ? lettersOf(a.legalForm.replaceAll(" ", "")) : 0;
  const formB = form && b.legalForm ? lettersOf(b.legalForm.replaceAll(" ", "")) : 0;
  if (lettersDiffer(lettersIn(restA) | formA, lettersIn(restB) | formB, Math.floor(roughly / LETTERS_A_SLIP))) return;
  const leftA = restA.map(({ text }) => unglued(text, a, b)).join("") + (form ? (a.legalForm ?? "").replaceAll(" ", "") : "");
  const leftB = restB.map(({ text }) => unglued(text, b, a)).join("") + (form ? (b.legalForm ?? "").replaceAll(" ", "") : "");
  const length = Math.min(leftA.length, leftB.length);
  if (length < DAMAGED_LENGTH || (meant(restA, leftB) && meant(restB, leftA))) return;
  const limit = Math.floor(length / LETTERS_A_SLIP);
  const edits = editDistance(leftA, leftB, limit);
  if (edits > limit) return;
  const sum = (rest: readonly NameWord[]): number => rest.reduce((total, word) => total + word.weight, 0);
  const weight = Math.min(sum(restA), sum(restB));
  words.shared += weight;
  words.slipped += weight;
  words.slips += (weight * edits) / (length + 1);
  words.strongest = Math.max(words.strongest, weight);
  words.longest = Math.max(words.longest, length);
  words.firstA = true;
  words.firstB = true;
  words.restA = [];
  words.restB = [];
}

/** A word without the `and` that ran into it and that only the other name has apart (`andHamill`). */
function unglued(text: string, own: NameParts, other: NameParts): string {
  const small = other.small.find((each) => !own.small.includes(each) && text.startsWith(each));
  return small === undefined || text.length < small.length + SHORTEST_UNGLUED ? text : text.slice(small.length);
}

/**
 * Takes the last word of a long name for one that was cut off where the other name goes on from the same beginning.
 */
function meetCut(words: Alignment, a: NameParts, b: NameParts): void {
  cut(words, a, b, "restA", "restB");
  cut(words, b, a, "restB", "restA");
}

function cut(words: Alignment, own: NameParts, other: NameParts, mine: "restA" | "restB", theirs: "restA" | "restB"): void {
  const last = own.words.length - 1;
  const [word] = words[mine];
  if (words[mine].length !== 1 || last < 1 || word !== own.words[last] || own.squeezed.length < SHORTEST_CUT) return;
  const meant = other.words[last];
  if (
    !meant ||
    word!.role === "number" ||
    meant.role === "number" ||
    !words[theirs].includes(meant) ||
    !meant.text.startsWith(word!.text)
  )
    return;
  if (words[theirs].some((each) => other.words.indexOf(each) < last)) return;
  words[mine] = [];
  words[theirs] = words[theirs].filter((each) => each !== meant);
}

function byInitials(short: NameParts, long: NameParts, vocabulary: Vocabulary): Finding | null {
  const { acronym } = short;
  if (acronym === null || !long.initials.includes(acronym)) return null;
  const rivals = vocabulary.namesOfInitials(acronym);
  const odds = EVIDENCE.initials[acronym.length]! - Math.log(Math.max(1, rivals));
  return { odds, why: `${acronym.toUpperCase()} are the initials of "${list(long.words)}"` };
}

function form(a: NameParts, b: NameParts, findings: Notes): number {
  if (a.legalForm === null || b.legalForm === null || a.legalForm === b.legalForm) return 0;
  findings?.push({ odds: -EVIDENCE.otherForm, why: `${a.legalForm} against ${b.legalForm}` });
  return -EVIDENCE.otherForm;
}
