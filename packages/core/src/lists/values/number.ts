import { type NumberPlan, scan, scanDecimal } from "./decimal.ts";

const POWERS = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/** `mantissa * 10 ** power` as an exact safe integer, halves away from zero; undefined when it is past a safe integer or not known exactly. */
export function shiftToInteger(mantissa: number, power: number, truncated: boolean): number | undefined {
  if (power >= 0) {
    if (truncated || power > 22) return mantissa === 0 && !truncated ? 0 : undefined;
    const value = mantissa * POWERS[power]!;
    return Number.isSafeInteger(value) ? value : undefined;
  }
  if (power < -16) return 0;
  const divisor = POWERS[-power]!;
  const size = Math.abs(mantissa);
  const rest = size % divisor;
  const whole = (size - rest) / divisor + (rest >= divisor - rest ? 1 : 0);
  return mantissa < 0 && whole !== 0 ? -whole : whole;
}

/** Power of ten by which the last scan has to be shifted, header units included. */
function scanPower(plan: NumberPlan): number {
  return scan.power - scan.scale + (scan.multiplied || plan.power === undefined ? 0 : plan.power);
}

/** A whole number (`1,234`, `2822.0`, `12k`); undefined when the cell is no number or has a fraction. */
export function parseInteger(raw: string, plan: NumberPlan): number | undefined {
  const length = raw.length;
  if (length > 0 && length < 16 && plan.power === undefined) {
    let value = 0;
    let at = 0;
    for (; at < length; at++) {
      const digit = raw.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (at === length) return value;
  }
  if (!scanDecimal(raw, plan.decimal) || scan.truncated) return undefined;
  const power = scanPower(plan);
  if (power < 0 && (power < -15 ? scan.mantissa !== 0 : scan.mantissa % POWERS[-power]! !== 0)) return undefined;
  return shiftToInteger(scan.mantissa, power, false);
}

/** A number with its fraction, correctly rounded to a double; undefined when the cell is no number. */
export function parseNumber(raw: string, plan: NumberPlan): number | undefined {
  if (!scanDecimal(raw, plan.decimal)) return undefined;
  const power = scanPower(plan);
  if (power === 0) return scan.mantissa;
  if (power < 0 && power >= -22) return scan.mantissa / POWERS[-power]!;
  const value = Number(`${scan.mantissa}e${power}`);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * An amount in minor units (`exponent` digits: see `currencyExponent`), an exact integer, halves of a minor unit away from zero;
 * undefined when the cell is no number or past 2^53.
 */
export function parseMinor(raw: string, plan: NumberPlan, exponent: number): number | undefined {
  if (!scanDecimal(raw, plan.decimal)) return undefined;
  return shiftToInteger(scan.mantissa, scanPower(plan) + exponent, scan.truncated);
}

/** An amount in whole units of its currency, rounded; undefined when the cell is no number. `scan.currency` tells what the cell carried. */
export function parseWhole(raw: string, plan: NumberPlan): number | undefined {
  if (!scanDecimal(raw, plan.decimal)) return undefined;
  return shiftToInteger(scan.mantissa, scanPower(plan), scan.truncated);
}

/** A share of 0..1 from `15%`, `0.15`, or `15` in a column that is written in hundredths; undefined outside 0..1. */
export function parseShare(raw: string, plan: NumberPlan & { hundred?: boolean }): number | undefined {
  const text = raw.trim();
  const percent = text.endsWith("%");
  const value = parseNumber(percent ? text.slice(0, -1) : text, plan);
  if (value === undefined) return undefined;
  const share = percent || plan.hundred === true ? value / 100 : value;
  return share >= 0 && share <= 1 ? share : undefined;
}
