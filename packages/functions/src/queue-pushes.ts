import { openQueue } from "@bullseye/aws/parts";
import { queuePushes } from "@bullseye/core/operations/queue-pushes/queue-pushes";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(queuePushes, { queue: openQueue });
