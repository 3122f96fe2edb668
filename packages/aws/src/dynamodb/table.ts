import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { InputError, TransientError } from "@bullseye/core/errors";
import { knownFailure } from "../failures.ts";
import { pause } from "../in-parallel.ts";
import { chunksOf, eachOf } from "./concurrency.ts";
import { isConditionFailure } from "./failures.ts";

/** An item as DynamoDB has it. */
export type Item = Record<string, AttributeValue>;

export interface Key {
  pk: string;
  sk: string;
}

/** A condition of a write, or a filter of a read. */
export interface Expression {
  text: string;
  names?: Record<string, string>;
  values?: Item;
}

/** Layout of the items; what a later Bullseye wrote is refused, never guessed at. */
export const LAYOUT = 1;

/** Single writes and queries in flight at a time [design]: enough to hide the way there and back, below what one Lambda's sockets hold. */
export const IN_FLIGHT = 64;
/** Batches in flight at a time [design]: of 100 reads or 25 writes each. */
const BATCHES_IN_FLIGHT = 8;
/** What DynamoDB takes at a time: "Service, account, and table quotas in Amazon DynamoDB", 2026-11. */
const BATCH_READS = 100;
const BATCH_WRITES = 25;
/** Attempts at a call, beyond those that the SDK makes within each, and at what a batch leaves over without getting on [design]. */
const ATTEMPTS = 4;

/** Attributes that every item has. */
export function itemOf({ pk, sk }: Key, more: Item): Item {
  return { pk: { S: pk }, sk: { S: sk }, v: { N: String(LAYOUT) }, ...more };
}

/** The item, unless a later Bullseye wrote it. */
export function readable(item: Item): Item {
  const version = Number(item.v?.N ?? 0);
  if (version > LAYOUT)
    throw new InputError(`item ${item.pk?.S} ${item.sk?.S} has layout ${version}; this Bullseye reads layout ${LAYOUT}`, {
      hint: "use the Bullseye that wrote it: deploy the newer version again",
    });
  return item;
}

function keyItem({ pk, sk }: Key): Item {
  return { pk: { S: pk }, sk: { S: sk } };
}

function conditionOf(condition: Expression | undefined): Pick<UpdateItemCommandInput, "ConditionExpression"> & {
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Item;
} {
  if (!condition) return {};
  const { text, names, values } = condition;
  return {
    ConditionExpression: text,
    ...(names ? { ExpressionAttributeNames: names } : {}),
    ...(values ? { ExpressionAttributeValues: values } : {}),
  };
}

/** One DynamoDB table: throttles and what a batch left over are tried again inside, with growing random waits. Reads see every write. */
export class Table {
  readonly name: string;
  readonly #client: DynamoDBClient;

  constructor(client: DynamoDBClient, name: string) {
    this.#client = client;
    this.name = name;
  }

  async get(key: Key): Promise<Item | null> {
    const { Item: item } = await this.#call("GetItem", () =>
      this.#client.send(new GetItemCommand({ TableName: this.name, Key: keyItem(key), ConsistentRead: true })),
    );
    return item ? readable(item) : null;
  }

  /** Those of the items that exist, in no order. Keys must differ. */
  async getAll(keys: readonly Key[]): Promise<Item[]> {
    const found: Item[] = [];
    await eachOf(chunksOf(keys, BATCH_READS), BATCHES_IN_FLIGHT, async (chunk) => {
      let left: Item[] = chunk.map(keyItem);
      for (let attempt = 0; left.length > 0; attempt++) {
        await this.#pause("BatchGetItem", attempt);
        const request = { RequestItems: { [this.name]: { Keys: left, ConsistentRead: true } } };
        const answer = await this.#call("BatchGetItem", () => this.#client.send(new BatchGetItemCommand(request)));
        const items = answer.Responses?.[this.name] ?? [];
        for (const item of items) found.push(readable(item));
        left = answer.UnprocessedKeys?.[this.name]?.Keys ?? [];
        // A batch that got on is not one that waits.
        if (items.length > 0) attempt = 0;
      }
    });
    return found;
  }

  /** The items of a partition key in order of their sort keys, page by page. */
  async *pages(query: Omit<QueryCommandInput, "TableName" | "ExclusiveStartKey">): AsyncGenerator<Item[]> {
    for await (const { items } of this.#query({ ConsistentRead: query.IndexName === undefined, ...query })) yield items;
  }

  /** How many items a query meets. */
  async count(query: Omit<QueryCommandInput, "TableName" | "ExclusiveStartKey">): Promise<number> {
    let sum = 0;
    for await (const { count } of this.#query({ ConsistentRead: true, ...query, Select: "COUNT" })) sum += count;
    return sum;
  }

  async *#query(query: Omit<QueryCommandInput, "TableName">): AsyncGenerator<{ items: Item[]; count: number }> {
    let ExclusiveStartKey: Item | undefined;
    do {
      const request = { ...query, TableName: this.name, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) };
      const answer = await this.#call("Query", () => this.#client.send(new QueryCommand(request)));
      yield { items: (answer.Items ?? []).map(readable), count: answer.Count ?? 0 };
      ExclusiveStartKey = answer.LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }

  /** Puts an item and answers the one that it replaced. ConditionalCheckFailedException where the condition does not hold. */
  async put(item: Item, condition?: Expression): Promise<Item | null> {
    const request = { TableName: this.name, Item: item, ReturnValues: "ALL_OLD" as const, ...conditionOf(condition) };
    const { Attributes } = await this.#call("PutItem", () => this.#client.send(new PutItemCommand(request)));
    return Attributes ?? null;
  }

  /** Deletes an item and answers what it was. */
  async delete(key: Key, condition?: Expression): Promise<Item | null> {
    const request = { TableName: this.name, Key: keyItem(key), ReturnValues: "ALL_OLD" as const, ...conditionOf(condition) };
    const { Attributes } = await this.#call("DeleteItem", () => this.#client.send(new DeleteItemCommand(request)));
    return Attributes ?? null;
  }

  async update(key: Key, update: string, expression: Partial<Expression>): Promise<void> {
    const { text, names, values } = expression;
    const request = {
      ...{ TableName: this.name, Key: keyItem(key), UpdateExpression: update },
      ...(text ? { ConditionExpression: text } : {}),
      ...(names ? { ExpressionAttributeNames: names } : {}),
      ...(values ? { ExpressionAttributeValues: values } : {}),
    };
    await this.#call("UpdateItem", () => this.#client.send(new UpdateItemCommand(request)));
  }

  /** Puts and deletes without conditions, in batches and in no order. Keys must differ. */
  async writeAll(puts: readonly Item[], deletes: readonly Key[]): Promise<void> {
    const requests: WriteRequest[] = [
      ...puts.map((item) => ({ PutRequest: { Item: item } })),
      ...deletes.map((key) => ({ DeleteRequest: { Key: keyItem(key) } })),
    ];
    await eachOf(chunksOf(requests, BATCH_WRITES), BATCHES_IN_FLIGHT, async (chunk) => {
      let left = chunk;
      for (let attempt = 0; left.length > 0; attempt++) {
        await this.#pause("BatchWriteItem", attempt);
        const request = { RequestItems: { [this.name]: left } };
        const answer = await this.#call("BatchWriteItem", () => this.#client.send(new BatchWriteItemCommand(request)));
        const after = answer.UnprocessedItems?.[this.name] ?? [];
        if (after.length < left.length) attempt = 0;
        left = after;
      }
    });
  }

  async #call<T>(call: string, send: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await send();
      } catch (error) {
        if (isConditionFailure(error)) throw error;
        const known = knownFailure(error, `${call} on table ${this.name}`, `dynamodb:${call}`);
        if (known.name !== "TransientError" || attempt >= ATTEMPTS) throw known;
        await this.#pause(call, attempt);
      }
    }
  }

  /** Waits before the attempt of this number; the first begins at once. */
  async #pause(call: string, attempt: number): Promise<void> {
    if (attempt === 0) return;
    if (attempt >= ATTEMPTS)
      throw new TransientError(`DynamoDB leaves ${call} on table ${this.name} undone`, { hint: "try again in a minute" });
    await pause(attempt);
  }
}
