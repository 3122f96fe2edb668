import type { RunRecord } from "@bullseye/core/ledger/records";
import { closeRun } from "@bullseye/core/operations/close-run/close-run";
import { perform } from "@bullseye/core/operations/operation";
import { TURN } from "@bullseye/core/operations/take-turn/take-turn";
import type { Ports } from "@bullseye/core/ports";
import type { Executions } from "./executions.ts";
import type { ExecutionStatusChanged } from "./received-events.ts";

/** What was found: the run is still `running` (it was redriven), was `closed` before, is `unknown`, or was `settled` just now. */
export type Settled = "running" | "closed" | "unknown" | "settled";

/**
 * Closes a run whose execution ended without closing it (it was stopped, it timed out, or closing failed too), and gives its turn to the
 * next. The event is some minutes old by then, so Step Functions are asked how the execution stands now.
 */
export async function settleRun(
  ports: Ports,
  executions: Pick<Executions, "describe">,
  { detail }: ExecutionStatusChanged,
): Promise<Settled> {
  const execution = await executions.describe(detail.executionArn);
  if (execution?.status === "RUNNING") return "running";
  const runId = detail.name;
  const run = await ports.runs.run(runId);
  if (!run) return "unknown";
  if (execution?.status === "SUCCEEDED" || (await isClosed(ports, run))) {
    await ports.leases.release(TURN, runId);
    return "closed";
  }
  const error = run.error
    ? { Error: run.error.name, Cause: run.error.message }
    : { Error: execution?.error ?? detail.status, Cause: execution?.cause ?? endedWords(detail.status) };
  await perform(closeRun, ports, { runId, failed: true, error });
  return "settled";
}

/** Whether nothing is left to do for a run; one that was cut short while it was closed as failed still has an open version. */
async function isClosed(ports: Ports, run: RunRecord): Promise<boolean> {
  if (run.status === "done") return true;
  if (run.status !== "failed") return false;
  const list = run.list === null ? null : await ports.runs.list(run.list);
  return !list?.versions.some((each) => each.runId === run.runId && each.status === "running");
}

function endedWords(status: string): string {
  if (status === "ABORTED") return "the execution was stopped by a person";
  if (status === "TIMED_OUT") return "the execution ran out of time";
  return "the execution ended without closing its run";
}
