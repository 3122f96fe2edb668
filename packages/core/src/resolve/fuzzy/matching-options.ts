import * as z from "zod";
import { readDocument, readShape, refuse } from "../../rules/document.ts";
import { FUZZY_OPTIONS, type FuzzyOptions } from "./options.ts";

const share = z
  .number({ error: (issue) => (issue.input === undefined ? "this is missing" : "this must be a number from 0 to 1") })
  .min(0, { error: "this must be a number from 0 to 1" })
  .max(1, { error: "this must be a number from 0 to 1" });

const thresholds = (usual: { same: number; review: number }) =>
  z
    .strictObject({ same: share.default(usual.same), review: share.default(usual.review) })
    .refine(({ same, review }) => same >= review, {
      error: `"same" must not be less than "review" (where they are left out they are ${usual.same} and ${usual.review})`,
    })
    .default(usual);

/**
 * The shape of `config/matching.yaml`: from which confidence (0..1) two companies are one (`same`) and from which a person should look
 * (`review`), by what they can be compared on; what counts as one; how many records of one key are compared all with all. What is left out
 * is as in FUZZY_OPTIONS.
 */
export const MatchingOptions = z.strictObject({
  name: thresholds(FUZZY_OPTIONS.name),
  nameAndCountry: thresholds(FUZZY_OPTIONS.nameAndCountry),
  nameAndPlace: thresholds(FUZZY_OPTIONS.nameAndPlace),
  level: z.enum(["auto", "company", "site"]).default(FUZZY_OPTIONS.level),
  largestBlock: z
    .int({ error: "this must be a whole number from 2 to 1000" })
    .min(2, { error: "this must be a whole number from 2 to 1000" })
    .max(1_000, { error: "this must be a whole number from 2 to 1000" })
    .default(FUZZY_OPTIONS.largestBlock),
});

const NAMES = [...Object.keys(MatchingOptions.shape), "same", "review"];

/** Reads the text of `config/matching.yaml`; an empty one says nothing and all is as usual. InputError of one line with line and setting. */
export function parseMatching(text: string): FuzzyOptions {
  const document = readDocument(text);
  const options = document.problems.length > 0 ? null : readShape(document, MatchingOptions, document.value ?? {}, NAMES);
  refuse("matching file", document.problems);
  return options ?? FUZZY_OPTIONS;
}
