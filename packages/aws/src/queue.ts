import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { BugError, TransientError } from "@bullseye/core/errors";
import type { Queue } from "@bullseye/core/ports";
import * as z from "zod";
import { knownFailure } from "./failures.ts";
import { inChunks } from "./in-chunks.ts";
import { ATTEMPTS, pause } from "./in-parallel.ts";

/** "Amazon SQS message quotas": messages and bytes of a batch (the limit that all regions and stand-ins keep), longest delay in seconds. */
const BATCH = { most: 10, bytes: 256 * 1024 };
const LONGEST_DELAY = 900;

/** Seconds that receiving waits: an answer without waiting may be empty although messages are there [design]. */
const WAIT_SECONDS = 1;

/** A message as SQS carries it; ids are ours, SQS gives another with each sending. */
const MESSAGE = z.object({ id: z.string(), body: z.unknown() });

/** Reads the body of an SQS message. BugError, without its text, where it is none of ours. */
export function readMessage(text: string): { id: string; body: unknown } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const message = MESSAGE.safeParse(json);
  if (!message.success) throw new BugError("a queue holds a message that Bullseye did not write");
  return message.data as { id: string; body: unknown };
}

/** A receipt by which a message that a worker was given can be put off: what SQS wants for deleting, and what to send again. */
export const receiptOf = (handle: string, text: string): string => `${handle}\n${text}`;

/** Queues of one stage. Messages arrive at least once, in any order. */
export class SqsQueue implements Queue {
  readonly #client: SQSClient;
  readonly #prefix: string;

  constructor(client: SQSClient, prefix: string) {
    this.#client = client;
    this.#prefix = prefix;
  }

  async send(queue: string, messages: ReadonlyArray<{ id: string; body: unknown }>, delaySeconds = 0): Promise<void> {
    const texts = messages.map(({ id, body }) => JSON.stringify({ id, body }));
    for (const chunk of inChunks(texts, BATCH, `a message for the queue ${queue}`))
      await this.#sendBatch(queue, chunk, delaySeconds);
  }

  async #sendBatch(queue: string, texts: readonly string[], delaySeconds: number): Promise<void> {
    const doing = `sending to the queue ${queue}`;
    const DelaySeconds = Math.min(LONGEST_DELAY, Math.max(0, Math.ceil(delaySeconds)));
    let left = texts.map((MessageBody, index) => ({ Id: String(index), MessageBody, DelaySeconds }));
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (attempt > 1) await pause(attempt - 1);
      const answer = await this.#call(doing, "sqs:SendMessage", () =>
        this.#client.send(new SendMessageBatchCommand({ QueueUrl: this.#url(queue), Entries: left })),
      );
      const failed = answer.Failed ?? [];
      const refused = failed.find(({ SenderFault }) => SenderFault);
      if (refused) throw knownFailure({ name: refused.Code ?? "Error" }, doing, "sqs:SendMessage");
      // An entry that the answer does not speak of was not taken.
      const taken = new Set((answer.Successful ?? []).map(({ Id }) => Id));
      left = left.filter(({ Id }) => !taken.has(Id));
      if (left.length === 0) return;
    }
    throw new TransientError(`${doing}: SQS did not take ${left.length} messages`);
  }

  async receive(queue: string, max: number): Promise<Array<{ id: string; receipt: string; attempts: number; body: unknown }>> {
    const received: Array<{ id: string; receipt: string; attempts: number; body: unknown }> = [];
    while (received.length < max) {
      const answer = await this.#call(`receiving from the queue ${queue}`, "sqs:ReceiveMessage", () =>
        this.#client.send(
          new ReceiveMessageCommand({
            QueueUrl: this.#url(queue),
            MaxNumberOfMessages: Math.min(BATCH.most, max - received.length),
            WaitTimeSeconds: received.length === 0 ? WAIT_SECONDS : 0,
            MessageSystemAttributeNames: ["ApproximateReceiveCount"],
          }),
        ),
      );
      const messages = answer.Messages ?? [];
      for (const { Body = "", ReceiptHandle = "", Attributes } of messages)
        received.push({
          ...readMessage(Body),
          receipt: receiptOf(ReceiptHandle, Body),
          attempts: Number(Attributes?.ApproximateReceiveCount ?? 1),
        });
      if (messages.length === 0) break;
    }
    return received;
  }

  async done(queue: string, receipt: string): Promise<void> {
    const [ReceiptHandle] = split(receipt);
    await this.#call(`taking a message out of the queue ${queue}`, "sqs:DeleteMessage", () =>
      this.#client.send(new DeleteMessageCommand({ QueueUrl: this.#url(queue), ReceiptHandle })),
    );
  }

  /** Sends the message anew with the delay, then takes out the one received: after a crash in between it arrives twice, never not at all. */
  async defer(queue: string, receipt: string, delaySeconds: number): Promise<void> {
    const [, text] = split(receipt);
    await this.#sendBatch(queue, [text], delaySeconds);
    await this.done(queue, receipt);
  }

  /** Messages that wait, are put off or are being worked on; SQS counts them approximately. */
  async depth(queue: string): Promise<number> {
    const counts = [
      "ApproximateNumberOfMessages",
      "ApproximateNumberOfMessagesNotVisible",
      "ApproximateNumberOfMessagesDelayed",
    ] as const;
    const { Attributes } = await this.#call(`asking for the depth of the queue ${queue}`, "sqs:GetQueueAttributes", () =>
      this.#client.send(new GetQueueAttributesCommand({ QueueUrl: this.#url(queue), AttributeNames: [...counts] })),
    );
    return counts.reduce((sum, count) => sum + Number(Attributes?.[count] ?? 0), 0);
  }

  /** Closes the connections. */
  close(): void {
    this.#client.destroy();
  }

  #url(queue: string): string {
    return this.#prefix + queue;
  }

  async #call<T>(doing: string, right: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw knownFailure(error, doing, right);
    }
  }
}

function split(receipt: string): [handle: string, text: string] {
  const at = receipt.indexOf("\n");
  if (at === -1) throw new BugError("a receipt was given that no queue gave out");
  return [receipt.slice(0, at), receipt.slice(at + 1)];
}
