import { hash } from "node:crypto";
import { approvePlan, waitingPlans } from "@bullseye/core/audiences/approve";
import { whenAudienceIsFree } from "@bullseye/core/audiences/audience-lease";
import { withDelivery } from "@bullseye/core/audiences/counts";
import { InputError } from "@bullseye/core/errors";
import { LIST_KINDS, ORIGINS } from "@bullseye/core/lists/kinds";
import { READING_LIMITS } from "@bullseye/core/lists/reading/limits";
import { compileConfiguration } from "@bullseye/core/operations/configuration";
import { queuePush } from "@bullseye/core/operations/queue-pushes/queue-pushes";
import { type DropOptions, Home, type PreparedDrop, prepareDrop, type RunOutcome, readConfiguration } from "@bullseye/local";
import { choiceOf, expectWords, type Values } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { failureOf } from "../failure.ts";
import { placeOption, runDocument, showApproval, showRun } from "../run-result.ts";
import { openTable, readTable } from "../table-file.ts";
import type { Workplace } from "../workplace.ts";

export const runCommand: Command = {
  name: "run",
  summary: "drops files and runs the workflow to its end",
  usage:
    "run FILE… [--kind KIND] [--list NAME] [--mode append|snapshot] [--source CLASS] [--sheet SHEET] [--owner OWNER] [--tag TAG]… [--approve]",
  options: {
    kind: { type: "string" },
    list: { type: "string" },
    mode: { type: "string" },
    source: { type: "string" },
    sheet: { type: "string" },
    owner: { type: "string" },
    tag: { type: "string", multiple: true },
    approve: { type: "boolean" },
  },
  describe: {
    kind: `KIND   ${LIST_KINDS.join(", ")}; by default what the header says`,
    list: "NAME   the list that the files belong to; by default named after the file, or where rejects came from",
    mode: "MODE   append adds; snapshot also withdraws what the list no longer says: all files given are one snapshot",
    source: `CLASS  where the list comes from: ${ORIGINS.join(", ")}; unknown ones are never activated`,
    sheet: "SHEET  the sheet of a workbook, or the table of a zip archive",
    owner: "OWNER  the role or team whose list it is",
    tag: "TAG    a word to find the list by; may be given again",
    approve: "lets the plans go that wait for approval",
  },
  resumable: true,
  async run(context) {
    const { args, values } = context;
    if (context.stage !== null && context.asOf !== undefined)
      throw new InputError("on a stage a file counts as of the day on which it is dropped", {
        hint: "leave --as-of out; bullseye refresh --as-of DAY looks at all accounts as of another",
      });
    expectWords("run", args, 1, Number.POSITIVE_INFINITY, "a file");
    const { place, drops } = await prepareAll(
      context,
      args.map((file) => dropOptions(file, values)),
    );
    const outcomes: RunOutcome[] = [];
    try {
      for (const drop of drops) {
        context.progress?.begin(drop.fileName, place);
        outcomes.push(await place.run(drop));
        context.progress?.end();
      }
    } catch (error) {
      return failed(error, outcomes, place, context);
    }
    if (values.approve === true) await approveAll(place, outcomes);
    const result = await settled(place, outcomes);
    print(result, place, context);
    if (values.approve === true) noteParked(result, context);
    return 0;
  },
};

/** The flags of `run` as a drop. */
function dropOptions(file: string, values: Values): DropOptions {
  return {
    file,
    kind: choiceOf(values, "kind", LIST_KINDS),
    list: typeof values.list === "string" ? values.list : undefined,
    mode: choiceOf(values, "mode", ["append", "snapshot"]),
    origin: choiceOf(values, "source", ORIGINS),
    sheet: values.sheet as string | undefined,
    owner: values.owner as string | undefined,
    tags: values.tag as string[] | undefined,
  };
}

/** Looks at every file and at the rules before anything is stored; a home that does not exist yet is made only then. */
export async function prepareAll(
  context: CommandContext,
  options: readonly DropOptions[],
): Promise<{ place: Workplace; drops: PreparedDrop[] }> {
  const known = context.stage !== null || Home.exists(context.homePath) ? await context.workplace() : null;
  compileConfiguration(known ? await known.configuration() : readConfiguration(context.homePath));
  const found = known ? { lists: await known.ports.runs.lists(), ports: known.ports } : { lists: [], ports: null };
  const drops: PreparedDrop[] = [];
  for (const each of options) {
    const drop = await prepareDrop(each, found);
    if (drop.size <= READING_LIMITS.headBytes) await refuseWithoutRows(drop);
    drops.push(drop);
  }
  joinSnapshots(drops);
  return { place: known ?? (await context.workplace({ create: true })), drops };
}

/** Files of one list that are given together are one snapshot: none of them withdraws what another says. */
function joinSnapshots(drops: readonly PreparedDrop[]): void {
  for (const { list } of drops) {
    const mates = drops.filter(
      (each) => each.list === list && each.sidecar.mode === "snapshot" && each.sidecar.batch === undefined,
    );
    if (mates.length < 2) continue;
    const batch = hash(
      "sha256",
      mates
        .map(({ versionId }) => versionId)
        .sort()
        .join(),
      "hex",
    ).slice(0, 20);
    for (const mate of mates) mate.sidecar.batch = batch;
  }
}

/** A larger file without rows is refused when it is cut into ranges; small ones before a home is made for them. */
async function refuseWithoutRows(drop: PreparedDrop): Promise<void> {
  const { data, malformed } = await readTable(await openTable(drop.path, drop.sidecar.sheet));
  if (data + malformed === 0)
    throw new InputError(`${drop.fileName} has a header and no rows`, { hint: "export it again with its data" });
}

/** Lets every waiting plan go and delivers. */
async function approveAll(place: Workplace, outcomes: readonly RunOutcome[]): Promise<void> {
  const { ports } = place;
  for (const { planHash } of await waitingPlans(ports)) {
    const push = await approvePlan(ports, planHash);
    await whenAudienceIsFree(ports, push.audience, `by-hand ${ports.clock.now()}`, () => queuePush(ports, push));
  }
  const last = await ports.runs.run(outcomes.at(-1)!.run.runId);
  if (last) await place.settle(last);
}

/** An approval that could not be carried out is no failure of the run, and is not passed over either. */
function noteParked(outcomes: readonly RunOutcome[], { out }: CommandContext): void {
  for (const { id, parkedReason } of outcomes.at(-1)?.run.audiences ?? [])
    if (parkedReason !== undefined) out.note(`${id} was approved and not delivered: ${parkedReason}`);
}

/** What became of the audiences by now: later files and approvals overtake what the first run said. */
async function settled(place: Workplace, outcomes: readonly RunOutcome[]): Promise<RunOutcome[]> {
  const result: RunOutcome[] = [];
  for (const outcome of outcomes) {
    const audiences = [];
    for (const each of outcome.run.audiences ?? []) audiences.push(await withDelivery(place.ports, each));
    result.push({ ...outcome, run: { ...outcome.run, audiences } });
  }
  return result;
}

/** Prints finished runs as `run`, `refresh` and `runs retry` do. */
export function print(outcomes: readonly RunOutcome[], place: Workplace, context: CommandContext): void {
  const { out } = context;
  const locate = (key: string): string => place.locate(key);
  if (out.json) out.document({ runs: outcomes.map((each) => runDocument(each, locate)) });
  for (const [at, outcome] of outcomes.entries()) {
    if (out.jsonl) out.line(runDocument(outcome, locate));
    if (at > 0) out.text();
    showRun(outcome, out, at === outcomes.length - 1, locate);
  }
  if (outcomes.length > 0) showApproval(outcomes.at(-1)!.run, placeOption(context), out);
}

/** What was finished before one file failed stays done, and is said before the error is. */
function failed(error: unknown, outcomes: readonly RunOutcome[], place: Workplace, context: CommandContext): number {
  const { out } = context;
  context.progress?.end();
  if (outcomes.length === 0) throw error;
  if (!out.json) {
    print(outcomes, place, context);
    throw error;
  }
  const { code, ...said } = failureOf(error);
  out.document({ runs: outcomes.map((each) => runDocument(each, (key) => place.locate(key))), error: said });
  return code;
}
