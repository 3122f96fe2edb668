import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { endedEvent, type RecordedMessage, recorded, recordedMessages } from "./received.ts";
import { type RunningFunction, watchSdk } from "./sdk-calls.ts";
import { type BatchResponse, TestStage } from "./support.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await TestStage.start();
});
afterEach(() => stage.close());

const failedOf = (response: unknown): string[] =>
  (response as BatchResponse).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
const started = () => [...stage.steps.executions.values()].map(({ input }) => JSON.parse(input));
const bodyOf = ({ body }: RecordedMessage) => JSON.parse(body);

describe("intake, with recorded events", () => {
  test("starts the run of a dropped list with all that decides its result", async () => {
    const event = recordedMessages("s3/object-created");
    expect(failedOf(await stage.invoke("intake", event))).toEqual([]);
    const { detail } = bodyOf(event.Records[0]!);
    expect(started()).toEqual([
      {
        bucket: detail.bucket.name,
        key: detail.object.key,
        versionId: detail.object["version-id"],
        asOf: "2026-11-20",
        droppedAt: `2026-11-20T08:00:00.000Z ${detail.object.sequencer}`,
        configSha: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ]);
    const [name] = stage.steps.executions.keys();
    expect(name).toMatch(/^[0-9a-f]{20}$/);
  });

  test("starts one run, however often a drop is told of, and when", async () => {
    const event = recordedMessages("s3/object-created-twice");
    expect(event.Records).toHaveLength(2);
    for (let time = 0; time < 2; time++) expect(failedOf(await stage.invoke("intake", event))).toEqual([]);
    const late = structuredClone(event);
    for (const record of late.Records) record.body = record.body.replace("08:00:00Z", "08:00:03Z");
    expect(failedOf(await stage.invoke("intake", late))).toEqual([]);
    expect(started()).toHaveLength(1);
    expect(started()[0].droppedAt).toMatch(/^2026-11-20T08:00:00\.000Z [0-9A-F]+$/);
    // Ended or not, the name stays taken.
    for (const each of stage.steps.executions.values()) each.status = "SUCCEEDED";
    expect(failedOf(await stage.invoke("intake", event))).toEqual([]);
    expect(started()).toHaveLength(1);
  });

  test("takes keys as they are: EventBridge does not encode them", async () => {
    const event = recordedMessages("s3/key-with-spaces");
    expect(failedOf(await stage.invoke("intake", event))).toEqual([]);
    expect(started()[0].key).toBe("inbox/accounts/Händler 2026+Q4 (50%25).csv");
  });

  test("starts nothing for sidecars and folders, and one run for a large upload", async () => {
    expect(failedOf(await stage.invoke("intake", recordedMessages("s3/sidecar-and-folder")))).toEqual([]);
    expect(started()).toEqual([]);
    expect(failedOf(await stage.invoke("intake", recordedMessages("s3/multipart-upload")))).toEqual([]);
    expect(started()).toHaveLength(1);
  });

  test("fails what is no drop by itself, and tells nothing of what it holds", async () => {
    const event = recordedMessages("s3/mixed-batch");
    const [, notJson, deleted] = event.Records;
    expect(failedOf(await stage.invoke("intake", event))).toEqual([notJson!.messageId, deleted!.messageId]);
    expect(started().map(({ key }) => key)).toEqual([
      "inbox/orders/shop-orders/shop-orders.csv",
      "inbox/deals/hubspot-deals/hubspot-deals.csv",
    ]);
  });

  test("fails all messages, to come again, while Step Functions do not answer; the next time all start", async () => {
    const event = recordedMessages("s3/mixed-batch");
    const busy = watchSdk(async (call: { service: string }, _: RunningFunction, send) => {
      if (call.service !== "SFN") return send();
      throw Object.assign(new Error("slow down"), { name: "ThrottlingException", $metadata: { httpStatusCode: 400 } });
    });
    expect(failedOf(await stage.invoke("intake", event))).toHaveLength(4);
    busy();
    expect(failedOf(await stage.invoke("intake", event))).toHaveLength(2);
    expect(started()).toHaveLength(2);
  });

  test("is an error where the event is of no queue", async () => {
    await expect(stage.invoke("intake", { anything: 1 })).rejects.toMatchObject({ name: "BugError" });
  });
});

describe("refresh-schedule, with the recorded event", () => {
  test("starts one refresh a day, however often the schedule asks", async () => {
    const event = recorded<{ scheduledTime: string }>("scheduler/daily");
    const first = await stage.invoke("refresh-schedule", event);
    expect(first).toMatchObject({ outcome: "started" });
    expect(await stage.invoke("refresh-schedule", { scheduledTime: "2026-11-21T03:00:59Z" })).toEqual({
      ...(first as object),
      outcome: "known",
    });
    expect(await stage.invoke("refresh-schedule", { scheduledTime: "2026-11-22T03:00:00Z" })).toMatchObject({
      outcome: "started",
    });
    const { bucket } = stage.standIns.environment;
    expect(started()[0]).toEqual({
      bucket,
      refresh: true,
      asOf: "2026-11-21",
      droppedAt: "2026-11-21T03:00:00.000Z",
      configSha: expect.any(String),
    });
    await expect(stage.invoke("refresh-schedule", {})).rejects.toMatchObject({ name: "BugError" });
  });
});

describe("settle-run, with recorded events", () => {
  /** A run that has its turn and stops there. */
  async function stopped(): Promise<string> {
    expect(failedOf(await stage.invoke("intake", recordedMessages("s3/object-created")))).toEqual([]);
    const [execution] = stage.steps.executions.values();
    await stage.invoke("take-turn", { ...JSON.parse(execution!.input), runId: execution!.name });
    return execution!.name;
  }
  const turnIsFree = async (): Promise<boolean> => (await stage.ports.leases.take("turn", "next", 10)) !== null;

  test.each(["failed", "aborted", "timed-out"] as const)(
    "closes a run that ended as %s, once, and frees its turn",
    async (kind) => {
      const name = await stopped();
      const execution = stage.steps.executions.get(name)!;
      execution.status = kind === "failed" ? "FAILED" : kind === "aborted" ? "ABORTED" : "TIMED_OUT";
      if (kind === "failed")
        Object.assign(execution, { error: "BugError", cause: '{"errorType":"BugError","errorMessage":"x"}' });
      const event = endedEvent(execution, kind);
      expect(failedOf(await stage.invoke("settle-run", event))).toEqual([]);
      const run = await stage.ports.runs.run(name);
      expect(run).toMatchObject({
        status: "failed",
        error: { failed: { message: "x" }, aborted: { name: "ABORTED" }, "timed-out": { name: "TIMED_OUT" } }[kind],
      });
      expect(failedOf(await stage.invoke("settle-run", event))).toEqual([]);
      expect((await stage.ports.runs.run(name))!.endedAt).toBe(run!.endedAt);
      expect(stage.standIns.events.map(({ DetailType }) => DetailType)).toEqual(["run-closed"]);
      expect(await turnIsFree()).toBe(true);
    },
  );

  test("lets a redriven run be, and one that it does not know", async () => {
    const name = await stopped();
    const execution = stage.steps.executions.get(name)!;
    expect(failedOf(await stage.invoke("settle-run", endedEvent(execution)))).toEqual([]);
    expect(await stage.ports.runs.run(name)).toMatchObject({ status: "waiting" });
    expect(await turnIsFree()).toBe(false);
    expect(failedOf(await stage.invoke("settle-run", recordedMessages("step-functions/failed")))).toEqual([]);
    expect(await stage.ports.runs.runs()).toHaveLength(1);
  });
});

describe("deliver, with recorded events", () => {
  test("acknowledges what is of a push that there is not, and fails a foreign message by itself", async () => {
    expect(failedOf(await stage.invoke("deliver", recordedMessages("sqs/deliver-chunk")))).toEqual([]);
    expect(failedOf(await stage.invoke("deliver", recordedMessages("sqs/deliver-redelivered")))).toEqual([]);
    expect(failedOf(await stage.invoke("deliver", recordedMessages("sqs/deliver-file")))).toEqual([]);
    const event = recordedMessages("sqs/deliver-mixed-batch");
    expect(failedOf(await stage.invoke("deliver", event))).toEqual([event.Records[1]!.messageId]);
  });
});
