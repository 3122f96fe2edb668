import { performance } from "node:perf_hooks";
import { resolveNames } from "@bullseye/core/resolve/fuzzy/resolve-names";
import { careDirectory } from "../test/resolve/care-directory.ts";
import { serviceDirectory, threeSources } from "../test/resolve/generated-companies.ts";
import {
  DATA,
  DNB_FILES,
  damagedNames,
  dutchPairs,
  EMM_FILE,
  FEBRL_FILE,
  halfOf,
  has,
  LISTED_FILES,
  listedCompanies,
  peopleByAddress,
  sameInPairs,
} from "../test/resolve/labelled-sets.ts";
import { providerDirectory, rewrittenSources } from "../test/resolve/noisy-copies.ts";
import {
  exactNames,
  type LabelledRecord,
  type PairScore,
  pairScore,
  scoreClusters,
  tokenOverlap,
} from "../test/resolve/pair-scores.ts";
import { threeRegisters } from "../test/resolve/three-registers.ts";

/**
 * Precision, recall and F1 over pairs on every labelled set at hand, beside two baselines in the same run: the same normalised name, and the
 * best share of common words. `--half dev|test|all`; sets that are halved by hash are settled on `dev`. Usage: node bench/resolve-pairs.ts [--half HALF]
 */
const at = process.argv.indexOf("--half");
const half = at < 0 ? "test" : process.argv[at + 1]!;
const seed = half === "dev" ? 1 : 2;

const figures = ({ precision, recall, f1, right, found, there }: PairScore): string =>
  `P ${precision.toFixed(3)}  R ${recall.toFixed(3)}  F1 ${f1.toFixed(3)}  (${right} of ${found} found, ${there} there)`;

function measure(title: string, records: readonly LabelledRecord[]): void {
  const start = performance.now();
  const { clusterOf, compared, level, review } = resolveNames(records);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  const overlap = tokenOverlap(records);
  console.log(
    `\n${title}: ${records.length} records as ${level}, ${compared} pairs compared in ${seconds} s, ${review.length} to review`,
  );
  console.log(`  resolved       ${figures(scoreClusters(records, clusterOf))}`);
  console.log(`  exact name     ${figures(exactNames(records))}`);
  console.log(`  token overlap  ${figures(overlap)}  at ${overlap.share}`);
}

const halved = (records: readonly LabelledRecord[]): LabelledRecord[] =>
  half === "all" ? [...records] : records.filter(({ truth }) => halfOf(truth) === half);

function measureWhere(title: string, files: readonly string[], records: () => LabelledRecord[]): void {
  if (has(...files)) measure(title, records());
  else console.log(`\n${title}: skipped, ${files.join(", ")} not under ${DATA} (BULLSEYE_DATA)`);
}

console.log(`half: ${half}`);
measure("generated, three sources by name", threeSources(2_000, seed));
measure("generated, directory by name and address", serviceDirectory(900, seed));
measure("generated, providers with agencies and sites", providerDirectory(1_500, seed + 10));
measure("generated, care and help as four offices list it", careDirectory(1_000, seed + 20));
measure("generated, three registers by name", threeRegisters(1_800, seed + 20));
measureWhere("listed companies, five lists by name", LISTED_FILES, () => halved(listedCompanies()));
measureWhere("listed companies written anew, three sources by name", LISTED_FILES, () =>
  rewrittenSources(halved(listedCompanies()), seed + 10),
);
measureWhere("er-dnb-names, damaged names with a country", DNB_FILES, () => halved(damagedNames()));
measureWhere("er-febrl1, people by name and address", [FEBRL_FILE], () => halved(peopleByAddress()));
if (has(EMM_FILE)) {
  const pairs = dutchPairs();
  const there = pairs.filter(({ same }) => same).length;
  for (const [title, tell] of sameInPairs(pairs)) {
    const found = pairs.filter((_, i) => tell[i]);
    if (title === "resolved") console.log(`\ner-emm-pairs: ${pairs.length} pairs, all of them`);
    console.log(`  ${title.padEnd(14)} ${figures(pairScore(found.filter(({ same }) => same).length, found.length, there))}`);
  }
} else console.log(`\ner-emm-pairs: skipped, ${EMM_FILE} not under ${DATA} (BULLSEYE_DATA)`);
