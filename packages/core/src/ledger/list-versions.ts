import type { ListKind, SourceDeclaration } from "../lists/kinds.ts";
import type { MappingFile } from "../lists/mapping/mapping-file.ts";
import type { Digest } from "../ports.ts";
import { isFileOf, type ListRecord, type ListVersion } from "./records.ts";

/** Steps between the ranks of versions that took each other's place [design]: a thousand readings of one file. */
const RANK_STEP = 1_000;

/** The number under which the rows of a version are filed; of two versions of a list the one of the higher rank wins. */
export const rankOf = ({ rank, version }: Pick<ListVersion, "rank" | "version">): number => rank ?? version;

/** Everything but the bytes that decides how a file is read: the kind, the sheet, what was decided about its columns, and what its source declares about all rows. 20 hex digits. */
export function readingId(
  digest: Pick<Digest, "id">,
  given: { kind: ListKind; sheet: string | undefined; answers: MappingFile | null; source: SourceDeclaration },
): string {
  const { kind, sheet, answers, source } = given;
  const decided = answers?.kind === kind ? answers.answers : null;
  return digest.id(
    JSON.stringify([kind, sheet ?? null, decided, source.defaultCountry ?? null, source.currency ?? null, source.system ?? null]),
  );
}

/** A dropped file as far as it decides whether it says anything new. */
export interface DroppedFile {
  /** SHA-256 of its bytes. */
  contentHash: string;
  reading: string;
  mode: "append" | "snapshot";
  batch?: string | undefined;
}

/** Versions of a list that stand, lowest rank first. */
export function standingVersions(list: ListRecord | null): ListVersion[] {
  return (list?.versions ?? []).filter(({ status }) => status === "standing").sort((a, b) => rankOf(a) - rankOf(b));
}

/** Runs whose versions of the list stand once a run is over, its own among them; without a run those that stand now. */
export function runsThatStand(list: ListRecord, run: { runId: string; gone: readonly string[] } | null): string[] {
  const stands = ({ status, runId }: ListVersion): boolean =>
    (status === "standing" && !run?.gone.includes(runId)) || runId === run?.runId;
  return list.versions.filter(stands).map(({ runId }) => runId);
}

/**
 * The version by which these very bytes stand, read so; null where the file has something to say: other bytes, read otherwise, or a
 * snapshot that is not the last. Versions that were stored without a reading count as read so.
 */
export function versionThatSays(list: ListRecord | null, drop: DroppedFile): ListVersion | null {
  const standing = standingVersions(list);
  const says = (version: ListVersion): boolean =>
    (isFileOf(version, drop.contentHash) || version.correction?.contentHash === drop.contentHash) &&
    (version.reading ?? drop.reading) === drop.reading;
  const same = standing.findLast(says);
  if (!same || drop.mode === "append" || same.correction?.contentHash === drop.contentHash) return same ?? null;
  const others = standing.filter((each) => each !== same && (drop.batch === undefined || each.batch !== drop.batch));
  return others.length === 0 && (same.correction !== undefined || same.batch === drop.batch) ? same : null;
}

/** The standing version of the same bytes, whose place another reading or a correction of them takes. */
export function versionOfBytes(list: ListRecord | null, contentHash: string): ListVersion | null {
  return standingVersions(list).findLast((each) => isFileOf(each, contentHash)) ?? null;
}

/** The rank of the version that takes the place of `base`: above it and every other that took that place, under what came later. */
export function rankAfter(list: ListRecord, base: ListVersion): number {
  const place = Math.floor(rankOf(base));
  const taken = list.versions.map(rankOf).filter((rank) => Math.floor(rank) === place);
  return Math.round(Math.max(...taken) * RANK_STEP + 1) / RANK_STEP;
}

/** A version and those whose place it took, newest first. */
export function placeOf(list: ListRecord, version: ListVersion): ListVersion[] {
  const chain = [version];
  for (let each = version; each.replaces !== undefined; each = chain.at(-1)!) {
    const before = list.versions.find((other) => other.version === each.replaces);
    if (!before || chain.includes(before)) break;
    chain.push(before);
  }
  return chain;
}

/** The version that stands in the place of one that a person names; null where nothing of it stands. */
export function standingInPlaceOf(list: ListRecord, version: number): ListVersion | null {
  return standingVersions(list).find((each) => placeOf(list, each).some((other) => other.version === version)) ?? null;
}
