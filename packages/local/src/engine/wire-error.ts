import { BugError, CredentialError, InputError, NotFoundError, TransientError } from "@bullseye/core/errors";

/** An error as plain JSON: what crosses a worker boundary, and what a Catch finds as its Cause (the field names are Lambda's). */
export interface WireError {
  errorType: string;
  errorMessage: string;
  hint?: string;
  /** Seconds. */
  retryAfter?: number;
  stack?: string;
}

export function encodeError(error: unknown): WireError {
  if (!(error instanceof Error)) return { errorType: "Error", errorMessage: String(error) };
  const { hint, retryAfter } = error as { hint?: unknown; retryAfter?: unknown };
  const wire: WireError = { errorType: error.name, errorMessage: error.message };
  if (typeof hint === "string") wire.hint = hint;
  if (typeof retryAfter === "number") wire.retryAfter = retryAfter;
  if (error.stack !== undefined) wire.stack = error.stack;
  return wire;
}

/** One of our classes again. An error that is none of ours was nobody's plan: a BugError that keeps the foreign name in its message. */
export function rebuildError(wire: WireError): Error {
  const error = byName(wire);
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}

function byName({ errorType, errorMessage, hint, retryAfter }: WireError): Error {
  const options = hint === undefined ? {} : { hint };
  switch (errorType) {
    case "InputError":
      return new InputError(errorMessage, options);
    case "NotFoundError":
      return new NotFoundError(errorMessage, options);
    case "CredentialError":
      return new CredentialError(errorMessage, options);
    case "TransientError":
      return new TransientError(errorMessage, retryAfter === undefined ? options : { ...options, retryAfter });
    case "BugError":
      return new BugError(errorMessage, options);
    default:
      return new BugError(`${errorType}: ${errorMessage}`, options);
  }
}
