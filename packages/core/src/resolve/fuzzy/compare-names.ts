import { alignWords } from "./align.ts";
import type { NameParts, NameWord } from "./name-parts.ts";
import { EVIDENCE } from "./options.ts";
import type { Finding } from "./place.ts";
import { editDistance } from "./spelling.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What two names say for or against one company. */
export interface NameComparison {
  /** Natural-log odds. */
  odds: number;
  findings: readonly Finding[];
  /** The longer name holds all words of the shorter and a telling one more: the shorter may mean several companies. */
  contained: "a" | "b" | null;
}

/** Surplus words heavier than this make a short name one that may mean several [design]. */
const TELLING = 0.15;
const DAMAGED_LENGTH = 9;

function surplus(words: readonly NameWord[], vocabulary: Vocabulary): number {
  let sum = 0;
  for (const word of words) {
    const factor = word.role === "place" ? EVIDENCE.placeSurplus : word.role === "number" ? EVIDENCE.numberSurplus : 1;
    sum += vocabulary.weight(word) * factor;
  }
  return sum;
}

const list = (words: readonly NameWord[]): string => words.map(({ text }) => text).join(" ");

/** Compares two names; the best reading where either goes by several. Symmetric. */
export function compareNames(a: NameParts, b: NameParts, vocabulary: Vocabulary): NameComparison {
  let best = compareMain(a, b, vocabulary);
  const consider = (x: NameParts, y: NameParts): void => {
    const found = compareMain(x, y, vocabulary);
    const odds = found.odds - EVIDENCE.otherName;
    if (odds > best.odds)
      best = {
        odds,
        findings: [...found.findings, { odds: -EVIDENCE.otherName, why: "by a second name" }],
        contained: found.contained,
      };
  };
  for (const other of a.others) consider(other, b);
  for (const other of b.others) consider(a, other);
  const qualified = qualifierFinding(a, b);
  if (qualified) best = { ...best, odds: best.odds + qualified.odds, findings: [...best.findings, qualified] };
  return best;
}

function qualifierFinding(a: NameParts, b: NameParts): Finding | null {
  if (a.qualifiers.length === 0 && b.qualifiers.length === 0) return null;
  if (a.qualifiers.length === 0 || b.qualifiers.length === 0) {
    const [said, other] = a.qualifiers.length > 0 ? [a, b] : [b, a];
    if (said.qualifiers.every(({ stem }) => other.words.some((word) => word.stem === stem))) return null;
    return { odds: -EVIDENCE.qualifierAlone, why: `only one says "${list(said.qualifiers)}"` };
  }
  const shared = a.qualifiers.some(({ stem }) => b.qualifiers.some((other) => other.stem === stem));
  if (shared) return null;
  const numbered = a.qualifiers.some(({ role }) => role === "number") && b.qualifiers.some(({ role }) => role === "number");
  return {
    odds: numbered ? -EVIDENCE.storeApart : -EVIDENCE.qualifierApart,
    why: `"${list(a.qualifiers)}" against "${list(b.qualifiers)}"`,
  };
}

function compareMain(a: NameParts, b: NameParts, vocabulary: Vocabulary): NameComparison {
  const findings: Finding[] = [];
  if (a.squeezed === b.squeezed) {
    let weight = 0;
    for (const word of a.words.length <= b.words.length ? a.words : b.words) weight += vocabulary.weight(word);
    const odds = EVIDENCE.start + EVIDENCE.sharedWord * Math.min(EVIDENCE.mostShared, Math.max(weight, 0.6));
    findings.push({ odds, why: "same name" });
    return { odds: odds + form(a, b, findings), findings, contained: null };
  }
  const initials = byInitials(a, b, vocabulary) ?? byInitials(b, a, vocabulary);
  const { shared, slips, slipped, restA, restB, firstA, firstB, inOrder } = alignWords(a.words, b.words, vocabulary);
  const surplusA = surplus(restA, vocabulary);
  const surplusB = surplus(restB, vocabulary);
  const more = Math.max(surplusA, surplusB);
  const both = Math.min(surplusA, surplusB);
  let odds = shared === 0 ? EVIDENCE.nameFloor : EVIDENCE.start + EVIDENCE.sharedWord * Math.min(EVIDENCE.mostShared, shared);
  if (shared > 0) findings.push({ odds, why: `shared words weigh ${shared.toFixed(2)}` });
  const against = (amount: number, why: () => string): void => {
    if (amount < 0.01) return;
    odds -= amount;
    findings.push({ odds: -amount, why: why() });
  };
  if (shared > 0) {
    against(EVIDENCE.surplusWord * (more - both), () => `only one says "${list(surplusA > surplusB ? restA : restB)}"`);
    against((EVIDENCE.surplusBothSides + EVIDENCE.surplusWord) * both, () => `"${list(restA)}" against "${list(restB)}"`);
    against(slipped === 0 ? 0 : EVIDENCE.slip * slips + (EVIDENCE.slipShare * slipped) / shared, () => "spelt differently");
    if (!inOrder) against(EVIDENCE.order, () => "other order of words");
    if (!firstA || !firstB) against(EVIDENCE.lostFirstWord, () => "other first word");
  }
  const damaged = damagedOdds(a, b, vocabulary);
  if (damaged > odds) {
    odds = damaged;
    findings.length = 0;
    findings.push({ odds, why: "nearly the same letters" });
  }
  if (initials && initials.odds > odds) return { odds: initials.odds, findings: [initials], contained: null };
  const contained = both < 0.05 && more > TELLING ? (surplusA < surplusB ? "a" : "b") : null;
  odds += form(a, b, findings);
  return { odds: Math.max(EVIDENCE.nameFloor, odds), findings, contained };
}

/** Long names of which a few letters are damaged across word ends. */
function damagedOdds(a: NameParts, b: NameParts, vocabulary: Vocabulary): number {
  const length = Math.min(a.whole.length, b.whole.length);
  if (length < DAMAGED_LENGTH || (a.legalForm === b.legalForm && a.words.length === b.words.length && a.words.length === 1))
    return EVIDENCE.nameFloor;
  if (a.words.some(({ role, stem }) => role === "number" && !b.words.some((word) => word.stem === stem)))
    return EVIDENCE.nameFloor;
  if (b.words.some(({ role, stem }) => role === "number" && !a.words.some((word) => word.stem === stem)))
    return EVIDENCE.nameFloor;
  const limit = Math.floor(length / 7);
  const edits = editDistance(a.whole, b.whole, limit);
  if (edits > limit) return EVIDENCE.nameFloor;
  // Words that others bear too are meant as they are written.
  const meantA = a.words.some(
    (word) => vocabulary.isKnown(word.stem) && !b.words.some(({ stem }) => stem === word.stem) && !b.whole.includes(word.text),
  );
  const meantB = b.words.some(
    (word) => vocabulary.isKnown(word.stem) && !a.words.some(({ stem }) => stem === word.stem) && !a.whole.includes(word.text),
  );
  if (meantA && meantB) return EVIDENCE.nameFloor;
  return 3.2 - (11 * edits) / length;
}

function byInitials(short: NameParts, long: NameParts, vocabulary: Vocabulary): Finding | null {
  const { acronym } = short;
  if (acronym === null || !long.initials.includes(acronym)) return null;
  const rivals = vocabulary.namesOfInitials(acronym);
  const odds = EVIDENCE.initials[acronym.length]! - Math.log(Math.max(1, rivals));
  return { odds, why: `${acronym.toUpperCase()} are the initials of "${list(long.words)}"` };
}

function form(a: NameParts, b: NameParts, findings: Finding[]): number {
  if (a.legalForm === null || b.legalForm === null || a.legalForm === b.legalForm) return 0;
  findings.push({ odds: -EVIDENCE.otherForm, why: `${a.legalForm} against ${b.legalForm}` });
  return -EVIDENCE.otherForm;
}
