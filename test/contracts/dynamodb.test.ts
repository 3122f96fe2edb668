import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { type Dynalite, startDynalite } from "@bullseye/aws/dynamodb/dynalite.testing";
import { DynamoAccounts, DynamoLeases } from "@bullseye/aws/dynamodb/index";
import type { AccountItem, AliasRow, FactItem, ParkedItem } from "@bullseye/core/account/item";
import { type AccountStore, NO_CHANGES, type PartitionChanges, type Ports } from "@bullseye/core/ports";
import { SqliteAccounts } from "@bullseye/local/store/accounts";
import { Database } from "@bullseye/local/store/database";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { collect, id } from "./items.ts";
import { describeLeases } from "./leases-ports.ts";
import type { OpenPorts } from "./ports.ts";

let dynalite: Dynalite;
let broken: Array<{ call: (name: string, input: Record<string, unknown>) => void }> = [];
beforeAll(async () => {
  dynalite = await startDynalite();
  // Lets a test meddle with calls before they leave.
  dynalite.client.middlewareStack.add(
    (next, context) => async (args) => {
      for (const { call } of broken) call(String(context.commandName), args.input as Record<string, unknown>);
      return next(args);
    },
    { step: "initialize" },
  );
});
afterEach(() => {
  broken = [];
});
afterAll(() => dynalite.close());

/** An error as the SDK throws it once its own attempts are used up. */
const refusal = (name: string): Error => Object.assign(new Error(name), { name, $fault: "client" as const });

const account = (n: number, more: Partial<AccountItem> = {}): AccountItem => ({
  v: 1,
  id: id(n),
  groups: [{ home: id(n), rank: 3, st: [{ l: "crm", v: 1, k: "accounts", r: [n], f: { name: `C ${n}` }, d: "2026-11-20" }] }],
  ...more,
});

describe("leases on DynamoDB, with a clock that can be moved", () => {
  let opened: OpenPorts;
  beforeAll(async () => {
    let ahead = 0;
    const leases = new DynamoLeases(dynalite.client, await dynalite.createTable(), () => Date.now() + ahead);
    const pass = async (seconds: number): Promise<void> => {
      ahead += seconds * 1000;
    };
    opened = { ports: { leases } as Partial<Ports> as Ports, pass } as OpenPorts;
  });
  describeLeases(() => opened, true);
});

/** Everything that a store of accounts can be asked, as JSON. */
async function contentOf(store: AccountStore, keys: readonly string[], homes: readonly string[]): Promise<unknown> {
  const map = <T>(found: Map<string, T>): Array<[string, T]> => [...found];
  const blocks = [...new Set(keys.map((key) => key.slice(0, 8)))].sort();
  return JSON.parse(
    JSON.stringify({
      empty: await store.isEmpty(),
      count: await store.count(),
      suppressions: await store.suppressionCount(),
      accounts: map(await store.accounts(keys)),
      parked: map(await store.parked(keys)),
      aliases: map(await store.aliases(keys)),
      facts: [map(await store.facts(homes, "order")), map(await store.facts(homes, "contact"))],
      blocks: await store.blocks(blocks),
      all: await collect(store.scan("", null, "all")),
      dependent: await collect(store.scan(keys[1]!, keys[4]!, "dependent")),
      ranked: [await store.ranked("A", 3), await store.ranked("B", 1), await store.ranked("unknown", 9)],
      wants: await collect(store.wants("linkedin")),
      contacts: await collect(store.scanFacts("contact")),
      suppressed: map(await store.suppressed(keys)),
      except: map(await store.suppressed(keys, { list: "crm", versions: [0, 1] })),
    }),
  );
}

/** Every item of a table but the one that counts changes. */
async function itemsOf(table: string): Promise<unknown[]> {
  const { Items = [] } = await dynalite.client.send(new ScanCommand({ TableName: table }));
  const items = Items.filter((item) => item.pk?.S !== "X");
  return items.map((item) => [item.pk?.S, item.sk?.S, item]).sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1));
}

const KEYS = ["0a", "0b", "7f", "a0", "a1", "ff"].map((start, n) => `${start}${String(n).repeat(18)}`);
const key = fc.constantFrom(...KEYS);
const list = fc.constantFrom("crm", "shop");
const version = fc.integer({ min: 1, max: 3 });
const few = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(arbitrary, { maxLength: 4 });
const ref = fc.constantFrom("O-1", "#2", "ü\u{1f600}", "\uffee");
const kind = fc.constantFrom("order" as const, "contact" as const);
const result = fc.record(
  {
    score: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
    tier: fc.constantFrom("A", "B", "C", "unknown"),
    audiences: few(fc.constantFrom("large", "small")),
    blocked: fc.constant<string[]>(["large: undeclared-origin"]),
    suppressed: fc.constant("asked"),
    members: key.map((of) => ({ linkedin: [of, "print"] as const })),
  },
  { requiredKeys: ["score", "tier", "audiences"] },
);
const accounts: fc.Arbitrary<AccountItem> = fc
  .record({ id: key, result: fc.option(result), dep: fc.boolean(), text: fc.string() })
  .map(({ id: of, result: decided, dep, text }) => {
    const show = { name: text, domain: null, country: null, industry: null, employees: null, revenue: null };
    const item = account(1, { id: of });
    if (decided) item.result = { low: 0, high: 100, segments: [], show, asOf: "2026-11-20", ...decided };
    if (dep) item.dep = 1;
    return item;
  });
const parked: fc.Arbitrary<ParkedItem> = fc
  .record({ id: key, target: key })
  .map((homes) => ({ v: 1, ...homes, groups: account(2).groups }));
const alias: fc.Arbitrary<AliasRow> = fc.record({
  ...{ key, target: key, list, version, rank: fc.constantFrom(1 as const, 3 as const) },
  countries: fc.constantFrom([""], ["DE", "FR"]),
});
const fact: fc.Arbitrary<FactItem> = fc.record({ home: key, kind, ref, list, version, item: fc.json() });
const changes: fc.Arbitrary<PartitionChanges> = fc.record({
  accounts: few(accounts).map((items) => [...new Map(items.map((item) => [item.id, item])).values()]),
  accountsGone: few(key),
  parked: few(parked).map((items) => [...new Map(items.map((item) => [item.id, item])).values()]),
  parkedGone: few(key),
  aliases: few(alias),
  aliasesGone: few(fc.record({ key, target: key, list })),
  facts: few(fact),
  factsGone: few(fc.record({ home: key, kind, ref, list })),
  suppressions: few(
    fc.record({ key, list, version, reason: fc.string() }).map(({ reason, ...row }) => ({
      ...row,
      entry: { type: "domain" as const, value: "acme.example", reason },
    })),
  ),
  suppressionsGone: few(fc.record({ key, list })),
});
const step = fc.oneof({ weight: 4, arbitrary: changes }, { weight: 1, arbitrary: fc.record({ forget: list, version }) });

describe("whatever is saved", () => {
  const folder = mkdtempSync(join(tmpdir(), "bullseye-dynamodb-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is the same as on SQLite, after any steps", { timeout: 300_000 }, async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
        const db = new Database(join(folder, `${runs++}.sqlite`));
        const laptop = new SqliteAccounts(db, ["linkedin"]);
        const stage = new DynamoAccounts(dynalite.client, await dynalite.createTable(), ["linkedin"]);
        for (const [turn, each] of steps.entries()) {
          for (const store of [laptop, stage]) {
            if ("forget" in each) await store.forgetVersion(each.forget, each.version);
            else await store.save(each, turn + 1);
          }
        }
        expect(await contentOf(stage, KEYS, KEYS)).toEqual(await contentOf(laptop, KEYS, KEYS));
        db.close();
      }),
      { numRuns: 6 },
    );
  });

  test("comes to the same after a crash before any write, and the same save again", async () => {
    const samples = fc.sample(changes, { numRuns: 2, seed: 7 });
    const before: PartitionChanges = samples[0]!;
    const after: PartitionChanges = {
      ...samples[1]!,
      accounts: [account(1), account(2)],
      accountsGone: before.accounts.map((a) => a.id),
    };
    const WRITES = new Set(["PutItemCommand", "DeleteItemCommand", "UpdateItemCommand", "BatchWriteItemCommand"]);
    const prepare = async (): Promise<[DynamoAccounts, table: string]> => {
      const table = await dynalite.createTable();
      const store = new DynamoAccounts(dynalite.client, table);
      await store.save(before, 1);
      return [store, table];
    };
    const [whole, wholeTable] = await prepare();
    let writes = 0;
    broken = [{ call: (name) => WRITES.has(name) && writes++ }];
    await whole.save(after, 2);
    broken = [];
    const expected = await itemsOf(wholeTable);
    expect(writes).toBeGreaterThan(10);
    for (let crash = 1; crash <= writes; crash++) {
      const [store, table] = await prepare();
      let left = crash;
      broken = [
        {
          call: (name) => {
            if (WRITES.has(name) && --left <= 0) throw refusal("SomeProcessDied");
          },
        },
      ];
      await expect(store.save(after, 2)).rejects.toMatchObject({ name: "BugError" });
      broken = [];
      await store.save(after, 2);
      expect(await itemsOf(table)).toEqual(expected);
    }
  });

  test("by a turn that is over is refused, also where a later one has removed it", async () => {
    const table = await dynalite.createTable();
    const stores = [new DynamoAccounts(dynalite.client, table), new DynamoAccounts(dynalite.client, table)];
    const save = (store: number, some: Partial<PartitionChanges>, fence: number) =>
      stores[store]!.save({ ...NO_CHANGES, ...some }, fence);
    await save(0, { accounts: [account(1), account(2)] }, 4);
    await save(1, { accounts: [account(1, { dep: 1 })], accountsGone: [id(2)] }, 5);
    const lost = { name: "BugError", message: expect.stringMatching(/lost its turn/), hint: expect.stringMatching(/runs retry/) };
    await expect(save(0, { accounts: [account(1)] }, 4)).rejects.toMatchObject(lost);
    await expect(save(0, { accounts: [account(2)] }, 4)).rejects.toMatchObject(lost);
    await expect(save(0, { accountsGone: [id(1)] }, 4)).rejects.toMatchObject(lost);
    expect(await stores[0]!.accounts([id(1), id(2)])).toEqual(new Map([[id(1), account(1, { dep: 1 })]]));
    await save(0, { accounts: [account(1)] }, 5);
    expect((await stores[1]!.accounts([id(1)])).get(id(1))!.dep).toBeUndefined();
  });

  test("is guarded item by item against a turn that begins in the middle of a save", async () => {
    const table = await dynalite.createTable();
    const early = new DynamoAccounts(dynalite.client, table);
    const late = new DynamoAccounts(dynalite.client, table);
    const alias: AliasRow = { key: KEYS[0]!, target: id(1), list: "crm", version: 2, rank: 3, countries: [""] };
    await late.save({ ...NO_CHANGES, aliases: [alias], accounts: [account(1, { dep: 1 })] }, 7);
    // As if the control item had not been seen: only the items themselves tell.
    await dynalite.client.send(
      new PutItemCommand({ TableName: table, Item: { pk: { S: "X" }, sk: { S: "store" }, v: { N: "1" }, f: { N: "1" } } }),
    );
    for (const some of [{ accounts: [account(1)] }, { accountsGone: [id(1)] }, { aliases: [{ ...alias, countries: ["DE"] }] }])
      await expect(early.save({ ...NO_CHANGES, ...some }, 6)).rejects.toThrow(/lost its turn/);
    expect((await late.aliases([KEYS[0]!])).get(KEYS[0]!)).toEqual([alias]);
  });
});
