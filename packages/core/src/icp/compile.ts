import type { ProfileLevel } from "../families/level.ts";
import { ATTRIBUTE_TYPES, type AttributeSpec, type Catalogue, createCatalogue } from "../rules/catalogue.ts";
import { type Condition, type ConditionContext, compileCondition } from "../rules/condition.ts";
import { type Path, type Problem, type RulesDocument, readDocument, readShape, refuse } from "../rules/document.ts";
import { didYouMean } from "../rules/nearest.ts";
import { readNumber } from "../rules/operators.ts";
import {
  PROFILE_NAMES,
  ProfileDocument,
  type RuleDocument,
  SCORING_DEFAULTS,
  TIER_DISQUALIFIED,
  TIER_UNKNOWN,
} from "./profile.ts";
import { bandRule, type CompiledRule, decaying, mapRule, recencyRule, whenRule } from "./rule.ts";

/** All points of a profile: 100.00 in hundredths. */
export const FULL_SCORE = 10_000;

/** A profile ready for scoring. All points are integers: hundredths of a point. */
export interface Profile {
  id: string;
  name: string;
  version: string;
  document: ProfileDocument;
  /** Whose firmographics it judges by (`families/level.ts`). */
  level: ProfileLevel;
  catalogue: Catalogue;
  /** Best first; `from` in hundredths; the last one begins at 0. */
  tiers: readonly { id: string; from: number }[];
  rules: readonly CompiledRule[];
  disqualify: readonly { id: string; reason: string; condition: Condition }[];
  overrides: readonly { id: string; reason: string; tier: string; condition: Condition }[];
  /** Sum of max - min over all rules. */
  spread: number;
  minimumCoverage: number;
  priorFit: number;
  /** Hundredths. */
  priorWeight: number;
  /** Sites of an account whose scores are stored, at the level of sites. */
  keptSites: number;
  /** Whether the declared weights did not add up to 100 and were scaled. */
  scaled: boolean;
  /** Per rule, filled by every scoring: sure points, possible points, points given. */
  scratch: { low: Int32Array; high: Int32Array; points: Int32Array };
}

/** Splits {@link FULL_SCORE} in proportion to the weights by largest remainder (earlier rules first on a tie), so that the maxima sum to it exactly. */
export function allot(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (weight / total) * FULL_SCORE);
  const shares = exact.map(Math.floor);
  const order = exact.map((_, at) => at).sort((a, b) => exact[b]! - shares[b]! - (exact[a]! - shares[a]!) || a - b);
  let left = FULL_SCORE - shares.reduce((sum, share) => sum + share, 0);
  for (const at of order) {
    if (left <= 0) break;
    shares[at]!++;
    left--;
  }
  return shares;
}

const highest = (rule: RuleDocument): number =>
  Math.max(0, rule.otherwise ?? 0, ...(rule.bands ?? []).map((band) => band.points), ...Object.values(rule.map ?? {}));

interface RuleContext extends ConditionContext {
  document: RulesDocument;
}

/** The attribute `name`, checked against the types that the rule can read. */
function attributeOf(name: string | undefined, types: readonly string[], context: RuleContext, path: Path): AttributeSpec | null {
  if (name === undefined) {
    context.report(path, 'this rule must name its "attribute"');
    return null;
  }
  const spec = context.catalogue.find(name);
  if (spec === undefined) {
    const meant = context.catalogue.suggest(name);
    const hint = meant === undefined ? ' Columns of your own are named "extra.<column>".' : ` Did you mean "${meant}"?`;
    context.report(path, `"${name}" is not a known attribute.${hint}`);
    return null;
  }
  if (spec.type === "any" || types.includes(spec.type)) return spec;
  context.report(path, `"${name}" holds ${spec.type}; this kind of rule reads ${types.join(" or ")}`);
  return null;
}

function compileBands(rule: RuleDocument, max: number, context: RuleContext, path: Path): CompiledRule | null {
  const spec = attributeOf(rule.attribute, ["number"], context, [...path, "attribute"]);
  const scale = max / highest(rule);
  const starts: number[] = [];
  const points: number[] = [];
  for (const [at, band] of rule.bands!.entries()) {
    const from = band.from === undefined ? (at === 0 ? Number.NEGATIVE_INFINITY : null) : readNumber(band.from);
    if (from === null) {
      context.report([...path, "bands", at, "from"], 'every band but the first needs "from", a number like 250 or "10M"');
      return null;
    }
    if (starts.length > 0 && from <= starts[starts.length - 1]!) {
      context.report([...path, "bands", at, "from"], "bands must rise: this one begins at or below the one before it");
      return null;
    }
    if (at === 0 && from !== Number.NEGATIVE_INFINITY) {
      starts.push(Number.NEGATIVE_INFINITY);
      points.push(0);
    }
    starts.push(from);
    points.push(Math.round(band.points * scale));
  }
  return spec && bandRule({ id: rule.id, dimension: rule.dimension }, spec.name, starts, points);
}

function compileMap(rule: RuleDocument, max: number, context: RuleContext, path: Path): CompiledRule | null {
  const spec = attributeOf(rule.attribute, ["text", "list", "boolean", "number"], context, [...path, "attribute"]);
  if (spec === null) return null;
  const scale = max / highest(rule);
  const levels = new Map<string, number>();
  for (const [level, points] of Object.entries(rule.map!)) {
    if (spec.levels !== undefined && level !== "unknown" && !spec.levels.includes(level))
      context.report(
        [...path, "map", level],
        `"${level}" is not a value of "${spec.name}".${didYouMean(level, spec.levels) || ` It can be: ${spec.levels.join(", ")}.`}`,
      );
    levels.set(level, Math.round(points * scale));
  }
  return mapRule({ id: rule.id, dimension: rule.dimension }, spec, levels, Math.round((rule.otherwise ?? 0) * scale));
}

function compileRule(rule: RuleDocument, max: number, context: RuleContext, path: Path): CompiledRule | null {
  const head = { id: rule.id, dimension: rule.dimension };
  let compiled: CompiledRule | null;
  if (rule.bands !== undefined) compiled = compileBands(rule, max, context, path);
  else if (rule.map !== undefined) compiled = compileMap(rule, max, context, path);
  else if (rule.when !== undefined) {
    const condition = compileCondition(rule.when, context, [...path, "when"]);
    if (rule.attribute !== undefined) attributeOf(rule.attribute, ATTRIBUTE_TYPES, context, [...path, "attribute"]);
    compiled = condition && whenRule(head, rule.attribute ?? condition.attributes[0]!, condition, max);
  } else {
    const spec = attributeOf(rule.attribute, ["day"], context, [...path, "attribute"]);
    compiled = spec && recencyRule(head, spec.name, max);
  }
  if (rule.decay !== undefined) {
    const on = attributeOf(rule.decay.on ?? rule.attribute, ["day"], context, [
      ...path,
      "decay",
      ...(rule.decay.on === undefined ? [] : ["on"]),
    ]);
    compiled = on && compiled && decaying(compiled, on.name, rule.decay.halfLifeDays);
  }
  if (max === 0)
    context.report(path, "the weight of this rule is too small next to the others: it adds less than a hundredth of a point");
  else if (compiled !== null && compiled.min === compiled.max)
    context.report(path, "this rule gives every account the same points, so it says nothing; give its levels different points");
  return compiled;
}

/** What a rule's form must be before its parts are worth a look. */
function checkForm(rule: RuleDocument, context: RuleContext, path: Path): boolean {
  const forms = (["when", "bands", "map"] as const).filter((form) => rule[form] !== undefined);
  const before = context.document.problems.length;
  if (forms.length > 1)
    context.report([...path, forms[1]!], `a rule has one of "when", "bands" and "map"; this one has ${forms.join(" and ")}`);
  if (forms.length === 0 && rule.decay === undefined)
    context.report(path, 'say when this rule gives points: "when", "bands", "map" or "decay"');
  if (rule.otherwise !== undefined && rule.map === undefined)
    context.report([...path, "otherwise"], '"otherwise" belongs to "map"');
  const graded = rule.bands !== undefined || rule.map !== undefined;
  if (!graded && rule.weight === undefined) context.report(path, 'this rule needs a "weight": the most points it can add');
  if (graded && highest(rule) === 0) context.report(path, "at least one level must give points");
  return context.document.problems.length === before;
}

function readTiers(document: RulesDocument, shape: ProfileDocument): { id: string; from: number }[] {
  const tiers = Object.entries(shape.tiers).map(([id, from]) => ({ id, from: Math.round(from * 100) }));
  tiers.sort((a, b) => b.from - a.from);
  for (const [at, tier] of tiers.entries()) {
    if (tier.id === TIER_DISQUALIFIED || tier.id === TIER_UNKNOWN)
      document.report(
        ["tiers", tier.id],
        `"${tier.id}" is kept for accounts that are disqualified (X) or not known well enough (unknown)`,
      );
    if (at > 0 && tier.from === tiers[at - 1]!.from) document.report(["tiers", tier.id], "two tiers begin at the same score");
  }
  if (tiers.at(-1)?.from !== 0) document.report(["tiers"], "one tier must begin at 0, so that every score has a tier");
  return tiers;
}

/** Reads a profile and says all that is wrong with it; `profile` is null when anything is. Pure. */
export function readProfile(text: string): { profile: Profile | null; problems: Problem[] } {
  const document = readDocument(text);
  const shape = document.problems.length > 0 ? null : readShape(document, ProfileDocument, document.value, PROFILE_NAMES);
  if (shape === null) return { profile: null, problems: document.problems };
  const catalogue = createCatalogue(shape.attributes);
  const context: RuleContext = { catalogue, report: document.report, allowAbsence: false, document };
  const tiers = readTiers(document, shape);
  const seen = new Set<string>();
  for (const part of ["rules", "disqualify", "overrides"] as const)
    for (const [at, { id }] of (shape[part] ?? []).entries()) {
      if (seen.has(id)) document.report([part, at, "id"], `the id "${id}" is used twice`);
      seen.add(id);
    }
  const sound = shape.rules.map((rule, at) => checkForm(rule, context, ["rules", at]));
  const weights = shape.rules.map((rule) => rule.weight ?? (highest(rule) || 1));
  const maxima = allot(weights);
  const rules = shape.rules.map((rule, at) => (sound[at] ? compileRule(rule, maxima[at]!, context, ["rules", at]) : null));
  const caught = (part: "disqualify" | "overrides", at: number, when: unknown) =>
    compileCondition(when, context, [part, at, "when"]);
  const disqualify = (shape.disqualify ?? []).map((one, at) => ({
    id: one.id,
    reason: one.reason,
    condition: caught("disqualify", at, one.when)!,
  }));
  const overrides = (shape.overrides ?? []).map((one, at) => {
    if (!tiers.some((tier) => tier.id === one.tier)) document.report(["overrides", at, "tier"], `there is no tier "${one.tier}"`);
    return { id: one.id, reason: one.reason, tier: one.tier, condition: caught("overrides", at, one.when)! };
  });
  if (document.problems.length > 0) return { profile: null, problems: document.problems };
  const compiled = rules as CompiledRule[];
  const scoring = { ...SCORING_DEFAULTS, ...shape.scoring };
  const profile: Profile = {
    id: shape.id,
    name: shape.name,
    version: String(shape.version),
    document: shape,
    level: shape.level ?? "company",
    catalogue,
    tiers,
    rules: compiled,
    disqualify,
    overrides,
    spread: compiled.reduce((sum, rule) => sum + rule.max - rule.min, 0),
    minimumCoverage: scoring.minimumCoverage,
    priorFit: scoring.priorFit,
    priorWeight: Math.round(scoring.priorWeight * 100),
    keptSites: scoring.keptSites,
    scaled: Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 100) > 1e-9,
    scratch: {
      low: new Int32Array(compiled.length),
      high: new Int32Array(compiled.length),
      points: new Int32Array(compiled.length),
    },
  };
  return { profile, problems: [] };
}

/** Compiles a profile. Throws InputError that names the line and what to write instead. */
export function compileProfile(text: string): Profile {
  const { profile, problems } = readProfile(text);
  refuse("profile", problems);
  return profile!;
}
