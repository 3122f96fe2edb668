import type { Comparison } from "./compare-companies.ts";
import { joinPairs } from "./join-pairs.ts";
import { FUZZY_OPTIONS, type FuzzyOptions } from "./options.ts";
import {
  contentOf,
  type JoinablePair,
  levelOf,
  type ResolvableRecord,
  type SimilarPairs,
  similarPairs,
} from "./similar-pairs.ts";

export { levelOf, type ResolvableRecord };

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

/** [design] Confidence from which two could be one at all: less parts a cluster. */
const CONCEIVABLE = 0.2;
/** [design] Names of one unit that are compared. */
const MOST_NAMES = 8;

/**
 * Which records are the same company, by name, place and whatever keys they have. Pure; the grouping does not depend on the order of the
 * records. Evidence against (another registration number, domain or country) is never outvoted.
 */
export function resolveNames(records: readonly ResolvableRecord[], given: Partial<FuzzyOptions> = {}): NameResolution {
  const byContent = new Map<string, number[]>();
  for (const [index, record] of records.entries()) {
    const content = contentOf(record);
    const known = byContent.get(content);
    if (known) known.push(index);
    else byContent.set(content, [index]);
  }
  const rows = [...byContent].sort(([x], [y]) => (x < y ? -1 : 1)).map(([, indexes]) => indexes);
  byContent.clear();
  const distinct = rows.map(([first]) => records[first!]!);
  const options = { ...FUZZY_OPTIONS, ...given };
  const similar = similarPairs(distinct, { options: { ...options, level: levelOf(records, options.level) } });
  const units = new Units(distinct, similar);
  const cluster = joinPairs(units.count, units.pairs(), {
    apart: (a, b) => units.judge(a, b).conflict !== null,
    otherDoor: (a, b) => units.judge(a, b).door === "other",
    fits: (a, b) => units.judge(a, b).confidence >= CONCEIVABLE,
    level: similar.level,
  });
  return {
    ...answer(records, distinct, rows, units.of, cluster, similar),
    level: similar.level,
    compared: similar.compared,
  };
}

/** Records that are one company from the start, compared by their best pair; any conflict between two of them stands. */
class Units {
  /** The unit of each record. */
  readonly of: number[];
  readonly #members: number[][] = [];
  readonly #similar: SimilarPairs;
  readonly #known = new Map<number, Comparison>();

  constructor(records: readonly ResolvableRecord[], similar: SimilarPairs) {
    const groups = new Map<string, number>();
    this.#similar = similar;
    this.of = records.map(({ group }, index) => {
      const known = group === undefined ? undefined : groups.get(group);
      const unit = known ?? this.#members.length;
      if (known === undefined) this.#members.push([]);
      if (group !== undefined) groups.set(group, unit);
      this.#members[unit]!.push(index);
      return unit;
    });
  }

  get count(): number {
    return this.#members.length;
  }

  judge(a: number, b: number): Comparison {
    const left = this.#members[Math.min(a, b)]!;
    const right = this.#members[Math.max(a, b)]!;
    if (left.length === 1 && right.length === 1) return this.#similar.judge(left[0]!, right[0]!);
    const key = Math.min(a, b) * this.#members.length + Math.max(a, b);
    let best = this.#known.get(key);
    if (best) return best;
    for (const x of left.slice(0, MOST_NAMES)) {
      for (const y of right.slice(0, MOST_NAMES)) {
        const found = this.#similar.judge(x, y);
        if (!best || (found.conflict !== null && best.conflict === null) || (best.conflict === null && found.odds > best.odds))
          best = found;
      }
    }
    this.#known.set(key, best!);
    return best!;
  }

  /** The pairs of records as pairs of units. */
  pairs(): JoinablePair[] {
    const seen = new Set<number>();
    const pairs: JoinablePair[] = [];
    for (const { a: first, b: second } of this.#similar.pairs) {
      const a = Math.min(this.of[first]!, this.of[second]!);
      const b = Math.max(this.of[first]!, this.of[second]!);
      const key = a * this.#members.length + b;
      if (seen.has(key)) continue;
      seen.add(key);
      const { odds, confidence, verdict, basis, contained, door } = this.judge(a, b);
      if (verdict !== "new") pairs.push({ a, b, odds, confidence, verdict, basis, contained, door });
    }
    return pairs;
  }
}

function answer(
  records: readonly ResolvableRecord[],
  distinct: readonly ResolvableRecord[],
  rows: readonly number[][],
  unitOf: readonly number[],
  cluster: readonly number[],
  similar: SimilarPairs,
): Pick<NameResolution, "clusterOf" | "confidence" | "method" | "review"> {
  const clusterAt = unitOf.map((unit) => cluster[unit]!);
  const best: Array<{ confidence: number; method: FuzzyMethod } | undefined> = distinct.map(() => undefined);
  const review = new Map<number, { a: number; b: number; confidence: number }>();
  const offer = (index: number, offered: { confidence: number; method: FuzzyMethod }): void => {
    if (!best[index] || offered.confidence > best[index].confidence) best[index] = offered;
  };
  for (const [index, own] of rows.entries()) {
    if (own.length < 2 || !similar.isNamed(index)) continue;
    const { confidence: sure, basis } = similar.judge(index, index);
    offer(index, { confidence: sure, method: basis === "nameAndPlace" ? "name+place" : "name" });
  }
  for (const { a, b, confidence: sure, basis, sameName } of similar.pairs) {
    if (clusterAt[a] === clusterAt[b]) {
      const joined = {
        confidence: sure,
        method: basis === "nameAndPlace" ? ("name+place" as const) : sameName ? ("name" as const) : ("fuzzy" as const),
      };
      offer(a, joined);
      offer(b, joined);
      continue;
    }
    const key = Math.min(clusterAt[a]!, clusterAt[b]!) * distinct.length + Math.max(clusterAt[a]!, clusterAt[b]!);
    const known = review.get(key);
    if (!known || known.confidence < sure) review.set(key, { a, b, confidence: sure });
  }
  const shared = new Map<number, number>();
  for (const unit of unitOf) shared.set(unit, (shared.get(unit) ?? 0) + 1);
  const confidence = new Array<number>(records.length).fill(1);
  const method = new Array<FuzzyMethod>(records.length).fill("new");
  const clusterOfRow = new Array<number>(records.length).fill(-1);
  let next = cluster.length;
  for (const [index, own] of rows.entries()) {
    const alone = distinct[index]!.group === undefined && !similar.isNamed(index);
    const found = best[index] ?? (shared.get(unitOf[index]!)! > 1 ? { confidence: 1, method: "group" as const } : undefined);
    for (const row of own) {
      clusterOfRow[row] = alone ? next++ : clusterAt[index]!;
      if (found) {
        confidence[row] = found.confidence;
        method[row] = found.method;
      }
    }
  }
  const numbers = new Map<number, number>();
  const clusterOf = clusterOfRow.map((id) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size);
    return numbers.get(id)!;
  });
  const asked = [...review.values()].map(({ a, b, confidence: sure }): ReviewPair => {
    const x = rows[a]![0]!;
    const y = rows[b]![0]!;
    return { a: Math.min(x, y), b: Math.max(x, y), confidence: sure, reasons: similar.reasons(a, b) };
  });
  return { clusterOf, confidence, method, review: asked.sort((p, q) => q.confidence - p.confidence || p.a - q.a || p.b - q.b) };
}
