import { blocksOf } from "./blocks.ts";
import { clusterUnits, type Edge } from "./cluster.ts";
import {
  type Company,
  type CompareContext,
  type Comparison,
  companyOf,
  compareCompanies,
  type FuzzyRecord,
} from "./compare-companies.ts";
import { FUZZY_OPTIONS, type FuzzyOptions } from "./options.ts";
import { Vocabulary } from "./vocabulary.ts";

/** A record to resolve. Records of one `group` (an exact key that they share) are one company from the start. */
export interface ResolvableRecord extends FuzzyRecord {
  group?: string;
}

/** How a record found its company; `new`: nobody else is it, `name`: same name but for spelling of the legal form. */
export type FuzzyMethod = "new" | "group" | "name" | "name+place" | "fuzzy";

/** Two records of different companies that a person should look at, by their places in the list. */
export interface ReviewPair {
  a: number;
  b: number;
  confidence: number;
  reasons: string[];
}

/** Who is who; arrays go by the places of the records in the list. */
export interface NameResolution {
  /** Number of the company, counted from 0 by first appearance. */
  clusterOf: number[];
  /** 0..1: how sure it is that the record belongs to the others of its company; 1 where there are none. */
  confidence: number[];
  method: FuzzyMethod[];
  /** Most confident first, one for each pair of companies. */
  review: ReviewPair[];
  level: "company" | "site";
  /** Pairs that were compared. */
  compared: number;
}

/** [design] A file is one of places when so many of its records have an address and hardly any a domain or registration number. */
const SITE_SHARE = 0.5;
const KEYED_SHARE = 0.2;
/** [design] A short name that fits two different companies joins the better one only when it fits so much better. */
const CLEAR_LEAD = 0.15;

/** An edge with the unit whose name the other's contains, and whether nothing but names speaks for it. */
interface Candidate extends Edge {
  short: number | null;
  placeless: boolean;
}

interface Link {
  a: number;
  b: number;
  comparison: Comparison;
}

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

function contentOf({
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

/**
 * Which records are the same company, by name, place and whatever keys they have. Pure; the grouping does not depend on the order of the
 * records. Evidence against (another registration number, domain or country) is never outvoted.
 */
export function resolveNames(records: readonly ResolvableRecord[], given: Partial<FuzzyOptions> = {}): NameResolution {
  const options = { ...FUZZY_OPTIONS, ...given };
  const byContent = new Map<string, number[]>();
  for (const [index, record] of records.entries()) {
    const content = contentOf(record);
    const known = byContent.get(content);
    if (known) known.push(index);
    else byContent.set(content, [index]);
  }
  const rows: number[][] = [];
  const companies: Company[] = [];
  const unitOf: number[] = [];
  const units = new Map<string, number>();
  const nameless: number[] = [];
  for (const content of [...byContent.keys()].sort()) {
    const indexes = byContent.get(content)!;
    const record = records[indexes[0]!]!;
    const company = companyOf(record);
    if (!company) {
      nameless.push(...indexes);
      continue;
    }
    const unit = record.group === undefined ? `\u0001${companies.length}` : record.group;
    if (!units.has(unit)) units.set(unit, units.size);
    unitOf.push(units.get(unit)!);
    rows.push(indexes);
    companies.push(company);
  }
  const vocabulary = new Vocabulary(new Map(companies.map(({ name }) => [name.squeezed, name])).values());
  for (const [index, company] of companies.entries()) companies[index] = { ...company, name: vocabulary.weigh(company.name) };
  const context: CompareContext = {
    vocabulary,
    options,
    level: levelOf(records, options.level),
  };
  const { links, compared } = linksOf(companies, unitOf, context);
  const matcher = new UnitMatcher(companies, unitOf, units.size, context);
  const edges = matcher.edgesOf(links);
  const cluster = clusterUnits(units.size, edges, (a, b) => matcher.fits(a, b));
  return { ...answer(records, companies, rows, unitOf, cluster, links, context, nameless), level: context.level, compared };
}

function linksOf(
  companies: readonly Company[],
  unitOf: readonly number[],
  context: CompareContext,
): { links: Link[]; compared: number } {
  const blocks = blocksOf(companies, context.options.largestBlock);
  const blocksByCompany: number[][] = companies.map(() => []);
  for (const [number, block] of blocks.entries()) for (const index of block) blocksByCompany[index]!.push(number);
  const seen = new Int32Array(companies.length).fill(-1);
  const links: Link[] = [];
  let compared = 0;
  for (let a = 0; a < companies.length; a++) {
    for (const number of blocksByCompany[a]!) {
      for (const b of blocks[number]!) {
        if (b <= a || seen[b] === a) continue;
        seen[b] = a;
        if (unitOf[a] === unitOf[b]) continue;
        compared++;
        const comparison = compareCompanies(companies[a]!, companies[b]!, context, false);
        if (comparison.verdict !== "new") links.push({ a, b, comparison });
      }
    }
  }
  return { links, compared };
}

/** Compares units (records that are one company from the start) by their best pair; any conflict between two of them stands. */
class UnitMatcher {
  readonly #companies: readonly Company[];
  readonly #context: CompareContext;
  readonly #members: number[][];
  readonly #unitOf: readonly number[];
  readonly #known = new Map<number, Comparison>();

  constructor(companies: readonly Company[], unitOf: readonly number[], units: number, context: CompareContext) {
    this.#companies = companies;
    this.#context = context;
    this.#unitOf = unitOf;
    this.#members = Array.from({ length: units }, () => []);
    for (const [index, unit] of unitOf.entries()) this.#members[unit]!.push(index);
  }

  /** `a < b`. */
  #compare(a: number, b: number): Comparison {
    const key = a * this.#members.length + b;
    let best = this.#known.get(key);
    if (best) return best;
    for (const x of this.#members[a]!.slice(0, MOST_NAMES)) {
      for (const y of this.#members[b]!.slice(0, MOST_NAMES)) {
        const found = compareCompanies(this.#companies[x]!, this.#companies[y]!, this.#context, false);
        if (
          !best ||
          (found.conflict !== null && best.conflict === null) ||
          (best.conflict === null && found.confidence > best.confidence)
        )
          best = found;
      }
    }
    this.#known.set(key, best!);
    return best!;
  }

  fits(a: number, b: number): boolean {
    return this.#compare(Math.min(a, b), Math.max(a, b)).verdict !== "new";
  }

  /** The links as edges of units; those of a unit that could as well be another company join nothing. */
  edgesOf(links: readonly Link[]): Edge[] {
    const pairs = new Map<number, Candidate>();
    for (const link of links) {
      const x = this.#unitOf[link.a]!;
      const y = this.#unitOf[link.b]!;
      const a = Math.min(x, y);
      const b = Math.max(x, y);
      const key = a * this.#members.length + b;
      if (pairs.has(key)) continue;
      const { confidence, verdict, conflict, contained, basis } = this.#compare(a, b);
      const short = contained === null ? null : contained === "a" ? a : b;
      pairs.set(key, {
        a,
        b,
        confidence,
        joins: verdict === "same" && conflict === null,
        short,
        placeless: basis !== "nameAndPlace",
      });
    }
    const partners = new Map<number, Array<Candidate>>();
    for (const edge of pairs.values()) {
      if (!edge.joins) continue;
      for (const unit of [edge.a, edge.b]) {
        const known = partners.get(unit);
        if (known) known.push(edge);
        else partners.set(unit, [edge]);
      }
    }
    const doubtful = new Set<Edge>();
    for (const [unit, edges] of partners) {
      if (edges.length < 2 || edges.length > MOST_PARTNERS) continue;
      edges.sort((p, q) => q.confidence - p.confidence || p.a - q.a || p.b - q.b);
      for (let i = 0; i < edges.length; i++) {
        for (let j = i + 1; j < edges.length; j++) {
          const first = edges[i]!;
          const second = edges[j]!;
          const y = first.a === unit ? first.b : first.a;
          const z = second.a === unit ? second.b : second.a;
          const other = this.#compare(Math.min(y, z), Math.max(y, z));
          const either =
            (this.#context.level === "site" && first.placeless && second.placeless) ||
            (first.short === unit && second.short === unit);
          const rivals = other.conflict !== null || (other.verdict === "new" && either);
          if (!rivals) continue;
          doubtful.add(second);
          if (first.confidence - second.confidence < CLEAR_LEAD) doubtful.add(first);
        }
      }
    }
    return [...pairs.values()].map((edge) => (doubtful.has(edge) ? { ...edge, joins: false } : edge));
  }
}

/** [design] Names of one unit that are compared, and partners of one unit among which rivals are looked for. */
const MOST_NAMES = 8;
const MOST_PARTNERS = 64;

function answer(
  records: readonly ResolvableRecord[],
  companies: readonly Company[],
  rows: readonly number[][],
  unitOf: readonly number[],
  cluster: readonly number[],
  links: readonly Link[],
  context: CompareContext,
  nameless: readonly number[],
): Pick<NameResolution, "clusterOf" | "confidence" | "method" | "review"> {
  const clusterAt = companies.map((_, index) => cluster[unitOf[index]!]!);
  const confidence = new Array<number>(records.length).fill(1);
  const method = new Array<FuzzyMethod>(records.length).fill("new");
  const best: Array<{ confidence: number; method: FuzzyMethod } | undefined> = companies.map(() => undefined);
  const review = new Map<number, ReviewPair>();
  const offer = (index: number, offered: { confidence: number; method: FuzzyMethod }): void => {
    if (!best[index] || offered.confidence > best[index].confidence) best[index] = offered;
  };
  for (const [index, company] of companies.entries()) {
    if (rows[index]!.length < 2) continue;
    const { confidence: sure, basis } = compareCompanies(company, company, context, false);
    offer(index, { confidence: sure, method: basis === "nameAndPlace" ? "name+place" : "name" });
  }
  for (const { a, b, comparison } of links) {
    if (clusterAt[a] === clusterAt[b]) {
      const joined = { confidence: comparison.confidence, method: methodOf(companies[a]!, companies[b]!, comparison) };
      offer(a, joined);
      offer(b, joined);
    } else if (comparison.conflict === null) {
      const x = rows[a]![0]!;
      const y = rows[b]![0]!;
      const key = Math.min(clusterAt[a]!, clusterAt[b]!) * companies.length + Math.max(clusterAt[a]!, clusterAt[b]!);
      const known = review.get(key);
      if (!known || known.confidence < comparison.confidence)
        review.set(key, {
          a: Math.min(x, y),
          b: Math.max(x, y),
          confidence: comparison.confidence,
          reasons: compareCompanies(companies[a]!, companies[b]!, context).reasons,
        });
    }
  }
  const shared = new Map<number, number>();
  for (const index of companies.keys()) shared.set(unitOf[index]!, (shared.get(unitOf[index]!) ?? 0) + 1);
  const clusterOfRow = new Array<number>(records.length).fill(-1);
  for (const [index, own] of rows.entries()) {
    const found = best[index] ?? (shared.get(unitOf[index]!)! > 1 ? { confidence: 1, method: "group" as const } : undefined);
    for (const row of own) {
      clusterOfRow[row] = clusterAt[index]!;
      if (found) {
        confidence[row] = found.confidence;
        method[row] = found.method;
      }
    }
  }
  let next = cluster.length;
  for (const row of nameless) clusterOfRow[row] = next++;
  const numbers = new Map<number, number>();
  const clusterOf = clusterOfRow.map((id) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size);
    return numbers.get(id)!;
  });
  return {
    clusterOf,
    confidence,
    method,
    review: [...review.values()].sort((p, q) => q.confidence - p.confidence || p.a - q.a || p.b - q.b),
  };
}

function methodOf(a: Company, b: Company, { basis }: Comparison): FuzzyMethod {
  if (basis === "nameAndPlace") return "name+place";
  return a.name.squeezed === b.name.squeezed ? "name" : "fuzzy";
}
