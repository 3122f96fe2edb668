import type { AliasRow, FactItem, FactKind } from "@bullseye/core/account/item";
import { factLine, factOfLine } from "@bullseye/core/account/stored-item";
import { saidBy, saidWithout } from "@bullseye/core/account/stored-suppression";
import type { PartitionChanges } from "@bullseye/core/ports";
import { eachOf, inTurn } from "./concurrency.ts";
import { groupName, LineGroups } from "./lines.ts";
import {
  aliasLine,
  aliasOfLine,
  byAlias,
  byFact,
  bySuppression,
  factsKey,
  rowsKey,
  type SuppressionRow,
  suppressionLine,
  suppressionOfLine,
} from "./rows.ts";
import { SHARDS } from "./shards.ts";
import type { Item, Key, Table } from "./table.ts";

/** Shards read at a time where their order does not matter, and ahead where it does [design]. */
const SHARDS_IN_FLIGHT = 16;
const SHARDS_AHEAD = 3;

/** Vouchers, suppressions and facts: rows that lie packed in groups. */
export class AccountRows {
  readonly #table: Table;
  readonly #groups: LineGroups;

  constructor(table: Table) {
    this.#table = table;
    this.#groups = new LineGroups(table);
  }

  async aliases(keys: readonly string[]): Promise<Map<string, AliasRow[]>> {
    return this.#byKey("K", keys, aliasOfLine);
  }

  async suppressions(keys: readonly string[]): Promise<Map<string, SuppressionRow[]>> {
    return this.#byKey("S", keys, suppressionOfLine);
  }

  async #byKey<T extends { key: string }>(prefix: "K" | "S", keys: readonly string[], read: (line: string) => T) {
    const wanted = new Set(keys);
    const rows = new Map<string, T[]>();
    for await (const [, lines] of this.#groups.read(distinct(keys, (key) => rowsKey(prefix, key))))
      for (const line of lines) {
        // A line begins with ["<key>", and most of those in a group are not asked for.
        if (!wanted.has(line.slice(2, line.indexOf('"', 2)))) continue;
        const row = read(line);
        const same = rows.get(row.key);
        if (same) same.push(row);
        else rows.set(row.key, [row]);
      }
    const found = new Map<string, T[]>();
    for (const key of keys) if (rows.has(key)) found.set(key, rows.get(key)!);
    return found;
  }

  async facts(homes: readonly string[], kind: FactKind): Promise<Map<string, FactItem[]>> {
    const groups = new Map<string, string[]>();
    for await (const [name, lines] of this.#groups.read(distinct(homes, (home) => factsKey(home, kind)))) groups.set(name, lines);
    const found = new Map<string, FactItem[]>();
    for (const home of homes) {
      const lines = groups.get(groupName(factsKey(home, kind)));
      if (lines)
        found.set(
          home,
          lines.map((line) => factOfLine(home, kind, line)),
        );
    }
    return found;
  }

  /** Of all homes, in home order. */
  async *scanFacts(kind: FactKind): AsyncGenerator<FactItem> {
    const sources = SHARDS.map(
      (shard) => () =>
        this.#table.pages({
          KeyConditionExpression: "pk = :pk",
          FilterExpression: "k = :kind",
          ExpressionAttributeValues: { ":pk": { S: `F#${shard}` }, ":kind": { S: kind } },
        }),
    );
    for await (const page of inTurn(sources, SHARDS_AHEAD))
      for (const item of page) {
        const home = item.sk!.S!.slice(0, -kind.length - 1);
        for (const line of await this.#groups.linesOf(item)) yield factOfLine(home, kind, line);
      }
  }

  async saveFacts({ facts, factsGone }: PartitionChanges, fence: number): Promise<void> {
    const changes = new Map<string, { key: Key; home: string; kind: FactKind; gone: Set<string>; put: FactItem[] }>();
    const of = (home: string, kind: FactKind) => {
      const key = factsKey(home, kind);
      const name = groupName(key);
      if (!changes.has(name)) changes.set(name, { key, home, kind, gone: new Set(), put: [] });
      return changes.get(name)!;
    };
    for (const fact of facts) of(fact.home, fact.kind).put.push(fact);
    for (const { home, kind, ref, list } of factsGone) of(home, kind).gone.add(JSON.stringify([ref, list]));
    await this.#groups.change(
      [...changes.values()].map(({ key }) => key),
      fence,
      (key, lines) => {
        const { home, kind, gone, put } = changes.get(groupName(key))!;
        const rows = new Map<string, FactItem>();
        for (const line of lines) {
          const fact = factOfLine(home, kind, line);
          rows.set(JSON.stringify([fact.ref, fact.list]), fact);
        }
        for (const name of gone) rows.delete(name);
        for (const fact of put) rows.set(JSON.stringify([fact.ref, fact.list]), fact);
        return [...rows.values()].sort(byFact).map(factLine);
      },
      (key) => ({ k: { S: changes.get(groupName(key))!.kind } }),
    );
  }

  async saveAliases({ aliases, aliasesGone }: PartitionChanges, fence: number): Promise<void> {
    const put = groupBy(aliases, "K");
    const gone = groupBy(aliasesGone, "K");
    const keys = distinct(
      [...aliases, ...aliasesGone].map(({ key }) => key),
      (key) => rowsKey("K", key),
    );
    const name = ({ key, target, list }: { key: string; target: string; list: string }) => JSON.stringify([key, target, list]);
    await this.#groups.change(keys, fence, (key, lines) => {
      const rows = new Map(lines.map(aliasOfLine).map((row) => [name(row), row]));
      for (const row of put.get(groupName(key)) ?? []) {
        const before = rows.get(name(row));
        // The version and rank of whoever vouched first stand.
        rows.set(name(row), before ? { ...before, countries: row.countries } : row);
      }
      for (const row of gone.get(groupName(key)) ?? []) rows.delete(name(row));
      return [...rows.values()].sort(byAlias).map(aliasLine);
    });
  }

  async saveSuppressions({ suppressions, suppressionsGone }: PartitionChanges, fence: number): Promise<void> {
    const put = groupBy(suppressions, "S");
    const gone = groupBy(suppressionsGone, "S");
    const keys = distinct(
      [...suppressions, ...suppressionsGone].map(({ key }) => key),
      (key) => rowsKey("S", key),
    );
    const name = ({ key, list }: { key: string; list: string }) => JSON.stringify([key, list]);
    await this.#groups.change(keys, fence, (key, lines) => {
      const rows = new Map(lines.map(suppressionOfLine).map((row) => [name(row), row]));
      for (const row of gone.get(groupName(key)) ?? []) rows.delete(name(row));
      for (const { key: of, list, version, entry } of put.get(groupName(key)) ?? []) {
        const stored = rows.get(name({ key: of, list }));
        rows.set(name({ key: of, list }), {
          key: of,
          list,
          version: stored?.version ?? version,
          ...saidBy(version, entry, stored),
        });
      }
      return [...rows.values()].sort(bySuppression).map(suppressionLine);
    });
  }

  async countSuppressions(): Promise<number> {
    let sum = 0;
    await this.#eachGroup("S", "n", (item) => {
      sum += Number(item.n!.N);
    });
    return sum;
  }

  /** Takes the vouchers of one version of a list away. */
  async forgetAliases(list: string, version: number): Promise<void> {
    await this.#rewrite("K", (lines) =>
      lines.filter((line) => {
        const row = aliasOfLine(line);
        return row.list !== list || row.version !== version;
      }),
    );
  }

  /** Takes the suppressions of one version of a list away; what an earlier one said goes on standing as that one said it. */
  async forgetSuppressions(list: string, version: number): Promise<void> {
    await this.#rewrite("S", (lines) =>
      lines.flatMap((line) => {
        const row = suppressionOfLine(line);
        if (row.list !== list) return [line];
        if (row.version === version) return [];
        const { key, version: first } = row;
        return [suppressionLine({ key, list, version: first, ...saidWithout(version, first, row) })];
      }),
    );
  }

  async #rewrite(prefix: "K" | "S", change: (lines: readonly string[]) => string[]): Promise<void> {
    const keys: Key[] = [];
    await this.#eachGroup(prefix, undefined, async (item) => {
      const lines = await this.#groups.linesOf(item);
      const wanted = change(lines);
      if (wanted.length !== lines.length || wanted.some((line, index) => line !== lines[index]))
        keys.push({ pk: item.pk!.S!, sk: item.sk!.S! });
    });
    await this.#groups.change(keys, null, (_, lines) => change(lines));
  }

  async #eachGroup(prefix: "K" | "S", only: string | undefined, seen: (item: Item) => unknown): Promise<void> {
    await eachOf(SHARDS, SHARDS_IN_FLIGHT, async (shard) => {
      const query = {
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: `${prefix}#${shard}` } },
        ...(only ? { ProjectionExpression: only } : {}),
      };
      for await (const page of this.#table.pages(query)) for (const item of page) await seen(item);
    });
  }

  /** Whether any shard of a prefix holds an item; stops at the first that does. */
  async anyOf(prefix: string): Promise<boolean> {
    let found = false;
    await eachOf(SHARDS, SHARDS_IN_FLIGHT, async (shard) => {
      if (found) return;
      const query = {
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: `${prefix}#${shard}` } },
        Limit: 1,
      };
      for await (const page of this.#table.pages(query)) {
        if (page.length > 0) found = true;
        break;
      }
    });
    return found;
  }
}

/** The keys of groups that ids fall into, each once. */
function distinct(ids: readonly string[], keyOf: (id: string) => Key): Key[] {
  const keys = new Map<string, Key>();
  for (const id of ids) {
    const key = keyOf(id);
    keys.set(groupName(key), key);
  }
  return [...keys.values()];
}

function groupBy<T extends { key: string }>(rows: readonly T[], prefix: "K" | "S"): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const name = groupName(rowsKey(prefix, row.key));
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return groups;
}
