import { BugError, TransientError } from "@bullseye/core/errors";
import { asPayload, assertRunning, IterationLost, type Scope } from "./engine.ts";
import { failureToError, namedFailure, StateFailure } from "./failure.ts";
import { MapQueue } from "./map-queue.ts";
import { type Outcome, writeResults } from "./map-results.ts";
import { caught, finish, inputOf, runIteration, type Step } from "./run-state.ts";
import { evaluate } from "./template.ts";
import type { MapState } from "./workflow.ts";

const LOST_WORKERS = 3; // [design] an iteration whose worker died this often is what kills it

/** Runs a Map. `unit` is its place in the journal: an iteration that is journalled there is not run again. */
export async function runMap(state: MapState, data: unknown, scope: Scope, unit: string): Promise<Step> {
  const input = inputOf(state, data, scope);
  try {
    const items = await readItems(state, input, scope);
    const inputs = items.map((value, index) => selectItem(state, input, value, index, scope));
    const outcomes = await runIterations(state, items, inputs, scope, unit);
    const result = await writeResults(state, input, inputs, outcomes, scope, unit);
    assertTolerated(state, outcomes);
    return { data: finish(state, input, result, scope), next: state.next };
  } catch (error) {
    return caught(state.catch, error, input, state.name);
  }
}

async function readItems(state: MapState, input: unknown, scope: Scope): Promise<unknown[]> {
  const { Key } = evaluate(state.reader, input, scope.context) as { Key: unknown };
  try {
    const items = await scope.run.objects.getJson(String(Key));
    if (!Array.isArray(items)) throw new BugError(`${Key}: the manifest is no JSON array`);
    return items;
  } catch (error) {
    throw namedFailure("States.ItemReaderFailed", error, `${state.name}: `);
  }
}

function selectItem(state: MapState, input: unknown, value: unknown, index: number, scope: Scope): unknown {
  if (state.itemSelector === null) return value;
  const context = { ...scope.context, Map: { Item: { Index: index, Value: value } } };
  return asPayload(evaluate(state.itemSelector, input, context), state.name);
}

async function runIterations(
  state: MapState,
  items: unknown[],
  inputs: unknown[],
  scope: Scope,
  unit: string,
): Promise<Outcome[]> {
  const { run } = scope;
  const total = items.length;
  const outcomes = items.map((_, index) => run.journal.get(`${unit}/${index}`) as Outcome | undefined);
  const queue = new MapQueue(Math.max(1, run.tasks.workers ?? 1));
  for (let index = total - 1; index >= 0; index -= 1) {
    if (outcomes[index] === undefined) queue.add(index, run.affinityOf?.(items[index], index) ?? null);
  }
  let done = outcomes.filter((outcome) => outcome !== undefined).length;
  let failures = countFailures(outcomes);
  let broken = false;
  run.onProgress?.({ state: state.name, done, total });

  const lane = async (): Promise<void> => {
    while (!broken && !exceeded(state, failures, total)) {
      const turn = queue.take();
      if (turn === null) return;
      const { index, affinity } = turn;
      try {
        const outcome = await runOne(state, inputs[index], scope, affinity);
        run.journal.put(`${unit}/${index}`, outcome);
        outcomes[index] = outcome;
        done += 1;
        if ("error" in outcome) failures += 1;
        run.onProgress?.({ state: state.name, done, total });
      } catch (error) {
        broken = true;
        throw error;
      } finally {
        queue.done(affinity);
      }
    }
  };
  const bound = Math.min(run.concurrency, state.maxConcurrency || Number.POSITIVE_INFINITY, Math.max(total - done, 1));
  const ends = await Promise.allSettled(Array.from({ length: bound }, lane));
  const fault = ends.find((end) => end.status === "rejected");
  if (fault !== undefined) throw fault.reason;
  return outcomes.map((outcome) => outcome ?? { pending: true });
}

/** One iteration, begun again from its first state when the worker that held its live objects is gone. */
async function runOne(state: MapState, input: unknown, scope: Scope, affinity: number): Promise<Outcome> {
  const { tasks } = scope.run;
  for (let deaths = 0; ; ) {
    const generation = tasks.generation?.(affinity);
    const lost = () => tasks.generation?.(affinity) !== generation;
    try {
      assertRunning(scope.run);
      return { output: await runIteration(state.processor, input, { run: scope.run, context: {}, affinity, lost }) };
    } catch (error) {
      if (error instanceof StateFailure) return { error: error.error, cause: error.cause };
      if (!(error instanceof IterationLost)) throw error;
      deaths += 1;
      if (deaths < LOST_WORKERS) continue;
      const hint = "Give the workers more memory, or make the partitions smaller.";
      const { error: name, cause } = namedFailure(
        "TransientError",
        new TransientError(`${deaths} workers died; ${error.message}`, { hint }),
      );
      return { error: name, cause };
    }
  }
}

function countFailures(outcomes: readonly (Outcome | undefined)[]): number {
  return outcomes.filter((outcome) => outcome !== undefined && "error" in outcome).length;
}

function exceeded(state: MapState, failures: number, total: number): boolean {
  return failures * 100 > state.toleratedFailurePercentage * total;
}

/** The cause of a Map that failed is the error of its first failed iteration, so that a person reads what really went wrong. */
function assertTolerated(state: MapState, outcomes: readonly Outcome[]): void {
  const failures = countFailures(outcomes);
  if (!exceeded(state, failures, outcomes.length)) return;
  const index = outcomes.findIndex((outcome) => "error" in outcome);
  const first = outcomes[index] as { error: string; cause: string };
  const prefix = `${state.name}: ${failures} of ${outcomes.length} failed; number ${index}: `;
  throw namedFailure("States.ExceedToleratedFailureThreshold", failureToError(first.error, first.cause), prefix);
}
