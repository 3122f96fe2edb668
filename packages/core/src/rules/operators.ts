import { type AttributeValue, isInterval } from "../account/attribute.ts";
import type { AttributeSpec, AttributeType } from "./catalogue.ts";
import { dayNumber, dayOf } from "./day.ts";
import { didYouMean } from "./nearest.ts";
import { NO, negate, UNKNOWN, type Verdict, YES } from "./verdict.ts";

/** An operator bound to its argument, ready to be asked about values. */
export interface Predicate {
  /** About a value on record; allocates nothing for canonical values. `today` is a day number. */
  holds(value: AttributeValue, today: number): Verdict;
  /** Whether the argument names the level "unknown"; otherwise a recorded "unknown" cannot tell. */
  namesUnknown: boolean;
  /** Goes after the attribute's name: `>= 250`. */
  words: string;
  /** Goes after the attribute's name where the opposite holds: `< 250`. */
  opposite: string;
  /** Some values for which `holds` says `wanted`. */
  witnesses(wanted: boolean, today: number): AttributeValue[];
}

/** Builds a predicate from the argument in the file, or says in plain words what is wrong with it. */
export type Operator = (argument: unknown, attribute: AttributeSpec) => Predicate | string;

const SCALE: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/** A number as marketers write it: 250, "10M", "1_000_000", "250,000"; null for anything else. */
export function readNumber(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string") return null;
  const match = /^(-?(?:\d+|\d{1,3}(?:[_,]\d{3})+)(?:\.\d+)?)\s*([kmb])?$/i.exec(value.trim());
  return match === null ? null : Number(match[1]!.replace(/[_,]/g, "")) * (SCALE[(match[2] ?? "").toLowerCase()] ?? 1);
}

const isOneOf = (attribute: AttributeSpec, ...types: AttributeType[]): boolean =>
  attribute.type === "any" || types.includes(attribute.type);

const shown = (values: readonly AttributeValue[]): string => values.join(", ");

/** Whether every number of `[low, high]` lies in `[from, to]`, none does, or it cannot be told. */
function within(low: number, high: number, from: number, to: number): Verdict {
  if (low >= from && high <= to) return YES;
  return high < from || low > to ? NO : UNKNOWN;
}

function boundsPredicate(from: number, to: number, isDay: boolean, words: string, opposite: string): Predicate {
  const write = (value: number): AttributeValue => (isDay ? dayOf(value) : value);
  return {
    holds(value) {
      if (typeof value === "number") return isDay ? UNKNOWN : value >= from && value <= to ? YES : NO;
      if (typeof value === "string") {
        const day = isDay ? dayNumber(value) : Number.NaN;
        return Number.isNaN(day) ? UNKNOWN : day >= from && day <= to ? YES : NO;
      }
      if (isDay || !isInterval(value)) return UNKNOWN;
      return within(value[0] ?? Number.NEGATIVE_INFINITY, value[1] ?? Number.POSITIVE_INFINITY, from, to);
    },
    namesUnknown: false,
    words,
    opposite,
    witnesses(wanted) {
      const inside = [from, to];
      const outside = [from - 1, to + 1];
      return (wanted ? inside : outside).filter(Number.isFinite).map(write);
    },
  };
}

/** Operators about numbers and days: `bounds` turns the written numbers into the interval for which the answer is yes. */
function bounds(
  arity: 1 | 2,
  toBounds: (numbers: readonly number[]) => readonly [number, number],
  words: (written: string[]) => [string, string],
): Operator {
  return (argument, attribute) => {
    if (!isOneOf(attribute, "number", "day"))
      return `this compares numbers or days, but "${attribute.name}" holds ${attribute.type}`;
    const written = arity === 1 ? [argument] : Array.isArray(argument) ? (argument as unknown[]) : [];
    const isDay =
      attribute.type === "day" || (attribute.type === "any" && written.every((value) => !Number.isNaN(dayNumber(value))));
    const numbers = written.map((value) => (isDay ? dayNumber(value) : readNumber(value)));
    if (numbers.length !== arity || numbers.some((value) => value === null || Number.isNaN(value))) {
      const one = isDay ? "a day like 2026-01-31" : 'a number like 250 or "10M"';
      return arity === 1 ? `this must be ${one}` : `this must be a list of two, each ${one}`;
    }
    const [from, to] = toBounds(numbers as number[]);
    if (from > to) return "the first of the two must not be greater than the second";
    const texts = (numbers as number[]).map((value) => (isDay ? dayOf(value) : String(value)));
    return boundsPredicate(from, to, isDay, ...words(texts));
  };
}

const AGE = { within: 0, older: 1 } as const;

function age(kind: (typeof AGE)[keyof typeof AGE]): Operator {
  return (argument, attribute) => {
    if (!isOneOf(attribute, "day")) return `this asks how long ago a day is, but "${attribute.name}" holds ${attribute.type}`;
    const days = readNumber(argument);
    if (days === null || days < 0 || !Number.isInteger(days)) return "this must be a whole number of days";
    const [recent, old] = [`within the last ${days} days`, `more than ${days} days ago`];
    return {
      holds(value, today) {
        const day = dayNumber(value);
        if (Number.isNaN(day)) return UNKNOWN;
        return today - day <= days === (kind === AGE.within) ? YES : NO;
      },
      namesUnknown: false,
      words: kind === AGE.within ? recent : old,
      opposite: kind === AGE.within ? old : recent,
      witnesses: (wanted, today) => [dayOf(wanted === (kind === AGE.within) ? today : today - days - 1)],
    };
  };
}

/** The argument as a list of levels, or what is wrong with it. */
function levels(argument: unknown, attribute: AttributeSpec): (string | number | boolean)[] | string {
  const written = Array.isArray(argument) ? (argument as unknown[]) : [argument];
  if (written.length === 0) return "this list is empty";
  const out: (string | number | boolean)[] = [];
  for (const value of written) {
    if (value === null || (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean"))
      return "this must be a value or a list of values";
    if (value === "unknown") out.push(value);
    else if (attribute.type === "number") {
      const number = readNumber(value);
      if (number === null) return `"${String(value)}" is not a number, but "${attribute.name}" holds numbers`;
      out.push(number);
    } else if (attribute.type === "boolean") {
      if (typeof value !== "boolean") return `"${attribute.name}" is either true or false`;
      out.push(value);
    } else if (attribute.type === "any") out.push(value);
    else {
      const text = String(value);
      if (attribute.levels !== undefined && !attribute.levels.includes(text))
        return `"${text}" is not a value of "${attribute.name}".${didYouMean(text, attribute.levels) || ` It can be: ${attribute.levels.join(", ")}.`}`;
      out.push(text);
    }
  }
  return out;
}

/** Whether `value` is among the texts, numbers and truth values, case put aside. A list is, when one of its texts is. */
function memberTest(options: readonly (string | number | boolean)[]): (value: AttributeValue) => Verdict {
  const texts = new Set<string>();
  const numbers: number[] = [];
  for (const option of options) {
    texts.add(String(option)).add(String(option).toLowerCase());
    const number = readNumber(option);
    if (number !== null) numbers.push(number);
  }
  return (value) => {
    if (typeof value === "string") return texts.has(value) || texts.has(value.toLowerCase()) ? YES : NO;
    if (typeof value === "number") return numbers.includes(value) ? YES : NO;
    if (typeof value === "boolean") return texts.has(value ? "true" : "false") ? YES : NO;
    if (isInterval(value)) {
      const low = value[0] ?? Number.NEGATIVE_INFINITY;
      const high = value[1] ?? Number.POSITIVE_INFINITY;
      for (const number of numbers) if (number >= low && number <= high) return low === high ? YES : UNKNOWN;
      return NO;
    }
    for (const text of value as readonly string[]) if (texts.has(text) || texts.has(text.toLowerCase())) return YES;
    return NO;
  };
}

function membership(arity: "one" | "some", negated: boolean): Operator {
  return (argument, attribute) => {
    if (attribute.type === "list") return `"${attribute.name}" is a list: use "contains"`;
    if (attribute.type === "day") return `"${attribute.name}" is a day: use "atLeast", "atMost", "between" or "withinDays"`;
    if (arity === "one" && Array.isArray(argument)) return `this takes one value; for several use "${negated ? "notIn" : "in"}"`;
    const options = levels(argument, attribute);
    if (typeof options === "string") return options;
    const test = memberTest(options);
    const yes = options.length === 1 ? `= ${shown(options)}` : `is one of ${shown(options)}`;
    const no = options.length === 1 ? `is not ${shown(options)}` : `is none of ${shown(options)}`;
    const others = (attribute.levels ?? (attribute.type === "boolean" ? [true, false] : ["(something else)"])).filter(
      (level) => !options.includes(level),
    );
    const outside = attribute.type === "number" ? [Math.max(...options.map(Number)) + 1] : others;
    return {
      holds: negated ? (value) => negate(test(value)) : test,
      namesUnknown: options.includes("unknown"),
      words: negated ? no : yes,
      opposite: negated ? yes : no,
      witnesses: (wanted) => (wanted === negated ? outside : options.filter((option) => option !== "unknown")),
    };
  };
}

const contains: Operator = (argument, attribute) => {
  if (!isOneOf(attribute, "list")) return `"contains" asks about lists, but "${attribute.name}" holds ${attribute.type}`;
  const options = levels(argument, attribute);
  if (typeof options === "string") return options;
  const words = `contains ${options.length === 1 ? "" : "one of "}${shown(options)}`;
  return {
    holds: memberTest(options),
    namesUnknown: options.includes("unknown"),
    words,
    opposite: words.replace("contains", "without"),
    witnesses: (wanted) => (wanted ? options.map((option) => [String(option)]) : [["(something else)"]]),
  };
};

const isLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code > 127;

/** Whether `text` has `phrase` as whole words; a `*` at either end leaves that end open. Linear, no pattern language. */
function phraseTest(phrase: string): (text: string) => boolean {
  const openStart = phrase.startsWith("*");
  const openEnd = phrase.endsWith("*");
  const needle = phrase.slice(openStart ? 1 : 0, openEnd ? -1 : undefined).toLowerCase();
  return (text) => {
    for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
      const end = at + needle.length;
      if (
        (openStart || at === 0 || !isLetter(text.charCodeAt(at - 1))) &&
        (openEnd || end === text.length || !isLetter(text.charCodeAt(end)))
      )
        return true;
    }
    return false;
  };
}

const matches: Operator = (argument, attribute) => {
  if (!isOneOf(attribute, "text", "list")) return `"matches" looks for words, but "${attribute.name}" holds ${attribute.type}`;
  const phrases = (Array.isArray(argument) ? (argument as unknown[]) : [argument]).map((phrase) => String(phrase).trim());
  if (phrases.length === 0 || phrases.some((phrase) => phrase.replaceAll("*", "") === ""))
    return "this must be a word or a phrase, or a list of them";
  if (phrases.some((phrase) => phrase.slice(1, -1).includes("*")))
    return 'a "*" may only stand at the beginning or the end of a word';
  const tests = phrases.map(phraseTest);
  const found = (text: string): boolean => {
    const lower = text.toLowerCase();
    for (const test of tests) if (test(lower)) return true;
    return false;
  };
  return {
    holds(value) {
      if (typeof value === "string") return found(value) ? YES : NO;
      if (!Array.isArray(value) || isInterval(value)) return UNKNOWN;
      for (const text of value as readonly string[]) if (found(text)) return YES;
      return NO;
    },
    namesUnknown: phrases.includes("unknown"),
    words: `mentions ${phrases.join(" or ")}`,
    opposite: `does not mention ${phrases.join(" or ")}`,
    witnesses: (wanted) => (wanted ? phrases.map((phrase) => phrase.replaceAll("*", "")) : ["(something else)"]),
  };
};

/**
 * Every operator that asks about a value. To add one, add its line here. `exists` and `unknown` ask about the absence of a value and
 * live in `condition.ts`.
 */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  is: membership("one", false),
  isNot: membership("one", true),
  in: membership("some", false),
  notIn: membership("some", true),
  atLeast: bounds(
    1,
    ([n]) => [n!, Number.POSITIVE_INFINITY],
    ([n]) => [`>= ${n}`, `< ${n}`],
  ),
  atMost: bounds(
    1,
    ([n]) => [Number.NEGATIVE_INFINITY, n!],
    ([n]) => [`<= ${n}`, `> ${n}`],
  ),
  between: bounds(
    2,
    ([a, b]) => [a!, b!],
    ([a, b]) => [`from ${a} to ${b}`, `outside ${a} to ${b}`],
  ),
  withinDays: age(AGE.within),
  olderThanDays: age(AGE.older),
  contains,
  matches,
};
