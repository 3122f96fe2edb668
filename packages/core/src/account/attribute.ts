/** A calendar day in UTC, `YYYY-MM-DD`. Every time that the domain reasons about is a day; instants live only in run and push records. */
export type Day = string;

/** How a value came to be; precedence runs from left to right (TAXONOMY: observed > mapped > derived > prior). */
export type Method = "observed" | "mapped" | "derived" | "prior" | "llm";

/** A closed interval of numbers; `null` is open. `11 - 50` employees is `[11, 50]`, `10,001+` is `[10001, null]`. Never collapsed to a point. */
export type Interval = readonly [low: number | null, high: number | null];

/** What an attribute can hold. A list of strings is a multi-select; a pair of numbers (or null) is an {@link Interval}. */
export type AttributeValue = string | number | boolean | readonly string[] | Interval;

/**
 * One attribute of an account as the row path carries it: a value is never bare. An absent attribute is absent from the record
 * (unknown is not a zero); an answer "unknown" that somebody wrote down is the value `"unknown"`.
 */
export interface Cell {
  value: AttributeValue;
  /** 0..1, capped by method (observed 1, mapped .95, derived .8, llm .7, prior .4 [design]). */
  confidence: number;
  method: Method;
  /** Where it comes from: `list#row`, `reference:list#row`, or `rule:<id>` for derived values and priors. */
  source: string;
  /** The day on which the value was true as far as anybody said. */
  asOf: Day;
  /** The day from which the value counts as unknown again; absent = does not expire. */
  expiresAt?: Day;
  /** For an estimate: the 80 % interval around `value`. */
  range?: Interval;
  /** What decided a derived value, in words a marketer reads: `["revenue12m 48,200 EUR (18 orders)"]`. No personal data. */
  evidence?: readonly string[];
  /** Whose value it is, where it is not the account's own: `of its parent Acme Group`. */
  of?: string;
}

/** All attributes of one account by name (see `account/fields.ts` for the firmographic ones; classifiers add `dimension.attribute` names). */
export type Attributes = Record<string, Cell | undefined>;

/** Confidence caps by method [design], TAXONOMY "Common shape for every attribute". */
export const CONFIDENCE_CAP: Readonly<Record<Method, number>> = { observed: 1, mapped: 0.95, derived: 0.8, llm: 0.7, prior: 0.4 };

/** Whether `value` is an interval and not a point or a list. */
export function isInterval(value: unknown): value is Interval {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [low, high] = value as unknown[];
  return (
    (low === null || typeof low === "number") && (high === null || typeof high === "number") && !(low === null && high === null)
  );
}

/** The interval that a numeric attribute stands for: a point is `[x, x]`; anything else is null. */
export function asInterval(value: unknown): Interval | null {
  if (typeof value === "number") return [value, value];
  return isInterval(value) ? value : null;
}
