import { matches } from "./failure.ts";
import type { Retrier } from "./workflow.ts";

/** Counts the attempts of one visit to a state: each retrier has its own allowance, as in the States Language. */
export class RetryBudget {
  readonly #retriers: readonly Retrier[];
  readonly #used: number[];

  constructor(retriers: readonly Retrier[]) {
    this.#retriers = retriers;
    this.#used = retriers.map(() => 0);
  }

  /** Milliseconds to wait before the next attempt, or null where the error is not to be retried (any more). `retryAfter` in seconds, bounded by MaxDelaySeconds. */
  next(error: string, retryAfter: number | undefined, random: () => number): number | null {
    const index = this.#retriers.findIndex((retrier) => matches(retrier.errors, error));
    const retrier = this.#retriers[index];
    if (retrier === undefined || this.#used[index]! >= retrier.attempts) return null;
    const full = Math.min(retrier.interval * retrier.rate ** this.#used[index]!, retrier.maxDelay);
    this.#used[index]! += 1;
    const delay = retrier.jitter ? full * random() : full;
    return Math.min(Math.max(delay, retryAfter ?? 0), retrier.maxDelay) * 1000;
  }
}
