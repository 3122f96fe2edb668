import type { Interval } from "../../account/attribute.ts";
import { type NumberPlan, scan, scanDecimal } from "./decimal.ts";
import { parseInteger, shiftToInteger } from "./number.ts";

const NOISE =
  /\b(?:employees?|emp|people|persons?|staff|headcount|ftes?|mitarbeiter(?:innen)?|mitarbeitende|beschäftigte|employés|salariés|empleados|medewerkers)\b\.?|[~≈]/giu;
const OPEN_ABOVE = /^(.*?\d.*?)\s*(?:\+|plus|or more|and (?:more|above|over|up)|und mehr|oder mehr|et plus|o más|en meer)$/iu;
const AT_LEAST = /^(?:>=|≥|=>|at least|from|min\.?|ab)\s*(.*\d.*)$/iu;
const ABOVE = /^(?:>|over|above|more than|greater than|über|mehr als|plus de|más de|meer dan)\s*(.*\d.*)$/iu;
const AT_MOST = /^(?:<=|≤|=<|up to|at most|max\.?|bis(?: zu)?|jusqu['’]à|hasta|tot)\s*(.*\d.*)$/iu;
const BELOW = /^(?:<|under|below|less than|fewer than|unter|weniger als|moins de|menos de|minder dan)\s*(.*\d.*)$/iu;
const BETWEEN = /^(.*?\d[^\d–—]*?)\s*(?:-|–|—|‑|to|bis|à|until|through|\.{2,}|…)\s*(\D{0,6}?\d.*)$/iu;
const GROUPED_LOW = /^(.*?\d[\d.,\s'’]*[^\d\s–—-]{0,10}?)\s*(?:-|–|—|‑|to|bis|à|until|through|\.{2,}|…)\s*([^\d-]{0,6}\d.*)$/iu;

/** `10,001` and `10.001`: a thousand wherever there is no such thing as a fraction. */
const ONE_GROUP = /^\s*[1-9]\d{0,2}[.,]\d{3}\s*$/;

/** One bound in units, with what the last scan carried; `step` 1 for counts, which have no fractions. */
function bound(text: string, plan: NumberPlan, step: 0 | 1): number | undefined {
  if (!scanDecimal(text, plan.decimal)) return undefined;
  if (step === 1 && scan.scale === 3 && ONE_GROUP.test(text)) return scan.mantissa;
  return shiftToInteger(scan.mantissa, scan.power - scan.scale + (scan.multiplied ? 0 : (plan.power ?? 0)), scan.truncated);
}

function between(lowText: string, highText: string, plan: NumberPlan, step: 0 | 1): number | Interval | undefined {
  const high = bound(highText, plan, step);
  const highPower = scan.multiplied ? scan.power : 0;
  const highCurrency = scan.currency;
  let low = bound(lowText, plan, step);
  if (low === undefined || high === undefined) return undefined;
  if (highPower > 0 && !scan.multiplied && low !== 0) {
    low = shiftToInteger(scan.mantissa, scan.power - scan.scale + highPower, scan.truncated);
    if (low === undefined) return undefined;
  }
  scan.currency ??= highCurrency;
  if (low > high || low < 0) return undefined;
  return low === high ? low : [low, high];
}

function parseRange(raw: string, plan: NumberPlan, step: 0 | 1): number | Interval | undefined {
  const point = bound(raw, plan, step);
  if (point !== undefined) return point;
  let text = raw.replace(NOISE, " ").trim();
  if (text.startsWith(".")) text = text.slice(1).trim();
  const plain = bound(text, plan, step);
  if (plain !== undefined) return plain;
  let found = OPEN_ABOVE.exec(text) ?? AT_LEAST.exec(text);
  if (found !== null) return open(bound(found[1]!, plan, step), true);
  found = ABOVE.exec(text);
  if (found !== null) return open(bound(found[1]!, plan, step), true, step);
  found = AT_MOST.exec(text);
  if (found !== null) return open(bound(found[1]!, plan, step), false);
  found = BELOW.exec(text);
  if (found !== null) return open(bound(found[1]!, plan, step), false, -step);
  found = GROUPED_LOW.exec(text) ?? BETWEEN.exec(text);
  return found === null ? undefined : between(found[1]!, found[2]!, plan, step);
}

function open(value: number | undefined, above: boolean, step = 0): Interval | undefined {
  if (value === undefined || value + step < 0) return undefined;
  return above ? [value + step, null] : [null, value + step];
}

/**
 * A head count: `2822`, `11 - 50`, `10,001+`, `Employees.51to200`, `<10`, `10K-50K`. Ranges stay intervals, never a bound as a point;
 * `<10` is `[null, 9]`. Zero, negatives and fractions are undefined.
 */
export function parseCountRange(raw: string, plan: NumberPlan): number | Interval | undefined {
  const whole = parseInteger(raw, plan);
  if (whole !== undefined) return whole > 0 ? whole : undefined;
  if (scanDecimal(raw, plan.decimal)) return ONE_GROUP.test(raw) ? bound(raw, plan, 1) : undefined;
  const value = parseRange(raw, plan, 1);
  return typeof value === "number" && value <= 0 ? undefined : value;
}

/** Money in whole units of its currency: `$10M`, `1.234,56`, `$10M - $50M`, `>$1B`. `scan.currency` tells what the cell carried. */
export function parseMoneyRange(raw: string, plan: NumberPlan): number | Interval | undefined {
  return parseRange(raw, plan, 0);
}
