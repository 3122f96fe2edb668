import type { Attributes, AttributeValue, Day } from "../account/attribute.ts";
import type { AttributeSpec, Catalogue } from "./catalogue.ts";
import type { Path } from "./document.ts";
import { didYouMean } from "./nearest.ts";
import { OPERATORS, type Predicate } from "./operators.ts";
import { NO, negate, UNKNOWN, type Verdict, YES } from "./verdict.ts";

/** What scoring decided about an account, as segments and audiences may ask about it. */
export interface Standing {
  /** 0..100, null below the profile's minimum coverage. */
  score: number | null;
  low: number;
  high: number;
  tier: string;
  /** 0..1: the part of the score's spread that is settled. */
  coverage: number;
  disqualified: { rule: string; reason: string } | null;
  /** Ids of the segments that the account is in, once placed. */
  segments?: readonly string[];
}

/** Asks a compiled condition. `asOf` and `today` are the same day, as text and as a number. */
export type Test = (attributes: Attributes, standing: Standing | null, asOf: Day, today: number) => Verdict;

/** One attribute set to a value; `words` says so: `employees >= 250`. */
export interface Change {
  attribute: string;
  value: AttributeValue;
  words: string;
}

/** A condition compiled once; `test` neither allocates nor throws. */
export interface Condition {
  test: Test;
  /** Every attribute that it reads, in the order written. */
  attributes: readonly string[];
  /** Sets of changes after each of which the condition is likely to be `wanted`; for counterfactuals, which verify them. */
  ways(wanted: boolean, today: number): Change[][];
}

/** What a condition may use and where its problems go. */
export interface ConditionContext {
  catalogue: Catalogue;
  report(path: Path, message: string): void;
  /** False in scores: the absence of data is never evidence for or against an account. */
  allowAbsence: boolean;
}

const COMBINATORS = ["all", "any", "not"] as const;
const ABSENCE = ["exists", "unknown"] as const;
const ALIASES: Readonly<Record<string, string>> = { tiers: "tier" };
const MOST_WAYS = 24;

/** The value of a standing attribute; undefined where it cannot be told. */
function standingValue(standing: Standing | null, name: string): AttributeValue | undefined {
  if (standing === null) return undefined;
  switch (name) {
    case "score":
      return standing.score ?? [standing.low, standing.high];
    case "disqualified":
      return standing.disqualified !== null;
    case "tier":
      return standing.tier;
    case "coverage":
      return standing.coverage;
    default:
      return standing.segments;
  }
}

function valueTest(attribute: AttributeSpec, predicate: Predicate): Test {
  const { name } = attribute;
  const { holds, namesUnknown } = predicate;
  if (attribute.standing)
    return (_attributes, standing, _asOf, today) => {
      const value = standingValue(standing, name);
      return value === undefined || (value === "unknown" && !namesUnknown) ? UNKNOWN : holds(value, today);
    };
  return (attributes, _standing, asOf, today) => {
    const cell = attributes[name];
    if (cell === undefined || (cell.expiresAt !== undefined && cell.expiresAt <= asOf)) return UNKNOWN;
    const value = cell.value;
    return value === "unknown" && !namesUnknown ? UNKNOWN : holds(value, today);
  };
}

/** `exists`: something is on record, be it the answer "unknown". `unknown`: nothing is, or that answer. Both are never UNKNOWN themselves. */
function absenceTest(name: string, operator: (typeof ABSENCE)[number], wanted: boolean): Test {
  const known = operator === "exists";
  return (attributes, _standing, asOf) => {
    const cell = attributes[name];
    const recorded = cell !== undefined && (cell.expiresAt === undefined || cell.expiresAt > asOf);
    const holds = known ? recorded : !recorded || cell.value === "unknown";
    return holds === wanted ? YES : NO;
  };
}

function allOf(tests: readonly Test[], stopAt: Verdict): Test {
  if (tests.length === 1) return tests[0]!;
  const otherwise = stopAt === NO ? YES : NO;
  return (attributes, standing, asOf, today) => {
    let verdict: Verdict = otherwise;
    for (let at = 0; at < tests.length; at++) {
      const one = tests[at]!(attributes, standing, asOf, today);
      if (one === stopAt) return stopAt;
      if (one === UNKNOWN) verdict = UNKNOWN;
    }
    return verdict;
  };
}

/** Every way that takes one from each; ways that set an attribute twice to different values are left out. */
function combine(parts: readonly Change[][][]): Change[][] {
  let ways: Change[][] = [[]];
  for (const part of parts) {
    const next: Change[][] = [];
    for (const way of ways)
      for (const more of part) {
        const fresh = more.filter((change) => !way.some((old) => old.attribute === change.attribute));
        const clash =
          more.length - fresh.length > 0 &&
          more.some((change) => way.some((old) => old.attribute === change.attribute && old.value !== change.value));
        if (!clash && next.length < MOST_WAYS) next.push([...way, ...fresh]);
      }
    ways = next;
  }
  return ways;
}

function combined(parts: readonly Condition[], every: boolean): Condition {
  return {
    test: allOf(
      parts.map((part) => part.test),
      every ? NO : YES,
    ),
    attributes: [...new Set(parts.flatMap((part) => part.attributes))],
    ways: (wanted, today) => {
      const each = parts.map((part) => part.ways(wanted, today));
      return wanted === every ? combine(each) : each.flat().slice(0, MOST_WAYS);
    },
  };
}

function negated(part: Condition): Condition {
  const { test } = part;
  return {
    test: (attributes, standing, asOf, today) => negate(test(attributes, standing, asOf, today)),
    attributes: part.attributes,
    ways: (wanted, today) => part.ways(!wanted, today),
  };
}

/** All operators written under one attribute must hold. */
function attributeCondition(attribute: AttributeSpec, predicates: readonly Predicate[], absences: readonly Test[]): Condition {
  const tests = [...predicates.map((predicate) => valueTest(attribute, predicate)), ...absences];
  return {
    test: allOf(tests, NO),
    attributes: [attribute.name],
    ways(wanted, today) {
      if (attribute.standing || absences.length > 0) return [];
      const ways: Change[][] = [];
      for (const predicate of predicates)
        for (const value of predicate.witnesses(wanted, today)) {
          const all = predicates.every((other) => other.holds(value, today) === YES);
          if (all !== wanted) continue;
          const words = wanted ? predicates.map((other) => other.words).join(" and ") : predicate.opposite;
          const exact = typeof value === "string" && words.startsWith("is one of");
          ways.push([{ attribute: attribute.name, value, words: `${attribute.name} ${exact ? `= ${value}` : words}` }]);
        }
      return ways;
    },
  };
}

const isBlock = (raw: unknown): raw is Record<string, unknown> => typeof raw === "object" && raw !== null && !Array.isArray(raw);

function compileAttribute(attribute: AttributeSpec, raw: unknown, context: ConditionContext, path: Path): Condition | null {
  const short = attribute.type === "list" ? "contains" : Array.isArray(raw) ? "in" : "is";
  const operators = isBlock(raw) ? Object.entries(raw) : [[short, raw] as const];
  if (operators.length === 0) context.report(path, `say what is asked about "${attribute.name}", for example { is: … }`);
  const predicates: Predicate[] = [];
  const absences: Test[] = [];
  let failed = operators.length === 0;
  for (const [name, argument] of operators) {
    const at = isBlock(raw) ? [...path, name] : path;
    const fail = (message: string): void => {
      context.report(at, message);
      failed = true;
    };
    if (name === "exists" || name === "unknown") {
      if (!context.allowAbsence)
        fail(`"${name}" cannot be used here: missing data is never evidence in a score. Use it in segments and audiences.`);
      else if (typeof argument !== "boolean" || attribute.standing)
        fail(`"${name}" asks about an account's attribute and takes true or false`);
      else absences.push(absenceTest(attribute.name, name, argument));
      continue;
    }
    const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
    if (operator === undefined) {
      fail(
        `"${name}" is not something that can be asked.${didYouMean(name, [...Object.keys(OPERATORS), ...ABSENCE]) || ` Known: ${Object.keys(OPERATORS).join(", ")}.`}`,
      );
      continue;
    }
    const predicate = operator(argument, attribute);
    if (typeof predicate === "string") fail(predicate);
    else predicates.push(predicate);
  }
  return failed ? null : attributeCondition(attribute, predicates, absences);
}

function compileEach(list: unknown, context: ConditionContext, path: Path): (Condition | null)[] {
  if (!Array.isArray(list) || list.length === 0) {
    context.report(path, "this must be a list of conditions");
    return [null];
  }
  return list.map((part, at) => compileCondition(part, context, [...path, at]));
}

/**
 * Compiles a condition as written in a rules file: a block of `attribute: value`, `attribute: [values]` or `attribute: { operator: … }`, and of
 * `all`, `any` (lists of blocks) and `not` (a block). Everything in one block must hold. Problems are reported with their path; the result is
 * then null.
 */
export function compileCondition(raw: unknown, context: ConditionContext, path: Path): Condition | null {
  if (!isBlock(raw) || Object.keys(raw).length === 0) {
    context.report(path, "this must be a condition, for example { employees: { atLeast: 250 } }");
    return null;
  }
  const parts: (Condition | null)[] = [];
  for (const [key, value] of Object.entries(raw)) {
    const at = [...path, key];
    if (key === "all" || key === "any") {
      const each = compileEach(value, context, at);
      parts.push(each.includes(null) ? null : combined(each as Condition[], key === "all"));
    } else if (key === "not") {
      const part = compileCondition(value, context, at);
      parts.push(part && negated(part));
    } else {
      const attribute = context.catalogue.find(key) ?? context.catalogue.find(ALIASES[key] ?? "");
      if (attribute === undefined) {
        const meant = context.catalogue.suggest(key);
        const hint =
          meant === undefined
            ? didYouMean(key, COMBINATORS) || ' Columns of your own are named "extra.<column>".'
            : ` Did you mean "${meant}"?`;
        context.report(at, `"${key}" is not a known attribute.${hint}`);
        parts.push(null);
      } else parts.push(compileAttribute(attribute, value, context, at));
    }
  }
  return parts.includes(null) ? null : combined(parts as Condition[], true);
}
