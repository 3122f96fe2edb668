import { encodeError, rebuildError, type WireError } from "./wire-error.ts";

/**
 * What Retry and Catch see: `error` is the name they match on, `cause` a JSON string `{errorType, errorMessage, hint?, retryAfter?}` as Lambda writes it.
 * Everything else that is thrown inside the engine (a missing path, a broken journal, an interruption) passes every Catch by and leaves the run resumable.
 */
export class StateFailure extends Error {
  override readonly name = "StateFailure" as const;
  readonly error: string;
  override readonly cause: string;

  constructor(error: string, cause: string) {
    super(`${error}: ${cause}`);
    this.error = error;
    this.cause = cause;
  }
}

/** The failure of a task, under the task error's own name. */
export function taskFailure(thrown: unknown): StateFailure {
  return namedFailure(encodeError(thrown).errorType, thrown);
}

/** A failure that AWS names (`States.…`), keeping what was really thrown in its cause. */
export function namedFailure(error: string, thrown: unknown, prefix = ""): StateFailure {
  const { stack: _, ...wire } = encodeError(thrown);
  return new StateFailure(error, JSON.stringify({ ...wire, errorMessage: prefix + wire.errorMessage }));
}

/** The error to throw to people: the one inside the cause, in its own class; a cause that is plain text becomes the message. */
export function failureToError(error: string, cause: string): Error {
  const wire = parseCause(cause);
  return rebuildError(wire ?? { errorType: error, errorMessage: cause });
}

function parseCause(cause: string): WireError | null {
  try {
    const wire = JSON.parse(cause) as Partial<WireError> | null;
    if (typeof wire?.errorType !== "string" || typeof wire.errorMessage !== "string") return null;
    return wire as WireError;
  } catch {
    return null;
  }
}

/** Whether an ErrorEquals list reaches an error; States.TaskFailed stands for any error of a task (AWS leaves out States.Timeout, which can't happen here). */
export function matches(names: ReadonlySet<string>, error: string): boolean {
  return names.has(error) || names.has("States.ALL") || (names.has("States.TaskFailed") && !error.startsWith("States."));
}
