import * as z from "zod";
import type { Attributes, Day } from "../account/attribute.ts";
import { type AttributeType, createCatalogue } from "../rules/catalogue.ts";
import { type Condition, compileCondition, type Standing } from "../rules/condition.ts";
import { dayNumber } from "../rules/day.ts";
import type { RulesDocument } from "../rules/document.ts";
import { YES } from "../rules/verdict.ts";

/** A segment as written in the audiences file. */
export const SegmentDocument = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: "ids are lower-case words joined by dashes, like mid-market" }),
  name: z.string().min(1),
  description: z.string().optional(),
  /** A condition over attributes, score, tier, coverage and disqualified. */
  when: z.unknown(),
});
export type SegmentDocument = z.infer<typeof SegmentDocument>;

/** The segments of a configuration, compiled. */
export interface Segments {
  all: readonly { id: string; name: string; condition: Condition }[];
  /** Ids of the segments whose condition holds for sure, in the order of the file. What cannot be told is no member. */
  place(attributes: Attributes, standing: Standing, asOf: Day): readonly string[];
}

const NONE: readonly string[] = [];

/** Compiles segments read from `document` at `segments`; problems go to the document and leave the segment out. */
export function compileSegments(
  document: Pick<RulesDocument, "report">,
  segments: readonly SegmentDocument[],
  declared?: Readonly<Record<string, AttributeType>>,
  tiers?: readonly string[],
): Segments {
  const context = { catalogue: createCatalogue(declared, { tiers }), report: document.report, allowAbsence: true };
  const all: { id: string; name: string; condition: Condition }[] = [];
  for (const [at, segment] of segments.entries()) {
    if (segments.findIndex((other) => other.id === segment.id) !== at)
      document.report(["segments", at, "id"], `the id "${segment.id}" is used twice`);
    const condition = compileCondition(segment.when, context, ["segments", at, "when"]);
    if (condition !== null) all.push({ id: segment.id, name: segment.name, condition });
  }
  return {
    all,
    place(attributes, standing, asOf) {
      const today = dayNumber(asOf);
      let placed: string[] | null = null;
      for (let at = 0; at < all.length; at++) {
        const segment = all[at]!;
        if (segment.condition.test(attributes, standing, asOf, today) !== YES) continue;
        if (placed === null) placed = [segment.id];
        else placed.push(segment.id);
      }
      return placed ?? NONE;
    },
  };
}
