import { filledCells, kindOf } from "./cell-kind.ts";

/** Data rows above it from which a blank record may end a table, and columns that the next one has at least [design]. */
const FEWEST = { rows: 3, columns: 2 } as const;

/**
 * Where another table begins below the first one of a file: behind a blank record, names in a number that no row above has, over a record of
 * as many cells. Index among the records under the header; null where there is none (or only the header again, as pages repeat it).
 */
export function anotherTable(records: readonly (readonly string[])[], header: readonly string[]): number | null {
  const fills = records.map(filledCells);
  const above = new Set<number>();
  let rows = 0;
  for (let i = 0; i < records.length; i++) {
    const n = fills[i]!;
    if (n === 0) continue;
    const begins = i > 0 && fills[i - 1] === 0 && rows >= FEWEST.rows && n >= FEWEST.columns && !above.has(n);
    if (begins && fills[i + 1] === n && isNames(records[i]!) && !isSame(records[i]!, header)) return i;
    above.add(n);
    rows++;
  }
  return null;
}

function isNames(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  return filled.every((cell) => kindOf(cell) === "text") && new Set(filled).size === filled.length;
}

function isSame(cells: readonly string[], header: readonly string[]): boolean {
  return header.every((name, j) => (cells[j] ?? "").trim() === name.trim());
}
