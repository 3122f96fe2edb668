import type { Day } from "../account/attribute.ts";
import type { Digest } from "../ports.ts";
import { type DroppedVersion, runIdOf } from "./run-id.ts";

/** What an execution of the workflow is started with: all that decides its result. Without a key it is a refresh. */
export type ExecutionInput = {
  bucket: string;
  /** Day of the drop or of the schedule. */
  asOf: Day;
  /** ISO instant with milliseconds, and behind it what orders the drops of one second; runs take their turns in this order. */
  droppedAt: string;
  configSha: string;
} & ({ key: string; versionId: string } | { refresh: true });

/** A named start: the same name twice is the same execution. */
export interface ExecutionStart {
  /** The run id. */
  name: string;
  input: ExecutionInput;
}

/** Instants are compared as text, so all have milliseconds. */
const instant = (at: string): { asOf: Day; droppedAt: string } => {
  const droppedAt = new Date(at).toISOString();
  return { asOf: droppedAt.slice(0, 10), droppedAt };
};

/**
 * The execution that imports one version of a dropped object; `at` is the time of the drop, which S3 tells by the second, and `sequencer`
 * what orders the versions of one key ("Amazon S3 event message structure").
 */
export function listExecution(
  digest: Digest,
  dropped: DroppedVersion,
  at: string,
  configSha: string,
  sequencer?: string,
): ExecutionStart {
  const { bucket, key, versionId } = dropped;
  const { asOf, droppedAt } = instant(at);
  const order = sequencer === undefined ? droppedAt : `${droppedAt} ${sequencer}`;
  return { name: runIdOf(digest, dropped), input: { bucket, key, versionId, asOf, droppedAt: order, configSha } };
}

/** The execution of the refresh that was scheduled for `at`: one a day, however often the schedule asks. */
export function refreshExecution(digest: Digest, bucket: string, at: string, configSha: string): ExecutionStart {
  const { asOf, droppedAt } = instant(at);
  return {
    name: runIdOf(digest, { bucket, key: "refresh", versionId: asOf, attempt: 0 }),
    input: { bucket, refresh: true, asOf, droppedAt, configSha },
  };
}

/** Whether an object of the inbox is a list; sidecars and the empty objects that stand for folders are none. */
export function isDroppedList(key: string, size: number): boolean {
  if (!key.startsWith("inbox/") || key.endsWith(".list.json")) return false;
  return !(key.endsWith("/") && size === 0);
}
