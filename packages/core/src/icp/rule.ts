import { type Attributes, type AttributeValue, type Cell, type Day, isInterval } from "../account/attribute.ts";
import type { AttributeSpec } from "../rules/catalogue.ts";
import type { Change, Condition } from "../rules/condition.ts";
import { dayNumber, dayOf } from "../rules/day.ts";
import { UNKNOWN, YES } from "../rules/verdict.ts";

/** What a rule is sure to give and the most that it can give, in hundredths of a point. Equal where nothing is open. */
export interface Span {
  low: number;
  high: number;
}

/** A way to earn at least `points` hundredths by a rule. */
export interface Option {
  points: number;
  changes: Change[];
}

/** A rule of a profile, compiled once. Points are integers: hundredths of a point. */
export interface CompiledRule {
  id: string;
  dimension: string;
  /** The attribute that the rule is about; `attributes` are all that it reads. */
  attribute: string;
  attributes: readonly string[];
  min: number;
  max: number;
  decays: boolean;
  /** Writes what the rule gives this account into `span`. Allocates nothing. */
  settle(attributes: Attributes, asOf: Day, today: number, span: Span): void;
  /** Changes of the account that earn more, for counterfactuals. */
  options(attributes: Attributes, today: number): Option[];
}

/** The cell, unless it is absent or has expired by `asOf`. */
export function currentCell(attributes: Attributes, name: string, asOf: Day): Cell | undefined {
  const cell = attributes[name];
  return cell === undefined || (cell.expiresAt !== undefined && cell.expiresAt <= asOf) ? undefined : cell;
}

type Head = Pick<CompiledRule, "id" | "dimension">;

/** A rule that gives `max` when its condition holds and nothing when it does not. */
export function whenRule(head: Head, attribute: string, condition: Condition, max: number): CompiledRule {
  const { test } = condition;
  return {
    ...head,
    attribute,
    attributes: condition.attributes,
    min: 0,
    max,
    decays: false,
    settle(attributes, asOf, today, span) {
      const verdict = test(attributes, null, asOf, today);
      span.low = verdict === YES ? max : 0;
      span.high = verdict === YES || verdict === UNKNOWN ? max : 0;
    },
    options: (_attributes, today) => condition.ways(true, today).map((changes) => ({ points: max, changes })),
  };
}

/** A rule that gives `max` to everyone whose attribute is known; only useful with decay. */
export function recencyRule(head: Head, attribute: string, max: number): CompiledRule {
  return {
    ...head,
    attribute,
    attributes: [attribute],
    min: max,
    max,
    decays: false,
    settle(_attributes, _asOf, _today, span) {
      span.low = max;
      span.high = max;
    },
    options: () => [],
  };
}

/** A rule by bands of a number: `points[i]` from `starts[i]` up to the next start. `starts[0]` is -Infinity. */
export function bandRule(head: Head, attribute: string, starts: readonly number[], points: readonly number[]): CompiledRule {
  const min = Math.min(...points);
  const max = Math.max(...points);
  const last = starts.length - 1;
  const bandOf = (value: number): number => {
    let at = last;
    while (at > 0 && value < starts[at]!) at--;
    return at;
  };
  const option = (at: number): Option => {
    const next = starts[at + 1];
    const rising = points.slice(at).every((later) => later >= points[at]!);
    const value = at === 0 ? next! - 1 : starts[at]!;
    const words = at === 0 ? `< ${next}` : rising || next === undefined ? `>= ${value}` : `from ${value} to below ${next}`;
    return { points: points[at]!, changes: [{ attribute, value, words: `${attribute} ${words}` }] };
  };
  return {
    ...head,
    attribute,
    attributes: [attribute],
    min,
    max,
    decays: false,
    settle(attributes, asOf, _today, span) {
      const value = currentCell(attributes, attribute, asOf)?.value;
      if (typeof value === "number") {
        span.low = points[bandOf(value)]!;
        span.high = span.low;
        return;
      }
      span.low = min;
      span.high = max;
      if (!isInterval(value)) return;
      const to = value[1] === null ? last : bandOf(value[1]);
      let at = value[0] === null ? 0 : bandOf(value[0]);
      span.low = points[at]!;
      span.high = points[at]!;
      for (at++; at <= to; at++) {
        if (points[at]! < span.low) span.low = points[at]!;
        if (points[at]! > span.high) span.high = points[at]!;
      }
    },
    options: () =>
      points
        .map((_, at) => at)
        .filter((at) => points[at]! > min && !(at === 0 && last === 0))
        .map(option),
  };
}

/** A rule by the levels of a text; of a list the best level counts. `levels` keys are as written; unlisted values get `otherwise`. */
export function mapRule(
  head: Head,
  attribute: AttributeSpec,
  levels: ReadonlyMap<string, number>,
  otherwise: number,
): CompiledRule {
  const { name } = attribute;
  const namesUnknown = levels.has("unknown");
  const lookup = new Map<string, number>();
  for (const [level, points] of levels) lookup.set(level.toLowerCase(), points);
  for (const [level, points] of levels) lookup.set(level, points);
  const pointsOf = (text: string): number => lookup.get(text) ?? lookup.get(text.toLowerCase()) ?? otherwise;
  const min = Math.min(otherwise, ...levels.values());
  const max = Math.max(otherwise, ...levels.values());
  const known = (value: AttributeValue): number => {
    if (typeof value === "string") return pointsOf(value);
    if (typeof value === "number" || typeof value === "boolean") return pointsOf(String(value));
    let best = -1;
    for (const text of value as readonly string[]) best = Math.max(best, pointsOf(text));
    return best === -1 ? otherwise : best;
  };
  const witness = (level: string, old: AttributeValue | undefined): AttributeValue => {
    if (attribute.type === "list") return [...(Array.isArray(old) && !isInterval(old) ? (old as readonly string[]) : []), level];
    if (attribute.type === "number") return Number(level);
    return attribute.type === "boolean" ? level === "true" : level;
  };
  return {
    ...head,
    attribute: name,
    attributes: [name],
    min,
    max,
    decays: false,
    settle(attributes, asOf, _today, span) {
      const value = currentCell(attributes, name, asOf)?.value;
      if (value === undefined || (value === "unknown" && !namesUnknown) || isInterval(value)) {
        span.low = min;
        span.high = max;
        return;
      }
      span.low = known(value);
      span.high = span.low;
    },
    options: (attributes) =>
      [...levels]
        .filter(([level, points]) => level !== "unknown" && points > min)
        .map(([level, points]) => ({
          points,
          changes: [
            {
              attribute: name,
              value: witness(level, attributes[name]?.value),
              words: `${name} ${attribute.type === "list" ? "contains" : "="} ${level}`,
            },
          ],
        })),
  };
}

/** Halves what a rule gives every `halfLifeDays` after the day that attribute `on` holds; later days count as today. Factors are tabulated. */
export function decaying(rule: CompiledRule, on: string, halfLifeDays: number): CompiledRule {
  const factors = new Float64Array(Math.ceil(halfLifeDays * Math.log2(2 * rule.max + 2)) + 1);
  for (let days = 0; days < factors.length; days++) factors[days] = 2 ** (-days / halfLifeDays);
  return {
    ...rule,
    attributes: rule.attributes.includes(on) ? rule.attributes : [...rule.attributes, on],
    min: 0,
    decays: true,
    settle(attributes, asOf, today, span) {
      rule.settle(attributes, asOf, today, span);
      const day = dayNumber(currentCell(attributes, on, asOf)?.value);
      if (Number.isNaN(day)) {
        span.low = 0;
        return;
      }
      const factor = factors[Math.max(0, today - day)] ?? 0;
      span.low = Math.round(span.low * factor);
      span.high = Math.round(span.high * factor);
    },
    options(attributes, today) {
      const now: Change = { attribute: on, value: dayOf(today), words: `${on} = ${dayOf(today)}` };
      const inner = rule.options(attributes, today);
      return [
        { points: rule.max, changes: [now] },
        ...inner,
        ...inner.map((option) => ({ ...option, changes: [...option.changes, now] })),
      ];
    },
  };
}
