/** How often and how patiently a request is repeated within one call. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly firstDelayMs: number;
  readonly maxDelayMs: number;
}

/**
 * Milliseconds to wait after the `attempt`-th failure (1-based): doubled each time, capped, then between half of that and all of it.
 * The spread comes from `seed` (an audience id, say), so that two audiences part ways and one run repeats exactly.
 */
export function backoffMs(policy: RetryPolicy, attempt: number, seed: string): number {
  const full = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (attempt - 1));
  let hash = 0x811c9dc5 ^ attempt;
  for (let i = 0; i < seed.length; i++) hash = Math.imul(hash ^ seed.charCodeAt(i), 0x01000193);
  return Math.round(full / 2 + (full / 2) * ((hash >>> 0) / 0xffffffff));
}
