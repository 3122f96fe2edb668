import type { RunRecord } from "@bullseye/core/ledger/records";
import { compileConfiguration } from "@bullseye/core/operations/configuration";
import { runCalled } from "@bullseye/core/queries/lists";
import { expectWords, verbOf } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { fetchFiles } from "../fetch-files.ts";
import { placeOption, runDocument, showRun } from "../run-result.ts";
import type { Workplace } from "../workplace.ts";
import { print } from "./run.ts";

export const runsCommand: Command = {
  name: "runs",
  summary: "the runs, newest first; retry starts a failed one again",
  usage: "runs\nruns show ID [--download DIR]\nruns retry ID",
  options: { download: { type: "string" } },
  describe: { download: "DIR   show: copies its report, its rejects and the files of its audiences there" },
  resumable: true,
  async run(context) {
    const { verb, args } = verbOf("runs", context.args, ["list", "show", "retry"]);
    if (verb === "list") {
      expectWords("runs", args, 0, 0, "nothing else");
      return list(await (await context.workplace()).ports.runs.runs(), context);
    }
    expectWords(`runs ${verb}`, args, 1, 1, "the id of a run");
    const place = await context.workplace();
    const run = await runCalled(place.ports, args[0]!);
    if (verb === "show") return show(run, place, context);
    compileConfiguration(await place.configuration());
    context.progress?.begin(run.list ?? run.type, place);
    const outcome = await place.retry(run);
    context.progress?.end();
    print([outcome], place, context);
    return 0;
  },
};

/** How a run stands, for people. */
const STANDING: Readonly<Record<RunRecord["status"], string>> = {
  waiting: "waits for the runs before it",
  running: "not finished",
  done: "done",
  failed: "failed",
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
        run.list === null ? run.type : run.type === "list" ? run.list : `${run.type} ${run.list}`,
        STANDING[run.status],
        run.rows?.in ?? null,
        run.rows?.accepted ?? null,
        run.rows?.merged ?? null,
        run.rows?.rejected ?? null,
        run.accounts?.created ?? null,
        run.accounts?.updated ?? null,
      ]),
    );
    if (!out.json && !out.jsonl) out.note(`bullseye runs show ${runs[0]!.runId}${placeOption(context)} says more of one`);
  }
  return 0;
}

async function show(run: RunRecord, place: Workplace, context: CommandContext): Promise<number> {
  const { out, values } = context;
  const locate = (key: string): string => place.locate(key);
  const files = [run.report, run.rejects, ...(run.audiences ?? []).flatMap((each) => each.files)].filter((key) => key != null);
  const downloaded = typeof values.download === "string" ? await fetchFiles(place.ports, files, values.download) : null;
  if (out.json || out.jsonl) {
    const { audiences, rejects, report } = runDocument({ run, alreadyImported: false, seconds: 0 }, locate);
    const document = { ...run, ...(run.audiences ? { audiences } : {}), rejects, report, ...(downloaded ? { downloaded } : {}) };
    if (out.json) out.document({ runs: [document] });
    else out.line(document);
  }
  if (run.status === "done") {
    const seconds = run.endedAt === undefined ? 0 : (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1000;
    showRun({ run, alreadyImported: false, seconds }, out, true, locate);
  } else
    out.text(
      `${run.list ?? run.type}: ${STANDING[run.status]}; bullseye runs retry ${run.runId}${placeOption(context)} goes on with it`,
    );
  if (run.error) out.text(`  ${run.error.message}${run.error.hint ? `; ${run.error.hint}` : ""}`);
  for (const difference of run.differences ?? []) out.text(`  ${difference}`);
  for (const path of downloaded ?? []) out.text(`  copied     ${path}`);
  return 0;
}
