import { Duration, type Stack } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { pascalCase } from "./functions.ts";
import { DEAD_LETTER_DAYS } from "./retention.ts";
import type { StageProps } from "./stage.ts";

/** Receives after which a message is given up: one try and four more [design]. Waiting and throttling use up none. */
const MAX_RECEIVES = 5;

/** Messages come back after six times the worker's time limit (AWS Lambda, "Using Lambda with Amazon SQS", 2026-11). */
const VISIBILITY_FACTOR = 6;

/** A queue for what nobody could work off, until a person has looked. Messages are pointers; SQS encrypts them with its own key. */
export function addDeadLetters(stack: Stack, { names }: StageProps, short: string): Queue {
  return new Queue(stack, `${pascalCase(short)}Queue`, {
    queueName: names.queue(short),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(DEAD_LETTER_DAYS),
  });
}

/** A queue with its dead letters. */
export function addQueue(
  stack: Stack,
  props: StageProps,
  short: string,
  { workerSeconds, delaySeconds = 0 }: { workerSeconds: number; delaySeconds?: number },
): { queue: Queue; deadLetters: Queue } {
  const { names } = props;
  const deadLetters = addDeadLetters(stack, props, names.deadLetters(short));
  const queue = new Queue(stack, `${pascalCase(short)}Queue`, {
    queueName: names.queue(short),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    deliveryDelay: Duration.seconds(delaySeconds),
    visibilityTimeout: Duration.seconds(workerSeconds * VISIBILITY_FACTOR),
    retentionPeriod: Duration.days(DEAD_LETTER_DAYS),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MAX_RECEIVES },
  });
  return { queue, deadLetters };
}
