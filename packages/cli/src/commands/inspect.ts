import { existsSync, readFileSync } from "node:fs";
import { InputError } from "@bullseye/core/errors";
import { LIST_KINDS, type ListKind, type SourceDeclaration } from "@bullseye/core/lists/kinds";
import { headerSignature } from "@bullseye/core/lists/mapping/header";
import type { ListMapping } from "@bullseye/core/lists/mapping/list-mapping";
import { mapColumns } from "@bullseye/core/lists/mapping/map-columns";
import { type MappingFile, mappingChanges, nextMapping } from "@bullseye/core/lists/mapping/mapping-file";
import { parseSidecar } from "@bullseye/core/lists/sidecar";
import { newestMapping, nextVersion, saveMapping } from "@bullseye/core/operations/mapping-files";
import { Home } from "@bullseye/local";
import { choiceOf, expectWords } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { showInspection } from "../inspection-view.ts";
import { answersOfFlags, askAnswers } from "../mapping-answers.ts";
import type { Output } from "../output.ts";
import { openTable, type RecordCounts, readTable, type TableFile } from "../table-file.ts";
import { numberText } from "../terminal-output.ts";

/** Rows of `--rows` that a person is shown. */
const SHOWN_ROWS = 20;

/** Characters written at a time. */
const WRITE_CHARACTERS = 64 * 1024;

export const inspectCommand: Command = {
  name: "inspect",
  summary: "shows how a file would be read, and takes your word for it",
  usage: "inspect FILE [--kind KIND] [--rows] [--sheet SHEET] [--answer] [--map COLUMN=FIELD]…",
  homeOnly: "it looks at a file of this machine and needs no stage; leave --stage out",
  options: {
    kind: { type: "string" },
    rows: { type: "boolean" },
    sheet: { type: "string" },
    answer: { type: "boolean" },
    map: { type: "string", multiple: true },
  },
  describe: {
    kind: `KIND   read it as ${LIST_KINDS.join(", ")}`,
    rows: "the records themselves; with --jsonl all of them, one a line",
    sheet: "SHEET  the sheet of a workbook, or the table of a zip archive",
    answer: "asks about every column that needs a look; later files with the same header are read so",
    map: 'COLUMN=FIELD  settles a column by its header or number: "Umsatz=revenue:EUR", "4=extra", "Notes=none"',
  },
  async run(context) {
    const { args, values, out } = context;
    expectWords("inspect", args, 1, 1, "a file");
    const kind = choiceOf(values, "kind", LIST_KINDS);
    const table = await openTable(args[0]!, values.sheet as string | undefined);
    if (values.rows === true) return showRows(table, out);
    const answers = await settle(context, table, kind);
    const { mapping, problem } = mappingOf(table, kind, answers);
    const counts = await readTable(table);
    const report = reportOf(table, mapping, problem, counts);
    if (out.json) out.document(report);
    else if (out.jsonl) out.line(report);
    else showInspection(table, args[0]!, report, out);
    return 0;
  },
};

/** How the columns would be read, or why `run` would refuse the file. */
function mappingOf(
  table: TableFile,
  kind: ListKind | undefined,
  answers: MappingFile | null,
): { mapping: ListMapping | null; problem: InputError | null } {
  const { header, rows } = table.shape;
  try {
    return {
      mapping: mapColumns({ header, sample: rows, kind, fileName: table.fileName, source: sourceBeside(table), answers }),
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { mapping: null, problem: error };
  }
}

/** What was decided about files with this header, after what `--map` and `--answer` add to it; stored in the home as its next version. */
async function settle(context: CommandContext, table: TableFile, kind: ListKind | undefined): Promise<MappingFile | null> {
  const { values, out, ask } = context;
  const flags = (values.map ?? []) as string[];
  const asks = values.answer === true;
  if (asks && ask === null)
    throw new InputError("there is nobody at this terminal to answer", { hint: 'settle columns with --map "COLUMN=FIELD"' });
  if (asks && (out.json || out.jsonl)) throw new InputError("--answer asks in words", { hint: "leave --json out, or use --map" });
  const changes = flags.length > 0 || asks;
  if (!changes && !Home.exists(context.homePath)) return null;
  const { ports } = await context.workplace({ create: changes });
  const signature = ports.digest.id(headerSignature(table.shape.header, table.shape.rows));
  const known = await newestMapping(ports.objects, signature, kind);
  if (!changes) return known;
  const { mapping, problem } = mappingOf(table, kind, known);
  if (problem) out.note(problem.message);
  const columns = mapping?.columns ?? table.shape.header.map((header, position) => ({ position, header, review: true }));
  const as = mapping?.kind ?? kind ?? known?.kind ?? "accounts";
  const answers = answersOfFlags(flags, columns, as);
  if (asks) {
    const open = columns.filter(({ position }) => !answers.some((answer) => answer.position === position));
    answers.push(...(await askAnswers(open, table.shape.rows, as, ask!, out)));
  }
  const before = known?.kind === as ? known : await newestMapping(ports.objects, signature, as);
  const version = await nextVersion(ports.objects, signature);
  const next = nextMapping(before, { signature, kind: as, version, at: ports.clock.now(), answers });
  if (next === null || next.answers.length === 0) {
    out.note("nothing was settled that was not settled before");
    return before;
  }
  await saveMapping(ports.objects, next);
  for (const change of mappingChanges(before, next)) out.note(change);
  out.note(`version ${version} for this header: files with it are read so from now on; run one again that was imported already`);
  return next;
}

function sourceBeside(table: TableFile): SourceDeclaration {
  const sidecar = `${table.path}.list.json`;
  return existsSync(sidecar)
    ? (parseSidecar(readFileSync(sidecar, "utf8"), `${table.fileName}.list.json`).source ?? { origin: "unknown" })
    : { origin: "unknown" };
}

function reportOf(table: TableFile, mapping: ListMapping | null, problem: InputError | null, counts: RecordCounts) {
  const { dialect, header } = table.shape;
  return {
    file: table.fileName,
    formats: table.formats,
    dialect: {
      encoding: dialect.encoding,
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      headerRow: dialect.headerRow,
      headerRows: dialect.headerRow === 0 ? 0 : dialect.headerRows,
      preambleRows: dialect.preambleRows,
      footerRows: counts.footer,
    },
    shape: mapping?.shape ?? "unknown",
    kind: mapping?.kind ?? null,
    kindReason: mapping?.kindReason ?? null,
    columns: mapping
      ? mapping.columns.map(({ position, header: name, field, guess, confidence, reason, review, decided }) => ({
          position,
          header: name,
          field,
          ...(guess === undefined ? {} : { guess }),
          confidence,
          reason,
          review,
          ...(decided === undefined ? {} : { decided }),
        }))
      : header.map((name, position) => ({
          position,
          header: name,
          field: null,
          confidence: 0,
          reason: "the table is of no known kind",
          review: false,
        })),
    rows: { ...counts },
    warnings: [...(mapping?.warnings ?? []), ...otherTables(table)],
    ...(problem ? { problem: { message: problem.message, hint: problem.hint ?? null } } : {}),
  };
}

/** What is to be said of a file of several tables: only the first is understood. */
function otherTables({ shape }: TableFile): string[] {
  return shape.anotherTable === null
    ? []
    : [
        `from row ${shape.anotherTable} on there seems to be another table; its rows are read as rows of this one: put each table into a file of its own`,
      ];
}

async function showRows(table: TableFile, out: Output): Promise<number> {
  const { header, dialect } = table.shape;
  const headed = dialect.headerRow > 0;
  if (out.jsonl) {
    let lines = headed ? `${JSON.stringify({ row: 1, cells: header })}\n` : "";
    await readTable(
      table,
      (cells, row) => {
        lines += `${JSON.stringify({ row, cells })}\n`;
        if (lines.length < WRITE_CHARACTERS) return;
        out.raw(lines);
        lines = "";
      },
      () => out.flushed(),
    );
    out.raw(lines);
    return 0;
  }
  const records: Array<{ row: number; cells: string[] }> = [];
  let left = 0;
  await readTable(table, (cells, row) => {
    if (out.json || records.length < SHOWN_ROWS) records.push({ row, cells });
    else left++;
  });
  if (out.json) out.document({ header: headed ? { row: 1, cells: header } : null, records });
  else {
    const width = Math.max(header.length, ...records.map(({ cells }) => cells.length));
    const names = Array.from({ length: width }, (_, at) => header[at] ?? `column ${at + 1}`);
    out.table(
      ["row", ...names],
      records.map(({ row, cells }) => [String(row), ...cells]),
    );
    if (left > 0) out.text(`… and ${numberText(left)} more; --rows --jsonl prints all of them.`);
  }
  return 0;
}
