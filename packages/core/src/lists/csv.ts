const NEEDS_QUOTES = /[",\r\n]/;

/** One cell by RFC 4180. */
export function csvCell(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** What a spreadsheet would run as a formula begins with one of these (OWASP, "CSV Injection"). */
const RUNS = /^[=+\-@\t\r]/;

/**
 * One cell by RFC 4180 for a file that people open in a spreadsheet: text that it would run as a formula (it begins with `=`, `+`, `-`, `@`,
 * a tab or a return) gets an apostrophe in front. Numbers stay as they are; null is an empty cell.
 */
export function guardedCsvCell(cell: string | number | null): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  return csvCell(RUNS.test(cell) ? `'${cell}` : cell);
}

/** One record by RFC 4180 of guarded cells, comma separated, ended by a line feed. */
export function guardedCsvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(guardedCsvCell).join(",")}\n`;
}

/** One record by RFC 4180, comma separated, ended by a line feed; cells are written as they are. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\n`;
}
