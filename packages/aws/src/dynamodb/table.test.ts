import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DynamoAudiences } from "./audiences.ts";
import { type Dynalite, startDynalite } from "./dynalite.testing.ts";
import { DynamoRuns } from "./runs.ts";
import { type Item, itemOf, Table } from "./table.ts";

/** Changes the answer of a call. */
type Meddle = (command: string, input: { RequestItems: Record<string, Item[]> }, answer: Answer) => void;

interface Answer {
  Responses: Record<string, Item[]>;
  UnprocessedItems: unknown;
  UnprocessedKeys: unknown;
}

describe("a table", () => {
  let dynalite: Dynalite;
  let table: Table;
  let before: ((command: string) => void) | null = null;
  let after: Meddle | null = null;
  beforeAll(async () => {
    dynalite = await startDynalite();
    table = new Table(dynalite.client, await dynalite.createTable());
    dynalite.client.middlewareStack.add(
      (next, context) => async (args) => {
        before?.(String(context.commandName));
        const answer = await next(args);
        after?.(String(context.commandName), args.input as Parameters<Meddle>[1], answer.output as unknown as Answer);
        return answer;
      },
      { step: "initialize" },
    );
  });
  afterEach(() => {
    before = null;
    after = null;
  });
  afterAll(() => dynalite.close());
  const failing = (name: string, times: number): (() => number) => {
    let calls = 0;
    before = () => {
      if (++calls <= times) throw Object.assign(new Error(name), { name });
    };
    return () => calls;
  };

  test("that is throttled is asked again, and after that is TransientError", async () => {
    for (const name of ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"]) {
      const calls = failing(name, 2);
      expect(await table.get({ pk: "A#00", sk: "none" })).toBeNull();
      expect(calls()).toBe(3);
    }
    const calls = failing("ThrottlingException", 99);
    await expect(table.put(itemOf({ pk: "A#00", sk: "x" }, {}))).rejects.toMatchObject({ name: "TransientError" });
    expect(calls()).toBeGreaterThan(2);
    expect(calls()).toBeLessThan(10);
  });

  test("that is not there, or not for us, is not asked again", async () => {
    await expect(new Table(dynalite.client, "nowhere").get({ pk: "a", sk: "b" })).rejects.toMatchObject({
      name: "NotFoundError",
    });
    const calls = failing("AccessDeniedException", 1);
    await expect(table.get({ pk: "a", sk: "b" })).rejects.toMatchObject({ name: "CredentialError" });
    expect(calls()).toBe(1);
  });

  test("gets what a batch left over", async () => {
    const keys = Array.from({ length: 230 }, (_, n) => ({ pk: "A#01", sk: String(n).padStart(4, "0") }));
    let cut = 0;
    after = (command, input, answer) => {
      if (command === "BatchWriteItemCommand") {
        // As if the last three had not been written: they are written again, to the same effect.
        const requests = input.RequestItems[table.name]!;
        if (requests.length > 3) answer.UnprocessedItems = { [table.name]: requests.slice(-3) };
        cut++;
      }
      if (command === "BatchGetItemCommand") {
        const items = answer.Responses[table.name]!;
        if (items.length < 20) return;
        cut++;
        const left = items.splice(5).map((item) => ({ pk: item.pk, sk: item.sk }));
        answer.UnprocessedKeys = { [table.name]: { Keys: left } };
      }
    };
    await table.writeAll(
      keys.map((key) => itemOf(key, {})),
      [],
    );
    expect(cut).toBeGreaterThan(10);
    cut = 0;
    const found = await table.getAll([...keys, { pk: "A#01", sk: "none" }]);
    expect(cut).toBeGreaterThan(2);
    expect(found.map((item) => item.sk!.S).sort()).toEqual(keys.map(({ sk }) => sk));
    await table.writeAll([], keys.slice(0, 200));
    after = null;
    expect((await table.getAll(keys)).length).toBe(30);
  });

  test("that leaves everything over for good is TransientError", async () => {
    after = (command, input, answer) => {
      if (command === "BatchWriteItemCommand") answer.UnprocessedItems = input.RequestItems;
    };
    await expect(table.writeAll([itemOf({ pk: "A#02", sk: "x" }, {})], [])).rejects.toMatchObject({ name: "TransientError" });
  });

  test("pages through more than one answer holds", async () => {
    const item = (n: number) => itemOf({ pk: "A#03", sk: String(n).padStart(3, "0") }, { b: { B: new Uint8Array(300_000) } });
    for (let n = 0; n < 7; n++) await table.put(item(n));
    const query = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: "A#03" } } };
    const pages: string[][] = [];
    for await (const page of table.pages(query)) pages.push(page.map((each) => each.sk!.S!));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flat()).toEqual(["000", "001", "002", "003", "004", "005", "006"]);
    expect(await table.count(query)).toBe(7);
  });

  test("of a later Bullseye is refused by name", async () => {
    const name = await dynalite.createTable();
    const item = itemOf({ pk: "L", sk: "crm" }, { v: { N: "2" }, b: { B: Uint8Array.of(1) } });
    await dynalite.client.send(new PutItemCommand({ TableName: name, Item: item }));
    await dynalite.client.send(
      new PutItemCommand({ TableName: name, Item: { ...item, pk: { S: "M#large#a" }, sk: { S: "a1" } } }),
    );
    const newer = { name: "InputError", message: expect.stringMatching(/layout 2; this Bullseye reads layout 1/) };
    await expect(new DynamoRuns(dynalite.client, name).list("crm")).rejects.toMatchObject(newer);
    await expect(new DynamoRuns(dynalite.client, name).lists()).rejects.toMatchObject(newer);
    await expect(new DynamoAudiences(dynalite.client, name).membersById("large", ["a1"])).rejects.toMatchObject(newer);
  });
});
