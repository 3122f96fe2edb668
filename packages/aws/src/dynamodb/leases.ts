import { setTimeout as sleep } from "node:timers/promises";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { TransientError } from "@bullseye/core/errors";
import { askForLease, FREE_LEASE, giveUpLease, type LeaseState } from "@bullseye/core/lease";
import type { Leases } from "@bullseye/core/ports";
import { isConditionFailure } from "./failures.ts";
import { type Expression, itemOf, type Key, Table } from "./table.ts";

/** How often a lease is asked for anew that another changed first, and the longest wait in between [design]. */
const ATTEMPTS = 20;
const WAIT_MS = 40;

/** Leases on DynamoDB, one item each: whoever changes one must have seen its last revision. */
export class DynamoLeases implements Leases {
  readonly #table: Table;
  readonly #now: () => number;

  /** `now`: milliseconds since 1970. */
  constructor(client: DynamoDBClient, table: string, now: () => number = Date.now) {
    this.#table = new Table(client, table);
    this.#now = now;
  }

  async take(name: string, holder: string, seconds: number, order?: string): Promise<number | null> {
    return this.#change(name, (before) => {
      const { lease, granted } = askForLease(before, { holder, seconds, order, now: this.#now() });
      return [lease, granted ? lease.fence : null];
    });
  }

  async release(name: string, holder: string): Promise<void> {
    await this.#change(name, (before) => {
      const theirs = before.holder !== holder && before.waiting[holder] === undefined;
      return [theirs ? before : giveUpLease(before, holder), null];
    });
  }

  /** Saves what becomes of a lease and answers with it; what does not change is not written. */
  async #change<T>(name: string, step: (lease: LeaseState) => readonly [LeaseState, T]): Promise<T> {
    const key: Key = { pk: "T", sk: name };
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const item = await this.#table.get(key);
      const before = item ? (JSON.parse(item.lease!.S!) as LeaseState) : FREE_LEASE;
      const rev = Number(item?.rev?.N ?? 0);
      const [after, answer] = step(before);
      if (after === before) return answer;
      const condition: Expression = item
        ? { text: "rev = :rev", values: { ":rev": { N: String(rev) } } }
        : { text: "attribute_not_exists(pk)" };
      try {
        await this.#table.put(itemOf(key, { lease: { S: JSON.stringify(after) }, rev: { N: String(rev + 1) } }), condition);
        return answer;
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
        await sleep(Math.random() * WAIT_MS);
      }
    }
    throw new TransientError(`others keep asking for the lease ${name}`, { hint: "try again in a minute" });
  }
}
