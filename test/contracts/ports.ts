import type { Ports } from "@bullseye/core/ports";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeAccounts } from "./account-ports.ts";
import { describeDelivery } from "./delivery-ports.ts";

/** An implementation under test. */
export interface OpenPorts {
  ports: Ports;
  /** Moves the queue's clock; queues that have a real one wait. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
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

    describeAccounts(() => opened);
    describeDelivery(() => opened);

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
