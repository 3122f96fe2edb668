import { forgetContainers } from "@bullseye/functions/container";
import type { TaskRunner } from "@bullseye/local/engine/task-runner";
import { type PlannedCrash, watchSdk } from "./sdk-calls.ts";
import type { TestStage } from "./support.ts";

/** Calls that change something. */
const WRITES = new Set([
  "PutObject",
  "CreateMultipartUpload",
  "CompleteMultipartUpload",
  "DeleteObject",
  "DeleteObjects",
  "PutItem",
  "UpdateItem",
  "DeleteItem",
  "BatchWriteItem",
  "SendMessageBatch",
  "PutEvents",
  "PutSecretValue",
  "StartExecution",
]);

/** More writes than any invocation of a test makes. */
const MOST_WRITES = 400;

const never = (): Promise<never> => new Promise(() => {});

/** Lets planned crashes happen, until the answer is called: the chosen write, and all calls after it, never come back. */
export function armCrashes(): () => void {
  return watchSdk(async (call, { crash }, send) => {
    if (!crash) return send();
    if (crash.writes >= crash.at) return never();
    if (!WRITES.has(call.command)) return send();
    const mine = ++crash.writes;
    if (mine < crash.at) return send();
    if (crash.when === "after") await send();
    crash.happened();
    return never();
  });
}

/** What a stage's invocations came to. */
export interface Attempts {
  invocations: number;
  crashes: number;
  /** Every how manyth write is crashed at; every invocation of a function begins with another. */
  stride: number;
  begun: Map<string, number>;
}

/**
 * Calls a function again and again, as Lambda and Step Functions do with one that dies: the first time it dies at its first write, the
 * second time at its second (or some writes later, by the stride), until it comes to its end. Every call is a new container.
 */
export async function invokeThroughCrashes(
  stage: TestStage,
  functionId: string,
  event: unknown,
  when: PlannedCrash["when"],
  attempts: Attempts,
): Promise<unknown> {
  const begun = attempts.begun.get(functionId) ?? 0;
  attempts.begun.set(functionId, begun + 1);
  for (let at = 1 + (begun % attempts.stride); at <= MOST_WRITES; at += attempts.stride) {
    attempts.invocations++;
    let happened: () => void = () => {};
    const crashed = new Promise<"crashed">((resolve) => {
      happened = () => resolve("crashed");
    });
    const crash: PlannedCrash = { at, when, writes: 0, happened };
    const outcome = await Promise.race([
      crashed,
      stage.invoke(functionId, event, { functionId, crash }).then(
        (output) => ({ output }),
        (error: unknown) => ({ error }),
      ),
    ]);
    if (outcome === "crashed") {
      attempts.crashes++;
      forgetContainers();
      continue;
    }
    if ("error" in outcome) throw outcome.error;
    return outcome.output;
  }
  throw new Error(`${functionId} writes more than ${MOST_WRITES} times`);
}

/** Runs the tasks of an execution through crashes. */
export function crashingTasks(stage: TestStage, when: PlannedCrash["when"], attempts: Attempts): TaskRunner {
  return { workers: 1, run: (resource, input) => invokeThroughCrashes(stage, resource, input, when, attempts) };
}

/** Runs every task twice, as a redelivered event or an answer that was lost would. */
export function repeatingTasks(stage: TestStage): TaskRunner {
  return {
    workers: 1,
    run: async (resource, input) => {
      const first = await stage.invoke(resource, input);
      forgetContainers();
      const second = await stage.invoke(resource, input);
      if (JSON.stringify(second) !== JSON.stringify(first))
        throw new Error(`${resource} answered ${JSON.stringify(first)}, then ${JSON.stringify(second)}`);
      return second;
    },
  };
}
