import { BugError, InputError } from "@bullseye/core/errors";
import * as z from "zod";

/** What is read of a message that SQS hands to a function. The names are AWS's. */
export const SqsRecord = z.object({
  messageId: z.string(),
  body: z.string(),
  attributes: z.object({ ApproximateReceiveCount: z.string().default("1") }).default({ ApproximateReceiveCount: "1" }),
});
export type SqsRecord = z.infer<typeof SqsRecord>;

/** A batch of messages as an event source mapping hands it over. */
export const SqsEvent = z.object({ Records: z.array(SqsRecord) });

/** "Amazon S3 event message structure" of EventBridge: keys are plain there, not URL-encoded as in bucket notifications. */
export const ObjectCreated = z.object({
  source: z.literal("aws.s3"),
  "detail-type": z.literal("Object Created"),
  time: z.iso.datetime({ offset: true }),
  detail: z.object({
    bucket: z.object({ name: z.string().min(1) }),
    object: z.object({
      key: z.string().min(1),
      size: z.number().default(0),
      "version-id": z.string().min(1),
      sequencer: z.string().optional(),
    }),
  }),
});
export type ObjectCreated = z.infer<typeof ObjectCreated>;

/** "Step Functions execution status changes" of EventBridge. */
export const ExecutionStatusChanged = z.object({
  source: z.literal("aws.states"),
  "detail-type": z.literal("Step Functions Execution Status Change"),
  detail: z.object({ executionArn: z.string().min(1), name: z.string().min(1), status: z.string() }),
});
export type ExecutionStatusChanged = z.infer<typeof ExecutionStatusChanged>;

/** What the schedule is told to send: `{"scheduledTime": "<aws.scheduler.scheduled-time>"}`. */
export const ScheduledRefresh = z.object({ scheduledTime: z.iso.datetime({ offset: true }) });
export type ScheduledRefresh = z.infer<typeof ScheduledRefresh>;

/** What a received event must look like; BugError names where it does not, and nothing of what it holds. */
export function received<T>(schema: z.ZodType<T>, event: unknown, what: string): T {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join(".") || "the whole").join(", ");
  throw new BugError(`${what} has another shape than documented (${where})`, { hint: "look at what was sent to the function" });
}

/** The JSON of a message's body; InputError for a body that is none, without quoting it. */
export function bodyOf<T>(schema: z.ZodType<T>, record: SqsRecord, what: string): T {
  let body: unknown;
  try {
    body = JSON.parse(record.body);
  } catch {
    throw new InputError(`the body of message ${record.messageId} is no JSON`, { hint: "it goes to the dead-letter queue" });
  }
  return received(schema, body, what);
}
