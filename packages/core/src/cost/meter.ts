/** What AWS charges for and Bullseye counts: requests, DynamoDB request units, Lambda GB-seconds, state transitions, published events. */
export const METERED_UNITS = [
  "s3.put",
  "s3.get",
  "s3.list",
  "dynamodb.write",
  "dynamodb.read",
  "sqs.request",
  "stepFunctions.transition",
  "lambda.request",
  "lambda.gbSecond",
  "eventBridge.event",
  "secrets.request",
] as const;
export type MeteredUnit = (typeof METERED_UNITS)[number];

/** How much of each unit was used. */
export type Usage = Partial<Record<MeteredUnit, number>>;

/** Counts what the calls of one piece of work would be charged for. */
export class Meter {
  #usage: Usage = {};

  /** Adds `n` of a unit. */
  count(unit: MeteredUnit, n = 1): void {
    this.#usage[unit] = (this.#usage[unit] ?? 0) + n;
  }

  /** What was counted since the last time, and begins anew. */
  take(): Usage {
    const usage = this.#usage;
    this.#usage = {};
    return usage;
  }
}

/** The sum of several usages. */
export function addUsage(...usages: readonly Usage[]): Usage {
  const sum: Usage = {};
  for (const usage of usages)
    for (const unit of Object.keys(usage) as MeteredUnit[]) sum[unit] = (sum[unit] ?? 0) + (usage[unit] ?? 0);
  return sum;
}
