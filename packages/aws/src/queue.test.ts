import { hash } from "node:crypto";
import { Meter } from "@bullseye/core/cost/meter";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqsClient } from "./clients/sqs.ts";
import { inChunks } from "./in-chunks.ts";
import { CONNECTION, jsonError, type Reply, type Seen, type Service, startService } from "./misbehaving.testing.ts";
import { readMessage, receiptOf, SqsQueue } from "./queue.ts";

let service: Service;
let queue: SqsQueue;
const meter = new Meter();

beforeAll(async () => {
  service = await startService();
  queue = new SqsQueue(sqsClient(CONNECTION, meter), `${process.env.AWS_ENDPOINT_URL}/1/bullseye-test-`);
});
afterAll(async () => {
  queue.close();
  await service.close();
});

interface Entry {
  Id: string;
  MessageBody: string;
  DelaySeconds: number;
}
const entriesOf = ({ body }: Seen): Entry[] => (JSON.parse(body) as { Entries: Entry[] }).Entries;
const idsOf = (request: Seen): string[] => entriesOf(request).map(({ MessageBody }) => readMessage(MessageBody).id);
/** The answer to a batch in which the entries that `fails` picks failed. */
function answer(request: Seen, fails: (id: string) => boolean, failure = { Code: "InternalError", SenderFault: false }): Reply {
  const failed = ({ MessageBody }: Entry): boolean => fails(readMessage(MessageBody).id);
  const Failed = entriesOf(request)
    .filter(failed)
    .map(({ Id }) => ({ Id, ...failure }));
  const Successful = entriesOf(request)
    .filter((entry) => !failed(entry))
    .map(({ Id, MessageBody }) => ({ Id, MessageId: Id, MD5OfMessageBody: hash("md5", MessageBody) }));
  return { body: { Failed, Successful } };
}
const messages = (...ids: string[]) => ids.map((id) => ({ id, body: { push: id } }));

describe("a queue", () => {
  test("sends again what a batch left, and nothing else", async () => {
    meter.take();
    service.answers((request, index) => answer(request, (id) => (index === 0 ? id !== "b" : index === 1 && id === "c")));
    await queue.send("push-a", messages("a", "b", "c"));
    expect(service.seen.map(idsOf)).toEqual([["a", "b", "c"], ["a", "c"], ["c"]]);
    expect(meter.take()).toEqual({ "sqs.request": 3 });
  });

  test("does not take silence for success", async () => {
    service.answers((request, index) => {
      const { body } = answer(request, (id) => index === 0 && id === "b");
      return { body: { ...(body as object), Failed: [] } };
    });
    await queue.send("push-a", messages("a", "b"));
    expect(service.seen.map(idsOf)).toEqual([["a", "b"], ["b"]]);
  });

  test("that never takes a message is a TransientError, one that refuses it is not", async () => {
    service.answers((request) => answer(request, (id) => id === "b"));
    await expect(queue.send("push-a", messages("a", "b"))).rejects.toMatchObject({ name: "TransientError" });
    service.answers((request) => answer(request, () => true, { Code: "InvalidMessageContents", SenderFault: true }));
    await expect(queue.send("push-a", messages("a"))).rejects.toMatchObject({ name: "BugError" });
    expect(service.seen).toHaveLength(1);
  });

  test("that is throttled is asked again; one that denies or is missing says so", async () => {
    service.answers((request, index) => (index === 0 ? jsonError(400, "RequestThrottled") : answer(request, () => false)));
    await queue.send("push-a", messages("a"));
    expect(service.seen).toHaveLength(2);
    service.answers(() => jsonError(403, "AccessDeniedException"));
    await expect(queue.depth("push-a")).rejects.toMatchObject({
      name: "CredentialError",
      hint: expect.stringContaining("sqs:GetQueueAttributes"),
    });
    service.answers(() => jsonError(400, "com.amazonaws.sqs#QueueDoesNotExist"));
    await expect(queue.receive("push-a", 1)).rejects.toMatchObject({ name: "NotFoundError" });
  });

  test("puts a message off by sending it anew before it takes the old one out, for a quarter of an hour at most", async () => {
    service.answers((request) => (request.operation === "SendMessageBatch" ? answer(request, () => false) : { body: {} }));
    const text = JSON.stringify({ id: "m\n1", body: { a: [1, null] } });
    await queue.defer("push-a", receiptOf("handle", text), 4_000);
    expect(service.seen.map(({ operation }) => operation)).toEqual(["SendMessageBatch", "DeleteMessage"]);
    expect(entriesOf(service.seen[0]!)).toEqual([{ Id: "0", MessageBody: text, DelaySeconds: 900 }]);
    expect(JSON.parse(service.seen[1]!.body)).toMatchObject({ ReceiptHandle: "handle" });
    service.answers((request) => answer(request, () => true, { Code: "AccessDenied", SenderFault: true }));
    await expect(queue.defer("push-a", receiptOf("handle", text), 5)).rejects.toMatchObject({ name: "CredentialError" });
    expect(service.seen.map(({ operation }) => operation)).toEqual(["SendMessageBatch"]);
  });

  test("counts every begun 64 KB as a request", async () => {
    meter.take();
    service.answers((request) => answer(request, () => false));
    await queue.send("push-a", [{ id: "a", body: "x".repeat(100_000) }]);
    expect(meter.take()).toEqual({ "sqs.request": 2 });
  });

  test("refuses what is no message of ours, or too large for one, without repeating it", async () => {
    for (const text of ["", "person@mail.example", "[]", '{"body":1}'])
      expect(() => readMessage(text)).toThrow(
        expect.objectContaining({ name: "BugError", message: expect.not.stringContaining("@") }),
      );
    await expect(queue.send("push-a", [{ id: "a", body: "x".repeat(300_000) }])).rejects.toMatchObject({ name: "BugError" });
    await expect(queue.done("push-a", "no receipt")).rejects.toMatchObject({ name: "BugError" });
  });
});

describe("chunks", () => {
  test("hold all texts in order, within their limits, and none is empty", () => {
    const limits = fc.record({ most: fc.integer({ min: 1, max: 5 }), bytes: fc.integer({ min: 8, max: 40 }) });
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 2 })), limits, (texts, { most, bytes }) => {
        const chunks = [...inChunks(texts, { most, bytes }, "a text")];
        expect(chunks.flat()).toEqual(texts);
        for (const chunk of chunks) {
          expect(chunk.length).toBeGreaterThan(0);
          expect(chunk.length).toBeLessThanOrEqual(most);
          expect(Buffer.byteLength(chunk.join(""))).toBeLessThanOrEqual(bytes);
        }
      }),
    );
  });
});
