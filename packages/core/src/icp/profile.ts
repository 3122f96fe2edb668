import * as z from "zod";
import { PROFILE_LEVELS } from "../families/level.ts";
import { ATTRIBUTE_TYPES } from "../rules/catalogue.ts";

/**
 * Numbers that shape every profile and may be set under `scoring`. All [design], FEATURES rows 27, 33 and 37:
 * below `minimumCoverage` of the score's spread no score is given; what is unknown is estimated by the ratio earned so far, shrunk towards
 * `priorFit` with the weight of `priorWeight` points. At the level of sites the scores of the best `keptSites` of an account are kept with it;
 * the others are counted, and worked out again when somebody asks.
 */
export const SCORING_DEFAULTS = { minimumCoverage: 0.25, priorFit: 0.4, priorWeight: 25, keptSites: 100 } as const;

/** The tier of an account that a `disqualify` rule caught, and of one without enough data for a score. */
export const TIER_DISQUALIFIED = "X";
export const TIER_UNKNOWN = "unknown";

const id = z
  .string()
  .regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, { error: "ids are lower-case words joined by dashes, like company-size" });
const points = z.number().nonnegative({ error: 'points cannot be negative; to keep accounts out, use "disqualify"' });
const condition = z.unknown();

const rule = z.strictObject({
  id,
  name: z.string().optional(),
  /** One of the dimensions of the report: firmographic, behavioural, needs, decision, transactional, journey or your own. */
  dimension: z.string().min(1),
  attribute: z.string().optional(),
  /** The most that this rule can add; defaults to the highest points of its levels. */
  weight: z.number().positive({ error: "a weight must be greater than 0" }).optional(),
  when: condition.optional(),
  bands: z
    .array(z.strictObject({ from: z.union([z.number(), z.string()]).optional(), points }))
    .min(1)
    .optional(),
  map: z.record(z.string(), points).optional(),
  /** Points of values that `map` does not list. Never applies to missing data. */
  otherwise: points.optional(),
  /** Points halve every `halfLifeDays` after the day held by `on` (default: the rule's own attribute). */
  decay: z.strictObject({ halfLifeDays: z.number().positive().max(3650), on: z.string().optional() }).optional(),
});

const bound = z.strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() });

/** The shape of a profile file. Conditions are checked by the condition compiler. */
export const ProfileDocument = z.strictObject({
  id,
  name: z.string().min(1),
  version: z.union([z.string(), z.number()]),
  description: z.string().optional(),
  /** Whose size, revenue, industry, ownership and age rules read: the company's own, its ultimate parent's where that is known, or its sites'. */
  level: z.enum(PROFILE_LEVELS).optional(),
  /** Types of attributes that are columns of your own tables; they win over the built-in ones. */
  attributes: z.record(z.string(), z.enum(ATTRIBUTE_TYPES)).optional(),
  scoring: z
    .strictObject({
      minimumCoverage: z.number().min(0).max(1).optional(),
      priorFit: z.number().min(0).max(1).optional(),
      priorWeight: z.number().min(1).max(100).optional(),
      keptSites: z.number().int().min(1).max(1000).optional(),
    })
    .optional(),
  /** Lowest score of each tier, 0..100; one of them is 0. */
  tiers: z.record(z.string().min(1), z.number().min(0).max(100)),
  rules: z.array(rule).min(1),
  disqualify: z.array(z.strictObject({ id, when: condition, reason: z.string().min(1) })).optional(),
  overrides: z.array(z.strictObject({ id, when: condition, tier: z.string(), reason: z.string().min(1) })).optional(),
  examples: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        asOf: z
          .string()
          .regex(/^\d{4}-\d{2}-\d{2}$/, { error: "this must be a day like 2026-01-31" })
          .optional(),
        attributes: z.record(z.string(), z.unknown()),
        expect: z.strictObject({
          tier: z.union([z.string(), z.array(z.string())]).optional(),
          score: bound.optional(),
          /** The id of the rule that must disqualify it, or whether any does. */
          disqualified: z.union([z.string(), z.boolean()]).optional(),
        }),
      }),
    )
    .optional(),
  /** Whatever the author wants to keep with the profile (how thresholds were chosen, what it was learnt from). Not read. */
  meta: z.record(z.string(), z.unknown()).optional(),
});
export type ProfileDocument = z.infer<typeof ProfileDocument>;

/** One rule as written. */
export type RuleDocument = ProfileDocument["rules"][number];

/** Every setting name of a profile, for "did you mean". */
export const PROFILE_NAMES: readonly string[] = [
  ...Object.keys(ProfileDocument.shape),
  ...Object.keys(rule.shape),
  ...["from", "points", "halfLifeDays", "on", "reason", "tier", "expect", "score", "disqualified", "asOf", "atLeast", "atMost"],
  ...Object.keys(SCORING_DEFAULTS),
];
