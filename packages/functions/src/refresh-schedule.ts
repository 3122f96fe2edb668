import { received, ScheduledRefresh } from "@bullseye/aws/intake/received-events";
import { startRefresh } from "@bullseye/aws/intake/start-refresh";
import { withParts } from "./container.ts";
import { executionsOf } from "./executions.ts";
import { lambda } from "./lambda.ts";
import { count } from "./telemetry.ts";

export const handler = lambda(
  "refresh-schedule",
  async (event, { container, logger }) => {
    const scheduled = received(ScheduledRefresh, event, "the event of the schedule");
    const started = await startRefresh(container.ports, executionsOf(container), container.environment.bucket, scheduled);
    logger.info(started.outcome, { runId: started.runId });
    if (started.outcome === "started") count("RunStarted", container.stage);
    return started;
  },
  withParts({}),
);
