import { setTimeout as delay } from "node:timers/promises";

/**
 * Does `work` on all items, `most` at a time, and gives the results in the order of the items. After a failure nothing more is begun; it is
 * thrown when what had begun is over.
 */
export async function inParallel<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await work(items[index]!);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}

/** Attempts at what a partly good answer left undone, and the bounds of the pause between them in milliseconds [design]. */
export const ATTEMPTS = 6;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 5_000;

/** Waits a random time that doubles with each attempt ("Exponential Backoff And Jitter", full jitter). */
export async function pause(attempt: number): Promise<void> {
  await delay(Math.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt));
}
