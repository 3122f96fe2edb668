import type { ColumnMapping, ListMapping } from "@bullseye/core/lists/mapping/list-mapping";
import { answerFor, type ColumnAnswer } from "@bullseye/core/lists/mapping/mapping-file";
import { sampleColumn } from "@bullseye/core/lists/mapping/value-shape";

/** Fields by which companies are told apart; a guess at one of them is worth following where nothing is stored. */
const TELLING: ReadonlySet<string> = new Set(
  "name domain website registration street city state postalCode country phone linkedin".split(" "),
);
/** [design] Share of filled cells that must look like addresses or telephone numbers, and cells that say anything. */
const ENOUGH = 0.6;
const FEWEST = 3;
/** [design] Share of cells that must differ from each other, and hold words, in a column of names. */
const DISTINCT = 0.3;
const WORDED = 0.8;

/** House number and street, in either order. */
const STREET = /^\d+[a-z]?[\s,]+(?:[\p{L}.'-]+|\d+(?:st|nd|rd|th)\b)|\p{L}{3,}\.?,?\s+\d+\s?[a-z]?$/iu;
const NO_STREET = /date|time|hour|program|model|version|range|employees|name/i;
const PHONE_HEADER = /ph|tel|fon|call|contact|mobile/i;
const NO_PHONE_HEADER = /fax|\bid\b|licen|website|mail/i;
const POSTCODE_HEADER = /zip|post|plz|cap\b|\bcp\b|codigo|pin\b/i;
const POSTCODE = /^[a-z]{0,2}-?\d[a-z\d]{1,4}(?:[\s-]?[a-z\d]{2,4})?$/i;
const NAME_HEADER =
  /name|title|label|site|org|compan|firm|provider|agency|cent(?:er|re)|business|entity|facility|client|customer|account|vendor|supplier|school/i;
const NO_NAME_HEADER =
  /source|origin|dataset|type|status|category|city|town|state|country|county|region|neighbo|street|addr|contact|person|url|web|mail|note|descr/i;

interface Column extends ColumnMapping {
  cells: string[];
}

const shareOf = (cells: readonly string[], test: (cell: string) => boolean): number =>
  cells.length === 0 ? 0 : cells.filter(test).length / cells.length;

const isPhone = (cell: string): boolean => {
  const digits = cell.replace(/(?:ext|x)\.?\s*\d+$/i, "").replace(/\D/g, "");
  return digits.length >= 7 && digits.length <= 15 && !/\p{L}{4}/u.test(cell);
};

/**
 * What columns mean that `run` would rather ask about, so that rows can be compared by them: guesses at telling fields, then names,
 * streets, postcodes and telephones by the look of their cells. For a look at a file that stores nothing; `run` reads none of them so.
 */
export function likelyAnswers(
  mapping: Pick<ListMapping, "kind" | "columns">,
  sample: readonly (readonly string[])[],
): ColumnAnswer[] {
  const answers: ColumnAnswer[] = [];
  const served = new Set(mapping.columns.map(({ field }) => field));
  const open: Column[] = [];
  for (const column of mapping.columns) {
    const { field, guess, decided } = column;
    if (decided !== undefined) continue;
    if (guess !== undefined && TELLING.has(guess) && !served.has(guess)) {
      served.add(guess);
      answers.push(answerFor(mapping.kind, column, guess));
    } else if (field === null || field === "place" || field.startsWith("extra."))
      open.push({ ...column, cells: sampleColumn(sample, column.position) });
  }
  const take = (field: string, fits: (column: Column) => number): void => {
    if (served.has(field)) return;
    const found = open
      .filter(({ cells }) => cells.length >= FEWEST)
      .map((column) => ({ column, score: fits(column) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || a.column.position - b.column.position)[0]?.column;
    if (found === undefined) return;
    served.add(field);
    open.splice(open.indexOf(found), 1);
    answers.push(answerFor(mapping.kind, found, field));
  };
  const atLeast = (share: number): number => (share >= ENOUGH ? share : 0);
  take("street", ({ header, cells }) =>
    NO_STREET.test(header) ? 0 : atLeast(shareOf(cells, (cell) => STREET.test(cell) && !isPhone(cell))),
  );
  take("phone", ({ header, cells }) =>
    PHONE_HEADER.test(header) && !NO_PHONE_HEADER.test(header) ? atLeast(shareOf(cells, isPhone)) : 0,
  );
  take("postalCode", ({ header, cells }) =>
    POSTCODE_HEADER.test(header) ? atLeast(shareOf(cells, (cell) => POSTCODE.test(cell))) : 0,
  );
  // Where every row has a website, a guess at names can only harm; where some have none, a header must speak for them.
  const sites = mapping.columns.filter(({ field }) => field === "domain" || field === "website");
  const unaided = sites.length === 0;
  if (unaided || sample.some((cells) => sites.every(({ position }) => (cells[position] ?? "").trim() === "")))
    take("name", ({ header, cells, reason, field }) => {
      if (reason.startsWith("personal") || field === "place" || NO_NAME_HEADER.test(header)) return 0;
      if (!unaided && !NAME_HEADER.test(header)) return 0;
      const distinct = new Set(cells).size / cells.length;
      const worded = shareOf(cells, (cell) => /\p{L}{2}/u.test(cell) && !cell.includes("@"));
      return distinct < DISTINCT || worded < WORDED ? 0 : (NAME_HEADER.test(header) ? 1 : 0) + distinct;
    });
  return answers;
}

/** Columns of which nothing is known but their headers, for {@link likelyAnswers} where no column identifies a company. */
export function unknownColumns(header: readonly string[]): ColumnMapping[] {
  return header.map((name, position) => ({
    position,
    header: name,
    field: null,
    confidence: 0,
    reason: "",
    review: true,
    rank: 0,
    plan: null,
  }));
}
