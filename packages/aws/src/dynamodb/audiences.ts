import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { packText, unpackText } from "@bullseye/core/account/stored-item";
import type { AudienceState, MemberRow, PushRecord } from "@bullseye/core/audiences/delivery";
import type { AudienceStore } from "@bullseye/core/ports";
import { inTurn } from "./concurrency.ts";
import { Records } from "./records.ts";
import { byText } from "./rows.ts";
import { type Item, itemOf, type Key, Table } from "./table.ts";

/** Partition keys that the members of an audience are spread over, by the first digit of their id. */
const MEMBER_SHARDS: readonly string[] = Array.from({ length: 16 }, (_, n) => n.toString(16));

/** Shards whose first page is read while an earlier one is worked on [design]. */
const SHARDS_AHEAD = 3;

/** What audiences have been told, on DynamoDB. */
export class DynamoAudiences implements AudienceStore {
  readonly #table: Table;
  readonly #states: Records<AudienceState>;
  readonly #pushes: Records<PushRecord>;

  constructor(client: DynamoDBClient, table: string) {
    this.#table = new Table(client, table);
    this.#states = new Records(this.#table, "U");
    this.#pushes = new Records(this.#table, "Q");
  }

  state(audience: string): Promise<AudienceState | null> {
    return this.#states.get(audience);
  }

  putState(state: AudienceState): Promise<void> {
    return this.#states.put(state.id, state);
  }

  async *members(audience: string): AsyncGenerator<MemberRow> {
    const sources = MEMBER_SHARDS.map(
      (shard) => () =>
        this.#table.pages({
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: memberKey(audience, shard).pk } },
        }),
    );
    for await (const page of inTurn(sources, SHARDS_AHEAD)) for (const item of page) yield memberOf(item);
  }

  async membersById(audience: string, ids: readonly string[]): Promise<Map<string, MemberRow>> {
    const items = await this.#table.getAll([...new Set(ids)].map((id) => memberKey(audience, id)));
    const rows = new Map(items.map((item) => [item.sk!.S!, item]));
    const found = new Map<string, MemberRow>();
    for (const id of ids) if (rows.has(id)) found.set(id, memberOf(rows.get(id)!));
    return found;
  }

  /** Of rows with one id the last counts, and those that are gone are gone. */
  async putMembers(rows: readonly MemberRow[], gone: ReadonlyArray<{ audience: string; id: string }>): Promise<void> {
    const puts = new Map(rows.map((row) => [`${row.audience} ${row.id}`, row]));
    const deletes = new Map(gone.map((row) => [`${row.audience} ${row.id}`, row]));
    for (const name of deletes.keys()) puts.delete(name);
    await this.#table.writeAll(
      [...puts.values()].map((row) => itemOf(memberKey(row.audience, row.id), { b: { B: packText(JSON.stringify(row)) } })),
      [...deletes.values()].map(({ audience, id }) => memberKey(audience, id)),
    );
  }

  /** Newest first. */
  async pushes(audience?: string): Promise<PushRecord[]> {
    const pushes = await this.#pushes.all(audience === undefined ? undefined : { attribute: "a", is: audience });
    return pushes.sort((a, b) => byText(b.createdAt, a.createdAt) || byText(a.pushId, b.pushId));
  }

  push(id: string): Promise<PushRecord | null> {
    return this.#pushes.get(id);
  }

  putPush(push: PushRecord): Promise<void> {
    return this.#pushes.put(push.pushId, push, { a: { S: push.audience } });
  }
}

function memberKey(audience: string, id: string): Key {
  return { pk: `M#${audience}#${id.slice(0, 1)}`, sk: id };
}

function memberOf(item: Item): MemberRow {
  return JSON.parse(unpackText(item.b!.B!)) as MemberRow;
}
