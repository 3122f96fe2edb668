import { packText, unpackText } from "@bullseye/core/account/stored-item";
import { Bodies, partsOf } from "./bodies.ts";
import type { Item, Key, Table } from "./table.ts";

/** Whole records as packed JSON, several kinds in one partition key each. */
export class Records<T> {
  readonly #table: Table;
  readonly #bodies: Bodies;
  readonly #pk: string;

  constructor(table: Table, pk: string) {
    this.#table = table;
    this.#bodies = new Bodies(table);
    this.#pk = pk;
  }

  #key(id: string): Key {
    return { pk: this.#pk, sk: id };
  }

  async get(id: string): Promise<T | null> {
    const item = await this.#table.get(this.#key(id));
    return item && this.#read(item);
  }

  async put(id: string, record: T, more: Item = {}): Promise<void> {
    await this.#bodies.put(this.#key(id), partsOf(packText(JSON.stringify(record))), more);
  }

  async delete(id: string): Promise<void> {
    await this.#bodies.delete(this.#key(id));
  }

  /** All of them by id, or those of which an attribute says so. */
  async all(where?: { attribute: string; is: string }): Promise<T[]> {
    const found: T[] = [];
    const query = {
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: this.#pk }, ...(where ? { ":is": { S: where.is } } : {}) },
      ...(where ? { FilterExpression: `${where.attribute} = :is` } : {}),
    };
    for await (const page of this.#table.pages(query))
      for (const item of page) {
        const record = await this.#read(item);
        if (record) found.push(record);
      }
    return found;
  }

  async #read(item: Item): Promise<T | null> {
    const parts = await this.#bodies.read(item);
    return parts && (JSON.parse(unpackText(Buffer.concat(parts))) as T);
  }
}
