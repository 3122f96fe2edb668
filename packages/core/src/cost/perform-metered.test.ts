import { describe, expect, test } from "vitest";
import { TransientError } from "../errors.ts";
import type { Ports } from "../ports.ts";
import { Meter } from "./meter.ts";
import { meteredPorts, putRequests } from "./metered-ports.ts";
import { LAMBDA_MEMORY_MB, performMetered } from "./perform-metered.ts";
import { queryUnits, readUnits, writeUnits } from "./request-units.ts";
import { usageAtClose, usageOfRun } from "./usage-objects.ts";

/** Objects in memory and a clock that a test moves; all else is not there. */
function world() {
  const objects = new Map<string, string>();
  let now = Date.parse("2026-11-20T10:00:00Z");
  const ports = {
    objects: {
      get: async (key: string) => Buffer.from(objects.get(key)!),
      put: async (key: string, body: Uint8Array | string) => void objects.set(key, Buffer.from(body).toString("utf8")),
      list: async (prefix: string) => [...objects.keys()].filter((key) => key.startsWith(prefix)).sort(),
    },
    audiences: { push: async (id: string) => (id === "p1" ? { runId: "r1" } : null) },
    clock: { now: () => new Date(now).toISOString() },
  } as unknown as Ports;
  const meter = new Meter();
  return { objects, meter, counting: meteredPorts(ports, meter), later: (milliseconds: number) => (now += milliseconds) };
}

const lambda = { memoryMb: 1024 };
const doing = (id: string, work: (ports: Ports) => Promise<unknown>) => ({ id, perform: (ports: Ports) => work(ports) });
const usages = (objects: Map<string, string>) =>
  Object.fromEntries(
    [...objects]
      .filter(([key]) => /usage\//.test(key))
      .map(([key, text]) => [key.replace(/-\w+\.json$/, ""), JSON.parse(text)[0]]),
  );

describe("performMetered", () => {
  test("writes down the calls, that it is written down, one request and its time", async () => {
    const { objects, meter, counting, later } = world();
    const operation = doing("save-partition", async (ports) => {
      await ports.objects.put("a", "x");
      later(250);
      return "done";
    });
    const input = { runId: "r1", partition: { partition: 7, rounds: [0] } };
    expect(await performMetered(operation, counting, meter, input, lambda)).toBe("done");
    expect(usages(objects)).toEqual({
      "runs/r1/usage/save-partition-7": {
        v: 1,
        operation: "save-partition",
        failed: false,
        usage: { "s3.put": 2, "lambda.request": 1, "lambda.gbSecond": 0.25 },
      },
    });
    expect(meter.take()).toEqual({ "s3.put": 0 });
  });

  test("a failed attempt is written down beside the one that succeeds, and its error is thrown as it is", async () => {
    const { objects, meter, counting, later } = world();
    let attempts = 0;
    const operation = doing("import-list", async (ports) => {
      later(10);
      await ports.objects.put("a", "x");
      if (attempts++ === 0) throw new TransientError("busy");
    });
    const input = { runId: "r1", range: { index: 3 } };
    await expect(performMetered(operation, counting, meter, input, lambda)).rejects.toThrow("busy");
    await performMetered(operation, counting, meter, input, lambda);
    const written = [...objects]
      .filter(([key]) => key.startsWith("runs/r1/usage/import-list-3-"))
      .map(([, text]) => JSON.parse(text)[0]);
    expect(written.map(({ failed }) => failed).sort()).toEqual([false, true]);
    expect(written.map(({ usage }) => usage["s3.put"])).toEqual([2, 2]);
  });

  test("a delivery belongs to the run that planned its push; what belongs to none is not written down", async () => {
    const { objects, meter, counting } = world();
    const deliver = doing("deliver-push", async () => "done");
    await performMetered(deliver, counting, meter, { pushId: "p1", chunk: 2 }, lambda);
    await performMetered(deliver, counting, meter, { pushId: "gone", chunk: 0 }, lambda);
    expect(Object.keys(usages(objects))).toEqual(["runs/r1/late-usage/deliver-push-p1-2"]);
    const late = await usageOfRun(counting, { runId: "r1", usage: { "dynamodb.write": 5 } });
    expect(late).toMatchObject({ "dynamodb.write": 5, "dynamodb.read": 1, "lambda.request": 1, "sqs.request": 2 });
    expect(await usageOfRun(counting, { runId: "r1" })).toBeNull();
  });

  test("a laptop adds the time that calls would take on AWS", async () => {
    const { objects, meter, counting } = world();
    const operation = doing("open-round", async (ports) => ports.objects.put("a", "x"));
    await performMetered(
      operation,
      counting,
      meter,
      { runId: "r1", round: 0 },
      { memoryMb: LAMBDA_MEMORY_MB, estimated: new Map() },
    );
    const { usage } = usages(objects)["runs/r1/usage/open-round-0"]!;
    expect(usage["lambda.gbSecond"]).toBeGreaterThan(0.05);
  });
});

describe("the iteration of a partition on a laptop", () => {
  test("is written down as a whole, task by task, and sums to the same", async () => {
    const { objects, meter, counting } = world();
    const size = { memoryMb: 1024, estimated: new Map() };
    for (const id of ["classify-partition", "score-partition", "place-partition", "save-partition"])
      await performMetered(
        doing(id, async (ports) => ports.objects.put("a", "x")),
        counting,
        meter,
        { runId: "r1", partition: { partition: 1 } },
        size,
      );
    const written = [...objects].filter(([key]) => key.startsWith("runs/r1/usage/"));
    expect(written).toHaveLength(1);
    expect(JSON.parse(written[0]![1]).map(({ operation }: { operation: string }) => operation)).toEqual([
      "classify-partition",
      "score-partition",
      "place-partition",
      "save-partition",
    ]);
    expect((await usageAtClose(counting, "r1", "closed"))["s3.put"]).toBe(8);
  });
});

describe("units", () => {
  test("of DynamoDB are begun kilobytes written and begun 4 KB read, rounded once for each page of a query", () => {
    expect([0, 1, 1024, 1025, 10_240].map(writeUnits)).toEqual([1, 1, 1, 2, 10]);
    expect([0, 4096, 4097].map(readUnits)).toEqual([1, 1, 2]);
    expect([0, 1000, 5000, 1024 * 1024, 1024 * 1024 + 1].map(queryUnits)).toEqual([1, 1, 2, 256, 257]);
  });

  test("of S3 are the parts of what is large, opened and completed", () => {
    const part = 8 * 1024 * 1024;
    expect([0, part, part + 1, 3 * part].map(putRequests)).toEqual([1, 1, 4, 5]);
  });
});
