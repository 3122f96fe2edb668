import { randomBytes } from "node:crypto";
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import type { AccountItem, FactItem } from "@bullseye/core/account/item";
import { NO_CHANGES } from "@bullseye/core/ports";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DynamoAccounts } from "./accounts.ts";
import { type Dynalite, startDynalite } from "./dynalite.testing.ts";

describe("accounts on DynamoDB", () => {
  let dynalite: Dynalite;
  let calls: string[] = [];
  beforeAll(async () => {
    dynalite = await startDynalite();
    dynalite.client.middlewareStack.add(
      (next, context) => async (args) => {
        calls.push(String(context.commandName));
        return next(args);
      },
      { step: "initialize" },
    );
  });
  afterAll(() => dynalite.close());
  const itemsIn = async (table: string): Promise<number> =>
    (await dynalite.client.send(new ScanCommand({ TableName: table, Select: "COUNT" }))).Count!;

  test("that outgrow an item are kept in parts, and found wherever accounts are", async () => {
    const table = await dynalite.createTable();
    const store = new DynamoAccounts(dynalite.client, table);
    const id = "ab".padEnd(20, "0");
    const grown = (rows: number): AccountItem => ({
      v: 1,
      id,
      groups: [
        {
          ...{ home: id, rank: 3 },
          st: Array.from({ length: rows }, (_, n) => ({
            ...{ l: "stores", v: 1, k: "accounts" as const, r: [n], d: "2026-11-20" },
            f: { name: "Acme Pumps", street: randomBytes(60).toString("base64") },
          })),
        },
      ],
    });
    const [large, small] = [grown(9_000), grown(1)];
    await store.save({ ...NO_CHANGES, accounts: [large] }, 1);
    expect(await itemsIn(table)).toBeGreaterThan(3);
    expect((await store.accounts([id])).get(id)).toEqual(large);
    for await (const item of store.scan("", null, "all")) expect(item).toEqual(large);
    expect((await store.blocks([id.slice(0, 8)])).accounts).toEqual([large]);
    expect(await store.count()).toBe(1);
    await store.save({ ...NO_CHANGES, accounts: [small] }, 1);
    expect((await store.accounts([id])).get(id)).toEqual(small);
    expect(await itemsIn(table)).toBe(2);
    await store.save({ ...NO_CHANGES, accounts: [large] }, 1);
    await store.save({ ...NO_CHANGES, accountsGone: [id] }, 1);
    expect(await itemsIn(table)).toBe(1);
    expect(await store.isEmpty()).toBe(true);
  });

  test("write one item for all vouchers of a group, and one for all facts of a home", async () => {
    const table = await dynalite.createTable();
    const store = new DynamoAccounts(dynalite.client, table);
    const aliases = Array.from({ length: 300 }, (_, n) => ({
      ...{ key: `ab${n % 3}${String(n).padStart(17, "0")}`, target: "c".repeat(20) },
      ...{ list: "crm", version: 1, rank: 3 as const, countries: [""] },
    }));
    const facts: FactItem[] = Array.from({ length: 50 }, (_, n) => ({
      ...{ home: "d".repeat(20), kind: "order", ref: `#${n}`, list: "shop", version: 1, item: `{"orderId":"#${n}"}` },
    }));
    calls = [];
    await store.save({ ...NO_CHANGES, aliases, facts }, 1);
    expect(calls.filter((name) => name === "PutItemCommand")).toHaveLength(4);
    calls = [];
    await store.save({ ...NO_CHANGES, aliases, facts }, 1);
    expect(calls.filter((name) => /Put|Update|Delete|BatchWrite/.test(name))).toEqual([]);
    calls = [];
    expect((await store.aliases(aliases.map(({ key }) => key))).size).toBe(300);
    expect(calls).toEqual(["BatchGetItemCommand"]);
  });

  test("know the number of suppressions from one read, and count anew after a change", async () => {
    const store = new DynamoAccounts(dynalite.client, await dynalite.createTable());
    const entry = { type: "domain" as const, value: "acme.example", reason: "asked" };
    const suppression = (n: number) => ({ key: `${n}`.padStart(20, "e"), list: "never", version: 1, entry });
    const counting = async (): Promise<[count: number, calls: number]> => {
      calls = [];
      return [await store.suppressionCount(), calls.length];
    };
    expect(await counting()).toEqual([0, 1]);
    await store.save({ ...NO_CHANGES, suppressions: [suppression(1), suppression(2)] }, 1);
    expect((await counting())[0]).toBe(2);
    expect(await counting()).toEqual([2, 1]);
    await store.save({ ...NO_CHANGES, suppressionsGone: [suppression(1)] }, 1);
    expect((await counting())[0]).toBe(1);
    expect(await counting()).toEqual([1, 1]);
    await store.forgetVersion("never", 1);
    expect((await counting())[0]).toBe(0);
  });

  test("save nothing where nothing changed", async () => {
    const store = new DynamoAccounts(dynalite.client, await dynalite.createTable());
    calls = [];
    await store.save(NO_CHANGES, 1);
    expect(calls).toEqual([]);
    expect(await store.isEmpty()).toBe(true);
  });
});
