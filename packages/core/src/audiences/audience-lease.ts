import { TransientError } from "../errors.ts";
import type { Ports } from "../ports.ts";

/** Longer than a delivery worker may run, which has 5 minutes [design]. Short, because a worker that dies blocks others for as long. */
const DELIVERY_SECONDS = 6 * 60;

/** Longer than a function that plans may run, which has 15 minutes [design]. */
const PLANNING_SECONDS = 16 * 60;

/** How long somebody waits for another who works on the same audience, and how often he asks [design]. */
const PATIENCE_MILLISECONDS = 45_000;
const ASK_AGAIN_MILLISECONDS = 500;

/** The lease of whoever changes what is known of an audience. */
export const audienceLease = (audience: string): string => `audience:${audience}`;

/** Does `work` while nobody else changes the audience; null where another is at it. */
export async function ifAudienceIsFree<T>(
  ports: Ports,
  audience: string,
  holder: string,
  work: () => Promise<T>,
  seconds = DELIVERY_SECONDS,
  order?: string,
): Promise<{ done: T } | null> {
  const name = audienceLease(audience);
  if ((await ports.leases.take(name, holder, seconds, order)) === null) return null;
  try {
    return { done: await work() };
  } finally {
    await ports.leases.release(name, holder);
  }
}

/**
 * As {@link ifAudienceIsFree}, and waits in line, so that the next of many deliveries gives way; TransientError when its turn does not
 * come.
 */
export async function whenAudienceIsFree<T>(ports: Ports, audience: string, holder: string, work: () => Promise<T>): Promise<T> {
  const since = ports.clock.now();
  for (let waited = 0; ; waited += ASK_AGAIN_MILLISECONDS) {
    const outcome = await ifAudienceIsFree(ports, audience, holder, work, PLANNING_SECONDS, since);
    if (outcome) return outcome.done;
    if (waited >= PATIENCE_MILLISECONDS) {
      await ports.leases.release(audienceLease(audience), holder);
      throw new TransientError(`the audience ${audience} is being delivered just now`, { hint: "try again in some minutes" });
    }
    await ports.clock.sleep(ASK_AGAIN_MILLISECONDS);
  }
}
