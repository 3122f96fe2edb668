import type { Day } from "../account/attribute.ts";

const digit = (text: string, at: number): number => {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
};

/** Days from 1970-01-01 to a `YYYY-MM-DD` day (proleptic Gregorian); NaN for anything else. Allocates nothing. */
export function dayNumber(day: unknown): number {
  if (typeof day !== "string" || day.length !== 10 || day[4] !== "-" || day[7] !== "-") return Number.NaN;
  const year = digit(day, 0) * 1000 + digit(day, 1) * 100 + digit(day, 2) * 10 + digit(day, 3);
  const month = digit(day, 5) * 10 + digit(day, 6);
  const date = digit(day, 8) * 10 + digit(day, 9);
  if (!(month >= 1 && month <= 12 && date >= 1 && date <= 31)) return Number.NaN;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + date - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** The day that lies `days` after 1970-01-01. */
export function dayOf(days: number): Day {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}
