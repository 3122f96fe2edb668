import type { ListRecord, ListVersion } from "../ledger/records.ts";
import { endOfRow, type RowEnd } from "../operations/ledger-lines.ts";
import type { TraceContext, TraceEvent } from "./trace-events.ts";

/** What became of one row in every version of its list, and the homes under which it is filed. */
export async function traceRow(
  context: TraceContext,
  list: ListRecord,
  row: number,
): Promise<{ events: TraceEvent[]; homes: string[] }> {
  const events: TraceEvent[] = [];
  const homes: string[] = [];
  for (const version of list.versions) {
    const end = await endOfRow(context.ports, version.runId, row);
    if (!end) continue;
    events.push(...eventsOf(context, list, version, end));
    if (end.home !== undefined) homes.push(end.home);
  }
  return { events, homes };
}

function eventsOf(context: TraceContext, list: ListRecord, version: ListVersion, end: RowEnd): TraceEvent[] {
  const run = context.runs.get(version.runId);
  const at = run?.startedAt ?? `${version.asOf}T00:00:00.000Z`;
  const about = { list: list.id, row: end.row, account: null, run: version.runId };
  const declared = [list.source.origin, list.source.relationship].filter((each) => each !== undefined).join(", ");
  const events: TraceEvent[] = [
    {
      at,
      stage: "drop",
      ...about,
      what:
        version.correction?.file === version.file
          ? `read with the corrections in ${version.file}, version ${version.version} of the list, in place of version ${version.replaces}`
          : `came in ${version.file}, version ${version.version} of the list`,
      why: `a list of ${list.kind}, ${list.mode}, source ${declared}`,
    },
    { at, stage: "import-list", ...about, what: end.outcome, why: whyOf(end, list, run?.rejects ?? null) },
  ];
  if (version.status === "standing") return events;
  const ended = run?.endedAt ?? at;
  const what = version.status === "withdrawn" ? "withdrawn" : version.status === "failed" ? "not taken over" : "not finished";
  const why =
    version.status === "withdrawn"
      ? "a later version of the list or an undo took its place"
      : version.status === "failed"
        ? (run?.error?.message ?? "the run failed")
        : "the run was cut short; the same command continues it";
  return [...events, { at: ended, stage: "close-run", ...about, what, why }];
}

function whyOf(end: RowEnd, list: ListRecord, rejects: string | null): string {
  switch (end.outcome) {
    case "accepted":
      return list.kind === "accounts" ? "the first row of its account in this file" : "it stands for itself";
    case "merged":
      return list.kind === "accounts"
        ? "an earlier row of this file names the same account"
        : "it joined an earlier row of this file";
    case "rejected":
      return `${end.reason ?? "no reason is noted"}${rejects ? `; the record and what to change are in ${rejects}` : ""}`;
    case "blank":
      return "no cell has text";
    default:
      return "it belongs to the report and not to the data";
  }
}
