import { BugError, isKnownError } from "@bullseye/core/errors";

/** What of an error may be logged: its name, our own words, and where it was thrown. */
export interface LoggedError {
  name: string;
  message: string;
  frames: string[];
}

/** Frames are enough to find the place. */
const MOST_FRAMES = 8;

/**
 * The error that a function fails with: Lambda makes `{errorType: name, errorMessage: message}` of it, on which Step Functions match, so the
 * hint goes into the message. What nobody foresaw may quote what it choked on (a cell, an address); only its name leaves the function.
 */
export function failureOf(error: unknown): Error {
  if (isKnownError(error)) {
    if (error.hint !== undefined && !error.message.endsWith(error.hint)) error.message += `; ${error.hint}`;
    return error;
  }
  const name = error instanceof Error ? error.name : typeof error;
  const bug = new BugError(`${name}: ${awsWords(error)}`, { cause: error });
  if (error instanceof Error) bug.stack = [`BugError: ${name}`, ...framesOf(error)].join("\n");
  return bug;
}

/** Answers of AWS tell of resources and permissions, not of what lies in them. */
function awsWords(error: unknown): string {
  const { $metadata, message } = (error ?? {}) as { $metadata?: unknown; message?: unknown };
  return $metadata !== undefined && typeof message === "string"
    ? message
    : "not foreseen here; see where it was thrown in the log";
}

const framesOf = ({ stack = "" }: Error): string[] =>
  stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, MOST_FRAMES);

/** An error as it is logged. */
export function loggedError(error: Error): LoggedError {
  return { name: error.name, message: error.message, frames: framesOf(error).map((frame) => frame.trim()) };
}
