import type { Ports } from "@bullseye/core/ports";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeAccounts } from "./account-ports.ts";
import { describeBatches } from "./batches-ports.ts";
import { describeDelivery } from "./delivery-ports.ts";
import { describeEvents } from "./events-ports.ts";
import { describeLeases } from "./leases-ports.ts";

/** An implementation under test. */
export interface OpenPorts {
  ports: Ports;
  /** Moves the clock of queues and leases; left out where it cannot be moved, and then what takes hours is not tested. */
  pass?(seconds: number): Promise<void>;
  /** Puts an object as a person drops one, and tells the version that this made. */
  drop(key: string, body: string): Promise<string>;
  /** What was published so far. */
  published(): Promise<Array<{ type: string; id: string }>>;
  close(): Promise<void>;
}

/** What an implementation cannot do or does too slowly: moving its clock; saving so many accounts at once. */
interface Limits {
  passes?: boolean;
  accounts?: number;
}

/** Holds an implementation of the ports to what operations rely on. `open` gives empty ones. */
export function describePorts(name: string, open: () => Promise<OpenPorts>, { passes = true, accounts }: Limits = {}): void {
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

      test("of a dropped file keep their bytes under some key, whatever is dropped over them", async () => {
        const key = "inbox/accounts/crm/crm.csv";
        const versionId = await opened.drop(key, "Company\nAcme\n");
        const pinned = await ports.objects.pinned(key, versionId);
        expect(await text(pinned)).toBe("Company\nAcme\n");
        expect(await ports.objects.size(pinned)).toBe(13);
        expect(Buffer.from(await ports.objects.range(pinned, 8, 12)).toString()).toBe("Acme");
        if (pinned === key) return;
        await opened.drop(key, "Company\nOther\n");
        expect(await text(pinned)).toBe("Company\nAcme\n");
        expect(await text(key)).toBe("Company\nOther\n");
      });

      test("have keys of any characters that file names are made of", async () => {
        const keys = ["a b", "a+b", "a%20b", "ü", "😀", "a&b'c", "ﬀ", "a;b=c,d"].map((name) => `runs/odd/${name}`);
        for (const key of keys) await ports.objects.put(key, key);
        expect(await ports.objects.list("runs/odd/")).toEqual([...keys].sort());
        for (const key of keys) expect(await text(key)).toBe(key);
        await ports.objects.remove("runs/odd/");
        expect(await ports.objects.list("runs/odd/")).toEqual([]);
      });

      test("may be larger than any single request, or thousands", async () => {
        const large = Buffer.alloc(21 * 1024 * 1024 + 17, "0123456789abcdef-");
        await ports.objects.put("runs/large", large);
        expect(await ports.objects.size("runs/large")).toBe(large.length);
        expect(large.equals(await ports.objects.get("runs/large"))).toBe(true);
        const [start, end] = [1_000_003, 18_000_001];
        expect(large.subarray(start, end).equals(await ports.objects.range("runs/large", start, end))).toBe(true);
        const keys = Array.from({ length: 2_345 }, (_, n) => `runs/many/${String(n).padStart(5, "0")}`);
        for (let at = 0; at < keys.length; at += 50)
          await Promise.all(keys.slice(at, at + 50).map((key) => ports.objects.put(key, "1")));
        expect(await ports.objects.list("runs/many/")).toEqual(keys);
        await ports.objects.remove("runs/many/");
        expect(await ports.objects.list("runs/")).not.toContain(keys[0]);
        expect(await ports.objects.list("runs/many/")).toEqual([]);
      });
    });

    describeBatches(() => opened);
    describeAccounts(() => opened, accounts);
    describeDelivery(() => opened, passes);
    describeLeases(() => opened, passes);
    describeEvents(() => opened);

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
