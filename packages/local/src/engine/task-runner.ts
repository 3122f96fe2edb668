import { BugError } from "@bullseye/core/errors";

/** Does the work of Task states. The engine asks; errors keep the literal names of our classes. */
export interface TaskRunner {
  /**
   * Runs the operation that a state's Resource names. Calls with the same affinity reach the same worker, so that what one state left in that worker's
   * memory the next one finds there; null: any worker.
   */
  run(resource: string, input: unknown, affinity: number | null): Promise<unknown>;
  /** How many workers share the affinities (affinity modulo workers); 1 where missing. */
  readonly workers?: number;
  /** Rises whenever the worker behind an affinity was replaced: what was left in its memory is gone. Constant where missing. */
  generation?(affinity: number): number;
}

/** An operation as a runner calls it: JSON in, JSON out. */
export type TaskHandler = (input: unknown) => Promise<unknown>;

/** Runs tasks in this thread; for tests and one-worker runs. Inputs are copied as a worker boundary would. */
export class InlineRunner implements TaskRunner {
  readonly workers = 1;
  readonly #handlers: Readonly<Record<string, TaskHandler>>;

  constructor(handlers: Readonly<Record<string, TaskHandler>>) {
    this.#handlers = handlers;
  }

  async run(resource: string, input: unknown, _affinity: number | null): Promise<unknown> {
    return handlerFor(this.#handlers, resource)(structuredClone(input));
  }
}

/** The handler of a resource, or a BugError: the workflow names an operation that was never registered. */
export function handlerFor(handlers: Readonly<Record<string, TaskHandler>>, resource: string): TaskHandler {
  if (!Object.hasOwn(handlers, resource)) {
    throw new BugError(`no operation is registered for "${resource}"`, {
      hint: "Register it where the local handlers are listed.",
    });
  }
  return handlers[resource]!;
}
