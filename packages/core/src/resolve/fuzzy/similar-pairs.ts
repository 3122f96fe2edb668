import { visitPairs } from "./blocks.ts";
import {
  type Basis,
  type Company,
  type CompareContext,
  type Comparison,
  companyOf,
  compareCompanies,
  type FuzzyRecord,
} from "./compare-companies.ts";
import { sharedPhones } from "./compare-places.ts";
import { EVIDENCE, FUZZY_OPTIONS, type FuzzyOptions } from "./options.ts";
import { Vocabulary } from "./vocabulary.ts";

/** A record to resolve. Records of one `group` (an exact key that they share) are one company from the start. */
export interface ResolvableRecord extends FuzzyRecord {
  group?: string;
}

/** Two that are one company, or that a person should look at, by number; `a < b`. */
export interface JoinablePair {
  a: number;
  b: number;
  /** Natural-log odds. */
  odds: number;
  /** 0..1. */
  confidence: number;
  verdict: "same" | "review";
  basis: Basis;
  /** Whose name the other's contains: it may mean several companies. */
  contained: "a" | "b" | null;
  /** Whether both say a street and number and it is one door or two. */
  door: Comparison["door"];
}

/** Two records that are one company, or that a person should look at, by their places in the list. */
export interface SimilarPair extends JoinablePair {
  /** The names are the same but for case, signs, joining words and legal form. */
  sameName: boolean;
}

/** Pairs that are alike, ascending by place, and a way to compare any other two. */
export interface SimilarPairs {
  pairs: SimilarPair[];
  /** Pairs that were compared. */
  compared: number;
  level: "company" | "site";
  /** Whether the record's name is one; without a name it is alike to none. */
  isNamed(index: number): boolean;
  /** What speaks for and against two records being one company, strongest first, in words. */
  reasons(a: number, b: number): string[];
  /** Compares any two records of the list, without reasons; a record without a name is nobody else's. */
  judge(a: number, b: number): Comparison;
}

/** What {@link similarPairs} goes by. */
export interface SimilarPairsOptions {
  options?: FuzzyOptions;
  /** Only pairs with a probe are compared; by default every record is one. */
  isProbe?: (index: number) => boolean;
  /**
   * `file` weighs words by how many of these records have them; with `background` a pair's verdict is a function of its two records alone
   * (and of the level, which is `company` where the options leave it to the file).
   */
  vocabulary?: "file" | "background";
}

/** [design] A file is one of places when so many of its records have an address and few a domain or registration number. */
const SITE_SHARE = 0.5;
const KEYED_SHARE = 0.35;

/** Whether the records are companies or places. */
export function levelOf(records: readonly FuzzyRecord[], level: FuzzyOptions["level"]): "company" | "site" {
  if (level !== "auto") return level;
  let placed = 0;
  let keyed = 0;
  for (const { street, domain, registration } of records) {
    if (street && /\d/.test(street)) placed++;
    if (domain || registration) keyed++;
  }
  return records.length > 0 && placed >= SITE_SHARE * records.length && keyed < KEYED_SHARE * records.length ? "site" : "company";
}

/** All that is said of a record, as one text: records of the same content are alike in every way. */
export function contentOf({
  name,
  domain,
  registration,
  street,
  city,
  state,
  postalCode,
  country,
  phone,
  group,
}: ResolvableRecord): string {
  return [name, country, domain, registration, street, city, state, postalCode, phone, group]
    .map((value) => value ?? "")
    .join("\u0001");
}

/** [design] Names among which the cost of a slip was settled; among fewer it costs as much less as their logarithm is smaller. */
const CROWD = 4_000;

function crowdOf(companies: readonly Company[]): (country: string | undefined) => number {
  const counts = new Map<string, number>();
  for (const { record } of companies) if (record.country) counts.set(record.country, (counts.get(record.country) ?? 0) + 1);
  const share = (count: number): number => Math.min(1, Math.log(Math.max(2, count)) / Math.log(CROWD));
  const shares = new Map([...counts].map(([country, count]) => [country, share(count)]));
  const all = share(companies.length);
  return (country) => (country === undefined ? all : (shares.get(country) ?? all));
}

const NOBODY: Comparison = {
  odds: EVIDENCE.nameFloor,
  confidence: 0,
  basis: "name",
  verdict: "new",
  reasons: [],
  conflict: null,
  contained: null,
  door: null,
};

/**
 * Pairs of records that may be one company, found without comparing all with all. Pure; does not depend on the order of the records, but
 * for records of the same content in blocks too large to compare all. Pairs of one group and pairs with a conflict are none.
 */
export function similarPairs(
  records: readonly ResolvableRecord[],
  { options = FUZZY_OPTIONS, isProbe = () => true, vocabulary: words = "file" }: SimilarPairsOptions = {},
): SimilarPairs {
  const companies: Company[] = [];
  const indexOf: number[] = [];
  const placeOf = new Int32Array(records.length).fill(-1);
  const contents = records.map(contentOf);
  const order = contents
    .map((_, index) => index)
    .sort((x, y) => (contents[x]! < contents[y]! ? -1 : contents[x]! > contents[y]! ? 1 : x - y));
  contents.length = 0;
  for (const index of order) {
    const company = companyOf(records[index]!);
    if (!company) continue;
    placeOf[index] = companies.length;
    indexOf.push(index);
    companies.push(company);
  }
  const distinct = words === "file" ? new Map(companies.map(({ name }) => [name.squeezed, name])).values() : [];
  const vocabulary = new Vocabulary(distinct);
  for (const [place, company] of companies.entries()) companies[place] = { ...company, name: vocabulary.weigh(company.name) };
  const level = words === "background" && options.level === "auto" ? "company" : levelOf(records, options.level);
  const shared = words === "file" ? sharedPhones(companies.map(({ place }) => place)) : new Set();
  if (shared.size > 0) for (const { place } of companies) if (place) place.sharedPhone = shared.has(place.phone.slice(-7));
  const crowd = words === "file" ? crowdOf(companies) : undefined;
  const context: CompareContext = { vocabulary, options, level, crowd };
  const comparing = (a: number, b: number, noting: boolean): Comparison => {
    const x = placeOf[a]!;
    const y = placeOf[b]!;
    return x < 0 || y < 0 ? NOBODY : compareCompanies(companies[x]!, companies[y]!, context, noting);
  };
  const pairs: SimilarPair[] = [];
  let compared = 0;
  visitPairs(
    companies,
    options.largestBlock,
    (place) => isProbe(indexOf[place]!),
    (x, y) => {
      const first = indexOf[x]!;
      const second = indexOf[y]!;
      const { group } = records[first]!;
      if (group !== undefined && group === records[second]!.group) return;
      compared++;
      const { verdict, odds, confidence, basis, contained, door } = compareCompanies(
        companies[x]!,
        companies[y]!,
        context,
        false,
      );
      if (verdict === "new") return;
      const sameName = companies[x]!.name.squeezed === companies[y]!.name.squeezed;
      const turned = first > second;
      const short = contained === null || !turned ? contained : contained === "a" ? "b" : "a";
      pairs.push({
        a: Math.min(first, second),
        b: Math.max(first, second),
        odds,
        confidence,
        verdict,
        basis,
        contained: short,
        door,
        sameName,
      });
    },
  );
  pairs.sort((p, q) => p.a - q.a || p.b - q.b);
  return {
    pairs,
    compared,
    level,
    isNamed: (index) => placeOf[index]! >= 0,
    reasons: (a, b) => comparing(a, b, true).reasons,
    judge: (a, b) => comparing(a, b, false),
  };
}
