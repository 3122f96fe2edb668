import { existsSync } from "node:fs";
import { InputError } from "@bullseye/core/errors";
import type { RunRecord } from "@bullseye/core/ledger/records";
import { compileConfiguration } from "@bullseye/core/operations/configuration";
import { runCalled } from "@bullseye/core/queries/lists";
import { type Home, type RunOutcome, readConfiguration } from "@bullseye/local";
import { expectWords, verbOf } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { homeOption, showRun } from "../run-result.ts";
import { print } from "./run.ts";

export const runsCommand: Command = {
  name: "runs",
  summary: "the runs, newest first; retry starts a failed one again",
  usage: "runs\nruns show ID\nruns retry ID",
  options: {},
  resumable: true,
  async run(context) {
    const { verb, args } = verbOf("runs", context.args, ["list", "show", "retry"]);
    if (verb === "list") {
      expectWords("runs", args, 0, 0, "nothing else");
      return list(await (await context.home()).ports.runs.runs(), context);
    }
    expectWords(`runs ${verb}`, args, 1, 1, "the id of a run");
    const home = await context.home();
    const run = await runCalled(home.ports, args[0]!);
    if (verb === "show") return show(run, context);
    compileConfiguration(readConfiguration(context.homePath));
    const outcome = await retry(run, home, context);
    context.progress?.end();
    print([outcome], context);
    return 0;
  },
};

function list(runs: readonly RunRecord[], context: CommandContext): number {
  const { out } = context;
  if (out.json) out.document({ runs });
  if (out.jsonl) for (const run of runs) out.line(run);
  if (runs.length === 0) out.text("There were no runs yet.");
  else {
    out.table(
      ["run", "started", "what", "status", "in", "accepted", "merged", "rejected", "created", "updated"],
      runs.map((run) => [
        run.runId,
        run.startedAt.slice(0, 19).replace("T", " "),
        run.list === null ? run.type : run.type === "undo" ? `undo ${run.list}` : run.list,
        run.status === "running" ? "not finished" : run.status,
        run.rows?.in ?? null,
        run.rows?.accepted ?? null,
        run.rows?.merged ?? null,
        run.rows?.rejected ?? null,
        run.accounts?.created ?? null,
        run.accounts?.updated ?? null,
      ]),
    );
    if (!out.json && !out.jsonl) out.note(`bullseye runs show ${runs[0]!.runId}${homeOption(context)} says more of one`);
  }
  return 0;
}

function show(run: RunRecord, context: CommandContext): number {
  const { out } = context;
  if (out.json) out.document({ runs: [run] });
  if (out.jsonl) out.line(run);
  if (run.status === "done") {
    const seconds = run.endedAt === undefined ? 0 : (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;
    showRun({ run, alreadyImported: false, seconds }, out);
  } else
    out.text(
      `${run.list ?? run.type}: ${run.status === "running" ? "not finished" : "failed"}; bullseye runs retry ${run.runId}${homeOption(context)} goes on with it`,
    );
  if (run.error) out.text(`  ${run.error.message}${run.error.hint ? `; ${run.error.hint}` : ""}`);
  for (const difference of run.differences ?? []) out.text(`  ${difference}`);
  return 0;
}

/** A failed run starts again as a new attempt, one that was cut short goes on where it stopped. */
async function retry(run: RunRecord, home: Home, context: CommandContext): Promise<RunOutcome> {
  if (run.status === "done")
    throw new InputError(`run ${run.runId} is done`, { hint: "only failed and unfinished runs are retried" });
  context.progress?.begin(run.list ?? run.type, home);
  if (run.type === "refresh") return home.refresh();
  if (run.type === "undo") return home.undo(run.list!);
  const key = run.input.key!;
  const file = home.ports.objects.path(key);
  if (!existsSync(file)) throw new InputError(`${key} is not there any more`, { hint: "run the file itself again" });
  const drop = await home.prepare({ file, kind: run.kind ?? undefined, list: run.list ?? undefined });
  if (drop.versionId !== run.input.versionId)
    throw new InputError(`${key} holds other bytes now`, { hint: "run that file: bullseye run FILE" });
  return home.run(drop);
}
