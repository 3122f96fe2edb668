import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { InputError, isKnownError } from "@bullseye/core/errors";
import { LIST_KINDS } from "@bullseye/core/lists/kinds";
import { compileConfiguration } from "@bullseye/core/operations/configuration";
import { parseInboxKey } from "@bullseye/core/operations/split-list/split-list";
import { prepareDrop, type RunOutcome, readConfiguration } from "@bullseye/local";
import { expectWords } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { failureLine, failureOf } from "../failure.ts";
import { watchInbox } from "../inbox-watcher.ts";
import { runDocument } from "../run-result.ts";
import { countText, numberText } from "../terminal-output.ts";
import type { Workplace } from "../workplace.ts";

export const watchCommand: Command = {
  name: "watch",
  summary: "runs every file dropped into the inbox, until it is interrupted",
  usage: "watch [--jsonl]",
  options: {},
  homeOnly: "a stage runs by itself what is dropped into its bucket; bullseye run FILE --stage drops a file there",
  async run(context) {
    const { args, homePath, out } = context;
    expectWords("watch", args, 0, 0, "nothing else");
    if (out.json) throw new InputError("watch never ends, so it has no one document", { hint: "use --jsonl: one object a run" });
    compileConfiguration(readConfiguration(homePath));
    const place = await context.workplace({ create: true });
    const inbox = join(homePath, "inbox");
    for (const kind of LIST_KINDS) mkdirSync(join(inbox, kind), { recursive: true });
    const stop = new AbortController();
    const interrupt = (): void => stop.abort();
    process.once("SIGINT", interrupt);
    process.once("SIGTERM", interrupt);
    out.note(`watching ${inbox}/<kind>/[<list>/] for ${LIST_KINDS.join(", ")}; interrupt to end`);
    try {
      await watchInbox({ inbox, signal: stop.signal, onFile: (path) => runFile(context, place, path) });
    } finally {
      process.off("SIGINT", interrupt);
      process.off("SIGTERM", interrupt);
    }
    return 0;
  },
};

/** Runs one file of the inbox; false asks for it again. A bad file is said once and left alone until it changes. */
async function runFile(context: CommandContext, place: Workplace, path: string): Promise<boolean> {
  const { out } = context;
  try {
    const { kind, list } = parseInboxKey(`inbox/${path}`);
    const { ports } = place;
    const file = join(context.homePath, "inbox", path);
    const drop = await prepareDrop({ file, kind, list }, { lists: await ports.runs.lists(), ports });
    context.progress?.begin(drop.fileName, place);
    const outcome = await place.run(drop);
    context.progress?.end();
    if (outcome.alreadyImported) return true;
    if (out.jsonl) out.line(runDocument(outcome));
    else out.text(lineOf(path, outcome));
    return true;
  } catch (error) {
    context.progress?.end();
    const { code: _, ...said } = failureOf(error);
    if (out.jsonl) out.line({ file: path, error: said });
    else out.text(`${path}: ${failureLine({ ...said, code: 1 })}`);
    return !(isKnownError(error) && error.name === "TransientError");
  }
}

function lineOf(path: string, { run, seconds }: RunOutcome): string {
  const { in: read = 0, accepted = 0, merged = 0, rejected = 0 } = run.rows ?? {};
  const waiting = (run.audiences ?? []).filter((each) => each.awaitingApproval).length;
  const parts = [countText(read, "row"), `${numberText(accepted)} accepted`];
  if (merged > 0) parts.push(`${numberText(merged)} merged`);
  if (rejected > 0) parts.push(`${numberText(rejected)} rejected (${run.rejects})`);
  parts.push(`${countText(run.accounts?.created ?? 0, "account")} created`, `${numberText(run.accounts?.updated ?? 0)} updated`);
  if (waiting > 0) parts.push(`${countText(waiting, "audience plan")} waiting for approval`);
  return `${path}: ${parts.join(", ")} in ${seconds.toFixed(1)} s`;
}
