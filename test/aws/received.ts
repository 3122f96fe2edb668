import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** A record of an SQS event, as recorded. */
export interface RecordedMessage {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: Record<string, string>;
  md5OfBody: string;
  [name: string]: unknown;
}

/** A recorded event of `events/received`, by `source/case`. */
export function recorded<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../events/received/${name}.json`, import.meta.url), "utf8")) as T;
}

/** A recorded event of a queue. */
export const recordedMessages = (name: string): { Records: RecordedMessage[] } => recorded(name);

/** A recorded message with another body, and what SQS tells of it. */
export function messageWith(record: RecordedMessage, body: string, more: Partial<RecordedMessage> = {}): RecordedMessage {
  return { ...record, body, md5OfBody: createHash("md5").update(body).digest("hex"), ...more };
}

/** The recorded event of a drop, of another object. */
export function droppedEvent(object: { bucket: string; key: string; versionId: string; size: number; at: string }): {
  Records: RecordedMessage[];
} {
  const [record] = recordedMessages("s3/object-created").Records;
  const event = JSON.parse(record!.body);
  event.time = object.at;
  event.resources = [`arn:aws:s3:::${object.bucket}`];
  event.detail.bucket.name = object.bucket;
  Object.assign(event.detail.object, { key: object.key, "version-id": object.versionId, size: object.size });
  return { Records: [messageWith(record!, JSON.stringify(event), { messageId: `drop-${object.versionId}` })] };
}

/** The recorded event of an execution that ended, of another execution. */
export function endedEvent(
  execution: { name: string; arn: string; input: string; error?: string; cause?: string },
  kind: "failed" | "aborted" | "timed-out" = "failed",
): { Records: RecordedMessage[] } {
  const [record] = recordedMessages(`step-functions/${kind}`).Records;
  const event = JSON.parse(record!.body);
  event.resources = [execution.arn];
  const { name, arn: executionArn, input, error = null, cause = null } = execution;
  Object.assign(event.detail, { name, executionArn, input, error, cause });
  return { Records: [messageWith(record!, JSON.stringify(event), { messageId: `ended-${name}` })] };
}
