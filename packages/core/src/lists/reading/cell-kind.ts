/** What a cell looks like; only the detection of dialect and header asks, no row of a run goes through here. */
export type CellKind = "empty" | "missing" | "number" | "date" | "email" | "url" | "domain" | "text";

const MISSING = /^(?:-+|\*+|n\/?a|#n\/a|null|none|nan|nil|\.|\?)$/i;
const NUMBER =
  /^[-+(]?\s?(?:[$€£¥]|[A-Z]{3} )?\s?[-+]?(?:\d+|\d{1,3}(?:[.,'\s\u00a0\u202f]\d{3})+)(?:[.,]\d+)?(?:e[-+]?\d+)?\s?(?:[%€$£¥]|[kmb](?:n|io)?)?\)?$/i;
const BARE_DECIMAL = /^[.,]\d+$/;
const DATE =
  /^(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?:[T ]\d{1,2}:\d{2}.*)?|\d{1,2}[-/. ](?:\d{1,2}|\p{L}{3,9})[-/. ,]+\d{2,4}(?: \d{1,2}:\d{2}.*)?|\p{L}{3,9}\.? \d{1,2},? \d{4}|\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)$/iu;
const EMAIL = /^[^\s@,;|]+@[^\s@,;|]+\.\p{L}{2,}$/u;
const URL = /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+$/i;
/** Lower-case hosts in any script; scripts without case have letters of their own (`Lo`, `Lm`) and marks. */
const DOMAIN =
  /^(?:[\p{Ll}\p{Lo}\p{Lm}\p{N}](?:[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}-]*[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}])?\.)+(?:[\p{Ll}\p{Lo}\p{Lm}\p{M}]{2,24}|xn--[a-z0-9-]{2,59})(?:\/\S*)?$/u;

/** The kind of one cell, surrounding space ignored. */
export function kindOf(cell: string): CellKind {
  const text = cell.trim();
  if (text === "") return "empty";
  if (text.length > 300) return "text";
  if (MISSING.test(text)) return "missing";
  if (DATE.test(text)) return "date";
  if (isNumber(text)) return "number";
  if (EMAIL.test(text)) return "email";
  if (URL.test(text)) return "url";
  return text.includes(".") && DOMAIN.test(text) ? "domain" : "text";
}

/** Whether the text is a number as people write it: signs, currency, thousands, decimal comma, percent, accounting brackets. */
export function isNumber(text: string): boolean {
  return NUMBER.test(text) || BARE_DECIMAL.test(text);
}

/** How many cells of a record have text. */
export function filledCells(cells: readonly string[]): number {
  let filled = 0;
  for (const cell of cells) if (cell.trim() !== "") filled++;
  return filled;
}
