import { bodyOf, ObjectCreated } from "@bullseye/aws/intake/received-events";
import { startList } from "@bullseye/aws/intake/start-list";
import { batchHandler } from "./batch.ts";
import { withParts } from "./container.ts";
import { executionsOf } from "./executions.ts";
import { count } from "./telemetry.ts";

export const handler = batchHandler(
  "intake",
  async (record, { container, logger }) => {
    const dropped = bodyOf(ObjectCreated, record, "the event of a drop");
    const { outcome, runId } = await startList(container.ports, executionsOf(container), dropped);
    logger.info(outcome, { runId, key: dropped.detail.object.key });
    if (outcome === "started") count("RunStarted", container.stage);
  },
  withParts({}),
);
