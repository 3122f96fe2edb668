import * as z from "zod";
import { whenAudienceIsFree } from "../../audiences/audience-lease.ts";
import type { PushRecord } from "../../audiences/delivery.ts";
import type { Ports } from "../../ports.ts";
import { operation } from "../operation.ts";

/** One message for a platform's worker: which part of which push to deliver. Holds pointers only. */
export interface PushMessage {
  pushId: string;
  /** Index of the chunk; -1 delivers a file-mode push as a whole. */
  chunk: number;
}

/** The queue that the workers of a platform read. */
export const queueOf = (platform: string): string => `push-${platform}`;

/** Hands approved plans to the workers of their platforms; plans that wait stay where they are. */
export const queuePushes = operation({
  id: "queue-pushes",
  input: z.object({
    runId: z.string(),
    plans: z.array(z.object({ audience: z.string(), pushId: z.string().nullable() })),
  }),
  output: z.object({ queued: z.number() }),
  async run(ports, { runId, plans }) {
    let queued = 0;
    for (const { audience, pushId } of plans) {
      if (pushId === null) continue;
      queued += await whenAudienceIsFree(ports, audience, runId, async () => {
        const push = await ports.audiences.push(pushId);
        return push && (push.status === "approved" || push.status === "queued") ? queuePush(ports, push) : 0;
      });
    }
    return { queued };
  },
});

/** Puts the messages of one approved push, whose audience the caller holds, into its platform's queue. Doing so again adds nothing: a message has one id. */
export async function queuePush(ports: Ports, push: PushRecord): Promise<number> {
  const state = await ports.audiences.state(push.audience);
  if (state?.frozen) return 0;
  const chunks = push.mode === "file" ? [-1] : Array.from({ length: push.chunks }, (_, index) => index);
  const messages = chunks.map((chunk) => ({
    id: `${push.pushId}-${String(chunk).padStart(6, "0")}`,
    body: { pushId: push.pushId, chunk } satisfies PushMessage,
  }));
  await ports.audiences.putPush({ ...push, status: "queued", chunksDone: [] });
  await ports.audiences.putState({
    ...(state ?? { id: push.audience }),
    approvedHash: push.planHash,
    configSha: push.configSha,
  });
  await ports.queue.send(queueOf(push.platform), messages);
  return messages.length;
}
