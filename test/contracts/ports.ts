import type { AccountItem, AccountResult, FactItem } from "@bullseye/core/account/item";
import type { MemberRow, PushRecord } from "@bullseye/core/audiences/delivery";
import type { ListRecord, RunRecord } from "@bullseye/core/ledger/records";
import { NO_CHANGES, type PartitionChanges, type Ports } from "@bullseye/core/ports";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** An implementation under test. */
export interface OpenPorts {
  ports: Ports;
  /** Moves the queue's clock; queues that have a real one wait. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}

const id = (n: number, lead = "a"): string => `${lead}${String(n).padStart(19, "0")}`;

function account(n: number, result: Partial<AccountResult> = {}, more: Partial<AccountItem> = {}): AccountItem {
  const show = { name: `Company ${n}`, domain: null, country: null, industry: null, employees: null, revenue: null };
  return {
    v: 1,
    id: id(n),
    groups: [
      { home: id(n), rank: 3, st: [{ l: "crm", v: 1, k: "accounts", r: [n], f: { name: `Company ${n}` }, d: "2026-11-20" }] },
    ],
    result: { score: n, low: 0, high: 100, tier: "A", segments: [], audiences: [], show, asOf: "2026-11-20", ...result },
    ...more,
  };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Holds an implementation of the ports to what operations rely on. `open` gives empty ones. */
export function describePorts(name: string, open: () => Promise<OpenPorts>): void {
  describe(`the ports of ${name}`, () => {
    let opened: OpenPorts;
    let ports: Ports;
    beforeAll(async () => {
      opened = await open();
      ({ ports } = opened);
    });
    afterAll(() => opened.close());
    const save = (changes: Partial<PartitionChanges>): Promise<void> => ports.accounts.save({ ...NO_CHANGES, ...changes });
    const text = async (key: string): Promise<string> => Buffer.from(await ports.objects.get(key)).toString("utf8");

    describe("objects", () => {
      test("give back what was put, whole and in ranges", async () => {
        const body = "äöü 0123456789";
        await ports.objects.put("runs/one/text", body);
        expect(await text("runs/one/text")).toBe(body);
        const bytes = Buffer.from(body);
        expect(await ports.objects.size("runs/one/text")).toBe(bytes.length);
        expect(Buffer.from(await ports.objects.range("runs/one/text", 2, 6))).toEqual(bytes.subarray(2, 6));
        expect(Buffer.from(await ports.objects.range("runs/one/text", 7, 10_000))).toEqual(bytes.subarray(7));
        expect((await ports.objects.range("runs/one/text", 3, 3)).length).toBe(0);
        await ports.objects.put("runs/one/bytes", Uint8Array.of(0, 255, 10, 13));
        expect([...(await ports.objects.get("runs/one/bytes"))]).toEqual([0, 255, 10, 13]);
        await ports.objects.put("runs/one/empty", "");
        expect(await ports.objects.size("runs/one/empty")).toBe(0);
        expect((await ports.objects.get("runs/one/empty")).length).toBe(0);
      });

      test("are NotFoundErrors, or of no size, where there are none", async () => {
        await expect(ports.objects.get("runs/none")).rejects.toMatchObject({ name: "NotFoundError" });
        await expect(ports.objects.range("runs/none", 0, 1)).rejects.toMatchObject({ name: "NotFoundError" });
        expect(await ports.objects.size("runs/none")).toBeNull();
        expect(await ports.objects.list("nowhere/")).toEqual([]);
        await ports.objects.remove("nowhere/");
      });

      test("are replaced as a whole: a reader sees the old one or the new one", async () => {
        const bodies = ["a".repeat(300_000), "b".repeat(200_000)];
        await ports.objects.put("runs/swap", bodies[0]!);
        let writing = true;
        const writer = (async () => {
          for (let round = 0; round < 30; round++) await ports.objects.put("runs/swap", bodies[(round + 1) % 2]!);
          writing = false;
        })();
        let reads = 0;
        while (writing) {
          expect(bodies).toContain(await text("runs/swap"));
          reads++;
        }
        await writer;
        expect(reads).toBeGreaterThan(0);
      });

      test("are listed by prefix in order of their keys, at any depth", async () => {
        const keys = ["ledger/x/b/2", "ledger/x/a", "ledger/x/b/10", "ledger/x-y/a", "ledger/x/b.json", "ledger/x/B"];
        for (const key of keys) await ports.objects.put(key, key);
        const under = (prefix: string): string[] => keys.filter((key) => key.startsWith(prefix)).sort();
        for (const prefix of ["ledger/x/", "ledger/x", "ledger/x/b", "ledger/x/b/", "ledger/x/b/1"])
          expect(await ports.objects.list(prefix)).toEqual(under(prefix));
        await ports.objects.remove("ledger/x/b/");
        expect(await ports.objects.list("ledger/")).toEqual(under("ledger/").filter((key) => !key.startsWith("ledger/x/b/")));
        await ports.objects.remove("ledger/x/b");
        expect(await ports.objects.list("ledger/x/")).toEqual(["ledger/x/B", "ledger/x/a"]);
        await ports.objects.put("ledger/x/b/2", "again");
        expect(await text("ledger/x/b/2")).toBe("again");
      });

      test("of a dropped file are found under some key", async () => {
        await ports.objects.put("inbox/accounts/crm/crm.csv", "Company\nAcme\n");
        const pinned = await ports.objects.pinned("inbox/accounts/crm/crm.csv", "none");
        expect(await text(pinned)).toBe("Company\nAcme\n");
      });
    });

    describe("batches", () => {
      test("hand an object over once", async () => {
        const value = { live: true };
        await ports.batches.hand("personal/work/r/classify/1", value);
        expect(await ports.batches.take("personal/work/r/classify/1")).toEqual(value);
        await expect(ports.batches.take("personal/work/r/classify/1")).rejects.toMatchObject({ name: "BugError" });
      });

      test("keep an object, live or as its lines", async () => {
        const live = { anything: 1 };
        await ports.batches.keep("personal/work/r/resolved/1", ["one", "zwei ü"], live);
        const found = await ports.batches.find<typeof live>("personal/work/r/resolved/1");
        expect("live" in found ? found.live : found.lines).toEqual("live" in found ? live : ["one", "zwei ü"]);
        expect((await text("personal/work/r/resolved/1")).split("\n").filter(Boolean)).toEqual(["one", "zwei ü"]);
      });
    });

    describe("accounts", () => {
      test("begin empty", async () => {
        expect(await ports.accounts.isEmpty()).toBe(true);
        expect(await ports.accounts.count()).toBe(0);
      });

      test("come back as they were saved, by id and in id order", async () => {
        const items = Array.from({ length: 2_345 }, (_, n) => account(n, {}, n % 5 === 0 ? { dep: 1 } : {}));
        await save({ accounts: items });
        expect(await ports.accounts.isEmpty()).toBe(false);
        expect(await ports.accounts.count()).toBe(items.length);
        const found = await ports.accounts.accounts([id(7), id(9_999), id(0)]);
        expect([...found.keys()].sort()).toEqual([id(0), id(7)]);
        expect(found.get(id(7))).toEqual(items[7]);
        expect(await collect(ports.accounts.scan("", null, "all"))).toEqual(items);
        expect((await collect(ports.accounts.scan("", null, "dependent"))).map((item) => item.id)).toEqual(
          items.filter((item) => item.dep).map((item) => item.id),
        );
        const some = await collect(ports.accounts.scan(id(10), id(20), "all"));
        expect(some.map((item) => item.id)).toEqual(items.slice(10, 20).map((item) => item.id));
        await save({ accounts: [account(7, { tier: "B" })], accountsGone: [id(8), id(9_999)] });
        expect(await ports.accounts.count()).toBe(items.length - 1);
        expect((await ports.accounts.accounts([id(7), id(8)])).get(id(7))!.result!.tier).toBe("B");
      });

      test("tell what audiences want, in order of the member's key, without their evidence", async () => {
        const members = (key: string) => ({ linkedin: [key, `print-${key}`] as const });
        await save({
          accounts: [
            account(1, { audiences: ["large"], members: members("k2") }),
            account(2, { audiences: ["large", "small"], members: members("k1"), suppressed: "asked" }),
            account(3, { audiences: [], blocked: ["large: undeclared-origin"] }),
            account(4, { audiences: ["small"], members: members("k2") }),
          ],
        });
        const wants = await collect(ports.accounts.wants("linkedin"));
        expect(wants).toEqual([
          { key: id(3), id: id(3), audiences: [], blocked: ["large: undeclared-origin"], suppressed: false, fingerprint: null },
          { key: "k1", id: id(2), audiences: ["large", "small"], blocked: [], suppressed: true, fingerprint: "print-k1" },
          { key: "k2", id: id(1), audiences: ["large"], blocked: [], suppressed: false, fingerprint: "print-k2" },
          { key: "k2", id: id(4), audiences: ["small"], blocked: [], suppressed: false, fingerprint: "print-k2" },
        ]);
        await save({
          accounts: [account(1, { audiences: ["large"], members: members("k9") }), account(2)],
          accountsGone: [id(4)],
        });
        expect((await collect(ports.accounts.wants("linkedin"))).map((each) => [each.key, each.id])).toEqual([
          [id(3), id(3)],
          ["k9", id(1)],
        ]);
        expect(await collect(ports.accounts.wants("nowhere"))).toEqual([]);
      });

      test("find name homes by the first eight digits of their id", async () => {
        const block = (rest: string, lead = "bbbbbbbb"): string => `${lead}${rest.padStart(12, "0")}`;
        await save({
          accounts: [
            { ...account(1), id: block("1") },
            { ...account(2), id: block("f") },
            { ...account(3), id: block("3", "bbbbbbbc") },
          ],
          parked: [{ v: 1, id: block("9"), target: id(1), groups: [] }],
        });
        const found = await ports.accounts.blocks(["bbbbbbbb", "cccccccc"]);
        expect(found.accounts.map((item) => item.id)).toEqual([block("1"), block("f")]);
        expect(found.parked).toEqual([{ v: 1, id: block("9"), target: id(1), groups: [] }]);
        expect((await ports.accounts.parked([block("9"), block("1")])).size).toBe(1);
        await save({ parkedGone: [block("9")] });
        expect((await ports.accounts.parked([block("9")])).size).toBe(0);
      });

      test("keep vouchers by key, target and list, and the version that vouched first", async () => {
        const voucher = { key: id(1, "c"), target: id(1), list: "crm", version: 1, rank: 3 as const, countries: ["", "DE"] };
        const other = { ...voucher, target: id(2), list: "shop", version: 4 };
        await save({ aliases: [voucher, other] });
        await save({ aliases: [{ ...voucher, version: 2, countries: ["DE", "FR"] }] });
        const found = (await ports.accounts.aliases([id(1, "c"), id(2, "c")])).get(id(1, "c"))!;
        expect(found.sort((a, b) => (a.list < b.list ? -1 : 1))).toEqual([{ ...voucher, countries: ["DE", "FR"] }, other]);
        await ports.accounts.forgetVersion("crm", 2);
        expect((await ports.accounts.aliases([id(1, "c")])).get(id(1, "c"))).toHaveLength(2);
        await ports.accounts.forgetVersion("crm", 1);
        expect((await ports.accounts.aliases([id(1, "c")])).get(id(1, "c"))).toEqual([other]);
        await save({ aliasesGone: [{ key: id(1, "c"), target: id(2), list: "shop" }] });
        expect((await ports.accounts.aliases([id(1, "c")])).size).toBe(0);
      });

      test("keep facts by home, kind, reference and list", async () => {
        const fact = (n: number, kind: FactItem["kind"], ref: string, list = "shop"): FactItem => ({
          home: id(n, "d"),
          kind,
          ref,
          list,
          version: 1,
          item: `{"n":${n}}`,
        });
        const facts = [
          fact(1, "order", "O1"),
          fact(1, "order", "O1", "web"),
          fact(1, "contact", "P1"),
          fact(2, "contact", "P2"),
          fact(2, "deal", "D1"),
        ];
        await save({ facts });
        await save({ facts: [{ ...facts[0]!, version: 2, item: '{"n":9}' }] });
        const orders = (await ports.accounts.facts([id(1, "d"), id(2, "d"), id(3, "d")], "order")).get(id(1, "d"))!;
        expect(orders.map((each) => [each.list, each.version, each.item])).toEqual([
          ["shop", 2, '{"n":9}'],
          ["web", 1, '{"n":1}'],
        ]);
        expect((await collect(ports.accounts.scanFacts("contact"))).map((each) => each.ref)).toEqual(["P1", "P2"]);
        await save({ factsGone: [{ home: id(1, "d"), kind: "order", ref: "O1", list: "shop" }] });
        expect((await ports.accounts.facts([id(1, "d")], "order")).get(id(1, "d"))).toEqual([facts[1]]);
      });

      test("know what is suppressed, and by which version of which list", async () => {
        const entry = (reason: string) => ({ type: "domain" as const, value: "acme.example", reason });
        const [key, other] = [id(1, "e"), id(2, "e")];
        expect(await ports.accounts.suppressionCount()).toBe(0);
        await save({
          suppressions: [
            { key, list: "never", version: 1, entry: entry("one") },
            { key, list: "other", version: 7, entry: entry("two") },
            { key: other, list: "never", version: 2, entry: entry("three") },
          ],
        });
        expect(await ports.accounts.suppressionCount()).toBe(3);
        expect([...(await ports.accounts.suppressed([key, other, id(3, "e")])).keys()].sort()).toEqual([key, other]);
        const except = await ports.accounts.suppressed([key, other], { list: "never", below: 2 });
        expect(except.get(key)!.reason).toBe("two");
        expect(except.get(other)!.reason).toBe("three");
        expect((await ports.accounts.suppressed([other], { list: "never", below: 3 })).size).toBe(0);
        await ports.accounts.forgetVersion("never", 2);
        expect((await ports.accounts.suppressed([other])).size).toBe(0);
        await save({ suppressionsGone: [{ key, list: "other" }] });
        expect((await ports.accounts.suppressed([key])).get(key)!.reason).toBe("one");
      });
    });

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
        for (const each of runs) await ports.runs.putRun(each);
        expect((await ports.runs.runs()).map((each) => each.runId)).toEqual(["run-2", "run-3", "run-1"]);
        await ports.runs.putRun({ ...runs[0]!, status: "done", bits: 3 });
        expect(await ports.runs.run("run-1")).toEqual({ ...runs[0]!, status: "done", bits: 3 });
        await ports.runs.removeRun("run-3");
        expect(await ports.runs.run("run-3")).toBeNull();
        expect(await ports.runs.runs()).toHaveLength(2);
      });

      test("lists come by id", async () => {
        const list = (name: string): ListRecord => ({
          id: name,
          kind: "accounts",
          mode: "append",
          source: { origin: "first-party" },
          versions: [],
        });
        for (const name of ["shop", "crm"]) await ports.runs.putList(list(name));
        expect((await ports.runs.lists()).map((each) => each.id)).toEqual(["crm", "shop"]);
        await ports.runs.putList({ ...list("crm"), mode: "snapshot" });
        expect(await ports.runs.list("crm")).toEqual({ ...list("crm"), mode: "snapshot" });
        expect(await ports.runs.list("none")).toBeNull();
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
        await ports.audiences.putMembers([...rows, member(5, { audience: "small" })], []);
        expect(await collect(ports.audiences.members("large"))).toEqual(rows);
        await ports.audiences.putMembers(
          [member(1, { state: "confirmed", sent: "{}" })],
          [{ audience: "large", id: id(5, "f") }],
        );
        const found = await ports.audiences.membersById("large", [id(1, "f"), id(5, "f"), id(6, "f")]);
        expect(found.get(id(1, "f"))).toEqual(member(1, { state: "confirmed", sent: "{}" }));
        expect([...found.keys()].sort()).toEqual([id(1, "f"), id(6, "f")]);
        expect(await collect(ports.audiences.members("small"))).toEqual([member(5, { audience: "small" })]);
      });

      test("states and pushes are kept whole; pushes come newest first", async () => {
        expect(await ports.audiences.state("large")).toBeNull();
        await ports.audiences.putState({ id: "large", frozen: true, parked: "why" });
        await ports.audiences.putState({ id: "large", lastPlanHash: "h" });
        expect(await ports.audiences.state("large")).toEqual({ id: "large", lastPlanHash: "h" });
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
        for (const each of [push(1, "large"), push(3, "large"), push(2, "small")]) await ports.audiences.putPush(each);
        expect((await ports.audiences.pushes()).map((each) => each.pushId)).toEqual(["large-3", "small-2", "large-1"]);
        expect((await ports.audiences.pushes("large")).map((each) => each.pushId)).toEqual(["large-3", "large-1"]);
        await ports.audiences.putPush({ ...push(1, "large"), status: "done" });
        expect((await ports.audiences.push("large-1"))!.status).toBe("done");
        expect(await ports.audiences.push("none")).toBeNull();
      });
    });

    describe("the queue", () => {
      test("delivers each message at least once, and no more once it is done", async () => {
        await ports.queue.send("push-a", [
          { id: "m1", body: { n: 1 } },
          { id: "m2", body: { n: 2 } },
        ]);
        expect(await ports.queue.depth("push-a")).toBe(2);
        const first = await ports.queue.receive("push-a", 10);
        expect(first.map((each) => each.body).sort((a, b) => (a as { n: number }).n - (b as { n: number }).n)).toEqual([
          { n: 1 },
          { n: 2 },
        ]);
        expect(first.map((each) => each.attempts)).toEqual([1, 1]);
        expect(await ports.queue.receive("push-a", 10)).toEqual([]);
        await ports.queue.done("push-a", first.find((each) => each.id === "m1")!.receipt);
        await opened.pass(3_600);
        const again = await ports.queue.receive("push-a", 10);
        expect(again).toMatchObject([{ id: "m2", attempts: 2, body: { n: 2 } }]);
        await ports.queue.done("push-a", again[0]!.receipt);
        await opened.pass(3_600);
        expect(await ports.queue.receive("push-a", 10)).toEqual([]);
        expect(await ports.queue.depth("push-a")).toBe(0);
      });

      test("knows a message by its id, and queues apart", async () => {
        const message = { id: "same", body: { n: 1 } };
        await ports.queue.send("push-b", [message]);
        await ports.queue.send("push-b", [message]);
        await ports.queue.send("push-c", [message]);
        expect(await ports.queue.depth("push-b")).toBe(1);
        const [received] = await ports.queue.receive("push-b", 1);
        await ports.queue.done("push-b", received!.receipt);
        expect(await ports.queue.receive("push-b", 1)).toEqual([]);
        expect(await ports.queue.receive("push-c", 1)).toHaveLength(1);
      });

      test("holds back what is delayed or deferred, without counting a deferral as an attempt", async () => {
        await ports.queue.send("push-d", [{ id: "later", body: 1 }], 60);
        expect(await ports.queue.receive("push-d", 1)).toEqual([]);
        await opened.pass(61);
        for (let round = 0; round < 3; round++) {
          const [message] = await ports.queue.receive("push-d", 1);
          expect(message).toMatchObject({ id: "later", attempts: 1 });
          await ports.queue.defer("push-d", message!.receipt, 30);
          expect(await ports.queue.receive("push-d", 1)).toEqual([]);
          expect(await ports.queue.depth("push-d")).toBe(1);
          await opened.pass(31);
        }
      });

      test("gives no more than asked for", async () => {
        await ports.queue.send(
          "push-e",
          Array.from({ length: 5 }, (_, n) => ({ id: `m${n}`, body: n })),
        );
        expect(await ports.queue.receive("push-e", 2)).toHaveLength(2);
        expect(await ports.queue.receive("push-e", 10)).toHaveLength(3);
      });
    });

    describe("digests and connectors", () => {
      test("digests are those of SHA-256, the keyed one is another", () => {
        const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        expect(ports.digest.sha256("abc")).toBe(abc);
        expect(ports.digest.sha256(Buffer.from("abc"))).toBe(abc);
        expect(ports.digest.id("abc")).toBe(abc.slice(0, 20));
        expect(ports.digest.keyed("abc")).toMatch(/^[0-9a-f]{20}$/);
        expect(ports.digest.keyed("abc")).not.toBe(ports.digest.id("abc"));
      });

      test("a platform has a connector, an unknown one is a NotFoundError", () => {
        expect(ports.adConnector("linkedin").id).toBe("linkedin");
        expect(() => ports.adConnector("nowhere")).toThrow(expect.objectContaining({ name: "NotFoundError" }));
      });

      test("a connector gets the settings of its audience as text", () => {
        const context = ports.connectorContext("linkedin", { adAccount: 5 });
        expect(context.settings.adAccount).toBe("5");
        expect(context.settings.nothing).toBeUndefined();
      });
    });
  });
}
