import { isDroppedList, listExecution } from "@bullseye/core/ledger/execution";
import { configurationToPin } from "@bullseye/core/operations/active-configuration";
import type { Ports } from "@bullseye/core/ports";
import type { Executions } from "./executions.ts";
import type { ObjectCreated } from "./received-events.ts";

/** What became of an S3 event; `known` = its run was started by an earlier event. */
export interface ListStart {
  outcome: "started" | "known" | "skipped";
  runId: string | null;
}

/** Starts the run of a dropped list; sidecars and folders start none. The same event again starts nothing. */
export async function startList(
  ports: Ports,
  executions: Pick<Executions, "start">,
  { time, detail }: ObjectCreated,
): Promise<ListStart> {
  const { key, size, sequencer, "version-id": versionId } = detail.object;
  if (!isDroppedList(key, size)) return { outcome: "skipped", runId: null };
  const dropped = { bucket: detail.bucket.name, key, versionId, attempt: 0 };
  const start = listExecution(ports.digest, dropped, time, await configurationToPin(ports), sequencer);
  return { outcome: (await executions.start(start)) ? "started" : "known", runId: start.name };
}
