import { resolveNames } from "@bullseye/core/resolve/fuzzy/resolve-names";
import { describe, expect, it } from "vitest";
import { careDirectory } from "./care-directory.ts";
import { serviceDirectory, threeSources } from "./generated-companies.ts";
import {
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
} from "./labelled-sets.ts";
import { providerDirectory, rewrittenSources } from "./noisy-copies.ts";
import { exactNames, type LabelledRecord, type PairScore, scoreClusters, tokenOverlap } from "./pair-scores.ts";
import { threeRegisters } from "./three-registers.ts";

const resolved = (records: readonly LabelledRecord[]): PairScore => scoreClusters(records, resolveNames(records).clusterOf);
const test = (records: readonly LabelledRecord[]): LabelledRecord[] => records.filter(({ truth }) => halfOf(truth) === "test");

// Floors lie a little under the figures of bench/resolve-pairs.ts on halves that no weight was settled on.
describe("generated companies", () => {
  it("joins three sources by name alone, better than both baselines", () => {
    const records = threeSources(1_500, 2);
    const score = resolved(records);
    expect(score.precision).toBeGreaterThan(0.97);
    expect(score.recall).toBeGreaterThan(0.89);
    expect(score.f1).toBeGreaterThan(exactNames(records).f1 + 0.2);
    expect(score.f1).toBeGreaterThan(tokenOverlap(records).f1 + 0.2);
  });

  it("joins a directory of places by name and address, better than both baselines", () => {
    const records = serviceDirectory(600, 2);
    const score = resolved(records);
    expect(score.precision).toBeGreaterThan(0.98);
    expect(score.recall).toBeGreaterThan(0.97);
    expect(score.f1).toBeGreaterThan(tokenOverlap(records).f1 + 0.1);
  });

  it("joins providers under the names of agencies and sites, with parts missing, moved and misspelt", () => {
    const records = providerDirectory(900, 12);
    const score = resolved(records);
    expect(score.precision).toBeGreaterThan(0.97);
    expect(score.recall).toBeGreaterThan(0.88);
    expect(score.f1).toBeGreaterThan(tokenOverlap(records).f1 + 0.1);
  });
});

describe("generated companies of other hands", () => {
  it("joins care and help as four offices list it, and leaves the sites of one operator apart", () => {
    const records = careDirectory(600, 31);
    const score = resolved(records);
    expect(score.precision).toBeGreaterThan(0.97);
    expect(score.recall).toBeGreaterThan(0.82);
    expect(score.f1).toBeGreaterThan(tokenOverlap(records).f1 + 0.2);
  });

  it("joins three registers in several languages, and leaves siblings, funds and numbered daughters apart", () => {
    const records = threeRegisters(1_000, 31);
    const score = resolved(records);
    expect(score.precision).toBeGreaterThan(0.985);
    expect(score.recall).toBeGreaterThan(0.92);
    expect(score.f1).toBeGreaterThan(exactNames(records).f1 + 0.2);
  });
});

describe.skipIf(!has(...LISTED_FILES))(`on ${LISTED_FILES.join(", ")} (BULLSEYE_DATA)`, () => {
  it("joins listed companies by name alone", () => {
    const records = test(listedCompanies());
    const score = resolved(records);
    expect(score.precision).toBeGreaterThan(0.96);
    expect(score.recall).toBeGreaterThan(0.93);
    expect(score.f1).toBeGreaterThan(exactNames(records).f1 + 0.02);
  });
});

describe.skipIf(!has(...LISTED_FILES))(`on ${LISTED_FILES.join(", ")} written anew (BULLSEYE_DATA)`, () => {
  it("joins three sources by name alone", () => {
    const records = rewrittenSources(test(listedCompanies()), 12);
    const score = resolved(records);
    expect(score.precision).toBeGreaterThan(0.97);
    expect(score.recall).toBeGreaterThan(0.93);
    expect(score.f1).toBeGreaterThan(exactNames(records).f1 + 0.05);
  });
});

describe.skipIf(!has(...DNB_FILES))(`on ${DNB_FILES.join(", ")} (BULLSEYE_DATA)`, () => {
  it("finds damaged names", () => {
    const score = resolved(test(damagedNames()));
    expect(score.precision).toBeGreaterThan(0.97);
    expect(score.recall).toBeGreaterThan(0.74);
  });
});

describe.skipIf(!has(FEBRL_FILE))(`on ${FEBRL_FILE} (BULLSEYE_DATA)`, () => {
  it("finds people by name and address", () => {
    const score = resolved(test(peopleByAddress()));
    expect(score.precision).toBeGreaterThan(0.99);
    expect(score.recall).toBeGreaterThan(0.89);
  });
});

describe.skipIf(!has(EMM_FILE))(`on ${EMM_FILE} (BULLSEYE_DATA)`, () => {
  it("joins no wrong pair of Dutch registered names", () => {
    const pairs = dutchPairs();
    const told = sameInPairs(pairs).get("resolved")!;
    expect(pairs.filter(({ same }, i) => told[i] && !same)).toEqual([]);
    expect(pairs.filter(({ same }, i) => told[i] && same).length).toBeGreaterThanOrEqual(6);
  });
});
