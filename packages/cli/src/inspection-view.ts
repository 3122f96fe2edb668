import { FIELDS } from "@bullseye/core/lists/mapping/fields";
import type { Output } from "./output.ts";
import type { TableFile } from "./table-file.ts";
import { countText, numberText, printable } from "./terminal-output.ts";

/** A column of the report as the view needs it. */
interface InspectedColumn {
  position: number;
  header: string;
  field: string | null;
  guess?: string;
  confidence: number;
  reason: string;
  review: boolean;
}

/** What `inspect` tells scripts, as far as people are shown it. */
export interface Inspected {
  dialect: { encoding: string; delimiter: string; headerRow: number; headerRows: number; preambleRows: number };
  kind: string | null;
  kindReason: string | null;
  columns: readonly InspectedColumn[];
  rows: { data: number; blank: number; footer: number; malformed: number };
  warnings: readonly string[];
  problem?: { message: string; hint: string | null };
}

const DELIMITERS: Readonly<Record<string, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "bars",
  " ": "spaces",
};
/** Columns of a table that are listed; a file of hundreds is no list, or its rest is of no field [design]. */
const LISTED = 80;
const EXAMPLE = 24;
/** Stands for the currency that nobody said. */
const ANY_CURRENCY = "EUR";

/** Shows people what was understood of a file, what will be left out and why, and what they are asked and how they answer. `typed`: the file as it was named on the command line. */
export function showInspection(table: TableFile, typed: string, report: Inspected, out: Output): void {
  const { rows, kind, kindReason, problem, columns, warnings } = report;
  const packed = table.formats.length > 0 ? ` (${table.formats.join(", then ")})` : "";
  out.text(`${printable(table.fileName)}${packed}: ${countText(rows.data, "row")}; ${howWritten(report, table.formats)}.`);
  for (const line of leftOut(report)) out.text(line);
  if (problem) out.text(printable(`Run would refuse it: ${problem.message}${problem.hint ? `; ${problem.hint}` : ""}.`));
  else if (kind !== null) out.text(printable(`Read as ${kind} (${kindReason}). If that is wrong, say --kind.`));
  out.text();
  const shown = columns.slice(0, LISTED);
  if (problem)
    out.table(
      ["column", "header", "for example"],
      shown.map((each) => [each.position + 1, each.header, example(table, each)]),
    );
  else
    out.table(
      ["column", "header", "for example", "read as", "sure", "why"],
      shown.map((each) => [each.position + 1, each.header, example(table, each), readAs(each), sure(each), each.reason]),
    );
  if (columns.length > LISTED) out.text(`… and ${numberText(columns.length - LISTED)} more columns; --json lists all.`);
  if (problem) {
    out.text();
    out.text(`If a column does name the company, say which:  ${command(typed)} --map "1=name"`);
  } else showQuestions(typed, columns, out);
  for (const warning of warnings) out.text(printable(`Note: ${warning}.`));
}

function howWritten({ dialect }: Inspected, formats: readonly string[]): string {
  const { headerRow, headerRows, delimiter, encoding } = dialect;
  const header =
    headerRow === 0
      ? "no header"
      : headerRows > 1
        ? `header in records ${headerRow} to ${headerRow + headerRows - 1}, joined`
        : `header in line ${headerRow}`;
  const cells = delimiter === "" ? "one column" : `separated by ${DELIMITERS[delimiter] ?? `"${printable(delimiter)}"`}`;
  // Workbooks and JSON lines have neither; their table was written here.
  return formats.some((format) => format === "xlsx" || format === "jsonl") ? header : `${header}; ${encoding}, ${cells}`;
}

/** A line for each class of records that is no data. */
function leftOut({ dialect, rows }: Inspected): string[] {
  const lines: string[] = [];
  if (dialect.preambleRows > 0)
    lines.push(`  above the table  ${countText(dialect.preambleRows, "record")} left out (titles, notes, blank lines)`);
  if (rows.footer > 0)
    lines.push(`  below the table  ${countText(rows.footer, "record")} left out (totals, sources, notes: no data)`);
  if (rows.blank > 0) lines.push(`  blank            ${countText(rows.blank, "row")} left out`);
  if (rows.malformed > 0)
    lines.push(
      `  too wide         ${countText(rows.malformed, "row")} with more cells than the header: run rejects them and writes them to a file to correct`,
    );
  return lines;
}

/** The first value of the column; nothing of columns about people, and no addresses of theirs. */
function example(table: TableFile, { position, field, guess, reason }: InspectedColumn): string {
  const personal = FIELDS.get(guess ?? field ?? "")?.personal === true || reason.startsWith("personal");
  if (personal) return "";
  const value = table.shape.rows.find((cells) => (cells[position] ?? "").trim() !== "")?.[position] ?? "";
  const text = printable(value.slice(0, 200));
  if (text.includes("@")) return "";
  return text.length > EXAMPLE ? `${text.slice(0, EXAMPLE - 1)}…` : text;
}

function readAs({ field, guess }: InspectedColumn): string {
  if (guess !== undefined) return `${field === null ? "(left out" : "(kept as it is"}; ${inWords(guess)}?)`;
  if (field === null) return "(left out)";
  return field.startsWith("extra.") ? "(kept as it is)" : inWords(field);
}

function inWords(field: string): string {
  return field.replace(/^contact\./, "person: ").replace(/^(order|deal|suppression)\./, "$1: ");
}

function sure({ field, confidence, review }: InspectedColumn): string {
  if (field === null || field.startsWith("extra.")) return review ? "please look" : "";
  return review ? `please look (${Math.round(confidence * 100)} %)` : "yes";
}

const command = (typed: string): string => `bullseye inspect ${/^[\w./-]+$/.test(typed) ? typed : `"${printable(typed)}"`}`;

function showQuestions(typed: string, columns: readonly InspectedColumn[], out: Output): void {
  const review = columns.filter((each) => each.review);
  if (review.length === 0) return;
  out.text();
  out.text(
    `Please look at ${countText(review.length, "column")}: ${review.map(called).join(", ")}. Until you have, cells that fit are used as shown.`,
  );
  const flags = review.map((each) => `--map "${each.position + 1}=${answer(each)}"`).join(" ");
  const currency = flags.includes(`:${ANY_CURRENCY}`) ? ` (with your currency for ${ANY_CURRENCY})` : "";
  out.text(`  asked one by one   ${command(typed)} --answer`);
  out.text(`  if all is right    ${command(typed)} ${flags}${currency}`);
  out.text(
    `  else, by column    --map "${review[0]!.position + 1}=FIELD" for another field, =extra to keep it as it is, =none to leave it out`,
  );
}

function called({ header, position }: InspectedColumn): string {
  const name = printable(header);
  return name === "" ? `column ${position + 1}` : `"${name}"`;
}

/** What settles the column as it is shown. */
function answer({ field, guess, reason }: InspectedColumn): string {
  const meant = guess ?? (field === null ? "none" : field.startsWith("extra.") ? "extra" : field);
  return reason.includes("currency is not said") ? `${meant}:${ANY_CURRENCY}` : meant;
}
