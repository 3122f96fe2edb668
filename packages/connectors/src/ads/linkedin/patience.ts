import type { RetryPolicy } from "../../backoff.ts";

/** Repeats within one call. At least 1 s between them (LinkedIn partner bulletin, 2021); cap and number are ours. [design] */
export const RETRY: RetryPolicy = { maxAttempts: 5, firstDelayMs: 2_000, maxDelayMs: 60_000 };

/** A new segment needs a moment before it takes members ("DMP Segments", learn.microsoft.com). */
export const WAIT_AFTER_CREATE_MS = 5_000;

/** A segment that answers 404 this long does not exist. [design: connectors in the field wait one to two minutes] */
export const NOT_READY_WINDOW_MS = 120_000;

/** Between two attempts on a segment that is not ready. [design] */
export const NOT_READY_DELAY_MS = 5_000;

/** Seconds after which a push that was given up may be tried again, where the platform named no time. [design] */
export const RETRY_LATER_SECONDS = 60;
