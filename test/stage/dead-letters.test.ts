import { SQSClient } from "@aws-sdk/client-sqs";
import { stageNames } from "@bullseye/aws/stage/names";
import { StageQueues } from "@bullseye/aws/stage/queue-state";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type JsonServices, Refusal, startJsonServices } from "../contracts/json-services.ts";

const names = stageNames({ stage: "olive", account: "123456789012", region: "eu-central-1", partition: "aws" });
const arn = (id: string): string => `arn:aws:sqs:eu-central-1:123456789012:bullseye-olive-${id}`;

let services: JsonServices;
let queues: StageQueues;
let sqs: SQSClient;
const moves: unknown[] = [];
let refused: string | null = null;

beforeAll(async () => {
  // "StartMessageMoveTask" (Amazon SQS API Reference): the whole of a dead-letter queue is moved, by SQS itself.
  services = await startJsonServices({
    "AmazonSQS.GetQueueAttributes": () => ({ Attributes: { ApproximateNumberOfMessages: "7" } }),
    "AmazonSQS.StartMessageMoveTask": (input) => {
      if (refused !== null) throw new Refusal(refused);
      moves.push(input);
      return { TaskHandle: "handle" };
    },
    "AmazonSQS.ReceiveMessage": () => ({}),
  });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  sqs = new SQSClient({ region: "eu-central-1", endpoint: services.endpoint, credentials, maxAttempts: 1 });
  queues = new StageQueues(sqs, names, `${services.endpoint}/123456789012/bullseye-olive-`);
});

afterAll(async () => {
  sqs.destroy();
  await services.close();
});

test("SQS is asked to move what lies in a queue back to where it came from", async () => {
  expect(await queues.redrive("push-linkedin-dead")).toBe(7);
  expect(moves).toEqual([{ SourceArn: arn("push-linkedin-dead"), DestinationArn: arn("push-linkedin") }]);
});

test("what came from no queue, and queues that there are not, are said to be that", async () => {
  await expect(queues.redrive("refresh-dead")).rejects.toMatchObject({
    name: "NotFoundError",
    hint: expect.stringContaining("refresh --stage olive"),
  });
  await expect(queues.redrive("inbox")).rejects.toMatchObject({
    name: "NotFoundError",
    hint: expect.stringContaining("inbox-dead"),
  });
});

test("a refusal is not taken for a stand-in that knows no move tasks", async () => {
  refused = "AccessDeniedException";
  await expect(queues.redrive("inbox-dead")).rejects.toThrow();
  refused = null;
});
