import type { RegisteredOperation } from "../operations/registry.ts";
import { writeJson } from "../operations/run-context.ts";
import type { Ports } from "../ports.ts";
import { plainUsage } from "./cost-of.ts";
import { addUsage, type Meter, type MeteredUnit, type Usage } from "./meter.ts";
import { type UsageObject, usageKey } from "./usage-objects.ts";

/** The function that runs a task, or would run it. */
export interface LambdaSize {
  memoryMb: number;
  /**
   * On a laptop: the calls that AWS would have been asked take no time here, so their time is added as an estimate; and what the tasks of an
   * iteration used waits here, by run, for its last one, to be written with it.
   */
  estimated?: Map<string, UsageObject[]>;
}

/** Operations after which another follows in the same iteration, and so in the same thread of a laptop. */
const FOLLOWED: ReadonlySet<string> = new Set([
  "resolve-partition",
  "merge-partition",
  "classify-partition",
  "score-partition",
  "place-partition",
]);

/** Memory of a function where nothing else is said: that of one whole processor ("Configure Lambda function memory", 1,769 MB) [design]. */
export const LAMBDA_MEMORY_MB = 1769;

/**
 * Milliseconds of a function for each unit used, as far as it waits for nothing else meanwhile [design]: writes go out 64 at a time and
 * cost mostly the processor's time, reads come in pages, objects one by one.
 */
const MILLISECONDS: Partial<Record<MeteredUnit, number>> = {
  "dynamodb.write": 0.5,
  "dynamodb.read": 0.2,
  "s3.put": 30,
  "s3.get": 20,
  "s3.list": 30,
  "sqs.request": 10,
  "eventBridge.event": 10,
  "secrets.request": 20,
};

/** What Lambda asks for in the name of a function: its poller receives each message and deletes it. */
const POLLED: Readonly<Record<string, Usage>> = { "deliver-push": { "sqs.request": 2 } };

/** What a function asks for beside its operation when its container is new: on a laptop counted for every task, which is the most. */
const ASKED_ONCE: Readonly<Record<string, Usage>> = { "import-list": { "secrets.request": 1 } };

/**
 * Performs an operation and writes down beside its run what it used: the calls that the meter counted, the request and the GB-seconds of its
 * function. A failed attempt is written down too, for AWS charges for it. Tasks that belong to no run are not written down.
 */
export async function performMetered(
  operation: RegisteredOperation,
  ports: Ports,
  meter: Meter,
  input: unknown,
  lambda: LambdaSize,
): Promise<unknown> {
  const startedAt = ports.clock.now();
  try {
    const output = await operation.perform(ports, input);
    await note(operation, ports, meter, input, lambda, startedAt, false);
    return output;
  } catch (error) {
    // What the attempt failed of is what counts, also where this cannot be noted.
    await note(operation, ports, meter, input, lambda, startedAt, true).catch(() => {});
    throw error;
  }
}

async function note(
  operation: RegisteredOperation,
  ports: Ports,
  meter: Meter,
  input: unknown,
  lambda: LambdaSize,
  startedAt: string,
  failed: boolean,
): Promise<void> {
  const runId = await runOf(ports, input);
  const milliseconds = Date.parse(ports.clock.now()) - Date.parse(startedAt);
  const asked = lambda.estimated ? (ASKED_ONCE[operation.id] ?? {}) : {};
  const calls = addUsage(meter.take(), POLLED[operation.id] ?? {}, asked, runId === null ? {} : { "s3.put": 1 });
  const usage = addUsage(calls, lambdaUsage(milliseconds + (lambda.estimated ? waiting(calls) : 0), lambda));
  if (runId === null) return;
  const used: UsageObject = { v: 1, operation: operation.id, failed, usage: plainUsage(usage) };
  const written = [...(lambda.estimated?.get(runId) ?? []), used];
  if (lambda.estimated && !failed && FOLLOWED.has(operation.id)) {
    lambda.estimated.set(runId, written);
    return;
  }
  lambda.estimated?.delete(runId);
  await writeJson(ports, usageKey(runId, operation.id, taskOf(input), startedAt), written);
  // The object says itself that it was written.
  meter.count("s3.put", -1);
}

/** One request and its GB-seconds; AWS charges begun milliseconds, one at least. */
export function lambdaUsage(milliseconds: number, { memoryMb }: LambdaSize): Usage {
  const charged = Math.max(1, Math.ceil(milliseconds));
  return { "lambda.request": 1, "lambda.gbSecond": (charged / 1000) * (memoryMb / 1024) };
}

/** Estimated milliseconds that a function spends on the calls of a usage. */
export function waiting(usage: Usage): number {
  let milliseconds = 0;
  for (const [unit, each] of Object.entries(MILLISECONDS)) milliseconds += (usage[unit as MeteredUnit] ?? 0) * each;
  return milliseconds;
}

/** The inputs of all operations, as far as they tell tasks apart. */
interface TaskInput {
  runId?: string;
  round?: number;
  range?: { index?: number };
  partition?: { partition?: number; round?: number };
  pushId?: string;
  chunk?: number;
}

/** The run that a task belongs to: a delivery belongs to the run that planned its push. */
async function runOf(ports: Ports, input: unknown): Promise<string | null> {
  const { runId, pushId } = (input ?? {}) as TaskInput;
  if (runId !== undefined) return runId;
  return pushId === undefined ? null : ((await ports.audiences.push(pushId))?.runId ?? null);
}

/** What tells a task apart from the others of its operation in a run. */
function taskOf(input: unknown): string {
  const { round, range, partition, pushId, chunk } = (input ?? {}) as TaskInput;
  const parts = [range?.index, partition?.partition, partition?.round ?? (partition ? undefined : round), pushId, chunk];
  return parts.filter((part) => part !== undefined).join("-");
}
