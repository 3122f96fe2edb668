import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccountItem, AccountResult } from "../account/item.ts";
import type { AccountStore, Digest } from "../ports.ts";
import { bestAccounts, listAccounts, listingOf, majorUnits, rankedAccounts } from "./accounts.ts";

const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");
const digest: Digest = { id: (text) => sha256(text).slice(0, 20), sha256, keyed: (text) => sha256(text).slice(0, 20) };

const result = (score: number | null, more: Partial<AccountResult> = {}): AccountResult => ({
  score,
  low: 0,
  high: 100,
  tier: score === null ? "unknown" : "A",
  segments: [],
  audiences: [],
  show: { name: null, domain: null, country: null, industry: null, employees: null, revenue: null },
  asOf: "2026-11-20",
  ...more,
});

const item = (id: string, score: number | null, more: Partial<AccountResult> = {}): AccountItem => ({
  v: 1,
  id,
  groups: [],
  result: result(score, more),
});

function storeOf(items: readonly AccountItem[]): AccountStore {
  return {
    async *scan() {
      yield* items;
    },
    accounts: async (ids: readonly string[]) =>
      new Map(items.filter(({ id }) => ids.includes(id)).map((each) => [each.id, each])),
  } as unknown as AccountStore;
}

const ids = async (found: AsyncIterable<{ id: string }>): Promise<string[]> => {
  const all: string[] = [];
  for await (const { id } of found) all.push(id);
  return all;
};

describe("ranking", () => {
  test("best first, without a score last, equals by id", async () => {
    const store = storeOf([item("d", null), item("c", 50), item("b", 0), item("a", 50), item("e", 99.5)]);
    expect(await ids(rankedAccounts(store))).toEqual(["e", "a", "c", "b", "d"]);
  });

  test("a limit gives the beginning of the whole order, whatever the order of the store", async () => {
    const accounts = fc.uniqueArray(
      fc.tuple(
        fc.string({ unit: fc.constantFrom("0", "7", "f"), minLength: 1, maxLength: 4 }),
        fc.option(fc.integer({ min: 0, max: 5 })),
      ),
      {
        selector: ([id]) => id,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(accounts, fc.integer({ min: 1, max: 8 }), async (pairs, limit) => {
        const store = storeOf(pairs.map(([id, score]) => item(id, score)));
        const all = await ids(rankedAccounts(store));
        expect(all).toHaveLength(pairs.length);
        expect((await bestAccounts(store, limit, () => true)).map(({ id }) => id)).toEqual(all.slice(0, limit));
      }),
    );
  });

  test("tier and segment narrow it down", async () => {
    const store = storeOf([
      item("a", 1, { tier: "B" }),
      item("b", 2, { segments: ["s"] }),
      item("c", 3, { tier: "B", segments: ["s"] }),
    ]);
    expect(await ids(listAccounts({ accounts: store, digest }, { tier: "B" }))).toEqual(["c", "a"]);
    expect(await ids(listAccounts({ accounts: store, digest }, { segment: "s", limit: 1 }))).toEqual(["c"]);
    expect(await ids(listAccounts({ accounts: store, digest }, { tier: "B", segment: "s" }))).toEqual(["c"]);
  });
});

describe("listing", () => {
  test("money comes in major units of its currency", () => {
    expect(majorUnits(3_662_061, "EUR")).toBe(36_620.61);
    expect(majorUnits(1200, "JPY")).toBe(1200);
    expect(majorUnits(1234, "KWD")).toBe(1.234);
    const { transactions } = listingOf(item("a", 1, { show: { ...result(1).show, tx: [3, 1050, "EUR", "2026-01-31"] } }), digest);
    expect(transactions).toEqual({ orders: 3, revenue: 10.5, currency: "EUR", lastOrderAt: "2026-01-31" });
  });

  test("an account without orders or a result has no money and the tier of the unknown", () => {
    const { result: _, ...bare } = item("a", 1);
    expect(listingOf(bare, digest)).toMatchObject({
      score: null,
      low: null,
      tier: "unknown",
      transactions: { orders: 0, revenue: 0, currency: null },
    });
  });
});
