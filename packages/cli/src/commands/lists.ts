import { compileConfiguration } from "@bullseye/core/operations/configuration";
import { type ListView, listView, listViews } from "@bullseye/core/queries/lists";
import { expectWords, verbOf } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { placeOption, runDocument, showApproval, showRun } from "../run-result.ts";

export const listsCommand: Command = {
  name: "lists",
  summary: "the lists, their versions and sources; undo withdraws one",
  usage: "lists\nlists show LIST\nlists undo LIST",
  options: {},
  resumable: true,
  async run(context) {
    const { verb, args } = verbOf("lists", context.args, ["list", "show", "undo"]);
    if (verb === "list") {
      expectWords("lists", args, 0, 0, "nothing else");
      const views = await listViews((await context.workplace()).ports);
      return print(views, context);
    }
    expectWords(`lists ${verb}`, args, 1, 1, "the name of a list");
    const place = await context.workplace();
    const view = await listView(place.ports, args[0]!);
    if (verb === "show") return print([view], context);
    compileConfiguration(await place.configuration());
    context.progress?.begin(`undo of ${view.id}`, place);
    const outcome = await place.undo(view.id);
    context.progress?.end();
    const { out } = context;
    const after = await listView(place.ports, view.id);
    const locate = (key: string): string => place.locate(key);
    if (out.json) out.document({ lists: [after], run: runDocument(outcome, locate) });
    else if (out.jsonl) out.line({ ...after, run: runDocument(outcome, locate) });
    showRun(outcome, out, true, locate);
    showApproval(outcome.run, placeOption(context), out);
    return 0;
  },
};

function print(views: readonly ListView[], { out }: CommandContext): number {
  if (out.json) out.document({ lists: views });
  if (out.jsonl) for (const view of views) out.line(view);
  if (views.length === 0) out.text("There are no lists yet.");
  else if (views.length === 1) showOne(views[0]!, out);
  else
    out.table(
      ["list", "kind", "mode", "source", "versions", "standing rows", "last file"],
      views.map((view) => [
        view.id,
        view.kind,
        view.mode,
        view.source.origin,
        view.versions.length,
        view.standingRows,
        view.versions.at(-1)?.file ?? null,
      ]),
    );
  return 0;
}

function showOne(view: ListView, out: CommandContext["out"]): void {
  const { relationship, consentBasis, defaultCountry } = view.source;
  const declared = [view.source.origin, relationship, consentBasis, defaultCountry].filter((each) => each !== undefined);
  out.text(`${view.id}: ${view.kind}, ${view.mode}, source ${declared.join(", ")}`);
  if (view.source.origin === "unknown")
    out.text("Nobody declared where it comes from, so it is scored and never activated: run it again with --source.");
  out.table(
    ["version", "file", "as of", "status", "in", "accepted", "merged", "rejected", "run"],
    view.versions.map(({ version, file, asOf, status, rows, runId }) => [
      version,
      file,
      asOf,
      status,
      rows?.in ?? null,
      rows?.accepted ?? null,
      rows?.merged ?? null,
      rows?.rejected ?? null,
      runId,
    ]),
  );
}
