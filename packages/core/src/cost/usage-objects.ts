import { runKey } from "../operations/run-context.ts";
import type { Ports } from "../ports.ts";
import { plainUsage } from "./cost-of.ts";
import { addUsage, type Usage } from "./meter.ts";
import { stateTransitions, type TaskCounts } from "./transitions.ts";

/** What one attempt at a task used. An object under `runs/<runId>/` holds an array of them: on AWS one. */
export interface UsageObject {
  v: 1;
  operation: string;
  failed: boolean;
  usage: Usage;
}

/** Objects that are read at a time [design]. */
const READS = 32;

/** Before close-run adds up, and what comes after: close-run itself and deliveries. */
type Folder = "usage" | "late-usage";
const LATE: ReadonlySet<string> = new Set(["close-run", "deliver-push"]);

/** Where an attempt at a task writes what it used. `task` tells apart the tasks of one operation, `startedAt` the attempts at one task. */
export function usageKey(runId: string, operation: string, task: string, startedAt: string): string {
  const folder: Folder = LATE.has(operation) ? "late-usage" : "usage";
  const attempt = Date.parse(startedAt).toString(36);
  return runKey(runId, `${folder}/${operation}${task === "" ? "" : `-${task}`}-${attempt}.json`);
}

/** All that was written in a folder: the sum, and the attempts by operation. */
async function gather(ports: Ports, runId: string, folder: Folder): Promise<{ usage: Usage; tasks: TaskCounts }> {
  const keys = await ports.objects.list(runKey(runId, `${folder}/`));
  const usages: Usage[] = [];
  const tasks: Record<string, { done: number; failed: number }> = {};
  for (let at = 0; at < keys.length; at += READS) {
    const page = await Promise.all(keys.slice(at, at + READS).map((key) => ports.objects.get(key)));
    for (const bytes of page) {
      for (const { operation, failed, usage } of JSON.parse(Buffer.from(bytes).toString("utf8")) as UsageObject[]) {
        usages.push(usage);
        tasks[operation] ??= { done: 0, failed: 0 };
        tasks[operation][failed ? "failed" : "done"]++;
      }
    }
  }
  return { usage: addUsage(...usages), tasks };
}

/** What a run has used when it is being closed, its state transitions included; close-run's own usage and deliveries come later. */
export async function usageAtClose(ports: Ports, runId: string, end: "closed" | "failed"): Promise<Usage> {
  const [before, late] = await Promise.all([gather(ports, runId, "usage"), gather(ports, runId, "late-usage")]);
  const { "close-run": closing } = late.tasks;
  const tasks: TaskCounts = closing ? { ...before.tasks, "close-run": closing } : before.tasks;
  return plainUsage(addUsage(before.usage, { "stepFunctions.transition": stateTransitions(tasks, end) }));
}

/** What a closed run has used up to now, deliveries of its pushes included; null where it was not counted. */
export async function usageOfRun(ports: Ports, run: { runId: string; usage?: Usage | undefined }): Promise<Usage | null> {
  if (run.usage === undefined) return null;
  const late = await gather(ports, run.runId, "late-usage");
  return plainUsage(addUsage(run.usage, late.usage));
}
