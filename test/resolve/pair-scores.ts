import type { FuzzyRecord } from "@bullseye/core/resolve/fuzzy/compare-companies";
import { transliterate } from "@bullseye/core/resolve/fuzzy/word-forms";
import { normalizeCompanyName } from "@bullseye/core/resolve/keys/company-name";

/** A record with the company that it truly is. */
export interface LabelledRecord extends FuzzyRecord {
  truth: string;
}

/** Pairs found, pairs there are, and what follows. */
export interface PairScore {
  found: number;
  right: number;
  there: number;
  precision: number;
  recall: number;
  f1: number;
}

/** Precision, recall and their mean of `right` among `found` pairs where `there` are to be found. */
export function pairScore(right: number, found: number, there: number): PairScore {
  const precision = found === 0 ? 1 : right / found;
  const recall = there === 0 ? 1 : right / there;
  return {
    found,
    right,
    there,
    precision,
    recall,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

const pairs = (n: number): number => (n * (n - 1)) / 2;

function tally(keys: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Scores a grouping against the truth by pairs. */
export function scoreClusters(records: readonly LabelledRecord[], clusterOf: readonly (number | string)[]): PairScore {
  const sum = (counts: Map<string, number>): number => [...counts.values()].reduce((total, n) => total + pairs(n), 0);
  const found = sum(tally(clusterOf.map(String)));
  const there = sum(tally(records.map(({ truth }) => truth)));
  const right = sum(tally(records.map(({ truth }, i) => `${truth}\t${clusterOf[i]}`)));
  return pairScore(right, found, there);
}

/** Baseline: the same normalised name (and country, where both are given) is the same company. */
export function exactNames(records: readonly LabelledRecord[]): PairScore {
  return scoreClusters(
    records,
    records.map(({ name, country }, i) => {
      const key = normalizeCompanyName(name, country)?.key;
      return key === undefined ? `#${i}` : `${key}\t${country ?? ""}`;
    }),
  );
}

const tokensOf = ({ name, street, city, postalCode }: FuzzyRecord): Set<string> =>
  new Set(
    transliterate([name, street, city, postalCode].filter(Boolean).join(" "))
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean),
  );

/** Baseline: pairs whose words overlap by a share (Jaccard), the share being the best there is for this set. */
export function tokenOverlap(records: readonly LabelledRecord[]): PairScore & { share: number } {
  const sets = records.map(tokensOf);
  const holders = new Map<string, number[]>();
  const there = [...tally(records.map(({ truth }) => truth)).values()].reduce((total, n) => total + pairs(n), 0);
  const shares = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
  const found = shares.map(() => 0);
  const right = shares.map(() => 0);
  for (const [b, set] of sets.entries()) {
    const common = new Map<number, number>();
    for (const token of set) for (const a of holders.get(token) ?? []) common.set(a, (common.get(a) ?? 0) + 1);
    for (const [a, both] of common) {
      const overlap = both / (sets[a]!.size + set.size - both);
      for (const [k, share] of shares.entries()) {
        if (overlap < share) continue;
        found[k]!++;
        if (records[a]!.truth === records[b]!.truth) right[k]!++;
      }
    }
    for (const token of set) {
      const known = holders.get(token);
      if (known) known.push(b);
      else holders.set(token, [b]);
    }
  }
  return shares.map((share, k) => ({ ...pairScore(right[k]!, found[k]!, there), share })).sort((x, y) => y.f1 - x.f1)[0]!;
}
