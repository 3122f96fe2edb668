import type { Digest } from "../ports.ts";

/** One version of one dropped object, and how often its run was begun. */
export interface DroppedVersion {
  bucket: string;
  key: string;
  versionId: string;
  /** 0 for the first attempt. */
  attempt: number;
}

/** The id of a run and the name of its execution: the same drop has the same one, so that a second event for it starts nothing. 20 hex digits. */
export function runIdOf(digest: Digest, { bucket, key, versionId, attempt }: DroppedVersion): string {
  return digest.id(`${bucket}|${key}|${versionId}|${attempt}`);
}
