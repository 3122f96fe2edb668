import { currencyOf } from "./currency.ts";

/** Which character opens the fraction in a column; decided by vote over the sample (`number-format.ts`). */
export type DecimalMark = "." | ",";

/** How the numbers of one column are written. */
export interface NumberPlan {
  decimal: DecimalMark;
  /** Power of ten that the header implies: `Revenue (in 000s USD)` is 3. A cell that carries its own word (`$10M`) wins. */
  power?: number;
}

/**
 * What {@link scanDecimal} read: `mantissa * 10 ** (power - scale)`, exactly. One object, overwritten by every scan, so that a cell costs
 * no allocation; read it before the next scan.
 */
export interface Scan {
  /** A safe integer with the sign. */
  mantissa: number;
  /** Fraction digits inside the mantissa. */
  scale: number;
  /** From words such as `k`, `M`, `Mio` or an exponent. */
  power: number;
  /** Whether the cell itself carried such a word. */
  multiplied: boolean;
  /** ISO 4217 code or `$`-like symbol code the cell carried. */
  currency: string | undefined;
  /** Non-zero fraction digits beyond what a safe integer holds were left out. */
  truncated: boolean;
}

/** The result of the last {@link scanDecimal}. */
export const scan: Scan = { mantissa: 0, scale: 0, power: 0, multiplied: false, currency: undefined, truncated: false };

const LAST_SAFE = Math.floor((Number.MAX_SAFE_INTEGER - 9) / 10);
const DOT = 46;
const COMMA = 44;
const EXPONENT = /^([+-]?\d+(?:[.,]\d+)?)[eE]([+-]?\d{1,2})$/;

const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ["k", 3],
  ["tsd", 3],
  ["thousand", 3],
  ["thousands", 3],
  ["mille", 3],
  ["mil", 6],
  ["m", 6],
  ["mm", 6],
  ["mn", 6],
  ["mio", 6],
  ["mln", 6],
  ["million", 6],
  ["millions", 6],
  ["millionen", 6],
  ["millones", 6],
  ["miljoen", 6],
  ["b", 9],
  ["bn", 9],
  ["bil", 9],
  ["billion", 9],
  ["billions", 9],
  ["mrd", 9],
  ["milliarden", 9],
  ["milliard", 9],
  ["milliards", 9],
  ["miljard", 9],
  ["tn", 12],
  ["trillion", 12],
]);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** Space, no-break spaces, thin space and apostrophes: only ever thousands. */
const isThousandsOnly = (code: number): boolean =>
  code === 32 || code === 160 || code === 0x202f || code === 0x2009 || code === 39 || code === 0x2019;

/**
 * Reads a money or number cell into {@link scan}; false when it is not exactly one number. Takes thousands separators, currency symbols
 * and codes, `k`/`M`/`Mio`/`bn`, accounting negatives `(1,234)`, trailing minus and `1.2E+9`. `decimal` settles `1.234`; a cell that can
 * only be read the other way (`1.234,56` in a dot column) is read that way.
 */
export function scanDecimal(raw: string, decimal: DecimalMark): boolean {
  if (scanPlain(raw, decimal === "." ? DOT : COMMA)) return true;
  return scanWritten(raw.trim(), decimal);
}

/** The fast path: ASCII digits, an optional sign and at most one mark that is the column's own. */
function scanPlain(raw: string, mark: number): boolean {
  const length = raw.length;
  if (length === 0 || length > 16) return false;
  let at = 0;
  const negative = raw.charCodeAt(0) === 45;
  if (negative) at = 1;
  let mantissa = 0;
  let point = -1;
  let digits = 0;
  for (; at < length; at++) {
    const digit = raw.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) {
      if (mantissa > LAST_SAFE) return false;
      mantissa = mantissa * 10 + digit;
      digits++;
    } else if (digit === mark - 48 && point < 0 && digits > 0) point = at;
    else return false;
  }
  if (digits === 0 || point === length - 1) return false;
  return keep(negative, mantissa, point < 0 ? 0 : length - point - 1, 0, false, undefined, false);
}

function keep(
  negative: boolean,
  mantissa: number,
  scale: number,
  power: number,
  multiplied: boolean,
  currency: string | undefined,
  truncated: boolean,
): true {
  scan.mantissa = negative && mantissa !== 0 ? -mantissa : mantissa;
  scan.scale = scale;
  scan.power = power;
  scan.multiplied = multiplied;
  scan.currency = currency;
  scan.truncated = truncated;
  return true;
}

function scanWritten(whole: string, decimal: DecimalMark): boolean {
  let text = whole;
  let negative = false;
  if (text.startsWith("(") && text.endsWith(")")) {
    negative = true;
    text = text.slice(1, -1).trim();
  }
  const exponent = text.includes("E") || text.includes("e") ? EXPONENT.exec(text) : null;
  if (exponent !== null) {
    if (!scanBody(exponent[1]!.replace(/^[+-]/, ""), exponent[1]!.includes(",") ? "," : ".")) return false;
    if (exponent[1]!.startsWith("-")) scan.mantissa = -scan.mantissa;
    scan.power = Number(exponent[2]);
    return true;
  }
  let from = 0;
  while (from < text.length && !isDigit(text.charCodeAt(from))) from++;
  let to = text.length;
  while (to > from && !isDigit(text.charCodeAt(to - 1))) to--;
  if (from === to) return false;
  if (from > 0 && (text.charCodeAt(from - 1) === DOT || text.charCodeAt(from - 1) === COMMA)) {
    if (from === 1 || !isLetter(text.charCodeAt(from - 2))) from--;
  }
  let prefix = text.slice(0, from).trim();
  let suffix = text.slice(to).trim();
  const body = text.slice(from, to);
  if (prefix.includes("-") || prefix.includes("−")) {
    negative = !negative;
    prefix = prefix.replace(/[-−]/, "").trim();
  } else if (suffix === "-" || suffix.endsWith(" -")) {
    negative = !negative;
    suffix = suffix.slice(0, -1).trim();
  } else if (prefix.startsWith("+") || prefix.startsWith("~") || prefix.startsWith("≈")) prefix = prefix.slice(1).trim();
  let currency: string | undefined;
  if (prefix !== "") {
    currency = currencyOf(prefix);
    if (currency === undefined) return false;
  }
  let power = 0;
  let multiplied = false;
  if (suffix !== "") {
    for (const token of suffix.split(/[\s.]+|(?<=\p{L})(?=\p{Sc})|(?<=\p{Sc})(?=\p{L})/u)) {
      if (token === "") continue;
      const found = multiplied ? undefined : MULTIPLIERS.get(token.toLowerCase());
      if (found !== undefined) {
        power = found;
        multiplied = true;
        continue;
      }
      const code = currencyOf(token);
      if (code === undefined || currency !== undefined) return false;
      currency = code;
    }
  }
  if (!scanBody(body, decimal)) return false;
  return keep(negative, scan.mantissa, scan.scale, power, multiplied, currency, scan.truncated);
}

const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127;

/** The digits and their separators alone. */
function scanBody(body: string, decimal: DecimalMark): boolean {
  const point = fractionAt(body, decimal);
  if (point === -2) return false;
  let mantissa = 0;
  let scale = 0;
  let truncated = false;
  let group = -1;
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (isDigit(code)) {
      if (point >= 0 && at > point) {
        if (mantissa > LAST_SAFE) {
          if (code !== 48) truncated = true;
          continue;
        }
        scale++;
      } else if (mantissa > LAST_SAFE) return false;
      mantissa = mantissa * 10 + (code - 48);
      if (group >= 0) group++;
    } else if (at !== point) {
      if (point >= 0 && at > point) return false;
      if (group >= 0 && group !== 3 && group !== 2) return false;
      if (at === 0) return false;
      group = 0;
    } else if (group >= 0 && group !== 3) return false;
    else group = -1;
  }
  if (point < 0 && group >= 0 && group !== 3) return false;
  return keep(false, mantissa, scale, 0, false, undefined, truncated);
}

/** Where the fraction starts in `body`; -1 without one, -2 when it is no number. */
function fractionAt(body: string, decimal: DecimalMark): number {
  let dots = 0;
  let commas = 0;
  let lastDot = -1;
  let lastComma = -1;
  let spaces = 0;
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === DOT) {
      dots++;
      lastDot = at;
    } else if (code === COMMA) {
      commas++;
      lastComma = at;
    } else if (isThousandsOnly(code)) spaces++;
    else if (!isDigit(code)) return -2;
  }
  if (dots === 0 && commas === 0) return -1;
  if (dots > 0 && commas > 0) {
    if (spaces > 0) return -2;
    const last = Math.max(lastDot, lastComma);
    if ((last === lastDot ? dots : commas) > 1) return -2;
    return last;
  }
  if (dots + commas > 1) return spaces > 0 ? -2 : -1;
  const at = Math.max(lastDot, lastComma);
  if ((decimal === ".") === dots > 0 || spaces > 0) return at;
  const after = body.length - at - 1;
  const groups = after === 3 && at >= 1 && at <= 3 && body.charCodeAt(0) !== 48;
  return groups ? -1 : at;
}
