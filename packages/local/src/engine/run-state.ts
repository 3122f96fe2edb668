import { BugError, type TransientError } from "@bullseye/core/errors";
import { asPayload, assertRunning, IterationLost, type Scope, sleep } from "./engine.ts";
import { matches, namedFailure, StateFailure, taskFailure } from "./failure.ts";
import { find, type Path, place, read } from "./json-path.ts";
import { RetryBudget } from "./retry.ts";
import { evaluate, type Template } from "./template.ts";
import type { Catcher, ChoiceRule, ChoiceState, PassState, State, TaskState, WaitState, Workflow } from "./workflow.ts";

/** Where a state left off: the data after it, and the next state (null: its machine ended). */
export interface Step {
  data: unknown;
  next: string | null;
}

type SimpleState = TaskState | PassState | WaitState | ChoiceState;

/** Runs an iteration's machine from its first state to its output. */
export async function runIteration(machine: Workflow, input: unknown, scope: Scope): Promise<unknown> {
  let data = input;
  let at: string | null = machine.startAt;
  while (at !== null) {
    const state: State = machine.states.get(at)!;
    if (state.type === "Succeed") return succeed(state, data, scope);
    if (state.type === "Fail") throw failed(state, data, scope);
    if (state.type === "Map") throw new BugError(`${state.name}: a Map inside a Map`);
    ({ data, next: at } = await runSimple(state, data, scope, null));
  }
  return data;
}

/** Runs a Task, Pass, Choice or Wait. `until` is when a Wait that had begun earlier ends, in milliseconds. */
export async function runSimple(state: SimpleState, data: unknown, scope: Scope, until: number | null): Promise<Step> {
  switch (state.type) {
    case "Task":
      return runTask(state, data, scope);
    case "Pass": {
      const input = inputOf(state, data, scope);
      const result = state.parameters === null ? input : evaluate(state.parameters, input, scope.context);
      return { data: outputOf(state, input, result, scope), next: state.next };
    }
    case "Choice": {
      const input = inputOf(state, data, scope);
      const rule = state.choices.find((candidate) => holds(candidate, input, scope, state.name));
      const next = rule?.next ?? state.fallback;
      if (next === null) throw namedFailure("States.NoChoiceMatched", new BugError(`${state.name}: no rule matched`));
      return { data: pick(state.outputPath, input, scope, state.name), next };
    }
    case "Wait": {
      const input = inputOf(state, data, scope);
      await sleep(scope.run, (until ?? waitUntil(state, data, scope)) - scope.run.clock.now());
      return { data: pick(state.outputPath, input, scope, state.name), next: state.next };
    }
  }
}

async function runTask(state: TaskState, data: unknown, scope: Scope): Promise<Step> {
  const input = inputOf(state, data, scope);
  const payload = state.parameters === null ? input : evaluate(state.parameters, input, scope.context);
  try {
    const result = asPayload(await attempt(state, payload, scope), state.name);
    return { data: finish(state, input, result, scope), next: state.next };
  } catch (error) {
    return caught(state.catch, error, input, state.name);
  }
}

async function attempt(state: TaskState, payload: unknown, scope: Scope): Promise<unknown> {
  const budget = new RetryBudget(state.retry);
  for (;;) {
    assertRunning(scope.run);
    if (scope.lost()) throw new IterationLost(`${state.name}: the worker was replaced`);
    let thrown: unknown;
    try {
      return await scope.run.tasks.run(state.resource, payload, scope.affinity);
    } catch (error) {
      thrown = error;
    }
    assertRunning(scope.run);
    if (scope.lost()) throw new IterationLost(`${state.name}: ${(thrown as Error).message}`);
    const failure = taskFailure(thrown);
    const retryAfter = failure.error === "TransientError" ? (thrown as TransientError).retryAfter : undefined;
    const wait = budget.next(failure.error, retryAfter, scope.run.random);
    if (wait === null) throw failure;
    await sleep(scope.run, wait);
  }
}

/** A Task's or Map's data after its raw result: ResultSelector, ResultPath, OutputPath, in this order. */
export function finish(
  state: { name: string; resultSelector: Template | null; resultPath: Path | null; outputPath: Path | null },
  input: unknown,
  result: unknown,
  scope: Scope,
): unknown {
  const selected = state.resultSelector === null ? result : evaluate(state.resultSelector, result, scope.context);
  return outputOf(state, input, selected, scope);
}

/** Where a Catch leads; an error that no catcher reaches is thrown on. */
export function caught(catchers: readonly Catcher[], error: unknown, input: unknown, where: string): Step {
  if (!(error instanceof StateFailure)) throw error;
  const catcher = catchers.find((candidate) => matches(candidate.errors, error.error));
  if (catcher === undefined) throw error;
  const found = { Error: error.error, Cause: error.cause };
  const data = catcher.resultPath === null ? input : place(input, catcher.resultPath, found, where);
  return { data: asPayload(data, where), next: catcher.next };
}

export function inputOf(state: { name: string; inputPath: Path | null }, data: unknown, scope: Scope): unknown {
  return pick(state.inputPath, data, scope, state.name);
}

export function succeed(state: State, data: unknown, scope: Scope): unknown {
  return pick(state.outputPath, inputOf(state, data, scope), scope, state.name);
}

/** The failure that a Fail state stands for. */
export function failed(state: Extract<State, { type: "Fail" }>, data: unknown, scope: Scope): StateFailure {
  const text = (value: string | Path) =>
    typeof value === "string" ? value : String(read(value, data, scope.context, state.name));
  return new StateFailure(text(state.error), text(state.cause));
}

function outputOf(
  state: { name: string; resultPath: Path | null; outputPath: Path | null },
  input: unknown,
  result: unknown,
  scope: Scope,
): unknown {
  const placed = state.resultPath === null ? input : place(input, state.resultPath, result, state.name);
  return asPayload(pick(state.outputPath, placed, scope, state.name), state.name);
}

function pick(path: Path | null, data: unknown, scope: Scope, where: string): unknown {
  return path === null ? {} : read(path, data, scope.context, where);
}

/** When a Wait ends, in milliseconds since 1970. */
export function waitUntil(state: WaitState, data: unknown, scope: Scope): number {
  const input = inputOf(state, data, scope);
  if ("timestampPath" in state.until) {
    const text = read(state.until.timestampPath, input, scope.context, state.name);
    if (typeof text !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) || Number.isNaN(Date.parse(text))) {
      throw new BugError(`${state.name}: ${JSON.stringify(text)} is no time of the form 2026-01-31T09:00:00Z`);
    }
    return Date.parse(text);
  }
  const seconds =
    "seconds" in state.until ? state.until.seconds : read(state.until.secondsPath, input, scope.context, state.name);
  if (!Number.isInteger(seconds) || (seconds as number) < 0) {
    throw new BugError(`${state.name}: ${JSON.stringify(seconds)} is no whole number of seconds`);
  }
  return scope.run.clock.now() + (seconds as number) * 1000;
}

function holds(rule: ChoiceRule, input: unknown, scope: Scope, where: string): boolean {
  if (rule.operator === "IsPresent") return (find(rule.variable, input, scope.context) !== undefined) === rule.operand;
  const value = read(rule.variable, input, scope.context, where);
  switch (rule.operator) {
    case "IsNull":
      return (value === null) === rule.operand;
    case "NumericGreaterThan":
      return typeof value === "number" && value > (rule.operand as number);
    default:
      return value === rule.operand;
  }
}
