import { isMissing } from "./missing.ts";
import { trimmed } from "./trim.ts";

const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i;
const FLOATISED = /^(\d+)[.,]0+$/;

const isDigitOrMark = (code: number): boolean => (code >= 48 && code <= 57) || code === 44 || code === 46;

/** Whether a spreadsheet turned a long number into `1.23457E+11`: its last digits are gone for good. */
export function isPrecisionLost(text: string): boolean {
  const length = text.length;
  if (length < 4 || length > 24) return false;
  const first = text.charCodeAt(0);
  if (first !== 43 && first !== 45 && (first < 48 || first > 57)) return false;
  let at = 1;
  while (at < length && isDigitOrMark(text.charCodeAt(at))) at++;
  if ((text.charCodeAt(at) | 32) !== 101) return false;
  return SCIENTIFIC.test(text) && /[.,]|e\+/i.test(text);
}

/**
 * A record id, account number or code as text: leading apostrophe of spreadsheets removed, zeros kept, `13085.0` back to `13085`;
 * undefined when missing or when precision was lost (see {@link isPrecisionLost}).
 */
export function parseIdentifier(raw: string): string | undefined {
  let text = trimmed(raw);
  if (text.charCodeAt(0) === 39) text = text.slice(1).trim();
  if (isMissing(text)) return undefined;
  const last = text.charCodeAt(text.length - 1);
  if (last < 48 || last > 57) return text;
  if (last === 48 && text.length > 2 && (text.includes(".") || text.includes(","))) {
    const whole = FLOATISED.exec(text);
    if (whole !== null) return whole[1];
  }
  return isPrecisionLost(text) ? undefined : text;
}

/** A phone number as written, leading apostrophe removed (`'+44…`); undefined without seven digits or when precision was lost. */
export function parsePhone(raw: string): string | undefined {
  const text = parseIdentifier(raw);
  if (text === undefined || text.length > 60) return undefined;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
  }
  return digits >= 5 ? text : undefined;
}

const EMAIL = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,253}\.[^\s@<>,;:"()[\]\\.]{2,63}$/u;
/** What most addresses are made of; such a text is one as it stands. */
const PLAIN_EMAIL = /^[a-z0-9._+-]{1,64}@[a-z0-9.-]{1,200}\.[a-z]{2,63}$/;
const WRAPPED = /<([^<>\s]+@[^<>\s]+)>/;

/** An e-mail address, trimmed, composed (NFC) and lower-case (`mailto:` and `Name <…>` unwrapped); undefined when it is none. */
export function parseEmail(raw: string): string | undefined {
  const cell = trimmed(raw);
  if (PLAIN_EMAIL.test(cell)) return cell;
  let text = cell.normalize("NFC");
  if (text.indexOf("@") < 1) return undefined;
  const wrapped = WRAPPED.exec(text);
  if (wrapped !== null) text = wrapped[1]!;
  if (text.charCodeAt(0) === 39) text = text.slice(1);
  text = text.toLowerCase();
  if (text.startsWith("mailto:")) text = text.slice(7);
  return EMAIL.test(text) ? text : undefined;
}

const ADDRESSES = /[^\s@<>,;:()"]+@[^\s@<>,;:()"]+/gu;

/** A text without the e-mail addresses in it; undefined when nothing else is left. */
export function withoutAddresses(text: string): string | undefined {
  if (!text.includes("@")) return text;
  const rest = text
    .replace(ADDRESSES, "")
    .replace(/<\s*>|\(\s*\)/g, "")
    .trim();
  return rest === "" ? undefined : rest;
}

const DIGITS = /\d{2,6}/;

/** The digits of a classification code (`7372`, `54 | Professional services`, `541511.0`); undefined without 2 to 6 digits. */
export function parseCode(raw: string): string | undefined {
  const text = parseIdentifier(raw);
  return text === undefined ? undefined : DIGITS.exec(text)?.[0];
}
