import * as z from "zod";
import { readDocument, readShape, refuse } from "../../rules/document.ts";
import { FUZZY_OPTIONS, type FuzzyOptions } from "../fuzzy/options.ts";

const share = z.number().min(0).max(1);
const Thresholds = z
  .strictObject({ same: share, review: share })
  .refine(({ same, review }) => review <= same, { error: "review must not lie above same" });

/** The shape of a matching file. What is left out is as in the example. */
export const MatchingDocument = z.strictObject({
  version: z.union([z.string(), z.number()]).optional(),
  names: Thresholds.optional(),
  namesAndCountry: Thresholds.optional(),
  namesAndPlace: Thresholds.optional(),
  compareInRun: z.number().int().min(0).optional(),
  compareAtRefresh: z.number().int().min(0).optional(),
});

/** When two companies without a common key are one. */
export interface MatchingRules {
  names: FuzzyOptions;
  /** Companies up to which a run compares names, and a refresh. */
  mostInRun: number;
  mostAtRefresh: number;
}

/** The file that `init` writes; its numbers are those of `fuzzy/options.ts`, where their source is. */
export const EXAMPLE_MATCHING = `# When two companies that share no key (domain, LinkedIn page, registration number, exact name) are one all the same.
# Confidence runs from 0 to 1. From \`same\` on they are joined, from \`review\` on bullseye review asks you, below they are two.
# Companies with two different domains, registration numbers or countries are never joined by name.
version: 1

# Nothing but the names is known of both.
names: { same: ${FUZZY_OPTIONS.name.same}, review: 0.4 }
# Both say in which country.
namesAndCountry: { same: ${FUZZY_OPTIONS.nameAndCountry.same}, review: 0.4 }
# Both have an address or a telephone number.
namesAndPlace: { same: ${FUZZY_OPTIONS.nameAndPlace.same}, review: 0.4 }

# Names are compared in every run while the base has no more companies than this; above it in the daily refresh.
compareInRun: 20000
# A refresh compares no more than this at once.
compareAtRefresh: 500000
`;

/** Compiles a matching file; InputError with line and path. */
export function compileMatching(text: string): MatchingRules {
  const example = MatchingDocument.parse(readDocument(EXAMPLE_MATCHING).value);
  const document = readDocument(text);
  const shape = document.problems.length > 0 ? null : readShape(document, MatchingDocument, document.value ?? {}, NAMES);
  refuse("matching file", document.problems);
  const { names, namesAndCountry, namesAndPlace, compareInRun, compareAtRefresh } = { ...example, ...shape };
  return {
    names: { ...FUZZY_OPTIONS, level: "company", name: names!, nameAndCountry: namesAndCountry!, nameAndPlace: namesAndPlace! },
    mostInRun: compareInRun!,
    mostAtRefresh: compareAtRefresh!,
  };
}

/** Every setting name of a matching file, for "did you mean". */
const NAMES = [...Object.keys(MatchingDocument.shape), ...Object.keys(Thresholds.shape)];
