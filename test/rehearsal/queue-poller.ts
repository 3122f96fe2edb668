import { setTimeout as delay } from "node:timers/promises";
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { DeclaredResource, DeployedPlace } from "./deployed-stacks.ts";
import type { FunctionRuntime } from "./function-runtime.ts";

/** A deployed event source mapping: which function works a queue off, and how. */
export interface Mapping {
  functionName: string;
  queueArn: string;
  batchSize: number;
  reportsFailures: boolean;
}

/** The event source mappings of the templates. */
export function mappingsOf(declared: readonly DeclaredResource[]): Mapping[] {
  return declared
    .filter(({ type }) => type === "AWS::Lambda::EventSourceMapping")
    .map(({ properties }) => ({
      functionName: String(properties.FunctionName),
      queueArn: String(properties.EventSourceArn),
      batchSize: Number(properties.BatchSize),
      reportsFailures: ((properties.FunctionResponseTypes ?? []) as string[]).includes("ReportBatchItemFailures"),
    }));
}

/** What a poller did. */
export interface Polled {
  /** As the function got them. */
  records: unknown[];
  failures: string[];
}

/** What Lambda's pollers are in a rehearsal: hands the messages of one deployed queue to its deployed function, as the mapping says. */
export class QueuePoller {
  readonly #sqs: SQSClient;
  readonly #runtime: FunctionRuntime;
  readonly #place: DeployedPlace;
  readonly mapping: Mapping;

  constructor(sqs: SQSClient, runtime: FunctionRuntime, place: DeployedPlace, mapping: Mapping) {
    this.#sqs = sqs;
    this.#runtime = runtime;
    this.#place = place;
    this.mapping = mapping;
  }

  get #name(): string {
    return this.mapping.queueArn.split(":").at(-1) ?? "";
  }

  async #url(): Promise<string> {
    return (await this.#sqs.send(new GetQueueUrlCommand({ QueueName: this.#name }))).QueueUrl ?? "";
  }

  /** Messages in the queue: waiting, in flight and delayed. */
  async depth(): Promise<number> {
    const { Attributes } = await this.#sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: await this.#url(), AttributeNames: ["All"] }),
    );
    return (
      Number(Attributes?.ApproximateNumberOfMessages ?? 0) +
      Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0) +
      Number(Attributes?.ApproximateNumberOfMessagesDelayed ?? 0)
    );
  }

  /** Works until nothing is left in the queue, or the time is up; answers what it handed over. */
  async drain(seconds: number): Promise<Polled> {
    const polled: Polled = { records: [], failures: [] };
    const until = performance.now() + seconds * 1000;
    while ((await this.depth()) > 0 && performance.now() < until) {
      const messages = await this.#receive();
      if (messages.length === 0) {
        await delay(200);
        continue;
      }
      const records = messages.map((message) => this.#record(message));
      polled.records.push(...records);
      polled.failures.push(...(await this.#hand(messages, records)));
    }
    return polled;
  }

  async #receive(): Promise<Message[]> {
    const { Messages = [] } = await this.#sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: await this.#url(),
        MaxNumberOfMessages: Math.min(10, this.mapping.batchSize),
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ["All"],
      }),
    );
    return Messages;
  }

  /** Invokes the function with a batch and deletes what it did not report as failed; answers why messages failed. */
  async #hand(messages: readonly Message[], records: readonly unknown[]): Promise<string[]> {
    const { failed, kept, why } = await this.invoke(records);
    if (failed) return why;
    const QueueUrl = await this.#url();
    for (const { MessageId = "", ReceiptHandle } of messages)
      if (!kept.has(MessageId)) await this.#sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    return why;
  }

  /** Invokes the function with records as they are; answers which it reported as failed (`kept`), or that it failed as a whole. */
  async invoke(records: readonly unknown[]): Promise<{ failed: boolean; kept: Set<string>; why: string[] }> {
    const { failed, payload } = await this.#runtime.invoke(this.mapping.functionName, { Records: records });
    if (failed) return { failed, kept: new Set(), why: [payload] };
    const { batchItemFailures = [] } = (JSON.parse(payload) ?? {}) as { batchItemFailures?: Array<{ itemIdentifier: string }> };
    const kept = new Set(this.mapping.reportsFailures ? batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) : []);
    return { failed, kept, why: [...kept].map((id) => `the function reported message ${id} as failed`) };
  }

  /** A message as Lambda hands it over ("Using Lambda with Amazon SQS", 2026-11). */
  #record({ MessageId, ReceiptHandle, Body, Attributes, MD5OfBody }: Message): unknown {
    return {
      messageId: MessageId,
      receiptHandle: ReceiptHandle,
      body: Body,
      attributes: Attributes,
      messageAttributes: {},
      md5OfBody: MD5OfBody,
      eventSource: "aws:sqs",
      eventSourceARN: this.mapping.queueArn,
      awsRegion: this.#place.region,
    };
  }
}
