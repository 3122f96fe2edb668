import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { z } from "zod";
import { callCli } from "../packages/cli/src/cli.testing.ts";
import { COMPANY_KEYS } from "../packages/core/src/lists/mapping/mapping-checks.ts";
import EXPECTED from "../test/reading/inspections.json" with { type: "json" };

/**
 * `inspect` on every table under BULLSEYE_DATA beside what a person wrote down after looking at the file (test/reading/inspections.json):
 * `BULLSEYE_DATA=… node bench/inspect-data.ts [FILE.md]` prints a Markdown table, or writes it.
 * A call is wrong when kind, header, number of records or the meaning of a column is another; asked columns are right when the guess is, and
 * so is a table of something else as long as it is asked about whatever would name a company.
 */
const Report = z.object({
  dialect: z.object({ encoding: z.string(), delimiter: z.string(), headerRow: z.number(), headerRows: z.number() }),
  shape: z.string(),
  kind: z.string().nullable(),
  columns: z.array(
    z.object({
      position: z.number(),
      header: z.string(),
      field: z.string().nullable(),
      guess: z.string().optional(),
      review: z.boolean(),
    }),
  ),
  rows: z.object({ data: z.number(), blank: z.number(), footer: z.number(), malformed: z.number() }),
});
type Report = z.infer<typeof Report>;

interface Expected {
  /** Null: no list of ours, to be refused for want of a company. */
  kind: string | null;
  /** Physical record of the header, 0 for none. */
  header: number;
  records?: number;
  /** Header (or "column N") -> field. */
  columns?: Record<string, string>;
}

const TABLE = /\.(?:csv|tsv|psv|gz|xlsx)$/;
const data = process.env.BULLSEYE_DATA ?? "../shared/data";
if (!existsSync(data)) throw new Error(`there are no files under ${data}; set BULLSEYE_DATA`);
const home = mkdtempSync(join(tmpdir(), "bullseye-inspect-"));
const isOurs = (field: string | null): field is string => field !== null && !field.startsWith("extra.");
const asCode = (text: string): string => (text === "" ? "" : `\`${text.replaceAll("|", "\\|").replaceAll("\t", "tab")}\``);

function walk(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? walk(path) : TABLE.test(name) ? [path] : [];
    });
}

function wrongCalls(report: Report, expected: Expected): string[] {
  const wrong: string[] = [];
  const claims = report.columns.some(({ field, review }) => isOurs(field) && IDENTITY.has(field) && !review);
  if (report.kind !== expected.kind && (claims || expected.kind !== null))
    wrong.push(`is ${expected.kind ?? "no list of companies"}`);
  if (report.dialect.headerRow !== expected.header) wrong.push(`header is record ${expected.header}`);
  const records = report.rows.data + report.rows.malformed;
  if (expected.records !== undefined && records !== expected.records) wrong.push(`${expected.records} records`);
  if (report.kind === null || expected.kind === null) return wrong;
  const wanted = new Map(Object.entries(expected.columns ?? {}));
  for (const { header, position, field, guess } of report.columns) {
    const name = header.trim() === "" ? `column ${position + 1}` : header;
    const should = wanted.get(name);
    const is = guess ?? (isOurs(field) ? field : undefined);
    if (should !== undefined && is !== should) wrong.push(`${name} is ${should}${is === undefined ? "" : `, not ${is}`}`);
    if (
      should === undefined &&
      expected.columns !== undefined &&
      isOurs(field) &&
      !IGNORED.has(field) &&
      report.shape === "unknown"
    )
      wrong.push(`${name} is not ${field}`);
  }
  return wrong;
}

const IDENTITY: ReadonlySet<string> = new Set(COMPANY_KEYS);

/** What may be said of a column without being looked for. */
const IGNORED: ReadonlySet<string> = new Set(["emailDomain", "street", "accountOwner", "description"]);

const lines = [
  "| file | encoding | cells | header | data / blank / footer / malformed | kind, shape | accepted | asked | unmapped | wrong calls |",
  "|---|---|---|---|---|---|---|---|---|---|",
];
let [files, columns, wrong, clean] = [0, 0, 0, 0];
for (const path of walk(data)) {
  const file = relative(data, path);
  files++;
  const { code, out } = await callCli(home, ["inspect", path, "--json"]);
  if (code !== 0) {
    clean++;
    lines.push(
      `| ${file} | | | | refused: ${z.object({ error: z.object({ message: z.string() }) }).parse(JSON.parse(out)).error.message} | | | | | |`,
    );
    continue;
  }
  const report = Report.parse(JSON.parse(out));
  const { dialect, rows } = report;
  const expected = (EXPECTED as Record<string, Expected>)[file];
  const calls = expected === undefined ? ["nobody looked at it"] : wrongCalls(report, expected);
  const mapped = report.kind === null ? [] : report.columns;
  const accepted = mapped.filter(({ field, review }) => isOurs(field) && !review);
  const asked = mapped.filter(({ review }) => review);
  columns += accepted.length + asked.length;
  wrong += calls.length;
  if (calls.length === 0) clean++;
  const named = (each: readonly Report["columns"][number][]): string =>
    each
      .map(
        ({ header, position, guess, field }) =>
          `${header.trim() || `column ${position + 1}`}${(guess ?? field) ? `→${guess ?? field}` : ""}`,
      )
      .join(", ");
  const header =
    dialect.headerRow === 0
      ? "none"
      : `${dialect.headerRow}${dialect.headerRows > 1 ? `-${dialect.headerRow + dialect.headerRows - 1}` : ""}`;
  const kind = report.kind === null ? "refused: no company" : `${report.kind}, ${report.shape}`;
  lines.push(
    `| ${file} | ${dialect.encoding} | ${asCode(dialect.delimiter)} | ${header} | ${rows.data} / ${rows.blank} / ${rows.footer} / ${rows.malformed} | ${kind} | ${accepted.length} | ${named(asked)} | ${mapped.length - accepted.length - asked.length} | ${calls.join("; ").replaceAll("|", "\\|")} |`,
  );
}
rmSync(home, { recursive: true });
const summary = `${files} files, ${clean} without a wrong call; ${columns} columns accepted or asked, ${wrong} wrong or missing calls.`;
const text = `${summary}\n\n${lines.join("\n")}\n`;
const out = process.argv[2];
if (out === undefined) process.stdout.write(text);
else
  writeFileSync(
    out,
    `# What \`inspect\` understands of real files\n\nWritten by \`node bench/inspect-data.ts docs/inspected.md\`; what is right was written down by hand, after a look at each file (test/reading/inspections.json).\n\n${text}`,
  );
