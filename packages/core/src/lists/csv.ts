const NEEDS_QUOTES = /[",\r\n]/;

/** One cell by RFC 4180. */
export function csvCell(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * What a spreadsheet would run as a formula begins with one of these (OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab, return, line feed
 * and the full-width forms); with apostrophes in front of it, it is text that a guard must not be taken for.
 */
const RUNS = /^'*[=+\-@\t\r\n＝＋－＠]/;
const GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/;
/** A number: sign, digits, dots and commas between digits, per cent. */
const PLAIN_NUMBER = /^[+-]\d+(?:[.,]\d+)*%?$/;
/** A telephone number: a plus and at least five digits among spaces, brackets, dots, slashes and dashes. */
const PHONE = /^\+(?:[ ()./-]*\d){5,}[ ()./-]*$/;

/**
 * One cell by RFC 4180 for a file that people open in a spreadsheet: text that it would run as a formula gets an apostrophe in front, which
 * {@link unguardedCell} takes away again. Plain numbers (`-5`, `+1.5`, `-3%`) and telephone numbers (`+49 30 901820`) stay as they are:
 * without a letter they can neither call a function nor name a cell. Null is an empty cell; NULs, which readers drop, are not written.
 */
export function guardedCsvCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = cell.replaceAll("\0", "");
  return csvCell(RUNS.test(text) && !PLAIN_NUMBER.test(text) && !PHONE.test(text) ? `'${text}` : text);
}

/** A cell as it was before {@link guardedCsvCell} put an apostrophe in front. */
export function unguardedCell(cell: string): string {
  return cell.charCodeAt(0) === 39 && GUARDED.test(cell) ? cell.slice(1) : cell;
}

/** One record by RFC 4180 of guarded cells, comma separated. */
export function guardedCsvLine(cells: readonly (string | number | null)[], lineEnd: "\n" | "\r\n" = "\n"): string {
  return cells.map(guardedCsvCell).join(",") + lineEnd;
}

/** One record by RFC 4180, comma separated, ended by a line feed; cells are written as they are. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\n`;
}
