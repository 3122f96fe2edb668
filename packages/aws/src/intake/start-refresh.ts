import { refreshExecution } from "@bullseye/core/ledger/execution";
import { configurationToPin } from "@bullseye/core/operations/active-configuration";
import type { Ports } from "@bullseye/core/ports";
import type { Executions } from "./executions.ts";
import type { ScheduledRefresh } from "./received-events.ts";
import type { ListStart } from "./start-list.ts";

/** Starts the refresh of a scheduled day; the schedule may ask for it more than once. */
export async function startRefresh(
  ports: Ports,
  executions: Pick<Executions, "start">,
  bucket: string,
  { scheduledTime }: ScheduledRefresh,
): Promise<ListStart> {
  const start = refreshExecution(ports.digest, bucket, scheduledTime, await configurationToPin(ports));
  return { outcome: (await executions.start(start)) ? "started" : "known", runId: start.name };
}
