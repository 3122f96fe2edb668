import { approvePlan, waitingPlans } from "@bullseye/core/audiences/approve";
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
import { homeOption, runDocument, showApproval, showRun } from "../run-result.ts";
import { openTable, readTable } from "../table-file.ts";

export const runCommand: Command = {
  name: "run",
  summary: "drops files and runs the workflow to its end",
  usage: "run FILE… [--kind KIND] [--list NAME] [--mode append|snapshot] [--source CLASS] [--approve]",
  options: {
    kind: { type: "string" },
    list: { type: "string" },
    mode: { type: "string" },
    source: { type: "string" },
    approve: { type: "boolean" },
  },
  describe: {
    kind: `KIND   ${LIST_KINDS.join(", ")}; by default what the header says`,
    list: "NAME   the list that the file belongs to; by default named after the file",
    mode: "MODE   append adds; snapshot also withdraws what the list no longer says",
    source: `CLASS  where the list comes from: ${ORIGINS.join(", ")}; unknown ones are never activated`,
    approve: "lets the plans go that wait for approval",
  },
  resumable: true,
  async run(context) {
    const { args, values } = context;
    expectWords("run", args, 1, Number.POSITIVE_INFINITY, "a file");
    if (values.list !== undefined && args.length > 1)
      throw new InputError("--list names one list, and several files are given", {
        hint: "run them one by one, or leave --list out",
      });
    const { home, drops } = await prepareAll(
      context,
      args.map((file) => dropOptions(file, values)),
    );
    const outcomes: RunOutcome[] = [];
    try {
      for (const drop of drops) {
        context.progress?.begin(drop.fileName, home);
        outcomes.push(await home.run(drop));
        context.progress?.end();
      }
    } catch (error) {
      return failed(error, outcomes, context);
    }
    if (values.approve === true) await approveAll(home, outcomes);
    const result = await settled(home, outcomes);
    print(result, context);
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
  };
}

/** Looks at every file and at the rules before anything is stored; a home that does not exist yet is made only then. */
export async function prepareAll(
  context: CommandContext,
  options: readonly DropOptions[],
): Promise<{ home: Home; drops: PreparedDrop[] }> {
  compileConfiguration(readConfiguration(context.homePath));
  const known = Home.exists(context.homePath) ? await context.home() : null;
  const drops: PreparedDrop[] = [];
  for (const each of options) {
    const drop = known ? await known.prepare(each) : prepareDrop(each, () => null);
    if (drop.size <= READING_LIMITS.headBytes) await refuseWithoutRows(drop);
    drops.push(drop);
  }
  return { home: known ?? (await context.home({ create: true })), drops };
}

/** A larger file without rows is refused when it is cut into ranges; small ones before a home is made for them. */
async function refuseWithoutRows(drop: PreparedDrop): Promise<void> {
  const { data, malformed } = await readTable(openTable(drop.path));
  if (data + malformed === 0)
    throw new InputError(`${drop.fileName} has a header and no rows`, { hint: "export it again with its data" });
}

/** Lets every waiting plan go and delivers. */
async function approveAll(home: Home, outcomes: readonly RunOutcome[]): Promise<void> {
  const { ports } = home;
  for (const { planHash } of await waitingPlans(ports)) await queuePush(ports, await approvePlan(ports, planHash));
  const last = await ports.runs.run(outcomes.at(-1)!.run.runId);
  if (last) await home.deliver(last);
}

/** An approval that could not be carried out is no failure of the run, and is not passed over either. */
function noteParked(outcomes: readonly RunOutcome[], { out }: CommandContext): void {
  for (const { id, parkedReason } of outcomes.at(-1)?.run.audiences ?? [])
    if (parkedReason !== undefined) out.note(`${id} was approved and not delivered: ${parkedReason}`);
}

/** What became of the audiences by now: later files and approvals overtake what the first run said. */
async function settled(home: Home, outcomes: readonly RunOutcome[]): Promise<RunOutcome[]> {
  const result: RunOutcome[] = [];
  for (const outcome of outcomes) {
    const audiences = [];
    for (const each of outcome.run.audiences ?? []) audiences.push(await withDelivery(home.ports, each));
    result.push({ ...outcome, run: { ...outcome.run, audiences } });
  }
  return result;
}

/** Prints finished runs as `run`, `refresh` and `runs retry` do. */
export function print(outcomes: readonly RunOutcome[], context: CommandContext): void {
  const { out } = context;
  if (out.json) out.document({ runs: outcomes.map(runDocument) });
  for (const [at, outcome] of outcomes.entries()) {
    if (out.jsonl) out.line(runDocument(outcome));
    if (at > 0) out.text();
    showRun(outcome, out, at === outcomes.length - 1);
  }
  if (outcomes.length > 0) showApproval(outcomes.at(-1)!.run, homeOption(context), out);
}

/** What was finished before one file failed stays done, and is said before the error is. */
function failed(error: unknown, outcomes: readonly RunOutcome[], context: CommandContext): number {
  const { out } = context;
  context.progress?.end();
  if (outcomes.length === 0) throw error;
  if (!out.json) {
    print(outcomes, context);
    throw error;
  }
  const { code, ...said } = failureOf(error);
  out.document({ runs: outcomes.map(runDocument), error: said });
  return code;
}
