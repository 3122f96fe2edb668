import { NotFoundError } from "../errors.ts";
import type { ListRecord, ListVersion, RowCounts, RunRecord } from "../ledger/records.ts";
import type { Ports } from "../ports.ts";
import { nearest } from "../rules/nearest.ts";

/** A version of a list with what its run made of it; null where the run is not closed. */
export interface ListVersionView extends ListVersion {
  rows: RowCounts | null;
  startedAt: string | null;
}

/** A list as people see it. */
export interface ListView extends Omit<ListRecord, "versions"> {
  versions: ListVersionView[];
  /** Rows of the versions that stand, accepted and merged. */
  standingRows: number;
}

/** All lists by id, with their versions, oldest first. */
export async function listViews(ports: Ports): Promise<ListView[]> {
  const runs = new Map((await ports.runs.runs()).map((run) => [run.runId, run]));
  return (await ports.runs.lists()).map((list) => viewOf(list, runs));
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
