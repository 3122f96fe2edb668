import type { PublishedEvent } from "@bullseye/core/ports";
import * as z from "zod";

/** An event as it is published: what every type of event has, around its own detail. */
export interface EventDefinition<Detail extends z.ZodType = z.ZodType> {
  readonly type: PublishedEvent["type"];
  /** When it is published, and what a listener may do with it; one sentence. */
  readonly description: string;
  /** Closed: a field that is not in it is never published. Pointers and counts only, nothing of a person. */
  readonly detail: Detail;
  readonly example: PublishedEvent & { readonly detail: z.output<Detail> };
}

/** Declares an event; the example is checked by type here and by schema in a test. */
export const event = <Detail extends z.ZodType>(definition: EventDefinition<Detail>): EventDefinition<Detail> => definition;

export const count = z.int().nonnegative();

/** The plan that an event speaks of. */
export const planFields = {
  pushId: z.string().min(1),
  runId: z.string().min(1),
  audience: z.string().min(1),
  platform: z.string().min(1),
  mode: z.enum(["file", "api"]),
  /** What an approval names. */
  planHash: z.string().min(1),
  /** Members that the rules want, and how many of them the plan adds and removes. */
  desired: count,
  add: count,
  remove: count,
} as const;
