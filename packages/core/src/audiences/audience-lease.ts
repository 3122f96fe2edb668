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
): Promise<{ done: T } | null> {
  const name = audienceLease(audience);
  if ((await ports.leases.take(name, holder, seconds)) === null) return null;
  try {
    return { done: await work() };
  } finally {
    await ports.leases.release(name, holder);
  }
}

/** As {@link ifAudienceIsFree}, and waits for its turn; TransientError when it does not come. */
export async function whenAudienceIsFree<T>(ports: Ports, audience: string, holder: string, work: () => Promise<T>): Promise<T> {
  for (let waited = 0; ; waited += ASK_AGAIN_MILLISECONDS) {
    const outcome = await ifAudienceIsFree(ports, audience, holder, work, PLANNING_SECONDS);
    if (outcome) return outcome.done;
    if (waited >= PATIENCE_MILLISECONDS)
      throw new TransientError(`the audience ${audience} is being delivered just now`, { hint: "try again in some minutes" });
    await ports.clock.sleep(ASK_AGAIN_MILLISECONDS);
  }
}
