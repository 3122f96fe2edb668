/** What a person can act on: `message` says what and where, `hint` what to do next. Step Functions match on `name`, so it is a literal. */
abstract class BullseyeError extends Error {
  /** What the person who reads this does next; one sentence. */
  readonly hint: string | undefined;

  constructor(message: string, options?: { hint?: string; cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options?.hint;
  }
}

/** The input (a file, a flag, a profile) is wrong; nothing was stored. Exit code 2. Never retried. */
export class InputError extends BullseyeError {
  override readonly name = "InputError" as const;
}

/** Something named does not exist. Exit code 2. Never retried. */
export class NotFoundError extends BullseyeError {
  override readonly name = "NotFoundError" as const;
}

/** A credential is missing, expired or refused; a person has to reconnect. Never retried. */
export class CredentialError extends BullseyeError {
  override readonly name = "CredentialError" as const;
}

/** The world was busy; the same call may work later. `retryAfter` in seconds where the world said so. */
export class TransientError extends BullseyeError {
  override readonly name = "TransientError" as const;
  readonly retryAfter: number | undefined;

  constructor(message: string, options?: { hint?: string; cause?: unknown; retryAfter?: number }) {
    super(message, options);
    this.retryAfter = options?.retryAfter;
  }
}

/** An invariant broke: our fault, never the input's. Exit code 1. */
export class BugError extends BullseyeError {
  override readonly name = "BugError" as const;
}

/** Any error of ours, told apart by its literal `name`. */
export type KnownError = InputError | NotFoundError | CredentialError | TransientError | BugError;

const NAMES = new Set(["InputError", "NotFoundError", "CredentialError", "TransientError", "BugError"]);

/** Whether `error` is one of ours, also after it crossed a worker boundary and lost its class. */
export function isKnownError(error: unknown): error is KnownError {
  return typeof error === "object" && error !== null && NAMES.has((error as { name?: string }).name ?? "");
}
