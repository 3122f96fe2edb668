import { bodyOf, ExecutionStatusChanged } from "@bullseye/aws/intake/received-events";
import { settleRun } from "@bullseye/aws/intake/settle-run";
import { openEvents } from "@bullseye/aws/parts";
import { batchHandler } from "./batch.ts";
import { withParts } from "./container.ts";
import { executionsOf } from "./executions.ts";
import { count } from "./telemetry.ts";

export const handler = batchHandler(
  "settle-run",
  async (record, { container, logger }) => {
    const changed = bodyOf(ExecutionStatusChanged, record, "the event of an execution");
    const outcome = await settleRun(container.ports, executionsOf(container), changed);
    logger.info(outcome, { runId: changed.detail.name, status: changed.detail.status });
    if (outcome !== "settled") return;
    for (const metric of ["RunSettled", "RunFailed"] as const) count(metric, container.stage);
  },
  withParts({ events: openEvents }),
);
