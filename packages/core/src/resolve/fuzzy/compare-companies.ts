import { nameAgreesWithDomain } from "../keys/name-domain.ts";
import { compareNames } from "./compare-names.ts";
import { comparePlaces, type PlaceComparison } from "./compare-places.ts";
import { type NameParts, nameParts } from "./name-parts.ts";
import { CALIBRATION, EVIDENCE, type FuzzyOptions, PLACE_EVIDENCE, type Thresholds } from "./options.ts";
import { type PlaceFields, type PlaceParts, placeParts } from "./place.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What is known of a company when its name is all there is to go by; keys are canonical (`resolve/keys`). */
export interface FuzzyRecord extends PlaceFields {
  name: string;
  domain?: string;
  registration?: string;
}

/** A record taken apart, for {@link compareCompanies}. */
export interface Company {
  record: FuzzyRecord;
  name: NameParts;
  place: PlaceParts | null;
}

/** Which of the thresholds apply, and what the pair is told to have matched on. */
export type Basis = "name" | "nameAndCountry" | "nameAndPlace";

/** How sure it is that two records are one company, and why. */
export interface Comparison {
  /** Natural-log odds of all that is said: tells more from less sure where {@link confidence} is near 1. */
  odds: number;
  /** 0..1. */
  confidence: number;
  basis: Basis;
  verdict: "same" | "review" | "new";
  /** Strongest first, in words. */
  reasons: string[];
  /** Registration, domain or country speak against it: never one company, whatever the names. */
  conflict: string | null;
  contained: "a" | "b" | null;
  /** As {@link PlaceComparison} has it. */
  door: PlaceComparison["door"];
}

/** What comparing needs to know of the whole file. */
export interface CompareContext {
  vocabulary: Vocabulary;
  options: FuzzyOptions;
  level: "company" | "site";
  /** How many names there are that one could be a slip of by chance: 1 for thousands, less for few; of the file, or of a country in it. */
  crowd?(country: string | undefined): number;
}

/** Takes a record apart; null where its name is none. */
export function companyOf(record: FuzzyRecord): Company | null {
  const name = nameParts(record.name, record.country);
  return name && { record, name, place: placeParts(record) };
}

/**
 * What keeps two companies apart however alike their names: another registration number, domain or country. Of two lists of places one may
 * name the branch's website and the other its mother's: there a domain only adds to the evidence.
 */
function conflictOf(a: FuzzyRecord, b: FuzzyRecord, level: "company" | "site"): string | null {
  if (a.registration && b.registration) return a.registration === b.registration ? null : "another registration number";
  if (level === "company" && a.domain && b.domain && a.domain !== b.domain) return "another domain";
  return a.country && b.country && a.country !== b.country ? "another country" : null;
}

/** [design] Weight of a shared word that makes two names at one address variants of one; two words, all of one name, do too. */
const TELLING = 0.35;

const NOWHERE: PlaceComparison = { findings: [], door: null };

/** The odds as 0..1. */
const logistic = (odds: number): number => 1 / (1 + Math.exp(-odds));

/**
 * Compares two companies. Symmetric; a function of the two records, the file's vocabulary and the options. Without `noting` there are no
 * reasons, in a fraction of the time.
 */
export function compareCompanies(a: Company, b: Company, context: CompareContext, noting = true): Comparison {
  const conflict = conflictOf(a.record, b.record, context.level);
  if (conflict)
    return {
      odds: EVIDENCE.nameFloor,
      confidence: 0,
      basis: "name",
      verdict: "new",
      reasons: [conflict],
      conflict,
      contained: null,
      door: null,
    };
  const {
    odds: nameOdds,
    findings: said,
    contained,
    strongest,
    covered,
    qualified,
  } = compareNames(a.name, b.name, {
    vocabulary: context.vocabulary,
    level: context.level,
    crowd: context.crowd?.(a.record.country === b.record.country ? a.record.country : undefined) ?? 1,
    noting,
  });
  let odds = nameOdds;
  const { findings: places, door } = a.place && b.place ? comparePlaces(a.place, b.place, context.level) : NOWHERE;
  const note = (amount: number, why: string): void => {
    odds += amount;
    said?.push({ odds: amount, why });
  };
  // Behind one telephone may be several sites of an operator: what they are called beside its name tells them apart.
  const varying = door === "same" ? odds : odds - qualified;
  if (
    varying < 0 &&
    door !== "other" &&
    (strongest >= TELLING || covered) &&
    places.some((found) => found.odds >= PLACE_EVIDENCE.samePhone)
  )
    note(varying * (PLACE_EVIDENCE.forgiven - 1), "at one place a name varies");
  for (const { odds: amount, why } of places) note(amount, why);
  const { domain } = a.record;
  if (domain && b.record.domain) {
    if (domain === b.record.domain) note(EVIDENCE.sameDomain[context.level], "same domain");
    else note(EVIDENCE.otherDomain, "another domain");
  } else if (domain ? agrees(b, domain) : b.record.domain && agrees(a, b.record.domain))
    note(EVIDENCE.domainAgrees, "the name fits the other's domain");
  const countries = a.record.country !== undefined && a.record.country === b.record.country;
  if (countries) note(EVIDENCE.sameCountry, "same country");
  const basis: Basis = places.length > 0 ? "nameAndPlace" : countries ? "nameAndCountry" : "name";
  const confidence = Math.round(logistic(CALIBRATION.slope * odds + CALIBRATION.shift) * 1_000) / 1_000;
  return {
    odds,
    confidence,
    basis,
    verdict: verdictOf(confidence, context.options[basis]),
    reasons: said
      ? said
          .filter((found) => Math.abs(found.odds) >= 0.1)
          .sort((x, y) => Math.abs(y.odds) - Math.abs(x.odds))
          .map(({ why }) => why)
      : [],
    conflict: null,
    contained,
    door,
  };
}

function agrees(company: Company, domain: string): boolean {
  return nameAgreesWithDomain(company.name.words.map(({ text }) => text).join(" "), domain);
}

/** Same, review or new. */
export function verdictOf(confidence: number, thresholds: Thresholds): "same" | "review" | "new" {
  return confidence >= thresholds.same ? "same" : confidence >= thresholds.review ? "review" : "new";
}
