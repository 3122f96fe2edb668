import { InputError } from "@bullseye/core/errors";
import type { Fields } from "./fields.ts";
import { compilePath, type Path } from "./json-path.ts";
import type { Catcher, Retrier } from "./workflow.ts";

/** Error names a Retry or Catch may name: ours, and those that AWS raises for a Lambda, a Map's reader, writer or threshold. */
const NAMES = new Set([
  "InputError",
  "NotFoundError",
  "CredentialError",
  "TransientError",
  "BugError",
  "Lambda.ServiceException",
  "Lambda.AWSLambdaException",
  "Lambda.SdkClientException",
  "Lambda.TooManyRequestsException",
  "Lambda.Unknown",
  "Sandbox.Timedout",
  "Runtime.ExitError",
  "States.ALL",
  "States.TaskFailed",
  "States.ExceedToleratedFailureThreshold",
  "States.ItemReaderFailed",
  "States.ResultWriterFailed",
]);

/** Errors that no AWS retrier or catcher reaches are no StateFailure here; see `failure.ts`. */
function errorNames(fields: Fields, last: boolean): ReadonlySet<string> {
  const names = fields.get("ErrorEquals");
  if (!Array.isArray(names) || names.length === 0) throw new InputError(`${fields.at("ErrorEquals")}: must name an error`);
  for (const name of names) {
    if (!NAMES.has(name)) throw new InputError(`${fields.at("ErrorEquals")}: "${name}" is no error that can happen`);
    if (name === "States.ALL" && (names.length > 1 || !last)) {
      throw new InputError(`${fields.at("ErrorEquals")}: States.ALL must stand alone and last`);
    }
  }
  return new Set(names as string[]);
}

/** Defaults are those of the States Language: 1 s, 3 attempts, rate 2, no jitter. */
export function loadRetry(fields: Fields): Retrier[] {
  const list = fields.list("Retry");
  return list.map((entry, index) => {
    const retrier: Retrier = {
      errors: errorNames(entry, index === list.length - 1),
      interval: entry.integer("IntervalSeconds", 1, 99_999_999, 1),
      rate: entry.number("BackoffRate", 1, 100, 2),
      attempts: entry.integer("MaxAttempts", 0, 99_999_999, 3),
      maxDelay: entry.has("MaxDelaySeconds") ? entry.integer("MaxDelaySeconds", 1, 31_622_399) : Number.POSITIVE_INFINITY,
      jitter: entry.has("JitterStrategy"),
    };
    if (retrier.jitter) entry.literal("JitterStrategy", "FULL");
    entry.close();
    return retrier;
  });
}

export function loadCatch(fields: Fields): Catcher[] {
  const list = fields.list("Catch");
  return list.map((entry, index) => {
    const catcher = {
      errors: errorNames(entry, index === list.length - 1),
      resultPath: loadResultPath(entry),
      next: entry.string("Next"),
    };
    entry.close();
    return catcher;
  });
}

/** `$` where missing; null drops the result; no array index and no context. */
export function loadResultPath(fields: Fields): Path | null {
  const text = fields.has("ResultPath") ? fields.get("ResultPath") : "$";
  if (text === null) return null;
  const path = compilePath(text, fields.at("ResultPath"), "none");
  if (path.steps.some((step) => typeof step === "number")) {
    throw new InputError(`${fields.at("ResultPath")}: an array index is not supported`);
  }
  return path;
}
