import { InputError } from "@bullseye/core/errors";
import type { ListKind } from "@bullseye/core/lists/kinds";
import { normalizeHeader } from "@bullseye/core/lists/mapping/header";
import type { ColumnMapping } from "@bullseye/core/lists/mapping/list-mapping";
import { answerFor, type ColumnAnswer, fieldsOf, KEPT_AS_IS, LEFT_OUT } from "@bullseye/core/lists/mapping/mapping-file";
import type { Output } from "./output.ts";

/** A column that answers can be about. */
export type AnswerableColumn = Pick<ColumnMapping, "position" | "header"> &
  Partial<Pick<ColumnMapping, "field" | "guess" | "reason" | "review" | "plan">>;

/** Sampled values that a person is shown, and characters of each. */
const SHOWN_VALUES = 3;
const SHOWN_CHARACTERS = 40;

/** How the cells of a column are written: `,` or `.` before decimals, day or month first, a currency. */
function detailsOf(words: readonly string[]): Partial<ColumnAnswer> {
  const details: Partial<ColumnAnswer> = {};
  for (const word of words) {
    if (word === "," || word === ".") details.decimal = word;
    else if (word === "dmy" || word === "mdy") details.order = word;
    else if (/^[A-Z]{3}$/.test(word)) details.currency = word;
    else if (/^(?:won|lost) \S/.test(word)) {
      const space = word.indexOf(" ");
      const outcome = word.slice(0, space) as "won" | "lost";
      details[outcome] = [
        ...(details[outcome] ?? []),
        word
          .slice(space + 1)
          .trim()
          .toLowerCase(),
      ];
    } else
      throw new InputError(`"${word}" does not say how a column is written`, {
        hint: 'dmy or mdy for dates, . or , for decimals, a currency like EUR, "won STAGE" or "lost STAGE" for deals',
      });
  }
  return details;
}

/** The answers of `--map COLUMN=FIELD` (`COLUMN=FIELD:EUR`, `COLUMN=FIELD:dmy`, `Stage=deal.stage:won Signed`); a column is named by its header or its number. */
export function answersOfFlags(flags: readonly string[], columns: readonly AnswerableColumn[], kind: ListKind): ColumnAnswer[] {
  return flags.map((flag) => {
    const cut = flag.lastIndexOf("=");
    if (cut < 1 || cut === flag.length - 1)
      throw new InputError(`--map ${flag} names no column and field`, { hint: 'write --map "COLUMN=FIELD"' });
    const [field, ...details] = flag.slice(cut + 1).split(":") as [string, ...string[]];
    return { ...answerFor(kind, columnCalled(flag.slice(0, cut), columns), field), ...detailsOf(details) };
  });
}

function columnCalled(name: string, columns: readonly AnswerableColumn[]): AnswerableColumn {
  const wanted = normalizeHeader(name);
  const named = columns.filter(({ header }) => normalizeHeader(header) === wanted);
  if (named.length === 1) return named[0]!;
  if (named.length > 1)
    throw new InputError(`${named.length} columns are called "${name}"`, {
      hint: `name one by its number: ${named.map(({ position }) => position + 1).join(", ")}`,
    });
  const numbered = /^\d+$/.test(name) ? columns.find(({ position }) => position + 1 === Number(name)) : undefined;
  if (numbered !== undefined) return numbered;
  throw new InputError(`there is no column "${name}"`, {
    hint: `columns: ${columns.map(({ position, header }) => `${position + 1} ${header.trim()}`).join(", ")}`.slice(0, 300),
  });
}

/** Asks a person about every column under review; what is left open stays open. */
export async function askAnswers(
  columns: readonly AnswerableColumn[],
  rows: readonly (readonly string[])[],
  kind: ListKind,
  ask: (question: string) => Promise<string>,
  out: Output,
): Promise<ColumnAnswer[]> {
  const answers: ColumnAnswer[] = [];
  const fields = fieldsOf(kind);
  for (const column of columns.filter(({ review }) => review === true)) {
    const meant = column.guess ?? (column.field?.startsWith("extra.") ? KEPT_AS_IS : (column.field ?? null));
    out.text();
    out.text(`Column ${column.position + 1} "${column.header}": ${column.reason ?? "not known"}.`);
    const values = rows.map((row) => row[column.position]?.trim() ?? "").filter((cell) => cell !== "");
    if (values.length > 0)
      out.text(
        `  For example: ${values
          .slice(0, SHOWN_VALUES)
          .map((value) => value.slice(0, SHOWN_CHARACTERS))
          .join(" | ")}`,
      );
    const keep = meant === null ? "Enter: leave it open" : `Enter: it is ${meant}`;
    const answer = await answered(
      ask,
      `  ${keep}; a field, ${KEPT_AS_IS}, ${LEFT_OUT}, ? for the fields, - to leave it open: `,
      (typed) => {
        if (typed === "?") {
          out.text(`  ${fields.join(", ")}`);
          return undefined;
        }
        const chosen = typed === "" ? meant : typed;
        return chosen === null || chosen === "-" ? null : answerFor(kind, column, chosen);
      },
      out,
    );
    if (answer === null) continue;
    answers.push({ ...answer, ...(await askDetails(column, ask, out)) });
  }
  return answers;
}

/** What else is open about how the cells are written. */
async function askDetails(
  column: AnswerableColumn,
  ask: (question: string) => Promise<string>,
  out: Output,
): Promise<Partial<ColumnAnswer>> {
  const { reason = "", plan } = column;
  const one = (question: string): Promise<Partial<ColumnAnswer>> =>
    answered(ask, `  ${question}, Enter to leave it open: `, (typed) => detailsOf(typed === "" ? [] : [typed]), out);
  if (plan?.order === "undecided") return one("Is 03/04 the third of April (dmy) or March the fourth (mdy)");
  if (reason.includes("currency is not said")) return one("In which currency, like EUR");
  if (reason.includes("mean won")) {
    const stages = (typed: string): string[] => [
      ...new Set(
        typed
          .split(";")
          .map((stage) => stage.trim().toLowerCase())
          .filter(Boolean),
      ),
    ];
    const won = stages(await ask("  Which stages mean won (one; another), Enter to leave it open: "));
    const lost = stages(await ask("  And which mean lost, Enter for none: "));
    return { ...(won.length > 0 ? { won } : {}), ...(lost.length > 0 ? { lost } : {}) };
  }
  if (plan?.decimal !== undefined && /1\.234/.test(reason)) return one('Which mark stands before decimals, "." or ","');
  return {};
}

/** Asks until the answer can be taken. */
async function answered<T>(
  ask: (question: string) => Promise<string>,
  question: string,
  take: (typed: string) => T | undefined,
  out: Output,
): Promise<T> {
  for (;;) {
    const typed = (await ask(question)).trim();
    try {
      const taken = take(typed);
      if (taken !== undefined) return taken;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      out.text(`  ${error.message}${error.hint === undefined ? "" : `; ${error.hint}`}`);
    }
  }
}
