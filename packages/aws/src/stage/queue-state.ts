import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import { NotFoundError } from "@bullseye/core/errors";
import type { StageNames } from "./names.ts";

/** How many messages a queue holds; SQS counts them approximately. */
export interface QueueState {
  id: string;
  waiting: number;
  inFlight: number;
  delayed: number;
}

/** A message that a worker gave up. */
export interface DeadLetter {
  queue: string;
  messageId: string;
  /** ISO instant at which it was sent first. */
  sentAt: string | null;
  receives: number;
  /** Pointers only; messages hold nothing else. */
  body: unknown;
}

/** Messages shown of one queue [design]. */
const MOST_SHOWN = 100;
/** Seconds for which a message that was looked at is hidden: long enough not to be given out again while looking [design]. */
const LOOK_SECONDS = 15;
/** Seconds for which one is hidden that is sent back by hand. */
const MOVE_SECONDS = 60;

/** The queues of a stage as an operator sees them. */
export class StageQueues {
  readonly #sqs: SQSClient;
  readonly #names: StageNames;
  readonly #urlPrefix: string;

  /** `urlPrefix`: URL of a queue up to its id. */
  constructor(sqs: SQSClient, names: StageNames, urlPrefix: string) {
    this.#sqs = sqs;
    this.#names = names;
    this.#urlPrefix = urlPrefix;
  }

  async state(id: string): Promise<QueueState> {
    const { Attributes } = await this.#sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: this.#urlPrefix + id,
        AttributeNames: [
          "ApproximateNumberOfMessages",
          "ApproximateNumberOfMessagesNotVisible",
          "ApproximateNumberOfMessagesDelayed",
        ],
      }),
    );
    return {
      id,
      waiting: Number(Attributes?.ApproximateNumberOfMessages ?? 0),
      inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
      delayed: Number(Attributes?.ApproximateNumberOfMessagesDelayed ?? 0),
    };
  }

  /** The dead letters of a queue, or the first hundred of them, oldest first. They stay where they are. */
  async look(id: string): Promise<DeadLetter[]> {
    const seen = new Map<string, DeadLetter>();
    while (seen.size < MOST_SHOWN) {
      const { Messages = [] } = await this.#receive(id, LOOK_SECONDS);
      const fresh = Messages.filter(({ MessageId = "" }) => !seen.has(MessageId));
      for (const { MessageId = "", Body = "", Attributes } of fresh) {
        const sent = Number(Attributes?.SentTimestamp);
        seen.set(MessageId, {
          queue: id,
          messageId: MessageId,
          sentAt: Number.isFinite(sent) ? new Date(sent).toISOString() : null,
          receives: Number(Attributes?.ApproximateReceiveCount ?? 0),
          body: jsonOf(Body),
        });
      }
      if (fresh.length === 0) break;
    }
    return [...seen.values()].sort((a, b) => ((a.sentAt ?? "") < (b.sentAt ?? "") ? -1 : 1));
  }

  /** Sends the dead letters of a queue back to where they came from; answers how many were there. */
  async redrive(id: string): Promise<number> {
    const { from } = this.#deadLetters(id);
    if (from === null)
      throw new NotFoundError(`what lies in ${id} came from no queue`, {
        hint: `bullseye refresh --stage ${this.#names.stage} does what was not begun`,
      });
    const { waiting } = await this.state(id);
    if (waiting === 0) return 0;
    try {
      await this.#sqs.send(new StartMessageMoveTaskCommand({ SourceArn: this.#arn(id), DestinationArn: this.#arn(from) }));
      return waiting;
    } catch (error) {
      // Stand-ins know no move tasks: one by one then, sent before it is deleted, so that none is lost.
      if (!/UnsupportedOperation|InvalidAction|UnknownOperation|NotImplemented/.test((error as Error).name)) throw error;
      return this.#moveByHand(id, from);
    }
  }

  async #moveByHand(id: string, from: string): Promise<number> {
    let moved = 0;
    for (;;) {
      const { Messages = [] } = await this.#receive(id, MOVE_SECONDS);
      if (Messages.length === 0) return moved;
      for (const { Body, ReceiptHandle } of Messages) {
        await this.#sqs.send(new SendMessageCommand({ QueueUrl: this.#urlPrefix + from, MessageBody: Body }));
        await this.#sqs.send(new DeleteMessageCommand({ QueueUrl: this.#urlPrefix + id, ReceiptHandle }));
        moved++;
      }
    }
  }

  #receive(id: string, VisibilityTimeout: number) {
    return this.#sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.#urlPrefix + id,
        MaxNumberOfMessages: 10,
        VisibilityTimeout,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ["SentTimestamp", "ApproximateReceiveCount"],
      }),
    );
  }

  #deadLetters(id: string): StageNames["deadLetters"][number] {
    const found = this.#names.deadLetters.find((each) => each.id === id);
    if (found) return found;
    throw new NotFoundError(`there is no queue of dead letters ${id}`, {
      hint: `there are ${this.#names.deadLetters.map((each) => each.id).join(", ")}`,
    });
  }

  #arn(id: string): string {
    const { partition, region, account, queuePrefix } = this.#names;
    return `arn:${partition}:sqs:${region}:${account}:${queuePrefix}${id}`;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
