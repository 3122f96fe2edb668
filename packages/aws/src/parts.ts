import type { Meter } from "@bullseye/core/cost/meter";
import { eventBridgeClient } from "./clients/event-bridge.ts";
import { secretsClient } from "./clients/secrets.ts";
import { sqsClient } from "./clients/sqs.ts";
import type { StageEnvironment } from "./environment.ts";
import { EventBridgeBus } from "./events.ts";
import { SqsQueue } from "./queue.ts";
import { StageSecrets } from "./secrets.ts";

/** The queues of a stage. These openers stand apart, so that a function carries the clients that it uses and no others. */
export const openQueue = (stage: StageEnvironment, meter: Meter): SqsQueue =>
  new SqsQueue(sqsClient(stage, meter), stage.queuePrefix);

/** The event bus of a stage. */
export const openEvents = (stage: StageEnvironment, meter: Meter): EventBridgeBus =>
  new EventBridgeBus(eventBridgeClient(stage, meter), stage.eventBus);

/** The secrets of a stage. */
export const openSecrets = (stage: StageEnvironment, meter: Meter): StageSecrets =>
  new StageSecrets(secretsClient(stage, meter), stage.secretPrefix, () => Date.now());
