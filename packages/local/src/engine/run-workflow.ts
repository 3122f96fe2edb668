import { isDeepStrictEqual } from "node:util";
import { BugError, InputError } from "@bullseye/core/errors";
import { asPayload, assertRunning, type RunOptions, type Scope } from "./engine.ts";
import { failureToError, StateFailure } from "./failure.ts";
import { runMap } from "./run-map.ts";
import { failed, runSimple, type Step, succeed, waitUntil } from "./run-state.ts";
import type { State } from "./workflow.ts";

/** What the journal keeps of a finished execution. */
type Finish = { output: unknown } | { error: string; cause: string };

/** What the journal keeps of a completed Task, Map or Wait. */
interface SavedStep extends Step {
  state: string;
}

/**
 * Runs a workflow to its end and gives its output. Completed states, and completed iterations of a Map, are journalled; after a crash at any moment the same
 * name continues behind the last of them, and a finished name gives the same end again. Throws InputError for a bad name, or for another input or workflow under a known name;
 * the error of the task that failed the execution, in its own class; TransientError when the signal stopped it; BugError for what no Catch may see.
 */
export async function runWorkflow(options: RunOptions): Promise<unknown> {
  if (!/^[\w-]{1,80}$/.test(options.name)) {
    throw new InputError(`"${options.name}" can't name an execution`, { hint: "Use 1 to 80 letters, digits, - and _." });
  }
  if (!(options.concurrency >= 1)) throw new BugError(`concurrency must be 1 or more, not ${options.concurrency}`);
  try {
    return end(await runOrRecall(options));
  } finally {
    options.journal.release?.(options.name);
  }
}

async function runOrRecall(run: RunOptions): Promise<Finish> {
  const { journal, name } = run;
  const input = asPayload(run.input, `run ${name}`);
  const scope: Scope = { run, context: begin(run, input), affinity: null, lost: () => false };
  const known = journal.get(`${name}/finished`) as Finish | undefined;
  if (known !== undefined) return known;
  const finish = await walk(scope, input);
  journal.put(`${name}/finished`, finish);
  return finish;
}

function end(finish: Finish): unknown {
  if ("output" in finish) return finish.output;
  throw failureToError(finish.error, finish.cause);
}

type Continued = Pick<RunOptions, "name" | "input" | "workflow" | "journal">;

/** What the journal keeps of a beginning. Versions before this one kept no fingerprint. */
interface Started {
  startTime: string;
  input: unknown;
  workflow?: string;
}

const startedAs = ({ input, workflow }: Started, run: Pick<Continued, "input" | "workflow">): boolean =>
  workflow === run.workflow.fingerprint && isDeepStrictEqual(input, run.input);

/** Whether `runWorkflow` would begin or continue this execution: its journal can be read, and was begun with this input and this workflow. */
export function continuable({ name, input, workflow, journal }: Continued): boolean {
  try {
    const started = journal.get(`${name}/started`) as Started | undefined;
    return started === undefined || startedAs(started, { input: asPayload(input, `run ${name}`), workflow });
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  } finally {
    journal.release?.(name);
  }
}

/** The execution's context; its start time is that of the first attempt. */
function begin(run: RunOptions, input: unknown): Scope["context"] {
  const at = `${run.name}/started`;
  let started = run.journal.get(at) as Started | undefined;
  if (started === undefined) {
    started = { startTime: new Date(run.clock.now()).toISOString(), input, workflow: run.workflow.fingerprint };
    run.journal.put(at, started);
  }
  if (!startedAs(started, { input, workflow: run.workflow }))
    throw new InputError(`run ${run.name} was begun with another input or another workflow`, {
      hint: "Start it again under a name of its own.",
    });
  return { Execution: { Id: run.name, Name: run.name, Input: input, StartTime: started.startTime } };
}

async function walk(scope: Scope, input: unknown): Promise<Finish> {
  const { workflow, name } = scope.run;
  let data = input;
  let at: string | null = workflow.startAt;
  try {
    for (let step = 0; at !== null; step += 1) {
      const state: State = workflow.states.get(at)!;
      if (state.type === "Succeed") return { output: succeed(state, data, scope) };
      if (state.type === "Fail") throw failed(state, data, scope);
      ({ data, next: at } = await visit(state, data, scope, `${name}/${step}`));
    }
    return { output: data };
  } catch (error) {
    if (error instanceof StateFailure) return { error: error.error, cause: error.cause };
    throw error;
  }
}

type Visited = Exclude<State, { type: "Succeed" | "Fail" }>;

/** One visit to a state. Pass and Choice follow from the data, so only Task, Wait and Map are journalled. */
async function visit(state: Visited, data: unknown, scope: Scope, unit: string): Promise<Step> {
  const { run } = scope;
  if (state.type === "Pass" || state.type === "Choice") return runSimple(state, data, scope, null);
  const saved = run.journal.get(unit) as SavedStep | undefined;
  if (saved !== undefined) return saved;
  assertRunning(run);
  const one = state.type !== "Map";
  if (one) run.onProgress?.({ state: state.name, done: 0, total: 1 });
  const until = state.type === "Wait" ? rememberUntil(waitUntil(state, data, scope), scope, unit) : null;
  const step = state.type === "Map" ? await runMap(state, data, scope, unit) : await runSimple(state, data, scope, until);
  run.journal.put(unit, { state: state.name, ...step });
  if (one) run.onProgress?.({ state: state.name, done: 1, total: 1 });
  return step;
}

/** A Wait that a crash cut short goes on to its first end. */
function rememberUntil(until: number, scope: Scope, unit: string): number {
  const at = `${unit}/until`;
  const known = scope.run.journal.get(at) as number | undefined;
  if (known === undefined) scope.run.journal.put(at, until);
  return known ?? until;
}
