import type { Grammar } from "./record-scanner.ts";

/** Answer of `closeOnLine` when the opening quote is an ordinary character. */
export const NO_CLOSE = -2;

const SPACE = 32;

/**
 * Where a quoted cell ends whose next quote (`first`) is followed by text: people forget to escape (`"the "big, bad" wolf",5`) or write on
 * behind the quote (`"Acme" Ltd,5`). Looked at is the line alone, `[open, end)`, so the records below are never at stake:
 * - a quote that stands behind a delimiter opens another cell: the quotes of this one ended before, and it was none if there were none;
 * - the last quote in front of a delimiter or the line end closes; without one the first quote did.
 * `codeAt` gives the characters (bytes of a buffer or code units of a text: the answer is the same).
 */
export function closeOnLine(codeAt: (at: number) => number, open: number, first: number, end: number, grammar: Grammar): number {
  const quote = grammar.quote!.charCodeAt(0);
  const { delimiter } = grammar;
  if (endsCell(codeAt, first + 1, end, delimiter)) return first;
  if (beginsCell(codeAt, first, open, delimiter, grammar.skipSpace === true)) return NO_CLOSE;
  for (let at = first + 1; at < end; at++) {
    if (codeAt(at) !== quote) continue;
    if (beginsCell(codeAt, at, open, delimiter, grammar.skipSpace === true)) return first;
    while (at + 1 < end && codeAt(at + 1) === quote) at++;
    if (endsCell(codeAt, at + 1, end, delimiter)) return at;
  }
  return first;
}

function endsCell(codeAt: (at: number) => number, from: number, end: number, delimiter: string): boolean {
  let at = from;
  if (delimiter !== " ") while (at < end && codeAt(at) === SPACE) at++;
  return at >= end || delimits(codeAt, at, end, delimiter);
}

function beginsCell(
  codeAt: (at: number) => number,
  quoteAt: number,
  open: number,
  delimiter: string,
  skipSpace: boolean,
): boolean {
  let at = quoteAt;
  if (skipSpace) while (at - 1 > open && codeAt(at - 1) === SPACE) at--;
  return at - delimiter.length > open && delimits(codeAt, at - delimiter.length, at, delimiter);
}

function delimits(codeAt: (at: number) => number, at: number, end: number, delimiter: string): boolean {
  if (delimiter === "" || at + delimiter.length > end) return false;
  for (let i = 0; i < delimiter.length; i++) if (codeAt(at + i) !== delimiter.charCodeAt(i)) return false;
  return true;
}
