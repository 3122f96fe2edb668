import type { DeliverPushOutcome } from "../operations/deliver-push/deliver-push.ts";
import { type PushMessage, queueOf } from "../operations/queue-pushes/queue-pushes.ts";
import type { Ports } from "../ports.ts";
import { noteDelivery } from "../report/note-delivery.ts";
import type { PushRecord } from "./delivery.ts";

/** A message of a worker's queue. */
export interface QueuedPush {
  id: string;
  body: PushMessage;
}

/**
 * What a worker that gets each message from its queue does when deliver-push has answered: a message put off is sent again with the delay
 * (so that it does not count as a failed receive), and a push that came to its end is noted in its run. `who` tells workers apart.
 * Answers the push; null where there is none of that name.
 */
export async function afterDelivery(
  ports: Ports,
  message: QueuedPush,
  { outcome, delaySeconds }: DeliverPushOutcome,
  who: string,
): Promise<PushRecord | null> {
  const push = await ports.audiences.push(message.body.pushId);
  if (!push) return null;
  if (outcome === "defer") await ports.queue.send(queueOf(push.platform), [message], delaySeconds);
  else if (push.status !== "queued") await noteDelivery(ports, push.runId, who);
  return push;
}
