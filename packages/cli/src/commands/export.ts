import { resolve } from "node:path";
import { InputError } from "@bullseye/core/errors";
import type { Ports } from "@bullseye/core/ports";
import { type ExportFilter, type ExportSums, exportEntries, noExport } from "@bullseye/core/queries/export";
import { EXPORT_FORMATS } from "@bullseye/core/queries/export-format";
import { EXPORT_TARGETS, type ExportTarget } from "@bullseye/core/queries/export-records";
import { listView } from "@bullseye/core/queries/lists";
import { accountFilter } from "../account-filter.ts";
import { choiceOf, expectWords } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { OutFile } from "../out-file.ts";
import { countText, numberText } from "../terminal-output.ts";

/** Characters gathered before they go to standard output. */
const BUFFER = 65_536;

const NAMES: Readonly<Record<ExportTarget, string>> = { salesforce: "Salesforce", hubspot: "HubSpot", csv: "record" };

export const exportCommand: Command = {
  name: "export",
  summary: "writes one row per original record id with score, tier and reasons, ready to re-import",
  usage: `export --for ${EXPORT_TARGETS.join("|")} [--out FILE] [--list LIST] [--tier T] [--segment S]`,
  options: {
    for: { type: "string" },
    out: { type: "string" },
    list: { type: "string" },
    tier: { type: "string" },
    segment: { type: "string" },
  },
  describe: {
    for: "WHOM  salesforce or hubspot: only their record ids; csv: every record of every list",
    out: "FILE  where to write it; standard output without it",
    list: "LIST  only records that this list names",
    tier: "T     only this tier: A, B, …, unknown, X (disqualified)",
    segment: "S     only this segment",
  },
  async run(context) {
    const { args, values, out } = context;
    expectWords("export", args, 0, 0, "nothing else");
    const target = choiceOf(values, "for", EXPORT_TARGETS);
    if (target === undefined)
      throw new InputError("bullseye export needs --for", { hint: `whom it is for: ${EXPORT_TARGETS.join(", ")}` });
    const path = typeof values.out === "string" ? resolve(context.cwd, values.out) : null;
    if (path === null && (out.json || out.jsonl))
      throw new InputError(`--${out.json ? "json" : "jsonl"} and the rows cannot both go to standard output`, {
        hint: "write the rows to a file: --out FILE",
      });
    const { ports } = await context.workplace();
    const filter: ExportFilter = await accountFilter(ports, values);
    if (typeof values.list === "string") filter.list = (await listView(ports, values.list)).id;
    const sums =
      path === null ? await toStandardOutput(context, ports, target, filter) : await toFile(context, ports, target, filter, path);
    const document = { out: values.out ?? null, ...sums };
    if (out.json) out.document(document);
    else if (out.jsonl) out.line(document);
    const lines = closingLines(target, sums, path === null ? null : String(values.out));
    for (const line of lines) {
      if (path === null) out.note(line);
      else out.text(line);
    }
    return 0;
  },
};

async function toFile(
  context: CommandContext,
  ports: Ports,
  target: ExportTarget,
  filter: ExportFilter,
  path: string,
): Promise<ExportSums> {
  const file = new OutFile(path);
  try {
    const sums = await write(context, ports, target, filter, async (text) => file.write(text));
    file.finish();
    return sums;
  } catch (error) {
    file.abandon();
    throw error;
  }
}

async function toStandardOutput(
  context: CommandContext,
  ports: Ports,
  target: ExportTarget,
  filter: ExportFilter,
): Promise<ExportSums> {
  const { out } = context;
  let gathered = "";
  const flush = async (): Promise<void> => {
    out.raw(gathered);
    gathered = "";
    await out.flushed();
  };
  const sums = await write(context, ports, target, filter, async (text) => {
    gathered += text;
    if (gathered.length >= BUFFER) await flush();
  });
  await flush();
  return sums;
}

async function write(
  { out }: CommandContext,
  ports: Ports,
  target: ExportTarget,
  filter: ExportFilter,
  put: (text: string) => Promise<void>,
): Promise<ExportSums> {
  const format = EXPORT_FORMATS[target];
  const all = await ports.accounts.count();
  const sums = noExport();
  const entries = exportEntries(ports, target, filter, sums, (seen) => out.progress("exporting accounts", seen, all));
  let begun = false;
  for await (const { account, records } of entries) {
    const lines = format.lines(account, records);
    await put(begun ? lines : format.header + lines);
    begun = true;
  }
  if (!begun) await put(format.header);
  out.progress("", 0, 0);
  return sums;
}

/** What was written, and what was left out and why. */
function closingLines(target: ExportTarget, sums: ExportSums, path: string | null): string[] {
  const name = NAMES[target];
  const where = path === null ? "" : ` to ${path}`;
  const lines = [`${countText(sums.rows, "row")} for ${countText(sums.accounts, "account")} written${where}`];
  if (sums.merged > 0) lines.push(`${countText(sums.merged, "id")} of merged accounts: each has a row of its own`);
  if (sums.withoutId > 0) {
    const what = `${countText(sums.withoutId, "account carries", "accounts carry")} no ${name} id`;
    lines.push(target === "csv" ? `${what}: written with an empty one` : `${what}: left out`);
  }
  if (sums.contested > 0)
    lines.push(
      `${numberText(sums.contested)} ${name} ${sums.contested === 1 ? "id is" : "ids are"} named by rows of several accounts: left out, because nobody can say whose score they should get`,
    );
  if (sums.foreign > 0)
    lines.push(
      `${numberText(sums.foreign)} ${name} ${sums.foreign === 1 ? "id is none" : "ids are none"} of an account record: left out`,
    );
  return lines;
}
