import { ScanCommand } from "@aws-sdk/client-dynamodb";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Dynalite, startDynalite } from "./dynalite.testing.ts";
import { groupName, LineGroups, partLines } from "./lines.ts";
import { Table } from "./table.ts";

const KEY = { pk: "F#aa", sk: "aa01#order" };

/** Lines of which every part of 96 KB packs to a fifth: like orders of one buyer. */
const lines = (from: number, to: number, skip = 1): string[] => {
  const made: string[] = [];
  for (let n = from; n < to; n += skip)
    made.push(`${String(n).padStart(7, "0")}\t{"orderId":"${n}","amount":${(n * 7919) % 100_003},"text":"${"box ".repeat(20)}"}`);
  return made;
};

describe("lines in parts", () => {
  test("lose nothing and keep their order, whatever their sizes", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(120_000), { minLength: 1, maxLength: 12 }), (sizes) => {
        const all = sizes.map((size, n) => `${n}\t${"x".repeat(size)}`);
        const parts = partLines(all);
        expect(parts.flatMap((part) => part.split("\n"))).toEqual(all);
        for (const part of parts) if (part.includes("\n")) expect(part.length).toBeLessThanOrEqual(280_000);
      }),
      { numRuns: 30 },
    );
  });

  test("stay as they are but for the one that a new line falls into", () => {
    const before = lines(0, 12_000, 2);
    const at = 3_001;
    const after = [...before, ...lines(at, at + 1)].sort();
    const [one, two] = [partLines(before), partLines(after)];
    expect(one.length).toBeGreaterThan(4);
    expect(two.filter((part) => !one.includes(part))).toHaveLength(1);
  });
});

describe("groups of lines", () => {
  let dynalite: Dynalite;
  beforeAll(async () => {
    dynalite = await startDynalite();
  });
  afterAll(() => dynalite.close());
  const open = async (): Promise<{ table: Table; groups: LineGroups; keys(): Promise<string[]> }> => {
    const table = new Table(dynalite.client, await dynalite.createTable());
    const keys = async (): Promise<string[]> => {
      const { Items = [] } = await dynalite.client.send(new ScanCommand({ TableName: table.name }));
      return Items.map((item) => `${item.pk!.S} ${item.sk!.S}`).sort();
    };
    return { table, groups: new LineGroups(table), keys };
  };
  const read = async (groups: LineGroups): Promise<string[]> => {
    for await (const [name, lines] of groups.read([KEY])) {
      expect(name).toBe(groupName(KEY));
      return lines;
    }
    return [];
  };

  test("outgrow an item, change one part, and leave nothing behind", async () => {
    const { groups, keys } = await open();
    const large = lines(0, 12_000, 2);
    await groups.change([KEY], 1, () => large);
    expect(await read(groups)).toEqual(large);
    const before = await keys();
    expect(before.length).toBeGreaterThan(4);
    const more = [...large, ...lines(3_001, 3_002)].sort();
    await groups.change([KEY], 1, () => more);
    expect(await read(groups)).toEqual(more);
    const after = await keys();
    expect(after.filter((key) => !before.includes(key))).toHaveLength(1);
    expect(after).toHaveLength(before.length);
    await groups.change([KEY], 1, (_, present) => present.slice(0, 3));
    expect(await keys()).toEqual([groupName(KEY)]);
    expect(await read(groups)).toEqual(more.slice(0, 3));
    await groups.change([KEY], 1, () => []);
    expect(await keys()).toEqual([]);
  });

  test("lose no line where several write at once", async () => {
    const { table } = await open();
    const writers = Array.from({ length: 5 }, () => new LineGroups(table));
    await Promise.all(writers.map((groups, n) => groups.change([KEY], 1, (_, present) => [...present, `writer ${n}`].sort())));
    expect(await read(writers[0]!)).toEqual(writers.map((_, n) => `writer ${n}`));
  });

  test("are kept from whoever has lost his turn; without a turn the last one stays", async () => {
    const { groups, table } = await open();
    await groups.change([KEY], 3, () => ["a"]);
    await expect(groups.change([KEY], 2, () => ["b"])).rejects.toThrow(/lost its turn/);
    await groups.change([KEY], null, () => ["c"]);
    expect((await table.get(KEY))!.f).toEqual({ N: "3" });
    expect(await read(groups)).toEqual(["c"]);
  });
});
