import { type Attributes, type AttributeValue, type Day, isInterval, type Method } from "../account/attribute.ts";
import { InputError } from "../errors.ts";
import type { Standing } from "../rules/condition.ts";
import { dayNumber } from "../rules/day.ts";
import { YES } from "../rules/verdict.ts";
import type { Profile } from "./compile.ts";
import { TIER_DISQUALIFIED, TIER_UNKNOWN } from "./profile.ts";
import { type CompiledRule, currentCell, type Span } from "./rule.ts";

/** What one rule adds to a score. Points have two decimals at most; the hundredths of all contributions add up to those of the score. */
export interface Contribution {
  rule: string;
  dimension: string;
  attribute: string;
  /** The value on record; null where there is none. */
  value: AttributeValue | null;
  points: number;
  /** The least and the most that the rule may still turn out to give. */
  low: number;
  high: number;
  /** How the value came to be; `unknown`: `points` is an estimate from the rest of the account. */
  origin: Method | "unknown";
  /** Where the value comes from; absent where there is none. */
  source?: string;
  /** Whose value it is, where it is not the account's own: `of its parent Acme Group`. */
  of?: string;
}

/** A score with its reasons. Tier `X`: disqualified. Tier `unknown`: coverage below the profile's minimum, `score` is then null. */
export interface ScoreResult extends Standing {
  /** The override rule that set the tier, if any. */
  override: { rule: string; reason: string } | null;
  contributions: Contribution[];
}

/** A score without its reasons. */
export type BulkScore = Omit<ScoreResult, "contributions">;

const span: Span = { low: 0, high: 0 };

function firstHolding<T extends Profile["disqualify"][number]>(
  rules: readonly T[],
  attributes: Attributes,
  asOf: Day,
  today: number,
): T | null {
  for (let at = 0; at < rules.length; at++)
    if (rules[at]!.condition.test(attributes, null, asOf, today) === YES) return rules[at]!;
  return null;
}

/**
 * The score of an account, and the only code that makes one: every rule says what it is sure to give and what it may give; what is open is
 * estimated as `low + (high - low) * ratio`, where ratio = (earned + priorWeight * priorFit) / (settled + priorWeight) over the whole account;
 * the score is the sum. Per-rule points stay in the profile's scratch for {@link scoreAccount}. Throws InputError when `asOf` is no day.
 */
export function scoreFast(profile: Profile, attributes: Attributes, asOf: Day): BulkScore {
  const today = dayNumber(asOf);
  if (Number.isNaN(today)) throw new InputError(`"${asOf}" is not a day.`, { hint: "Give the day as YYYY-MM-DD." });
  const { rules, scratch, spread } = profile;
  let low = 0;
  let high = 0;
  let floor = 0;
  for (let at = 0; at < rules.length; at++) {
    const rule = rules[at]!;
    rule.settle(attributes, asOf, today, span);
    scratch.low[at] = span.low;
    scratch.high[at] = span.high;
    low += span.low;
    high += span.high;
    floor += rule.min;
  }
  const settled = spread - (high - low);
  const ratio = (low - floor + profile.priorWeight * profile.priorFit) / (settled + profile.priorWeight);
  let total = 0;
  for (let at = 0; at < rules.length; at++) {
    const sure = scratch.low[at]!;
    const points = sure + Math.round((scratch.high[at]! - sure) * ratio);
    scratch.points[at] = points;
    total += points;
  }
  const coverage = settled / spread;
  const known = coverage >= profile.minimumCoverage;
  const out = profile.disqualify.length === 0 ? null : firstHolding(profile.disqualify, attributes, asOf, today);
  const forced = profile.overrides.length === 0 ? null : firstHolding(profile.overrides, attributes, asOf, today);
  const tier = out !== null ? TIER_DISQUALIFIED : forced !== null ? forced.tier : known ? tierOf(profile, total) : TIER_UNKNOWN;
  return {
    score: known ? total / 100 : null,
    low: low / 100,
    high: high / 100,
    tier,
    coverage: Math.floor(coverage * 10_000) / 10_000,
    disqualified: out && { rule: out.id, reason: out.reason },
    override: out === null && forced !== null ? { rule: forced.id, reason: forced.reason } : null,
  };
}

/** The tier of a sum of hundredths. */
function tierOf(profile: Profile, total: number): string {
  const { tiers } = profile;
  for (let at = 0; at < tiers.length; at++) if (total >= tiers[at]!.from) return tiers[at]!.id;
  return TIER_UNKNOWN;
}

function contribution(
  rule: CompiledRule,
  attributes: Attributes,
  asOf: Day,
  points: number,
  low: number,
  high: number,
): Contribution {
  let attribute = rule.attribute;
  let cell = currentCell(attributes, attribute, asOf);
  for (let at = 0; cell === undefined && at < rule.attributes.length; at++) {
    cell = currentCell(attributes, rule.attributes[at]!, asOf);
    if (cell !== undefined) attribute = rule.attributes[at]!;
  }
  const estimate = low < high && !(cell !== undefined && cell.value !== "unknown" && (isInterval(cell.value) || rule.decays));
  return {
    rule: rule.id,
    dimension: rule.dimension,
    attribute,
    value: cell?.value ?? null,
    points: points / 100,
    low: low / 100,
    high: high / 100,
    origin: cell === undefined || estimate ? "unknown" : cell.method,
    ...(cell === undefined ? {} : { source: cell.source }),
    ...(cell?.of === undefined ? {} : { of: cell.of }),
  };
}

/** {@link scoreFast} with its contributions in the order of the profile. Where `score` is null they add up to the estimate that was withheld. */
export function scoreAccount(profile: Profile, attributes: Attributes, asOf: Day): ScoreResult {
  const result = scoreFast(profile, attributes, asOf);
  const { low, high, points } = profile.scratch;
  const contributions = profile.rules.map((rule, at) => contribution(rule, attributes, asOf, points[at]!, low[at]!, high[at]!));
  return { ...result, contributions };
}
