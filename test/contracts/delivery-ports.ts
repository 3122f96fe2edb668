import type { MemberRow, PushRecord } from "@bullseye/core/audiences/delivery";
import type { ListRecord, RunRecord } from "@bullseye/core/ledger/records";
import { describe, expect, test } from "vitest";
import { collect, id } from "./items.ts";
import type { OpenPorts } from "./ports.ts";

/** What operations rely on in the records of runs, lists, audiences and pushes, and in the queue. */
export function describeDelivery(opened: () => OpenPorts, passes: boolean): void {
  const pass = async (seconds: number): Promise<void> => opened().pass?.(seconds);

  describe("runs and lists", () => {
    const run = (n: number, startedAt: string): RunRecord => ({
      runId: `run-${n}`,
      type: "refresh",
      status: "running",
      list: null,
      kind: null,
      version: null,
      input: { key: null, versionId: "", asOf: "2026-11-20", configSha: "c" },
      startedAt,
    });

    test("runs come newest first and are replaced whole", async () => {
      const runs = [run(1, "2026-11-20T08:00:00.000Z"), run(2, "2026-11-20T10:00:00.000Z"), run(3, "2026-11-20T09:00:00.000Z")];
      for (const each of runs) await opened().ports.runs.putRun(each);
      expect((await opened().ports.runs.runs()).map((each) => each.runId)).toEqual(["run-2", "run-3", "run-1"]);
      await opened().ports.runs.putRun({ ...runs[0]!, status: "done", bits: 3 });
      expect(await opened().ports.runs.run("run-1")).toEqual({ ...runs[0]!, status: "done", bits: 3 });
      await opened().ports.runs.removeRun("run-3");
      expect(await opened().ports.runs.run("run-3")).toBeNull();
      expect(await opened().ports.runs.runs()).toHaveLength(2);
    });

    test("lists come by id", async () => {
      const list = (name: string): ListRecord => ({
        id: name,
        kind: "accounts",
        mode: "append",
        source: { origin: "first-party" },
        versions: [],
      });
      for (const name of ["shop", "crm"]) await opened().ports.runs.putList(list(name));
      expect((await opened().ports.runs.lists()).map((each) => each.id)).toEqual(["crm", "shop"]);
      await opened().ports.runs.putList({ ...list("crm"), mode: "snapshot" });
      expect(await opened().ports.runs.list("crm")).toEqual({ ...list("crm"), mode: "snapshot" });
      expect(await opened().ports.runs.list("none")).toBeNull();
    });
  });

  describe("audiences", () => {
    const member = (n: number, more: Partial<MemberRow> = {}): MemberRow => ({
      audience: "large",
      id: id(n, "f"),
      account: id(n),
      fingerprint: "p",
      state: "planned",
      push: "large-1",
      ...more,
    });

    test("members come in id order, by id, and each once", async () => {
      const rows = Array.from({ length: 2_100 }, (_, n) => member(n));
      await opened().ports.audiences.putMembers([...rows, member(5, { audience: "small" })], []);
      expect(await collect(opened().ports.audiences.members("large"))).toEqual(rows);
      await opened().ports.audiences.putMembers(
        [member(1, { state: "confirmed", sent: "{}" })],
        [{ audience: "large", id: id(5, "f") }],
      );
      const found = await opened().ports.audiences.membersById("large", [id(1, "f"), id(5, "f"), id(6, "f")]);
      expect(found.get(id(1, "f"))).toEqual(member(1, { state: "confirmed", sent: "{}" }));
      expect([...found.keys()].sort()).toEqual([id(1, "f"), id(6, "f")]);
      expect(await collect(opened().ports.audiences.members("small"))).toEqual([member(5, { audience: "small" })]);
    });

    test("states and pushes are kept whole; pushes come newest first", async () => {
      expect(await opened().ports.audiences.state("large")).toBeNull();
      await opened().ports.audiences.putState({ id: "large", frozen: true, parked: "why" });
      await opened().ports.audiences.putState({ id: "large", lastPlanHash: "h" });
      expect(await opened().ports.audiences.state("large")).toEqual({ id: "large", lastPlanHash: "h" });
      const push = (n: number, audience: string): PushRecord => ({
        ...{
          pushId: `${audience}-${n}`,
          audience,
          platform: "linkedin",
          mode: "api",
          planHash: "h",
          runId: "r",
          status: "waiting",
        },
        ...{ desired: 1, add: 1, remove: 0, chunks: 1, chunksDone: [], files: [], approvalReasons: [], configSha: "c" },
        createdAt: `2026-11-20T0${n}:00:00.000Z`,
      });
      for (const each of [push(1, "large"), push(3, "large"), push(2, "small")]) await opened().ports.audiences.putPush(each);
      expect((await opened().ports.audiences.pushes()).map((each) => each.pushId)).toEqual(["large-3", "small-2", "large-1"]);
      expect((await opened().ports.audiences.pushes("large")).map((each) => each.pushId)).toEqual(["large-3", "large-1"]);
      await opened().ports.audiences.putPush({ ...push(1, "large"), status: "done" });
      expect((await opened().ports.audiences.push("large-1"))!.status).toBe("done");
      expect(await opened().ports.audiences.push("none")).toBeNull();
    });
  });

  describe("the queue", () => {
    test.skipIf(!passes)("delivers each message at least once, and no more once it is done", async () => {
      await opened().ports.queue.send("push-a", [
        { id: "m1", body: { n: 1 } },
        { id: "m2", body: { n: 2 } },
      ]);
      expect(await opened().ports.queue.depth("push-a")).toBe(2);
      const first = await opened().ports.queue.receive("push-a", 10);
      expect(first.map((each) => each.body).sort((a, b) => (a as { n: number }).n - (b as { n: number }).n)).toEqual([
        { n: 1 },
        { n: 2 },
      ]);
      expect(first.map((each) => each.attempts)).toEqual([1, 1]);
      expect(await opened().ports.queue.receive("push-a", 10)).toEqual([]);
      await opened().ports.queue.done("push-a", first.find((each) => each.id === "m1")!.receipt);
      await pass(3_600);
      const again = await opened().ports.queue.receive("push-a", 10);
      expect(again).toMatchObject([{ id: "m2", attempts: 2, body: { n: 2 } }]);
      await opened().ports.queue.done("push-a", again[0]!.receipt);
      await pass(3_600);
      expect(await opened().ports.queue.receive("push-a", 10)).toEqual([]);
      expect(await opened().ports.queue.depth("push-a")).toBe(0);
    });

    test("tells queues apart, and may know a message sent twice by its id", async () => {
      const message = { id: "same", body: { n: 1 } };
      await opened().ports.queue.send("push-b", [message]);
      await opened().ports.queue.send("push-b", [message]);
      await opened().ports.queue.send("push-c", [message]);
      const received = await opened().ports.queue.receive("push-b", 10);
      expect(new Set(received.map((each) => each.id))).toEqual(new Set(["same"]));
      expect(received.length).toBeLessThanOrEqual(2);
      for (const { receipt } of received) await opened().ports.queue.done("push-b", receipt);
      expect(await opened().ports.queue.receive("push-b", 10)).toEqual([]);
      expect(await opened().ports.queue.receive("push-c", 10)).toHaveLength(1);
    });

    test.skipIf(!passes)("holds back what is delayed or deferred, without counting a deferral as an attempt", async () => {
      await opened().ports.queue.send("push-d", [{ id: "later", body: 1 }], 60);
      expect(await opened().ports.queue.receive("push-d", 1)).toEqual([]);
      await pass(61);
      for (let round = 0; round < 3; round++) {
        const [message] = await opened().ports.queue.receive("push-d", 1);
        expect(message).toMatchObject({ id: "later", attempts: 1, body: 1 });
        await opened().ports.queue.defer("push-d", message!.receipt, 30);
        expect(await opened().ports.queue.receive("push-d", 1)).toEqual([]);
        expect(await opened().ports.queue.depth("push-d")).toBe(1);
        await pass(31);
      }
    });

    test("takes many messages at once, of any text, and more bytes than one request carries", async () => {
      const { queue } = opened().ports;
      const messages = Array.from({ length: 43 }, (_, n) => ({
        id: `audience/ü ${n}.${"x".repeat(90)}`,
        body: { n, line: "a\nb", text: "y".repeat(30_000) },
      }));
      await queue.send("push-f", messages);
      const received = new Map<string, unknown>();
      for (let round = 0; round < 20 && received.size < messages.length; round++)
        for (const { id, body } of await queue.receive("push-f", 25)) received.set(id, body);
      expect(received).toEqual(new Map(messages.map(({ id, body }) => [id, body])));
      await queue.send("push-f", []);
    });

    test("gives no more than asked for", async () => {
      await opened().ports.queue.send(
        "push-e",
        Array.from({ length: 5 }, (_, n) => ({ id: `m${n}`, body: n })),
      );
      expect(await opened().ports.queue.receive("push-e", 2)).toHaveLength(2);
      expect(await opened().ports.queue.receive("push-e", 10)).toHaveLength(3);
    });
  });
}
