import { isNumber } from "./cell-kind.ts";
import type { Grammar } from "./record-scanner.ts";

/** A record of the sample: its cells and its text as it stands in the file (Latin-1, at most its beginning). */
export interface SampleRecord {
  cells: string[];
  text: string;
}

/**
 * Share of the cells that hold no residue of another delimiter and were not cut in the middle of brackets; in a quoted record only quotes
 * left beside delimiters are looked for. What stands in brackets as a whole (JSON, coordinates) is one value whatever it holds.
 */
export function wholeCells(records: readonly SampleRecord[], { delimiter, quote }: Grammar): number {
  let cells = 0;
  let cut = 0;
  for (const record of records) {
    if (record.cells.length < 2) continue;
    const quoted = /["']/.test(record.text) || (quote !== null && record.text.includes(quote));
    for (const cell of record.cells) {
      if (cell === "") continue;
      cells++;
      if (IN_BRACKETS.test(cell)) continue;
      if (cutInBrackets(cell) || (quoted ? QUOTE_BESIDE_DELIMITER.test(cell) : hasResidue(cell, delimiter))) cut++;
    }
  }
  return cells === 0 ? 0 : 1 - cut / cells;
}

const IN_BRACKETS = /^\s*(?:\{[\s\S]*\}|\[[\s\S]*\])\s*$/;
const BRACKETS = /[[\]{}]/;
const QUOTE_BESIDE_DELIMITER = /["'] *[,;\t|]|[,;\t|] *["']|^ +"|" +$|^"[^"]*$|"[:^~#!*& ]"/;
const LONE_MARK = /^[\^~|]$/;
const RESIDUE: Record<string, RegExp> = {
  ",": /\t|\S[;|^]\S|^[;|^]|[;|^]$/,
  ";": /\t|\S[,|]\S|^[,|]|[,|]$/,
  "\t": /\S[,;|]\S|^[,;|]|[,;|]$/,
  "|": /\t|\S[,;]\S|^[,;]|[,;]$/,
};
const ANY_RESIDUE = /\t|\S[,;|]\S|^[,;|]|[,;|]$/;

function hasResidue(cell: string, delimiter: string): boolean {
  return LONE_MARK.test(cell) || ((RESIDUE[delimiter] ?? ANY_RESIDUE).test(cell) && !isNumber(cell.trim()));
}

/** Whether brackets open in the cell and do not close there, or the other way round. */
function cutInBrackets(cell: string): boolean {
  if (!BRACKETS.test(cell)) return false;
  let depth = 0;
  for (const c of cell) {
    if (c === "[" || c === "{") depth++;
    else if (c === "]" || c === "}") depth--;
  }
  return depth !== 0;
}
