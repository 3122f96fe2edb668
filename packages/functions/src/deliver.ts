import { openPorts } from "@bullseye/aws/ports";
import { readMessage } from "@bullseye/aws/queue";
import { adConnector, createHttp } from "@bullseye/connectors";
import { afterDelivery, type QueuedPush } from "@bullseye/core/audiences/after-delivery";
import { deliverPush } from "@bullseye/core/operations/deliver-push/deliver-push";
import { batchHandler } from "./batch.ts";
import { performIn } from "./operation-handler.ts";
import { count } from "./telemetry.ts";

const METRIC = { done: "PushDelivered", defer: "PushDeferred", parked: "PushParked" } as const;

export const handler = batchHandler(
  "deliver",
  async (record, invocation) => {
    const { container, logger } = invocation;
    const message = readMessage(record.body) as QueuedPush;
    const delivered = await performIn(invocation, deliverPush, { ...message.body, worker: record.messageId });
    const push = await afterDelivery(container.ports, message, delivered, record.messageId);
    const { outcome, delaySeconds } = delivered;
    logger.info(outcome, { ...message.body, runId: push?.runId, delaySeconds });
    // A worker that died after it parked the push comes again and finds nothing left to do.
    if (push) count(push.status === "parked" ? METRIC.parked : METRIC[outcome], container.stage, push.platform);
  },
  (stage) => openPorts(stage, { adConnector, http: createHttp() }),
);
