import * as z from "zod";
import type { Attributes, Day } from "../account/attribute.ts";
import { joinClasses, SUPPRESSION_CLASSES, type SuppressionClass } from "../account/facts.ts";
import { SUPPRESSION_FAMILIES, type SuppressionFamily } from "../families/suppressed-above.ts";
import { ATTRIBUTE_TYPES, createCatalogue } from "../rules/catalogue.ts";
import { type Condition, compileCondition, type Standing } from "../rules/condition.ts";
import { dayNumber } from "../rules/day.ts";
import { type Problem, readDocument, readShape, refuse } from "../rules/document.ts";
import { didYouMean } from "../rules/nearest.ts";
import { YES } from "../rules/verdict.ts";
import { compileSegments, SegmentDocument, type Segments } from "../segments/segments.ts";

/** Shares of the told members beyond which a plan waits for approval: DESIGN invariant 8 (blast radius). [design] */
export const LIMIT_DEFAULTS = { removeShare: 0.1, addShare: 0.5 } as const;
/** Priority of an audience that names none; lower comes first. [design] */
const DEFAULT_PRIORITY = 100;

const share = z
  .number()
  .min(0, { error: "a share lies between 0 and 1" })
  .max(1, { error: "a share lies between 0 and 1; 10 % is 0.10" });

/** An audience as written. */
export const AudienceDocument = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: "ids are lower-case words joined by dashes, like strategic-accounts" }),
  name: z.string().min(1),
  description: z.string().optional(),
  platform: z.string().min(1),
  mode: z.enum(["file", "api"]),
  members: z.enum(["company", "person"]).optional(),
  /** A condition over attributes, score, tier, coverage, disqualified and segments; `tiers: […]` and `segments: […]` are the short forms. */
  include: z.unknown(),
  exclude: z.unknown().optional(),
  /** Lower comes first. Of the audiences of one `group` an account joins the first that wants it. */
  priority: z.number().int().optional(),
  group: z.string().optional(),
  /**
   * The classes of suppressions that keep members out; all where it is left out. Who opted out is kept out whatever it says. `family: parent`
   * keeps out as well whatever lies below a company that is suppressed so.
   */
  suppress: z
    .preprocess(
      (written) => (Array.isArray(written) ? { classes: written as unknown[] } : written),
      z.strictObject({
        classes: z.array(z.enum(SUPPRESSION_CLASSES)).optional(),
        family: z.enum(SUPPRESSION_FAMILIES).optional(),
      }),
    )
    .optional(),
  limits: z.strictObject({ removeShare: share.optional(), addShare: share.optional() }).optional(),
  /** Settings of the platform's connector, by the names of its manifest. */
  settings: z.record(z.string(), z.unknown()).optional(),
});
export type AudienceDocument = z.infer<typeof AudienceDocument>;

/** The audiences file: segments and the audiences made of them. */
export const AudiencesDocument = z.strictObject({
  version: z.union([z.string(), z.number()]).optional(),
  attributes: z.record(z.string(), z.enum(ATTRIBUTE_TYPES)).optional(),
  segments: z.array(SegmentDocument).optional(),
  audiences: z.array(AudienceDocument).optional(),
});
export type AudiencesDocument = z.infer<typeof AudiencesDocument>;

/** One audience, compiled. */
export interface Audience {
  id: string;
  name: string;
  platform: string;
  mode: "file" | "api";
  members: "company" | "person";
  priority: number;
  group: string | null;
  limits: { removeShare: number; addShare: number };
  /** The classes of suppressions that keep members out; `opted-out` is always among them. */
  suppress: readonly SuppressionClass[];
  /** Whether suppressions of the companies above a member keep it out too. */
  family: SuppressionFamily;
  settings: Readonly<Record<string, unknown>>;
  include: Condition;
  exclude: Condition | null;
}

/** The first class, of those under which somebody is suppressed, that keeps him out of an audience; undefined where none does. */
export function respectedClass(
  { suppress }: Pick<Audience, "suppress">,
  classes: readonly SuppressionClass[],
): SuppressionClass | undefined {
  return classes.find((each) => suppress.includes(each));
}

/** The audiences file, compiled. */
export interface Audiences {
  segments: Segments;
  /** By priority, then id. */
  all: readonly Audience[];
  /**
   * Ids of the audiences that want this account, by priority. `standing.segments` must be what `segments.place` gave. An audience wants an
   * account when `include` holds for sure and `exclude` does not; a disqualified account is wanted by none.
   */
  wants(attributes: Attributes, standing: Standing, asOf: Day): readonly string[];
}

/** What the file is checked against: tier ids of the profile and ids of the known platforms. Absent = not checked. */
export interface AudiencesContext {
  tiers?: readonly string[];
  platforms?: readonly string[];
}

const NAMES = [
  ...Object.keys(AudiencesDocument.shape),
  ...Object.keys(AudienceDocument.shape),
  ...Object.keys(SegmentDocument.shape),
  "removeShare",
  "addShare",
  "classes",
  "family",
];
const NONE: readonly string[] = [];

function wantsOf(all: readonly Audience[]): Audiences["wants"] {
  return (attributes, standing, asOf) => {
    if (standing.disqualified !== null) return NONE;
    const today = dayNumber(asOf);
    let wanted: string[] | null = null;
    let groups: string[] | null = null;
    for (let at = 0; at < all.length; at++) {
      const audience = all[at]!;
      if (audience.group !== null && groups?.includes(audience.group)) continue;
      if (audience.include.test(attributes, standing, asOf, today) !== YES) continue;
      if (audience.exclude !== null && audience.exclude.test(attributes, standing, asOf, today) === YES) continue;
      if (wanted === null) wanted = [audience.id];
      else wanted.push(audience.id);
      if (audience.group === null) continue;
      if (groups === null) groups = [audience.group];
      else groups.push(audience.group);
    }
    return wanted ?? NONE;
  };
}

/** Reads an audiences file and says all that is wrong with it; `audiences` is null when anything is. Pure. */
export function readAudiences(text: string, known: AudiencesContext = {}): { audiences: Audiences | null; problems: Problem[] } {
  const document = readDocument(text);
  const shape = document.problems.length > 0 ? null : readShape(document, AudiencesDocument, document.value ?? {}, NAMES);
  if (shape === null) return { audiences: null, problems: document.problems };
  const tiers = known.tiers && [...new Set([...known.tiers, "X", "unknown"])];
  const segments = compileSegments(document, shape.segments ?? [], shape.attributes, tiers);
  const catalogue = createCatalogue(shape.attributes, { tiers, segments: (shape.segments ?? []).map((segment) => segment.id) });
  const context = { catalogue, report: document.report, allowAbsence: true };
  const ids = new Set<string>();
  const all: Audience[] = [];
  for (const [at, one] of (shape.audiences ?? []).entries()) {
    const path = ["audiences", at];
    if (ids.has(one.id)) document.report([...path, "id"], `the id "${one.id}" is used twice`);
    ids.add(one.id);
    if (known.platforms !== undefined && !known.platforms.includes(one.platform))
      document.report(
        [...path, "platform"],
        `there is no platform "${one.platform}".${didYouMean(one.platform, known.platforms)}`,
      );
    if (one.members === "person")
      document.report([...path, "members"], "audiences of people are not there yet; leave members out, or write company");
    const include = compileCondition(one.include, context, [...path, "include"]);
    const exclude = one.exclude === undefined ? null : compileCondition(one.exclude, context, [...path, "exclude"]);
    if (include === null) continue;
    const { classes, family } = one.suppress ?? {};
    all.push({
      id: one.id,
      name: one.name,
      platform: one.platform,
      mode: one.mode,
      members: one.members ?? "company",
      priority: one.priority ?? DEFAULT_PRIORITY,
      group: one.group ?? null,
      limits: { ...LIMIT_DEFAULTS, ...one.limits },
      suppress: joinClasses(classes ?? SUPPRESSION_CLASSES, ["opted-out"]),
      family: family ?? "company",
      settings: one.settings ?? {},
      include,
      exclude,
    });
  }
  if (document.problems.length > 0) return { audiences: null, problems: document.problems };
  all.sort((a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1));
  return { audiences: { segments, all, wants: wantsOf(all) }, problems: [] };
}

/** Compiles an audiences file. Throws InputError that names the line and what to write instead. */
export function compileAudiences(text: string, known?: AudiencesContext): Audiences {
  const { audiences, problems } = readAudiences(text, known);
  refuse("audiences file", problems);
  return audiences!;
}
