/** Days after which what lies under a prefix of the bucket goes, its old versions and cut-short uploads included [design]. */
export interface Retention {
  prefix: string;
  days: number;
  reason: string;
}

/** Old versions of anything go after this: long enough to notice a mistake after a holiday [design]. */
export const NONCURRENT_DAYS = 30;
/** Uploads that nobody finished [design]. */
export const INCOMPLETE_UPLOAD_DAYS = 1;

export const RETENTION: readonly Retention[] = [
  {
    prefix: "personal/work/",
    days: 1,
    reason: "rows on their way through one run, people's names included; a run ends within a day",
  },
  { prefix: "map-results/", days: 1, reason: "what Step Functions notes of each iteration; nothing reads it after the run" },
  {
    prefix: "inbox/",
    days: 90,
    reason: "dropped lists, to be read again after a correction within the quarter; what was read of them is stored",
  },
  { prefix: "rejects/", days: 30, reason: "rows as they were dropped, for whoever corrects the list" },
  { prefix: "outbox/", days: 30, reason: "files to upload; a newer plan replaces them" },
];

/** Days that logs are kept, in stages whose data is retained and in others [design]. */
export const LOG_DAYS = { retained: 180, other: 30 } as const;

/** Days that a message waits for a person in a dead-letter queue: the most that SQS allows. */
export const DEAD_LETTER_DAYS = 14;
