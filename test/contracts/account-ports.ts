import type { AccountItem, AccountResult, FactItem } from "@bullseye/core/account/item";
import { NO_CHANGES, type PartitionChanges } from "@bullseye/core/ports";
import { describe, expect, test } from "vitest";
import { collect, id } from "./items.ts";
import type { OpenPorts } from "./ports.ts";

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

/** What operations rely on in the store of accounts, vouchers, facts and suppressions. `many`: accounts that are saved at once. */
export function describeAccounts(opened: () => OpenPorts, many = 2_345): void {
  const save = (changes: Partial<PartitionChanges>): Promise<void> =>
    opened().ports.accounts.save({ ...NO_CHANGES, ...changes }, 1);

  describe("accounts", () => {
    test("begin empty", async () => {
      expect(await opened().ports.accounts.isEmpty()).toBe(true);
      expect(await opened().ports.accounts.count()).toBe(0);
    });

    test("come back as they were saved, by id and in id order", async () => {
      const items = Array.from({ length: many }, (_, n) => account(n, {}, n % 5 === 0 ? { dep: 1 } : {}));
      await save({ accounts: items });
      expect(await opened().ports.accounts.isEmpty()).toBe(false);
      expect(await opened().ports.accounts.count()).toBe(items.length);
      const found = await opened().ports.accounts.accounts([id(7), id(9_999), id(0)]);
      expect([...found.keys()].sort()).toEqual([id(0), id(7)]);
      expect(found.get(id(7))).toEqual(items[7]);
      expect(await collect(opened().ports.accounts.scan("", null, "all"))).toEqual(items);
      expect((await collect(opened().ports.accounts.scan("", null, "dependent"))).map((item) => item.id)).toEqual(
        items.filter((item) => item.dep).map((item) => item.id),
      );
      const some = await collect(opened().ports.accounts.scan(id(10), id(20), "all"));
      expect(some.map((item) => item.id)).toEqual(items.slice(10, 20).map((item) => item.id));
      await save({ accounts: [account(7, { tier: "B" })], accountsGone: [id(8), id(9_999)] });
      expect(await opened().ports.accounts.count()).toBe(items.length - 1);
      expect((await opened().ports.accounts.accounts([id(7), id(8)])).get(id(7))!.result!.tier).toBe("B");
    });

    test("of a tier come best first, and no more than asked for", async () => {
      const tiers = [...["A", "B", "B", "A"].map((tier) => ({ tier })), ...Array.from({ length: 3 }, () => ({ tier: "D" }))];
      const scores = [12.34, 12.35, null, -0, 7, 100, 7];
      const items = tiers.map((tier, n) => account(3_000 + n, { ...tier, score: scores[n]! }));
      const bare = account(3_100);
      delete bare.result;
      const before = (await collect(opened().ports.accounts.scan("", null, "all"))).map((item) => item.id);
      await save({ accounts: [...items, bare], accountsGone: before });
      const ranked = async (tier: string, limit: number) =>
        (await opened().ports.accounts.ranked(tier, limit)).map((item) => item.id);
      expect(await ranked("A", 9)).toEqual([id(3_000), id(3_003)]);
      expect(await ranked("B", 9)).toEqual([id(3_001), id(3_002)]);
      expect(await ranked("D", 2)).toEqual([id(3_005), id(3_004)]);
      expect(await ranked("unknown", 2)).toEqual([id(3_100)]);
      expect(await ranked("E", 2)).toEqual([]);
      await save({ accounts: [account(3_003, { tier: "A", score: 13 }), account(3_000, { tier: "C" })] });
      expect((await opened().ports.accounts.ranked("A", 1))[0]!.result!.score).toBe(13);
      expect(await ranked("A", 9)).toEqual([id(3_003)]);
      await save({ accountsGone: [...items, bare].map((item) => item.id) });
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
      const wants = await collect(opened().ports.accounts.wants("linkedin"));
      expect(wants).toEqual([
        { key: id(3), id: id(3), audiences: [], blocked: ["large: undeclared-origin"], suppressed: [], fingerprint: null },
        { key: "k1", id: id(2), audiences: ["large", "small"], blocked: [], suppressed: ["other"], fingerprint: "print-k1" },
        { key: "k2", id: id(1), audiences: ["large"], blocked: [], suppressed: [], fingerprint: "print-k2" },
        { key: "k2", id: id(4), audiences: ["small"], blocked: [], suppressed: [], fingerprint: "print-k2" },
      ]);
      await save({
        accounts: [account(1, { audiences: ["large"], members: members("k9") }), account(2)],
        accountsGone: [id(4)],
      });
      expect((await collect(opened().ports.accounts.wants("linkedin"))).map((each) => [each.key, each.id])).toEqual([
        [id(3), id(3)],
        ["k9", id(1)],
      ]);
      expect(await collect(opened().ports.accounts.wants("nowhere"))).toEqual([]);
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
      const found = await opened().ports.accounts.blocks(["bbbbbbbb", "cccccccc"]);
      expect(found.accounts.map((item) => item.id)).toEqual([block("1"), block("f")]);
      expect(found.parked).toEqual([{ v: 1, id: block("9"), target: id(1), groups: [] }]);
      expect((await opened().ports.accounts.parked([block("9"), block("1")])).size).toBe(1);
      await save({ parkedGone: [block("9")] });
      expect((await opened().ports.accounts.parked([block("9")])).size).toBe(0);
    });

    test("keep vouchers by key, target and list, and the version that vouched first", async () => {
      const voucher = { key: id(1, "c"), target: id(1), list: "crm", version: 1, rank: 3 as const, countries: ["", "DE"] };
      const other = { ...voucher, target: id(2), list: "shop", version: 4 };
      await save({ aliases: [voucher, other] });
      await save({ aliases: [{ ...voucher, version: 2, countries: ["DE", "FR"] }] });
      const found = (await opened().ports.accounts.aliases([id(1, "c"), id(2, "c")])).get(id(1, "c"))!;
      expect(found.sort((a, b) => (a.list < b.list ? -1 : 1))).toEqual([{ ...voucher, countries: ["DE", "FR"] }, other]);
      await opened().ports.accounts.forgetVersion("crm", 2);
      expect((await opened().ports.accounts.aliases([id(1, "c")])).get(id(1, "c"))).toHaveLength(2);
      await opened().ports.accounts.forgetVersion("crm", 1);
      expect((await opened().ports.accounts.aliases([id(1, "c")])).get(id(1, "c"))).toEqual([other]);
      await save({ aliasesGone: [{ key: id(1, "c"), target: id(2), list: "shop" }] });
      expect((await opened().ports.accounts.aliases([id(1, "c")])).size).toBe(0);
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
      const orders = (await opened().ports.accounts.facts([id(1, "d"), id(2, "d"), id(3, "d")], "order")).get(id(1, "d"))!;
      expect(orders.map((each) => [each.list, each.version, each.item])).toEqual([
        ["shop", 2, '{"n":9}'],
        ["web", 1, '{"n":1}'],
      ]);
      expect((await collect(opened().ports.accounts.scanFacts("contact"))).map((each) => each.ref)).toEqual(["P1", "P2"]);
      await save({ factsGone: [{ home: id(1, "d"), kind: "order", ref: "O1", list: "shop" }] });
      expect((await opened().ports.accounts.facts([id(1, "d")], "order")).get(id(1, "d"))).toEqual([facts[1]]);
    });

    test("know what is suppressed, and by which version of which list", async () => {
      const entry = (reason: string) => ({ type: "domain" as const, value: "acme.example", reason });
      const [key, other] = [id(1, "e"), id(2, "e")];
      expect(await opened().ports.accounts.suppressionCount()).toBe(0);
      await save({
        suppressions: [
          { key, list: "never", version: 1, entry: entry("one") },
          { key, list: "other", version: 7, entry: entry("two") },
          { key: other, list: "never", version: 2, entry: entry("three") },
        ],
      });
      expect(await opened().ports.accounts.suppressionCount()).toBe(3);
      expect([...(await opened().ports.accounts.suppressed([key, other, id(3, "e")])).keys()].sort()).toEqual([key, other]);
      const except = await opened().ports.accounts.suppressed([key, other], { list: "never", versions: [1] });
      expect(except.get(key)![0]!.entry.reason).toBe("two");
      expect(except.get(other)![0]!.entry.reason).toBe("three");
      expect((await opened().ports.accounts.suppressed([other], { list: "never", versions: [1, 2] })).size).toBe(0);
      await opened().ports.accounts.forgetVersion("never", 2);
      expect((await opened().ports.accounts.suppressed([other])).size).toBe(0);
      await save({ suppressionsGone: [{ key, list: "other" }] });
      expect((await opened().ports.accounts.suppressed([key])).get(key)![0]!.entry.reason).toBe("one");
    });

    test("give back what a version said of a suppressed key before another said it otherwise and is forgotten", async () => {
      const key = id(4, "e");
      const saying = (version: number, reason: string) =>
        save({
          suppressions: [
            { key, list: "asked", version, entry: { type: "domain", value: "acme.example", reason, classes: ["other"] } },
          ],
        });
      const said = async () => {
        const { accounts } = opened().ports;
        const [is] = (await accounts.suppressed([key])).get(key)!;
        const first = await accounts.suppressed([key], { list: "asked", versions: [1] });
        return [is!.entry, first.size === 0];
      };
      await saying(1, "opted out");
      const one = await said();
      await saying(2, "a customer");
      await saying(2, "a customer, again");
      expect(await said()).toEqual([
        { type: "domain", value: "acme.example", reason: "a customer, again", classes: ["other"] },
        false,
      ]);
      await opened().ports.accounts.forgetVersion("asked", 2);
      expect(await said()).toEqual(one);
      await saying(3, "a customer");
      await saying(4, "a rival");
      await opened().ports.accounts.forgetVersion("asked", 4);
      expect((await said())[0]).toMatchObject({ reason: "a customer" });
      await opened().ports.accounts.forgetVersion("asked", 1);
      expect((await opened().ports.accounts.suppressed([key])).size).toBe(0);
    });

    test("of a turn that is over are not saved, and nothing else of it", async () => {
      const { accounts } = opened().ports;
      const late = account(9_500);
      const voucher = { key: id(9_500, "c"), target: id(9_500), list: "crm", version: 1, rank: 3 as const, countries: [""] };
      const lost = { name: "BugError", message: expect.stringMatching(/lost its turn/) };
      await accounts.claim(1);
      await save({ accounts: [account(9_501)] });
      await accounts.claim(2);
      await expect(save({ accounts: [late] })).rejects.toMatchObject(lost);
      await expect(save({ aliases: [voucher] })).rejects.toMatchObject(lost);
      await expect(accounts.claim(1)).rejects.toMatchObject(lost);
      expect((await accounts.accounts([late.id])).size).toBe(0);
      expect((await accounts.aliases([voucher.key])).size).toBe(0);
      await accounts.claim(2);
      await accounts.save({ ...NO_CHANGES, accountsGone: [id(9_501)] }, 2);
    });
  });
}
