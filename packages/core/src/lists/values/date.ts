import type { Day } from "../../account/attribute.ts";
import { MONTHS } from "./month-names.ts";
import { trimmed } from "./trim.ts";

/** How a column writes numeric dates. `undecided` reads only what can be read one way (`25/03/2026`, `04/04/2026`). */
export interface DatePlan {
  order: "dmy" | "mdy" | "undecided";
  /** Day numbers of a spreadsheet (1900 system); only for a date column of 5-digit numbers. */
  serial?: boolean;
}

const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[\sT,]+\d{1,2}[:.h]\d{2}.*)?$/i;
const YEAR_FIRST = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[\sT]+\d{1,2}:\d{2}.*)?$/;
const COMPACT = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:T\d.*)?$/;
const DAY_FIRST_NAME =
  /^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s/-]*(?:de\s+)?(\p{L}+)\.?,?[\s/-]*(?:de\s+|del\s+)?(\d{4}|\d{2})(?:[\s,T]+\d{1,2}:\d{2}.*)?$/iu;
const NAME_FIRST =
  /^(?:\p{L}+\.?,\s+)?(\p{L}+)\.?[\s/-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s/-]+(\d{4}|\d{2})(?:[\s,T]+(?:at\s+)?\d{1,2}:\d{2}.*)?$/iu;
const OFFSET = /T?\s?\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?([+-])(\d{2}):?(\d{2})$/;
/** Two-digit years below this are of this century [design]. */
const CENTURY_PIVOT = 70;
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function day(year: number, month: number, date: number): Day | undefined {
  const full = year < 100 ? year + (year < CENTURY_PIVOT ? 2000 : 1900) : year;
  if (full < 1000 || full > 2999 || month < 1 || month > 12 || date < 1 || date > daysIn(full, month)) return undefined;
  return `${full}-${two(month)}-${two(date)}`;
}

function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** `2016-10-20` with or without a time; a numeric offset moves the day to UTC. Undefined when it is written otherwise, null when it is no date. */
function isoDay(text: string): Day | null | undefined {
  if (text.length < 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const date = digits(text, 8, 2);
  if (year < 0 || month < 0 || date < 0) return undefined;
  if (year < 1000 || month < 1 || month > 12 || date < 1 || date > daysIn(year, month)) return null;
  if (text.length === 10) return text;
  const next = text.charCodeAt(10);
  if ((next !== 32 && next !== 84 && next !== 116) || digits(text, 11, 2) < 0) return null;
  const offset = text.length > 16 ? OFFSET.exec(text) : null;
  if (offset === null) return text.slice(0, 10);
  const shift = (digits(offset[2]!, 0, 2) * 60 + digits(offset[3]!, 0, 2)) * (offset[1] === "-" ? 1 : -1);
  const minutes = digits(text, 11, 2) * 60 + digits(text, 14, 2) + shift;
  return new Date(Date.UTC(year, month - 1, date, 0, minutes)).toISOString().slice(0, 10);
}

/** A cell as a day; undefined when it is none, or when the column leaves day and month undecided. Never guesses epochs. */
export function parseDate(raw: string, plan: DatePlan): Day | undefined {
  const text = trimmed(raw);
  const iso = isoDay(text);
  if (iso !== undefined) return iso ?? undefined;
  if (plan.serial === true && /^\d{5}(?:\.\d+)?$/.test(text)) {
    return new Date(SERIAL_EPOCH + Math.floor(Number(text)) * 86_400_000).toISOString().slice(0, 10);
  }
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) {
    const first = Number(numeric[1]);
    const second = Number(numeric[3]);
    const year = Number(numeric[4]);
    const order = numeric[2] === "." || first > 12 ? "dmy" : second > 12 && plan.order === "undecided" ? "mdy" : plan.order;
    if (order === "undecided") return first === second ? day(year, first, second) : undefined;
    return order === "dmy" ? day(year, second, first) : day(year, first, second);
  }
  const yearFirst = YEAR_FIRST.exec(text) ?? COMPACT.exec(text);
  if (yearFirst !== null) return day(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]));
  const dayFirst = DAY_FIRST_NAME.exec(text);
  if (dayFirst !== null) {
    const month = MONTHS.get(dayFirst[2]!.toLowerCase());
    if (month !== undefined) return day(Number(dayFirst[3]), month, Number(dayFirst[1]));
  }
  const nameFirst = NAME_FIRST.exec(text);
  if (nameFirst === null) return undefined;
  const month = MONTHS.get(nameFirst[1]!.toLowerCase());
  return month === undefined ? undefined : day(Number(nameFirst[3]), month, Number(nameFirst[2]));
}

/** Whether a trimmed cell is written as a date of numbers whose order matters (`03/04/2026`). */
export function isOrderlessDate(text: string): boolean {
  const numeric = NUMERIC.exec(text);
  return numeric !== null && numeric[2] !== ".";
}

/** How the column writes dates, decided by the sample; `review` says why a person should look, null when it is settled. */
export interface DateFormat extends DatePlan {
  review: string | null;
}

/**
 * `25/03` proves day first, `03/25` month first; without proof `region` (a declared ISO alpha-2 country) decides, else the column stays
 * undecided. Five-digit numbers are spreadsheet days only when every sampled cell is one.
 */
export function voteDateFormat(sample: readonly string[], region: string | undefined): DateFormat {
  let dayFirst = 0;
  let monthFirst = 0;
  let open = 0;
  let serials = 0;
  let filled = 0;
  for (const raw of sample) {
    const text = trimmed(raw);
    if (text === "") continue;
    filled++;
    if (/^\d{5}(?:\.\d+)?$/.test(text)) serials++;
    const numeric = NUMERIC.exec(text);
    if (numeric === null || numeric[2] === ".") continue;
    const first = Number(numeric[1]);
    const second = Number(numeric[3]);
    if (first > 12 && second <= 12) dayFirst++;
    else if (second > 12 && first <= 12) monthFirst++;
    else if (first !== second) open++;
  }
  const serial = filled > 0 && serials === filled ? { serial: true } : {};
  if (dayFirst > 0 && monthFirst > 0) {
    return { ...serial, order: "undecided", review: `dates are written day first (${dayFirst}) and month first (${monthFirst})` };
  }
  if (dayFirst > 0) return { ...serial, order: "dmy", review: null };
  if (monthFirst > 0) return { ...serial, order: "mdy", review: null };
  if (region !== undefined) {
    const order = region === "US" || region === "PH" ? "mdy" : "dmy";
    return { ...serial, order, review: open === 0 ? null : `03/04 may be March or April; read by the declared region ${region}` };
  }
  return { ...serial, order: "undecided", review: open === 0 ? null : "03/04 may be March or April; declare the list's region" };
}

const YEAR = /(?:^|\D)(1[0-9]\d\d|20\d\d)(?!\d)/;

/** A founding year: `1996`, `1996.0`, `2013 (1888)` (the first), or the year of a date; undefined outside 1000-2099. */
export function parseYear(raw: string): number | undefined {
  if (raw.length === 4) {
    const year = digits(raw, 0, 4);
    if (year >= 1000 && year <= 2099) return year;
  }
  const found = YEAR.exec(raw);
  return found === null ? undefined : Number(found[1]);
}
