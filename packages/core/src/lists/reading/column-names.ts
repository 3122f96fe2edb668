import { type CellKind, kindOf } from "./cell-kind.ts";

/** Points of a record of names over the columns below it, and shares, all [design]. */
export const NAMES = {
  /** Share of years among the values of a column from which a year above them is one more value. */
  yearColumn: 0.2,
  /** Share of a column's cells of one kind from which the column is of that kind. */
  pure: 0.7,
  /** Text above a column of numbers, dates, addresses. */
  textAboveValues: 1,
  /** The same kind as the values below. */
  sameKind: -1,
  /** A number or date above a column of text. */
  valueAboveText: -0.5,
  /** The text comes again as a value below. */
  recurs: -0.75,
  /** A column of few distinct values, and the text is none of them. */
  newAmongFew: 0.5,
  /** A text that occurs twice in the record itself. */
  duplicate: -0.25,
} as const;

/** What the records below one hold in a column. */
export interface Column {
  kinds: Map<CellKind, number>;
  values: Map<string, number>;
  filled: number;
  yearLike: number;
}

/** What the records below the one at `at` hold, by column; records that say the same as it (page heads) are left out. */
export function columnsBelow(records: readonly (readonly string[])[], at: number, fills: readonly number[]): Column[] {
  const columns: Column[] = [];
  const own = records[at]!.join("\0");
  for (let i = at + 1; i < Math.min(records.length, at + 400); i++) {
    const cells = records[i]!;
    if (fills[i] === 0 || (cells.length > 1 && cells.join("\0") === own)) continue;
    for (let j = 0; j < cells.length; j++) {
      columns[j] ??= { kinds: new Map(), values: new Map(), filled: 0, yearLike: 0 };
      const column = columns[j]!;
      const kind = kindOf(cells[j]!);
      if (kind === "empty" || kind === "missing") continue;
      const value = cells[j]!.trim();
      column.filled++;
      column.kinds.set(kind, (column.kinds.get(kind) ?? 0) + 1);
      column.values.set(value, (column.values.get(value) ?? 0) + 1);
      if (isYear(value)) column.yearLike++;
    }
  }
  return columns;
}

/** How much the record at `at` looks like names and not like the values below it. */
export function headerScore(records: readonly (readonly string[])[], at: number, fills: readonly number[]): number {
  const cells = records[at]!;
  const columns = columnsBelow(records, at, fills);
  const seen = new Set<string>();
  let score = 0;
  for (let j = 0; j < cells.length; j++) {
    const text = cells[j]!.trim();
    const kind = kindOf(text);
    if (kind === "empty" || kind === "missing") continue;
    if (seen.has(text)) score += NAMES.duplicate;
    seen.add(text);
    score += cellScore(text, kind, columns[j]);
  }
  return score;
}

function cellScore(text: string, kind: CellKind, column: Column | undefined): number {
  const value = kind !== "text" && kind !== "domain";
  if (column === undefined || column.filled === 0) return value ? NAMES.valueAboveText : 0;
  const below = pureKind(column);
  if (below !== null && below !== "text") {
    if (isYear(text) && column.yearLike < column.filled * NAMES.yearColumn) return NAMES.textAboveValues;
    if (kind === below || (value && below !== "domain")) return NAMES.sameKind;
    return NAMES.textAboveValues;
  }
  if (value && !isYear(text)) return NAMES.valueAboveText;
  if (column.values.has(text)) return NAMES.recurs;
  return column.filled >= 6 && column.values.size <= column.filled / 2 ? NAMES.newAmongFew : 0;
}

/** The kind that nearly all cells of the column are of. */
export function pureKind(column: Column | undefined): CellKind | null {
  if (column === undefined || column.filled === 0) return null;
  for (const [kind, n] of column.kinds) if (n >= column.filled * NAMES.pure) return kind;
  return null;
}

/** Whether the text is a year, which may name a column. */
export function isYear(text: string): boolean {
  return /^(?:19|20)\d\d$/.test(text);
}
