const NEEDS_QUOTES = /[",\r\n]/;

/** One cell by RFC 4180. */
export function csvCell(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** One record by RFC 4180, comma separated, ended by a line feed; cells are written as they are. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\n`;
}
