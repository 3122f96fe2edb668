import type { AccountItem, ParkedItem } from "@bullseye/core/account/item";
import { decodeAccount, decodeParked, encodeAccount, encodeParked } from "@bullseye/core/account/stored-item";
import { listingKeys, wantsCell } from "./account-attributes.ts";
import { Bodies, partsOf } from "./bodies.ts";
import { eachOf, inTurn } from "./concurrency.ts";
import { isConditionFailure, turnLost } from "./failures.ts";
import { SHARDS, shardOf, shardsBetween } from "./shards.ts";
import { type Expression, IN_FLIGHT, type Item, type Key, type Table } from "./table.ts";

/** Shards whose first page is read while an earlier one is worked on [design]. */
const SHARDS_AHEAD = 3;

/** Shards read at a time where their order does not matter [design]. */
const SHARDS_IN_FLIGHT = 16;

/** Items of one kind with an id: how they are kept, by which key, with what beside their body. */
interface Kind<T> {
  prefix: string;
  encode(item: T): Uint8Array;
  decode(packed: Uint8Array): T;
  beside(item: T): Item;
}

export const ACCOUNTS: Kind<AccountItem> = {
  prefix: "A",
  encode: encodeAccount,
  decode: decodeAccount,
  beside: (item) => ({ ...listingKeys(item), ...wantsCell(item), ...(item.dep ? { dep: { N: "1" } } : {}) }),
};

export const PARKED: Kind<ParkedItem> = { prefix: "P", encode: encodeParked, decode: decodeParked, beside: () => ({}) };

/** Items with an id in shards by its first digits, each replaced as a whole and only by the same or a later turn. */
export class ItemStore<T extends { id: string }> {
  readonly #table: Table;
  readonly #bodies: Bodies;
  readonly #kind: Kind<T>;

  constructor(table: Table, kind: Kind<T>) {
    this.#table = table;
    this.#bodies = new Bodies(table);
    this.#kind = kind;
  }

  #key(id: string): Key {
    return { pk: `${this.#kind.prefix}#${shardOf(id)}`, sk: id };
  }

  async put(items: readonly T[], fence: number): Promise<void> {
    await eachOf(items, IN_FLIGHT, (item) => {
      const more = { f: { N: String(fence) }, ...this.#kind.beside(item) };
      return this.#unless(item.id, fence, (condition) =>
        this.#bodies.put(this.#key(item.id), partsOf(this.#kind.encode(item)), more, condition),
      );
    });
  }

  async delete(ids: readonly string[], fence: number): Promise<void> {
    await eachOf(ids, IN_FLIGHT, (id) => this.#unless(id, fence, (condition) => this.#bodies.delete(this.#key(id), condition)));
  }

  async #unless(id: string, fence: number, write: (condition: Expression) => Promise<void>): Promise<void> {
    try {
      await write({ text: "attribute_not_exists(f) OR f <= :f", values: { ":f": { N: String(fence) } } });
    } catch (error) {
      throw isConditionFailure(error) ? turnLost(fence, id) : error;
    }
  }

  /** In the order asked for. */
  async get(ids: readonly string[]): Promise<Map<string, T>> {
    const found = new Map<string, T>();
    const items = new Map<string, Item>();
    for (const item of await this.#table.getAll([...new Set(ids)].map((id) => this.#key(id)))) items.set(item.sk!.S!, item);
    for (const id of ids) {
      const item = items.get(id);
      const read = item && (await this.#decode(item));
      if (read) found.set(id, read);
    }
    return found;
  }

  async #decode(item: Item): Promise<T | null> {
    const parts = item.b?.B ? [item.b.B] : await this.#bodies.read(item);
    return parts && this.#kind.decode(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
  }

  /** Items whose id begins so, in id order. */
  async startingWith(start: string): Promise<T[]> {
    const query = {
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
      ExpressionAttributeValues: { ":pk": { S: this.#key(start).pk }, ":sk": { S: start } },
    };
    const found: T[] = [];
    for await (const page of this.#table.pages(query)) {
      for (const item of page) {
        const read = await this.#decode(item);
        if (read) found.push(read);
      }
    }
    return found;
  }

  /** Items of the half-open range in id order, those that a filter lets through. The next shards are read ahead. */
  async *scan(from: string, to: string | null, filter?: string): AsyncGenerator<T> {
    const sources = shardsBetween(from, to).map((shard) => () => {
      const low = from > shard ? from : shard;
      const high = to === null || to > `${shard}g` ? `${shard}g` : to;
      return this.#table.pages({
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :low AND :high",
        ExpressionAttributeValues: { ":pk": { S: this.#key(shard).pk }, ":low": { S: low }, ":high": { S: high } },
        ...(filter ? { FilterExpression: filter } : {}),
      });
    });
    for await (const page of inTurn(sources, SHARDS_AHEAD)) {
      for (const item of page) {
        if (item.sk!.S! === to) continue;
        const read = await this.#decode(item);
        if (read) yield read;
      }
    }
  }

  /** Some attributes of all items that have one of them, shard by shard in no order. */
  async eachWith(attribute: string, seen: (item: Item) => void): Promise<void> {
    await eachOf(SHARDS, SHARDS_IN_FLIGHT, async (shard) => {
      const query = {
        KeyConditionExpression: "pk = :pk",
        FilterExpression: "attribute_exists(#wanted)",
        ProjectionExpression: "sk, #wanted",
        ExpressionAttributeNames: { "#wanted": attribute },
        ExpressionAttributeValues: { ":pk": { S: this.#key(shard).pk } },
      };
      for await (const page of this.#table.pages(query)) for (const item of page) seen(item);
    });
  }

  async count(): Promise<number> {
    let sum = 0;
    await eachOf(SHARDS, SHARDS_IN_FLIGHT, async (shard) => {
      const found = await this.#table.count({
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: this.#key(shard).pk } },
      });
      sum += found;
    });
    return sum;
  }
}
