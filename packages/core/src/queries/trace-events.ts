import { rankOf } from "../ledger/list-versions.ts";
import type { ListRecord, RunRecord } from "../ledger/records.ts";
import type { Ports } from "../ports.ts";

/** One thing that happened to a row, an account or a person; nothing in it is a person's data. */
export interface TraceEvent {
  /** ISO instant. */
  at: string;
  /** The operation that did it. */
  stage: string;
  list: string | null;
  row: number | null;
  what: string;
  why: string;
  account: string | null;
  run: string | null;
}

/** In which order stages of one instant happen. */
const STAGES = [
  "drop",
  "import-list",
  "resolve-partition",
  "enrich-partition",
  "score-partition",
  "place-partition",
  "save-partition",
  "plan-audiences",
  "deliver-push",
  "close-run",
  "erase",
];

/** Lists, runs and the audiences that were planned last, read once for a trace. */
export interface TraceContext {
  ports: Ports;
  lists: ReadonlyMap<string, ListRecord>;
  runs: ReadonlyMap<string, RunRecord>;
  /** Newest first. */
  newest: readonly RunRecord[];
  /** Ids of the audiences of the last planning. */
  audiences: readonly string[];
}

/** Reads what every trace needs. */
export async function traceContext(ports: Ports): Promise<TraceContext> {
  const newest = await ports.runs.runs();
  return {
    ports,
    lists: new Map((await ports.runs.lists()).map((list) => [list.id, list])),
    runs: new Map(newest.map((run) => [run.runId, run])),
    newest,
    audiences: (newest.find((run) => run.audiences !== undefined)?.audiences ?? []).map((each) => each.id),
  };
}

/** Events in the order in which they happened, each once. */
export function inOrder(events: readonly TraceEvent[]): TraceEvent[] {
  const once = new Map(events.map((event) => [JSON.stringify(event), event]));
  return [...once.values()].sort(
    (a, b) =>
      (a.at < b.at ? -1 : a.at > b.at ? 1 : 0) ||
      STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) ||
      (a.row ?? 0) - (b.row ?? 0),
  );
}

/** The run that a version of a list came with. */
export function versionRun(context: TraceContext, list: string, version: number): RunRecord | undefined {
  const found = context.lists.get(list)?.versions.find((each) => rankOf(each) === version);
  return found && context.runs.get(found.runId);
}
