import { type AttributeValue, isInterval } from "../account/attribute.ts";

/** A number with thousands apart: 12,400; at most two decimals. */
export function count(value: number): string {
  const [whole, decimals] = String(Math.round(value * 100) / 100).split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** A large number in few letters: 1.2 bn, 48 m, 9,500. */
export function short(value: number): string {
  const [divisor, unit] = Math.abs(value) >= 1e9 ? [1e9, " bn"] : Math.abs(value) >= 1e6 ? [1e6, " m"] : [1, ""];
  const scaled = value / divisor;
  return `${count(unit === "" ? Math.round(scaled) : Math.round(scaled * 10) / 10)}${unit}`;
}

/** A share of a whole in percent: 37 %; below one percent and above 99 it says so instead of rounding to nothing or all. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const share = (part / whole) * 100;
  if (share > 0 && share < 1) return "< 1 %";
  if (share < 100 && share > 99) return "> 99 %";
  return `${Math.round(share)} %`;
}

/** Plural by number: `rows(1)` is "1 row". */
export const many = (n: number, one: string, several = `${one}s`): string => `${count(n)} ${n === 1 ? one : several}`;

/** `company-size`, `needs.priceSensitivity`, `public_admin` as words: company size, price sensitivity, public admin. */
export function words(name: string): string {
  const last = name.slice(name.lastIndexOf(".") + 1);
  return last
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[-_]+/g, " ")
    .toLowerCase();
}

/** An attribute's value as a person reads it. */
export function valueWords(value: AttributeValue | null): string {
  if (value === null) return "not known";
  if (typeof value === "number") return Math.abs(value) < 1 && value !== 0 ? String(Math.round(value * 100) / 100) : short(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (isInterval(value)) {
    const [low, high] = value;
    if (low === null) return `up to ${short(high!)}`;
    return high === null ? `${short(low)} or more` : `${short(low)} to ${short(high)}`;
  }
  const list = value as readonly string[];
  return list.length <= 4 ? list.join(", ") : `${list.slice(0, 3).join(", ")} and ${list.length - 3} more`;
}

/** Points of a score: 14, 2.5. */
export const points = (value: number): string => String(Math.round(value * 10) / 10);
