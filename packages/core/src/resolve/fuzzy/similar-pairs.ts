import { blocksOf } from "./blocks.ts";
import { type Company, companyOf, compareCompanies } from "./compare-companies.ts";
import type { FuzzyOptions } from "./options.ts";
import type { ResolvableRecord } from "./resolve-names.ts";
import { Vocabulary } from "./vocabulary.ts";

/** Two records that may be one company, by their places in the list: `a < b`. */
export interface SimilarPair {
  a: number;
  b: number;
  confidence: number;
  verdict: "same" | "review";
  reasons: string[];
}

/** Which pairs to look at, and how. */
export interface SimilarOptions {
  /** Only pairs of which at least one side is a probe are compared. */
  isProbe: (index: number) => boolean;
  options: FuzzyOptions;
  vocabulary: "background";
}

/** Pairs of records that are alike, by name and place. Records of one group are never a pair. */
export function similarPairs(
  records: readonly ResolvableRecord[],
  { isProbe, options }: SimilarOptions,
): { pairs: SimilarPair[]; compared: number } {
  const vocabulary = new Vocabulary([]);
  const companies: Company[] = [];
  const places: number[] = [];
  for (const [index, record] of records.entries()) {
    const company = companyOf(record);
    if (!company) continue;
    companies.push({ ...company, name: vocabulary.weigh(company.name) });
    places.push(index);
  }
  const pairs: SimilarPair[] = [];
  const seen = new Set<number>();
  let compared = 0;
  for (const block of blocksOf(companies, options.largestBlock))
    for (const [at, x] of block.entries())
      for (const y of block.slice(at + 1)) {
        const [a, b] = [places[x]!, places[y]!];
        if (!isProbe(a) && !isProbe(b)) continue;
        if (records[a]!.group !== undefined && records[a]!.group === records[b]!.group) continue;
        const key = x * companies.length + y;
        if (seen.has(key)) continue;
        seen.add(key);
        compared++;
        const found = compareCompanies(companies[x]!, companies[y]!, { vocabulary, options, level: "company" }, false);
        if (found.verdict === "new" || found.conflict !== null) continue;
        const { reasons } = compareCompanies(companies[x]!, companies[y]!, { vocabulary, options, level: "company" });
        pairs.push({ a: Math.min(a, b), b: Math.max(a, b), confidence: found.confidence, verdict: found.verdict, reasons });
      }
  return { pairs, compared };
}
