import { NotFoundError } from "../errors.ts";
import { placeOf } from "../ledger/list-versions.ts";
import type { ListRecord, ListVersion, RowCounts, RunRecord } from "../ledger/records.ts";
import type { Ports } from "../ports.ts";
import { nearest } from "../rules/nearest.ts";

/** A version of a list with what its run made of it; null where the run is not closed. */
export interface ListVersionView extends ListVersion {
  rows: RowCounts | null;
  startedAt: string | null;
}

/** Rows of a version that stands which were rejected and not corrected yet. */
export interface OpenRejects {
  version: number;
  /** The file that they came in. */
  file: string;
  rows: number;
  /** Key of the file in which they are corrected; null where it was not written. */
  rejects: string | null;
}

/** A list as people see it. */
export interface ListView extends Omit<ListRecord, "versions"> {
  versions: ListVersionView[];
  /** Rows of the versions that stand, accepted and merged. */
  standingRows: number;
  /** What is to be corrected so that the list is complete, by version. */
  openRejects: OpenRejects[];
}

/** Which lists are looked for: those with all of these tags, and of that owner. */
export interface ListFilter {
  tags?: readonly string[] | undefined;
  owner?: string | undefined;
}

/** All lists by id, with their versions, oldest first. */
export async function listViews(ports: Ports, { tags = [], owner }: ListFilter = {}): Promise<ListView[]> {
  const runs = new Map((await ports.runs.runs()).map((run) => [run.runId, run]));
  const wanted = (list: ListRecord): boolean =>
    tags.every((tag) => list.tags?.includes(tag)) &&
    (owner === undefined || list.owner?.toLowerCase() === owner.trim().toLowerCase());
  return (await ports.runs.lists()).filter(wanted).map((list) => viewOf(list, runs));
}

/** One list; NotFoundError names the lists there are. */
export async function listView(ports: Ports, id: string): Promise<ListView> {
  const views = await listViews(ports);
  const found = views.find((view) => view.id === id);
  if (found) return found;
  const ids = views.map((view) => view.id);
  throw noSuchList(id, ids);
}

/** The error for a list that is not there: the one that was probably meant, or those there are. */
export function noSuchList(id: string, known: readonly string[]): NotFoundError {
  const meant = nearest(id, known);
  const hint =
    meant !== undefined ? `did you mean "${meant}"?` : known.length === 0 ? "run a file first" : `there are ${known.join(", ")}`;
  return new NotFoundError(`there is no list "${id}"`, { hint });
}

/** The file that a version holds; a correction is not what it corrects. */
function fileOf(list: ListRecord, version: number): string {
  const place = placeOf(list, list.versions.find((each) => each.version === version)!);
  return (place.find(({ file, correction }) => file !== correction?.file) ?? place.at(-1)!).file;
}

function viewOf(list: ListRecord, runs: ReadonlyMap<string, RunRecord>): ListView {
  const versions = list.versions.map((version): ListVersionView => {
    const run = runs.get(version.runId);
    return { ...version, rows: run?.rows ?? null, startedAt: run?.startedAt ?? null };
  });
  const standing = versions.filter((version) => version.status === "standing");
  return {
    ...list,
    versions,
    standingRows: standing.reduce((sum, { rows }) => sum + (rows ? rows.accepted + rows.merged : 0), 0),
    openRejects: standing.flatMap(({ version, runId, rows }) =>
      rows && rows.rejected > 0
        ? { version, file: fileOf(list, version), rows: rows.rejected, rejects: runs.get(runId)?.rejects ?? null }
        : [],
    ),
  };
}

/** A run by its id or the beginning of it; NotFoundError, also where several begin so. */
export async function runCalled(ports: Ports, prefix: string): Promise<RunRecord> {
  const meant = (await ports.runs.runs()).filter((run) => run.runId.startsWith(prefix));
  if (meant.length === 1) return meant[0]!;
  throw new NotFoundError(meant.length === 0 ? `there is no run ${prefix}` : `${meant.length} runs begin with ${prefix}`, {
    hint: meant.length === 0 ? "bullseye runs lists them" : meant.map((run) => run.runId).join(", "),
  });
}
