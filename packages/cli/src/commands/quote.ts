import { availableParallelism } from "node:os";
import { AD_PLATFORMS } from "@bullseye/core/audiences/platforms";
import { usd, usdText } from "@bullseye/core/cost/amount";
import { type Cost, costDocument, costOf } from "@bullseye/core/cost/cost-of";
import { type IdleLine, idleCost } from "@bullseye/core/cost/idle-cost";
import { type Quoted, quotedSeconds, quotedUsage, refreshUsage } from "@bullseye/core/cost/quote";
import { stageResources } from "@bullseye/core/cost/stage-resources";
import { LIST_KINDS } from "@bullseye/core/lists/kinds";
import { compileConfiguration } from "@bullseye/core/operations/configuration";
import { Home, NOWHERE, prepareDrop, readConfiguration } from "@bullseye/local";
import { RUN_SETTINGS } from "@bullseye/local/ports";
import { choiceOf, expectWords } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import type { Output } from "../output.ts";
import { openTable, type RecordCounts, readTable } from "../table-file.ts";
import { countText, numberText } from "../terminal-output.ts";

export const quoteCommand: Command = {
  name: "quote",
  summary: "says what a run would cost and how long it would take; changes nothing",
  usage: "quote FILE [--kind KIND] [--list NAME]",
  options: { kind: { type: "string" }, list: { type: "string" } },
  describe: {
    kind: `KIND  ${LIST_KINDS.join(", ")}; by default what the header says`,
    list: "NAME  the list that the file belongs to; by default named after the file",
  },
  async run(context) {
    const { args, values, out } = context;
    expectWords("quote", args, 1, 1, "a file");
    const table = await openTable(args[0]!);
    const stored = await whatIsStored(context);
    const drop = await prepareDrop(
      {
        file: args[0]!,
        kind: choiceOf(values, "kind", LIST_KINDS),
        list: typeof values.list === "string" ? values.list : undefined,
      },
      { ...NOWHERE, lists: [...stored.lists.values()] },
    );
    const records = await readTable(table);
    const rows = records.data + records.blank + records.footer + records.malformed;
    const quoted: Quoted = { ...stored, kind: drop.kind, rows, bytes: drop.size };
    const cost = costOf(quotedUsage(quoted));
    const accounts = stored.stored + (drop.kind === "accounts" ? records.data : 0);
    const idle = idleCost(
      stageResources({
        platforms: AD_PLATFORMS.length,
        customerKey: context.stage === "prod",
        accounts,
        refresh: refreshUsage({ ...stored, stored: accounts }),
      }),
    );
    const seconds = Math.round(quotedSeconds(rows, availableParallelism()) * 10) / 10;
    // Only reference lists enrich for now: nothing is looked up for money.
    const document = {
      file: drop.fileName,
      kind: drop.kind,
      list: drop.list,
      rows: records.data,
      records: { ...records },
      lookups: 0,
      money: 0,
      aws: { ...costDocument(cost), idleMonth: { usd: usd(idle.amount), services: byService(idle.lines) } },
      seconds,
    };
    if (out.json) out.document(document);
    else if (out.jsonl) out.line(document);
    else show(document, records, cost, idle, out);
    return 0;
  },
};

/** What the place holds that a run would have to look at; nothing where nothing has been run. */
async function whatIsStored(context: CommandContext) {
  const known = context.stage !== null || Home.exists(context.homePath);
  const place = known ? await context.workplace() : null;
  const texts = place ? await place.configuration() : readConfiguration(context.homePath);
  return {
    lists: new Map(((await place?.ports.runs.lists()) ?? []).map((list) => [list.id, list] as const)),
    stored: (await place?.ports.accounts.count()) ?? 0,
    suppressed: ((await place?.ports.accounts.suppressionCount()) ?? 0) > 0,
    audiences: compileConfiguration(texts).audiences.all.length,
    settings: place?.ports.settings ?? RUN_SETTINGS,
  };
}

function byService(lines: readonly IdleLine[]): Record<string, number> {
  const services: Record<string, number> = {};
  for (const { service, amount } of lines) services[service] = (services[service] ?? 0) + usd(amount);
  return services;
}

interface Shown {
  file: string;
  kind: string;
  list: string;
  seconds: number;
}

function show(
  { file, kind, list, seconds }: Shown,
  records: RecordCounts,
  cost: Cost,
  idle: ReturnType<typeof idleCost>,
  out: Output,
): void {
  out.text(`${file}: ${countText(records.data, "row")} of ${kind}, for the list ${list}`);
  out.text(`  look-ups   none that cost money`);
  out.text(`  time       about ${seconds < 10 ? seconds : Math.round(seconds)} s on this machine`);
  out.text(
    `  on AWS     about ${usdText(cost.amount)} until the run is closed, at the list prices of ${cost.prices} in ${cost.region}`,
  );
  out.text();
  out.table(
    ["service", "USD", "units"],
    cost.services.map(({ service, amount, lines }) => [
      service,
      usdText(amount),
      lines.map(({ what, quantity }) => `${numberText(Math.round(quantity))} ${what}`).join(", "),
    ]),
  );
  out.text();
  out.text(`A stage with these accounts in which nothing is dropped costs about ${usdText(idle.amount)} a month:`);
  out.table(
    ["service", "USD a month", "units", "of"],
    idle.lines.map(({ service, what, quantity, amount }) => [service, usdText(amount), quantity, what]),
  );
}
