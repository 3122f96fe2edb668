import { filledCells, kindOf } from "./cell-kind.ts";
import { type Column, columnsBelow, headerScore, isYear, NAMES, pureKind } from "./column-names.ts";
import { joinedHeader } from "./joined-header.ts";
import { tableStretch } from "./table-stretch.ts";

/** Where the header of a table stands, in physical records. */
export interface FoundHeader {
  /** 1-based, 0 when there is none. */
  headerRow: number;
  headerRows: number;
  preambleRows: number;
}

/** Thresholds and points of the search, all [design]. */
const HEADER = {
  /** Records from the top among which the header is looked for. */
  search: 300,
  /** Share of the usual fill that the first record of the table has at least. */
  fill: 0.5,
  /** Share of the records with several filled cells from which records with one do not count as rows of the table. */
  severalShare: 0.05,
  /** Columns and records that a stretch of even records has at least, and most records of other widths for each of its own. */
  evenColumns: 3,
  evenRecords: 3,
  unevenShare: 0.2,
  /** Filled cells, and share of the columns, from which a record is wide enough to be the header of a wider table. */
  severalNames: 3,
  nearlyAll: 0.75,
  /** Fewest letters of a name over values; marks of what is withheld have fewer. */
  word: 3,
  /** Most lines of a header. */
  lines: 6,
  /** Most records from a title that is as wide as the table down to its names. */
  titleLines: 15,
} as const;

/**
 * Finds the header in the first records of a file (blank ones included): the first record as filled as the table that looks like names and
 * not like the values below it. Narrower records above (titles, notes, blank lines) are preamble. Further records of names directly below,
 * over columns of numbers or dates, make a header of several lines; so do names of groups over names of columns.
 */
export function findHeader(records: readonly (readonly string[])[]): FoundHeader {
  const fills = records.map(filledCells);
  const found = firstLines(records, fills);
  if (found.headerRow === 0) return found;
  return withGroupsAbove(records, withNamesAbove(records, fills, withMoreLines(records, fills, found)));
}

function firstLines(records: readonly (readonly string[])[], fills: readonly number[]): FoundHeader {
  const usual = usualFill(records, fills);
  const enough = Math.max(Math.min(2, usual), usual * HEADER.fill);
  const limit = Math.min(records.length, HEADER.search);
  let at = evenStart(records, fills) || belowPairs(records, fills);
  while (at < limit && fills[at]! < enough) at++;
  if (at === limit)
    at = Math.max(
      0,
      fills.findIndex((filled) => filled > 0),
    );
  at = namesBeyond(records, fills, at, enough);
  const top = at;
  if (isGrouped(records, at, fills)) return { headerRow: at + 1, headerRows: 2, preambleRows: at };
  const width = usualWidth(records);
  let score = headerScore(records, at, fills);
  for (let k = at + 1; k < Math.min(limit, top + 15); k++) {
    if (fills[k]! <= fills[at]!) continue;
    // A record that does not fit the table is no better a header than one that does: it is a row with too many cells.
    if (records[at]!.length === width && records[k]!.length !== width) continue;
    // Names over all columns but one or two (row names have none, the last ones were added later) are no title.
    const allNames = records[at]!.every((cell) => kindOf(cell) !== "number");
    if (allNames && fills[at]! >= HEADER.severalNames && fills[at]! >= width * HEADER.nearlyAll) break;
    const better = headerScore(records, k, fills);
    const fitsBetter = records[at]!.length !== width && records[k]!.length === width && better >= 0;
    if (!fitsBetter && (better < NAMES.textAboveValues || better <= score)) break;
    if (k === at + 1 && namesWhatIsBlank(records, at, fills)) return { headerRow: k, headerRows: 2, preambleRows: at };
    at = k;
    score = better;
  }
  if (score < 0) return { headerRow: 0, headerRows: 1, preambleRows: firstRow(records, fills, top, enough) };
  return withSecondLine(records, fills, belowTitle(records, fills, { at, limit, enough }));
}

/** The names over the rows where the record at `at` is a title cut at its comma, as wide as a narrow table: emptier lines follow it, then names. */
function belowTitle(
  records: readonly (readonly string[])[],
  fills: readonly number[],
  { at, limit, enough }: { at: number; limit: number; enough: number },
): number {
  let next = at + 1;
  while (next < limit && fills[next]! < enough) next++;
  if (next === at + 1 || next >= limit || next - at > HEADER.titleLines) return at;
  if (!isAllNames(records[next]!)) return at;
  const score = headerScore(records, next, fills);
  return score >= NAMES.textAboveValues && score >= headerScore(records, at, fills) ? next : at;
}

/**
 * The record of names near the first one of the usual width: above it where that is a row already (names of another number than the cells
 * of the rows), directly below it where it holds values and names follow (what a machine says of itself).
 */
function namesBeyond(records: readonly (readonly string[])[], fills: readonly number[], at: number, enough: number): number {
  const score = headerScore(records, at, fills);
  const values = records[at]!.some((cell) => kindOf(cell) === "number" && !isYear(cell.trim()));
  if (values && isAllNames(records[at + 1] ?? []) && headerScore(records, at + 1, fills) > Math.max(0, score)) return at + 1;
  if (score >= 0) return at;
  let top = at;
  while (top > 0 && fills[top - 1]! >= enough) top--;
  return headerScore(records, top, fills) > 0 ? top : at;
}

/** The names of a short table below pairs of a fact and its value, which may be more than its rows; 0 where there are no such pairs. */
function belowPairs(records: readonly (readonly string[])[], fills: readonly number[]): number {
  const at = fills.findIndex((filled) => filled > 2);
  if (at <= 0 || fills[at]! < HEADER.severalNames + 1 || !isAllNames(records[at]!)) return 0;
  const above = records.slice(0, at).filter((_, i) => fills[i]! > 0);
  const below = records.slice(at + 1).filter((_, i) => fills[at + 1 + i]! > 0);
  const isPairs = above.some((cells) => cells.length === 2) && above.every((cells) => kindOf(cells[0]!) === "text");
  return isPairs && below.filter((cells) => cells.length > 2).length > below.length / 2 ? at : 0;
}

function isAllNames(cells: readonly string[]): boolean {
  const kinds = cells.map(kindOf);
  return kinds.includes("text") && kinds.every((kind) => kind === "text" || kind === "empty");
}

/**
 * Where the stretch of records of the usual width begins; what stands above and has other widths is no table, however many cells the commas
 * of its sentences make. 0 where there is no such stretch. A header that is a little narrower or wider, or names groups, still belongs to it.
 */
function evenStart(records: readonly (readonly string[])[], fills: readonly number[]): number {
  const filled = records.flatMap((_, i) => (fills[i]! > 0 ? [i] : []));
  const { width, most, first: begin, last: end } = tableStretch(filled.map((i) => records[i]!));
  if (width < HEADER.evenColumns || most < HEADER.evenRecords || end - begin + 1 - most > most * HEADER.unevenShare) return 0;
  const first = filled[begin]!;
  if (first === 0) return 0;
  const names = fills[first - 1]! >= HEADER.severalNames && fills[first - 1]! >= width * HEADER.fill;
  return names || isGrouped(records, first - 1, fills) ? first - 1 : first;
}

function withSecondLine(records: readonly (readonly string[])[], fills: readonly number[], at: number): FoundHeader {
  let second = at + 1;
  while (second < records.length && fills[second] === 0) second++;
  const one: FoundHeader = { headerRow: at + 1, headerRows: 1, preambleRows: at };
  if (second >= records.length - 1 || second > at + 3) return one;
  const columns = columnsBelow(records, second, fills);
  let texts = 0;
  let complements = 0;
  for (let j = 0; j < records[second]!.length; j++) {
    const cell = records[second]![j]!;
    const kind = kindOf(cell);
    if (kind === "empty") continue;
    if (kind !== "text") return one;
    const pure = pureKind(columns[j]);
    if (pure === null || pure === "text") continue;
    texts++;
    if ((records[at]![j] ?? "").trim() === "") complements++;
  }
  // Under a full header a record that begins with a text like the ones below it is a row whose values are withheld (`Alpha,c,c`).
  const rowName =
    second === at + 1 && complements === 0 && kindOf(records[second]![0] ?? "") === "text" && pureKind(columns[0]) === "text";
  if (rowName && !spellsOut(records, second, columns)) return one;
  // A single record below says too little of what its columns hold: two companies above it are rows and not names of columns.
  const told = texts >= 2 && second < records.length - 2;
  if (second === at + 1) return told || complements >= 1 ? { ...one, headerRows: 2 } : one;
  return texts >= 1 && fills[second]! >= fills[at]! ? { headerRow: second + 1, headerRows: 1, preambleRows: second } : one;
}

/** Whether the record names every column in words, each its own and none of them a value below, as names under codes do. */
function spellsOut(records: readonly (readonly string[])[], at: number, columns: readonly Column[]): boolean {
  const cells = records[at]!.map((cell) => cell.trim());
  if (cells.length !== records[at - 1]!.length || new Set(cells).size !== cells.length) return false;
  const word = cells.every(
    (cell, j) =>
      !columns[j]?.values.has(cell) && (pureKind(columns[j]) === "text" || (cell.length >= HEADER.word && /^\p{L}/u.test(cell))),
  );
  return word && cells.every((cell) => cell !== "") && at < records.length - HEADER.evenRecords;
}

/** Without a header the sparse records above the first full one are rows too, if they are as wide as the rows and such ones come again. */
function firstRow(records: readonly (readonly string[])[], fills: readonly number[], top: number, enough: number): number {
  const width = records[top]!.length;
  const isSparse = (i: number): boolean => fills[i]! > 0 && fills[i]! < enough && records[i]!.length === width;
  if (!records.some((_, i) => i > top && isSparse(i))) return top;
  let first = top;
  while (first > 0 && isSparse(first - 1)) first--;
  return first;
}

/** Further lines of names under a header of two. */
function withMoreLines(records: readonly (readonly string[])[], fills: readonly number[], found: FoundHeader): FoundHeader {
  let headerRows = found.headerRows;
  while (headerRows > 1 && headerRows < HEADER.lines) {
    const last = found.headerRow - 2 + headerRows;
    const joined = joinedHeader(records.slice(found.headerRow - 1, last + 1));
    // The line above stands for all of the header: what they leave blank together may be named below.
    const seen = [...records.slice(0, last), joined, ...records.slice(last + 1)];
    if (fills[last + 1] === 0 || withSecondLine(seen, fills, last).headerRows === 1) break;
    headerRows++;
  }
  return { ...found, headerRows };
}

/** Lines above a header that name what all its lines leave blank; above a single line only with gaps, as groups have and titles have not. */
function withNamesAbove(records: readonly (readonly string[])[], fills: readonly number[], found: FoundHeader): FoundHeader {
  let { headerRow, headerRows, preambleRows } = found;
  while (headerRows < HEADER.lines && headerRow > 1) {
    const above = records[headerRow - 2]!;
    if (headerRows === 1 && above.slice(fills[headerRow - 2]!).every((cell) => cell.trim() === "")) break;
    const joined = joinedHeader(records.slice(headerRow - 1, headerRow - 1 + headerRows));
    const seen = [above, joined, ...records.slice(headerRow - 1 + headerRows)];
    if (fills[headerRow - 2]! < 2 || !namesWhatIsBlank(seen, 0, seen.map(filledCells))) break;
    headerRow--;
    headerRows++;
    preambleRows--;
  }
  return { headerRow, headerRows, preambleRows };
}

/** Names of groups above a header that has the same names again and again: with the groups they tell the columns apart. */
function withGroupsAbove(records: readonly (readonly string[])[], found: FoundHeader): FoundHeader {
  const top = found.headerRow - 1;
  const groups = records[top - 1];
  if (groups === undefined || found.headerRows >= HEADER.lines) return found;
  const names = joinedHeader(records.slice(top, top + found.headerRows)).map((name) => name.trim());
  const named = groups.flatMap((cell, j) => (cell.trim() === "" ? [] : [{ j, cell: cell.trim() }]));
  if (named.length < 2 || groups.length > names.length || named.some(({ cell }) => kindOf(cell) !== "text" && !isYear(cell)))
    return found;
  const before = repeats(names);
  let group = "";
  const told = names.map((name, j) => {
    group = (groups[j] ?? "").trim() || group;
    return name === "" ? "" : `${group} ${name}`;
  });
  const clear = before > 0 && repeats(told) === 0 && named.every(({ j }) => names[j] !== "");
  return clear ? { headerRow: top, headerRows: found.headerRows + 1, preambleRows: top - 1 } : found;
}

function repeats(names: readonly string[]): number {
  const filled = names.filter((name) => name !== "");
  return filled.length - new Set(filled).size;
}

/**
 * Whether the record names groups (side by side again, or blank up to the next one, as merged cells come out) and the one directly below
 * names the columns: all text, distinct, none of it below. Unless every name is written again, a column must hold other values than text.
 */
function isGrouped(records: readonly (readonly string[])[], at: number, fills: readonly number[]): boolean {
  const [groups, names] = [records[at]!, records[at + 1] ?? []];
  if (names.length < groups.length || at + 2 >= records.length || fills[at + 1] !== names.length) return false;
  const lengths: number[] = [];
  let blanks = false;
  let last = "";
  for (const cell of groups) {
    const text = cell.trim();
    if (text !== "" && kindOf(text) !== "text") return false;
    if (text === "" && last === "") return false;
    if (text === "") blanks = true;
    if (text === "" || text === last) lengths[lengths.length - 1]!++;
    else lengths.push(1);
    if (text !== "") last = text;
  }
  const long = lengths.filter((length) => length > 1).length;
  if (long === 0) return false;
  if (new Set(names.map((name) => name.trim())).size !== names.length) return false;
  const columns = columnsBelow(records, at + 1, fills);
  if (!names.every((name, j) => isName(name, columns[j]) && !columns[j]?.values.has(name.trim()))) return false;
  const overValues = names.some((_, j) => (pureKind(columns[j]) ?? "text") !== "text");
  if (long === 1) return blanks && overValues;
  const everyNameAgain = !blanks && lengths.every((length) => length > 1) && names.length === groups.length;
  return everyNameAgain || overValues;
}

/** Text, or a year above values that are no years. */
function isName(cell: string, column: Column | undefined): boolean {
  if (kindOf(cell) === "text") return true;
  return isYear(cell.trim()) && column !== undefined && column.yearLike < column.filled * NAMES.yearColumn;
}

/** Whether the record at `at` is all text and names a column with values that the fuller record of names below it leaves blank. */
function namesWhatIsBlank(records: readonly (readonly string[])[], at: number, fills: readonly number[]): boolean {
  const columns = columnsBelow(records, at + 1, fills);
  const below = records[at + 1]!;
  const kinds = records[at]!.map(kindOf);
  if (!kinds.every((kind) => kind === "text" || kind === "empty")) return false;
  return kinds.some((kind, j) => kind === "text" && (below[j] ?? "").trim() === "" && (columns[j]?.filled ?? 0) > 0);
}

function usualFill(records: readonly (readonly string[])[], fills: readonly number[]): number {
  const several = fills.filter((n) => n > 1);
  const rows = several.length >= HEADER.severalShare * fills.filter((n) => n > 0).length ? several : fills.filter((n) => n > 0);
  const filled = rows.sort((a, b) => a - b);
  const median = filled[Math.floor(filled.length / 2)] ?? 0;
  const perColumn: number[] = [];
  let body = 0;
  records.forEach((cells, i) => {
    if (fills[i]! < Math.min(2, median)) return;
    body++;
    for (let j = 0; j < cells.length; j++) if (cells[j]!.trim() !== "") perColumn[j] = (perColumn[j] ?? 0) + 1;
  });
  const used = perColumn.filter((n) => n !== undefined && n >= body / 2).length;
  return Math.max(median, used);
}

function usualWidth(records: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const cells of records) if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let width = 0;
  for (const [w, n] of counts) {
    const most = counts.get(width) ?? 0;
    if (n > most || (n === most && n > 1 && w > width)) width = w;
  }
  return width;
}
