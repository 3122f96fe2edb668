import type { Attributes, AttributeValue, Cell, Day } from "../account/attribute.ts";
import type { Change } from "../rules/condition.ts";
import { dayNumber } from "../rules/day.ts";
import type { Profile } from "./compile.ts";
import { TIER_DISQUALIFIED } from "./profile.ts";
import { type BulkScore, scoreFast } from "./score.ts";

/** A change of the account that puts it in a better tier; verified by scoring the changed account. */
export interface Counterfactual {
  /** `employees >= 250`; two changes are joined by "and". */
  change: string;
  tier: string;
  /** The exact values that were tried. Attributes derived from them are left as they are. */
  set: Record<string, AttributeValue>;
}

/** How many are given, and how many single changes are tried in pairs [design]. */
const MOST_GIVEN = 5;
const MOST_PAIRED = 32;

interface Trial {
  changes: readonly Change[];
  words: string;
  result: BulkScore;
  distance: number;
}

/** The account after the changes; values are then certain. */
export function applyChanges(attributes: Attributes, set: Readonly<Record<string, AttributeValue>>, asOf: Day): Attributes {
  const changed: Attributes = { ...attributes };
  for (const [attribute, value] of Object.entries(set))
    changed[attribute] = { value, confidence: 1, method: "observed", source: "rule:counterfactual", asOf } satisfies Cell;
  return changed;
}

const setOf = (changes: readonly Change[]): Record<string, AttributeValue> =>
  Object.fromEntries(changes.map((change) => [change.attribute, change.value]));

/** How far a single numeric change goes from a known number; 0 where there is nothing to measure. */
function reach(trial: Trial, attributes: Attributes): number {
  const { attribute, value } = trial.changes[0]!;
  const old = attributes[attribute]?.value;
  return trial.changes.length === 1 && typeof value === "number" && typeof old === "number" ? Math.abs(value - old) : 0;
}

const byNearness = (a: Trial, b: Trial): number =>
  a.distance - b.distance || (a.words < b.words ? -1 : a.words > b.words ? 1 : 0);

/**
 * The nearest changes that move an account to a better tier: single changes, the smallest gain in score first, one for each attribute and tier;
 * where none is enough, the nearest pair. Empty for an account in the best tier.
 */
export function counterfactuals(profile: Profile, attributes: Attributes, asOf: Day): Counterfactual[] {
  const today = dayNumber(asOf);
  const now = scoreFast(profile, attributes, asOf);
  const rank = (result: BulkScore): number => {
    const at = profile.tiers.findIndex((tier) => tier.id === result.tier);
    return at !== -1 ? at : profile.tiers.length + (result.tier === TIER_DISQUALIFIED ? 1 : 0);
  };
  const better = (trial: Trial): boolean => rank(trial.result) < rank(now) && rank(trial.result) < profile.tiers.length;
  const attempt = (changes: readonly Change[]): Trial => {
    const result = scoreFast(profile, applyChanges(attributes, setOf(changes), asOf), asOf);
    return {
      changes,
      words: changes.map((change) => change.words).join(" and "),
      result,
      distance: (result.score ?? 0) - (now.score ?? 0),
    };
  };
  const ways: (readonly Change[])[] = [];
  for (const rule of profile.rules) for (const option of rule.options(attributes, today)) ways.push(option.changes);
  if (now.disqualified !== null)
    for (const rule of profile.disqualify) if (rule.id === now.disqualified.rule) ways.push(...rule.condition.ways(false, today));
  const trials = ways.filter((way) => way.length === 1 || way.length === 2).map(attempt);
  const singles = trials.filter((trial) => trial.changes.length === 1);
  let found = singles.filter(better).sort(byNearness);
  if (found.length === 0) {
    const pairs = trials.filter((trial) => trial.changes.length === 2);
    const useful = singles.sort((a, b) => b.distance - a.distance || byNearness(a, b)).slice(0, MOST_PAIRED);
    for (const [at, first] of useful.entries())
      for (const second of useful.slice(at + 1))
        if (first.changes[0]!.attribute !== second.changes[0]!.attribute)
          pairs.push(attempt([...first.changes, ...second.changes]));
    found = pairs.filter(better).sort(byNearness).slice(0, 1);
  }
  const nearest = new Map<string, Trial>();
  for (const trial of found) {
    const key = `${trial.result.tier} ${trial.changes.map((change) => change.attribute).join(" ")}`;
    const other = nearest.get(key);
    if (other === undefined || reach(trial, attributes) < reach(other, attributes)) nearest.set(key, trial);
  }
  return [...nearest.values()]
    .sort(byNearness)
    .slice(0, MOST_GIVEN)
    .map((trial) => ({ change: trial.words, tier: trial.result.tier, set: setOf(trial.changes) }));
}
