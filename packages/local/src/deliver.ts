import { AD_PLATFORMS } from "@bullseye/core/audiences/platforms";
import { type PushMessage, queueOf } from "@bullseye/core/operations/queue-pushes/queue-pushes";
import type { Ports } from "@bullseye/core/ports";
import { handlerFor } from "./engine/task-runner.ts";
import { meteredHandlers } from "./metering.ts";

/** Attempts at a message before it stays in the queue for the next run or `audiences push` [design]. */
const ATTEMPTS = 6;

interface Delivered {
  outcome: "done" | "defer" | "parked";
  delaySeconds: number;
}

/** The workers of a laptop: delivers every message that is due, waiting for those that a platform put off. */
export async function deliverAll(ports: Ports): Promise<void> {
  const deliver = handlerFor(meteredHandlers(ports), "deliver-push");
  for (const platform of AD_PLATFORMS) {
    const queue = queueOf(platform);
    let patience = ATTEMPTS;
    while ((await ports.queue.depth(queue)) > 0 && patience > 0) {
      const messages = await ports.queue.receive(queue, 1);
      const [message] = messages;
      if (!message) {
        patience--;
        await ports.clock.sleep(1_000);
        continue;
      }
      const { outcome, delaySeconds } = (await deliver({
        ...(message.body as PushMessage),
        worker: "laptop",
      })) as Delivered;
      if (outcome !== "defer") await ports.queue.done(queue, message.receipt);
      else {
        patience--;
        await ports.queue.defer(queue, message.receipt, delaySeconds);
        if (patience > 0) await ports.clock.sleep(Math.min(delaySeconds, 10) * 1000);
      }
    }
  }
}
