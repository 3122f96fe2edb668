import { join, relative } from "node:path";
import { InputError } from "@bullseye/core/errors";
import { ORIGINS } from "@bullseye/core/lists/kinds";
import { compileConfiguration } from "@bullseye/core/operations/configuration";
import { type ListVersionView, type ListView, listView, listViews } from "@bullseye/core/queries/lists";
import { choiceOf, expectWords, type Values, verbOf } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { placeOption, runDocument, showApproval, showRun } from "../run-result.ts";
import { countText } from "../terminal-output.ts";

export const listsCommand: Command = {
  name: "lists",
  summary: "the lists, their versions and sources; set describes one, undo withdraws one",
  usage:
    "lists [--tag TAG] [--owner OWNER]\nlists show LIST\nlists set LIST [--name NAME] [--owner OWNER] [--tag TAG]… [--untag TAG]… [--source CLASS]\nlists undo LIST [--version N]",
  options: {
    name: { type: "string" },
    owner: { type: "string" },
    tag: { type: "string", multiple: true },
    untag: { type: "string", multiple: true },
    source: { type: "string" },
    version: { type: "string" },
  },
  describe: {
    name: "NAME   how people call the list",
    owner: "OWNER  the role or team whose list it is; without set, only lists of that one",
    tag: "TAG    a word to find the list by; without set, only lists with all of them",
    untag: "TAG    takes a tag away",
    source: `CLASS  where the list comes from: ${ORIGINS.join(", ")}; every account is looked at again`,
    version: "N    withdraws that version alone",
  },
  resumable: true,
  async run(context) {
    const { values } = context;
    const { verb, args } = verbOf("lists", context.args, ["list", "show", "set", "undo"]);
    refuseOptions(verb, values);
    if (verb === "list") {
      expectWords("lists", args, 0, 0, "nothing else");
      const { tag, owner } = values as { tag?: string[]; owner?: string };
      return print(await listViews((await context.workplace()).ports, { tags: tag, owner }), context);
    }
    expectWords(`lists ${verb}`, args, 1, 1, "the name of a list");
    const place = await context.workplace();
    const view = await listView(place.ports, args[0]!);
    if (verb === "show") return print([view], context);
    compileConfiguration(await place.configuration());
    if (verb === "set") {
      const { name, owner, tag, untag } = values as { name?: string; owner?: string; tag?: string[]; untag?: string[] };
      const origin = choiceOf(values, "source", ORIGINS);
      if ([name, owner, tag, untag, origin].every((each) => each === undefined))
        throw new InputError("lists set needs something to set", { hint: "bullseye help lists shows what" });
      context.progress?.begin(`looking at all accounts under the source of ${view.id}`, place);
      await place.describe(view.id, { name, owner, tags: tag, untag, origin });
      context.progress?.end();
      return print([await listView(place.ports, view.id)], context);
    }
    context.progress?.begin(`undo of ${view.id}`, place);
    const outcome = await place.undo(view.id, versionOf(values));
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

const OPTIONS_OF: Readonly<Record<string, readonly string[]>> = {
  list: ["tag", "owner"],
  show: [],
  set: ["name", "owner", "tag", "untag", "source"],
  undo: ["version"],
};

function refuseOptions(verb: string, values: Values): void {
  for (const option of ["name", "owner", "tag", "untag", "source", "version"])
    if (values[option] !== undefined && !OPTIONS_OF[verb]!.includes(option))
      throw new InputError(`bullseye lists ${verb === "list" ? "" : `${verb} `}has no option --${option}`, {
        hint: "bullseye help lists shows how it is called",
      });
}

function versionOf({ version }: Values): number | undefined {
  if (typeof version !== "string") return undefined;
  if (!/^[1-9]\d{0,8}$/.test(version))
    throw new InputError(`--version ${version} is no version`, { hint: "write a number, like 2" });
  return Number(version);
}

function print(views: readonly ListView[], context: CommandContext): number {
  const { out } = context;
  if (out.json) out.document({ lists: views });
  if (out.jsonl) for (const view of views) out.line(view);
  if (views.length === 0) out.text("There are no such lists.");
  else if (views.length === 1) showOne(views[0]!, context);
  else
    out.table(
      ["list", "name", "kind", "mode", "source", "owner", "tags", "versions", "standing rows", "open rejects", "last file"],
      views.map((view) => [
        view.id,
        view.name ?? null,
        view.kind,
        view.mode,
        view.source.origin,
        view.owner ?? null,
        view.tags?.join(", ") ?? null,
        view.versions.length,
        view.standingRows,
        view.openRejects.reduce((sum, { rows }) => sum + rows, 0),
        view.versions.at(-1)?.file ?? null,
      ]),
    );
  return 0;
}

function showOne(view: ListView, context: CommandContext): void {
  const { out } = context;
  const place = placeOption(context);
  const { relationship, consentBasis, defaultCountry } = view.source;
  const declared = [view.source.origin, relationship, consentBasis, defaultCountry].filter((each) => each !== undefined);
  const called = view.name === undefined ? view.id : `${view.name} (${view.id})`;
  out.text(`${called}: ${view.kind}, ${view.mode}, source ${declared.join(", ")}`);
  if (view.owner !== undefined) out.text(`Owner: ${view.owner}`);
  if (view.tags !== undefined) out.text(`Tags: ${view.tags.join(", ")}`);
  if (view.source.origin === "unknown")
    out.text(
      `Nobody declared where it comes from, so it is scored and never activated: bullseye lists set ${view.id} --source CLASS${place}`,
    );
  out.table(
    ["version", "file", "as of", "status", "in", "accepted", "merged", "rejected", "run"],
    view.versions.map((each) => [
      each.version,
      each.file,
      each.asOf,
      statusOf(each),
      each.rows?.in ?? null,
      each.rows?.accepted ?? null,
      each.rows?.merged ?? null,
      each.rows?.rejected ?? null,
      each.runId,
    ]),
  );
  for (const { version, file, rows, rejects } of view.openRejects) {
    out.text(`Open: ${countText(rows, "row")} of ${file} (version ${version}) ${rows === 1 ? "was" : "were"} rejected.`);
    if (rejects === null) continue;
    const [where, dropped] = context.stage === null ? [fileIn(context, rejects), fileIn(context, rejects)] : [rejects, "FILE"];
    out.text(`  Correct ${rows === 1 ? "it" : "some or all"} in ${where} and drop that file: bullseye run ${dropped}${place}`);
  }
}

const fileIn = ({ cwd, homePath }: CommandContext, key: string): string => relative(cwd, join(homePath, key));

function statusOf({ status, replaces, replacedBy, correction, file }: ListVersionView): string {
  if (replacedBy !== undefined) return `replaced by ${replacedBy}`;
  if (correction?.file === file) return `${status}, corrects ${replaces}`;
  return replaces === undefined ? status : `${status}, reads ${replaces} anew`;
}
