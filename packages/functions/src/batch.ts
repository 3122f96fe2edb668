import { received, SqsEvent, type SqsRecord } from "@bullseye/aws/intake/received-events";
import type { Opener } from "./container.ts";
import { failureOf, loggedError } from "./failure.ts";
import { type Invocation, type LambdaHandler, lambda } from "./lambda.ts";
import { count } from "./telemetry.ts";

/** What an event source mapping with ReportBatchItemFailures reads: the messages that come again. */
export interface BatchResponse {
  batchItemFailures: Array<{ itemIdentifier: string }>;
}

/** A function that takes messages one after the other. One that fails comes back by itself, and ends in the dead-letter queue. */
export function batchHandler(
  id: string,
  take: (record: SqsRecord, invocation: Invocation) => Promise<void>,
  open: Opener,
): LambdaHandler<BatchResponse> {
  const takeAll = async (event: unknown, invocation: Invocation): Promise<BatchResponse> => {
    const { Records } = received(SqsEvent, event, "the event of a queue");
    const batchItemFailures: BatchResponse["batchItemFailures"] = [];
    for (const record of Records) {
      try {
        await take(record, invocation);
      } catch (error) {
        invocation.logger.error("a message failed", {
          messageId: record.messageId,
          receives: Number(record.attributes.ApproximateReceiveCount),
          failure: loggedError(failureOf(error)),
        });
        count("MessageFailed", invocation.container.stage);
        batchItemFailures.push({ itemIdentifier: record.messageId });
      }
      invocation.logger.removeKeys(["runId"]);
    }
    return { batchItemFailures };
  };
  return lambda(id, takeAll, open);
}
