import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { AccountItem, AliasRow, FactItem, FactKind, ParkedItem } from "@bullseye/core/account/item";
import { INDEXED_TIERS } from "@bullseye/core/account/stored-item";
import { AD_PLATFORMS } from "@bullseye/core/audiences/platforms";
import type { AccountStore, PartitionChanges, Suppression, WantedMember } from "@bullseye/core/ports";
import { bestAccounts, byRank } from "@bullseye/core/queries/accounts";
import { LISTING_SHARDS, listingShard, wantedOfRow, wantRow } from "./account-attributes.ts";
import { ACCOUNTS, ItemStore, PARKED } from "./account-items.ts";
import { AccountRows } from "./account-rows.ts";
import { eachOf } from "./concurrency.ts";
import { Control } from "./control.ts";
import { LISTING_INDEX } from "./definition.ts";
import { Table } from "./table.ts";

/** Blocks looked up at a time [design]. */
const BLOCKS_IN_FLIGHT = 32;

/**
 * The accounts port on DynamoDB. A save is no transaction: every write of it may be repeated and comes to the same, and nothing is removed
 * before what takes its place is there.
 */
export class DynamoAccounts implements AccountStore {
  readonly #table: Table;
  readonly #accounts: ItemStore<AccountItem>;
  readonly #parked: ItemStore<ParkedItem>;
  readonly #rows: AccountRows;
  readonly #control: Control;
  readonly #platforms: readonly string[];

  /** `platforms`: those that audiences may be kept on; no other wants anything. */
  constructor(client: DynamoDBClient, table: string, platforms: readonly string[] = AD_PLATFORMS) {
    this.#table = new Table(client, table);
    this.#accounts = new ItemStore(this.#table, ACCOUNTS);
    this.#parked = new ItemStore(this.#table, PARKED);
    this.#rows = new AccountRows(this.#table);
    this.#control = new Control(this.#table);
    this.#platforms = platforms;
  }

  async isEmpty(): Promise<boolean> {
    if (!(await this.#control.anythingSaved())) return true;
    for (const prefix of ["A", "K", "P", "F"]) if (await this.#rows.anyOf(prefix)) return false;
    return true;
  }

  count(): Promise<number> {
    return this.#accounts.count();
  }

  accounts(ids: readonly string[]): Promise<Map<string, AccountItem>> {
    return this.#accounts.get(ids);
  }

  parked(ids: readonly string[]): Promise<Map<string, ParkedItem>> {
    return this.#parked.get(ids);
  }

  aliases(keys: readonly string[]): Promise<Map<string, AliasRow[]>> {
    return this.#rows.aliases(keys);
  }

  facts(homes: readonly string[], kind: FactKind): Promise<Map<string, FactItem[]>> {
    return this.#rows.facts(homes, kind);
  }

  async blocks(prefixes: readonly string[]): Promise<{ accounts: AccountItem[]; parked: ParkedItem[] }> {
    const accounts = new Map<string, AccountItem[]>();
    const parked = new Map<string, ParkedItem[]>();
    await eachOf(new Set(prefixes), BLOCKS_IN_FLIGHT, async (prefix) => {
      const [ofAccounts, ofParked] = await Promise.all([this.#accounts.startingWith(prefix), this.#parked.startingWith(prefix)]);
      accounts.set(prefix, ofAccounts);
      parked.set(prefix, ofParked);
    });
    return { accounts: prefixes.flatMap((each) => accounts.get(each)!), parked: prefixes.flatMap((each) => parked.get(each)!) };
  }

  scan(from: string, to: string | null, which: "all" | "dependent"): AsyncGenerator<AccountItem> {
    return this.#accounts.scan(from, to, which === "dependent" ? "attribute_exists(dep)" : undefined);
  }

  async *wants(platform: string): AsyncGenerator<WantedMember> {
    if (!this.#platforms.includes(platform)) return;
    const rows: string[] = [];
    await this.#accounts.eachWith("w", (item) => rows.push(wantRow(item.sk!.S!, item.w!.S!, platform)));
    rows.sort();
    for (const row of rows) yield wantedOfRow(row);
  }

  async ranked(tier: string, limit: number): Promise<AccountItem[]> {
    if (limit < 1) return [];
    if (!INDEXED_TIERS.has(tier)) return bestAccounts(this, limit, (item) => (item.result?.tier ?? "unknown") === tier);
    const listed: Array<{ ls: string; id: string }> = [];
    await eachOf(LISTING_SHARDS, LISTING_SHARDS.length, async (shard) => {
      let found = 0;
      const query = {
        IndexName: LISTING_INDEX,
        KeyConditionExpression: "lp = :lp",
        ExpressionAttributeValues: { ":lp": { S: listingShard(tier, shard) } },
        Limit: limit,
      };
      for await (const page of this.#table.pages(query)) {
        for (const item of page) listed.push({ ls: item.ls!.S!, id: item.sk!.S! });
        found += page.length;
        if (found >= limit) return;
      }
    });
    listed.sort((a, b) => (a.ls < b.ls ? -1 : 1));
    const best: AccountItem[] = [];
    for (let start = 0; best.length < limit && start < listed.length; start += limit) {
      const items = await this.#accounts.get(listed.slice(start, start + limit).map(({ id }) => id));
      // The index follows the accounts a moment later.
      for (const item of items.values()) if (item.result?.tier === tier) best.push(item);
    }
    const rank = (item: AccountItem) => ({ id: item.id, score: item.result?.score ?? null });
    return best.sort((a, b) => byRank(rank(a), rank(b))).slice(0, limit);
  }

  scanFacts(kind: FactKind): AsyncGenerator<FactItem> {
    return this.#rows.scanFacts(kind);
  }

  /**
   * In this order, because a crash may come after any write: what must never be told first; then the evidence on which accounts rest; homes
   * in their new place before they leave the old one.
   */
  async save(changes: PartitionChanges, fence: number): Promise<void> {
    if (Object.values(changes).every((rows: readonly unknown[]) => rows.length === 0)) return;
    await this.#control.begin(changes, fence);
    if (changes.suppressions.length + changes.suppressionsGone.length > 0)
      await this.#control.changingSuppressions(() => this.#rows.saveSuppressions(changes, fence));
    await this.#rows.saveFacts(changes, fence);
    await this.#rows.saveAliases(changes, fence);
    await this.#parked.put(changes.parked, fence);
    await this.#accounts.put(changes.accounts, fence);
    await this.#accounts.delete(changes.accountsGone, fence);
    await this.#parked.delete(changes.parkedGone, fence);
  }

  claim(fence: number): Promise<void> {
    return this.#control.claim(fence);
  }

  async suppressed(
    keys: readonly string[],
    except?: { list: string; versions: readonly number[] },
  ): Promise<Map<string, Suppression[]>> {
    const found = new Map<string, Suppression[]>();
    for (const [key, rows] of await this.#rows.suppressions(keys)) {
      const standing = rows.filter(({ list, latest }) => list !== except?.list || !except.versions.includes(latest));
      if (standing.length > 0)
        found.set(
          key,
          standing.map(({ list, entry }) => ({ list, entry })),
        );
    }
    return found;
  }

  suppressionCount(): Promise<number> {
    return this.#control.suppressionCount(() => this.#rows.countSuppressions());
  }

  async forgetVersion(list: string, version: number): Promise<void> {
    if (await this.#control.suppressionsSaved())
      await this.#control.changingSuppressions(() => this.#rows.forgetSuppressions(list, version));
    await this.#rows.forgetAliases(list, version);
  }
}
