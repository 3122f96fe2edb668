import { parseNumber } from "../values/number.ts";
import { voteNumberFormat } from "../values/number-format.ts";
import type { ColumnPlan } from "./list-mapping.ts";

/** A whole number of this many digits is taken for an identifier and stays text [design]. */
const LONG_NUMBER = /^[+-]?\d{15,}$/;
/** Share of cells with `;` from which a column counts as multi-select [design]. */
const LIST_SHARE = 0.2;

/** How an unmapped column is kept: as numbers when every sampled cell is one, as a list when `;` separates, else as text. */
export function planExtra(cells: readonly string[]): ColumnPlan {
  if (cells.length === 0) return { type: "text" };
  const { decimal } = voteNumberFormat(cells);
  const plan = { decimal };
  const numeric = cells.every(
    (cell) =>
      !LONG_NUMBER.test(cell) && !/^[+-]?0\d/.test(cell) && !/[a-df-z%]/i.test(cell) && parseNumber(cell, plan) !== undefined,
  );
  if (numeric) return { type: "number", decimal };
  const lists = cells.filter((cell) => /\S\s*;\s*\S/.test(cell)).length;
  return { type: lists >= cells.length * LIST_SHARE ? "items" : "text" };
}
