import type { SuppressionEntry } from "@bullseye/core/account/facts";
import type { AccountItem, AliasRow, FactItem, FactKind, ParkedItem } from "@bullseye/core/account/item";
import { accountText, parkedText, wantedMember, wantedOf } from "@bullseye/core/account/stored-item";
import { type StoredSuppression, saidBy, saidWithout } from "@bullseye/core/account/stored-suppression";
import { BugError } from "@bullseye/core/errors";
import type { AccountStore, PartitionChanges, Suppression, WantedMember } from "@bullseye/core/ports";
import type { Database } from "./database.ts";

/** Rows that a scan reads at a time, so that no read transaction outlives one step of its reader. */
const PAGE = 1000;

interface ItemRow {
  id: string;
  item: string;
}

interface FactRow {
  home: string;
  kind: FactKind;
  ref: string;
  list: string;
  version: number;
  item: string;
}

/** An entry as its column holds it, with the one before beside it. */
const suppressionItem = ({ entry, before }: StoredSuppression): string => JSON.stringify(before ? { ...entry, before } : entry);

function storedSuppression({ latest, item }: { latest: number; item: string }): StoredSuppression {
  const { before, ...entry } = JSON.parse(item) as SuppressionEntry & Pick<StoredSuppression, "before">;
  return { latest, entry, ...(before === undefined ? {} : { before }) };
}

/** The accounts port on SQLite. */
export class SqliteAccounts implements AccountStore {
  readonly #db: Database;
  readonly #platforms: readonly string[];

  constructor(db: Database, platforms: readonly string[]) {
    this.#db = db;
    this.#platforms = platforms;
  }

  async isEmpty(): Promise<boolean> {
    const row = this.#db
      .sql(
        "SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM aliases) OR EXISTS (SELECT 1 FROM parked) OR EXISTS (SELECT 1 FROM facts) AS some",
      )
      .get() as { some: number };
    return row.some === 0;
  }

  async count(): Promise<number> {
    return (this.#db.sql("SELECT COUNT(*) AS n FROM accounts").get() as { n: number }).n;
  }

  async accounts(ids: readonly string[]): Promise<Map<string, AccountItem>> {
    return this.#items<AccountItem>("SELECT item FROM accounts WHERE id = ?", ids);
  }

  async parked(ids: readonly string[]): Promise<Map<string, ParkedItem>> {
    return this.#items<ParkedItem>("SELECT item FROM parked WHERE id = ?", ids);
  }

  #items<T>(sql: string, ids: readonly string[]): Map<string, T> {
    const found = new Map<string, T>();
    const statement = this.#db.sql(sql);
    for (const id of ids) {
      const row = statement.get(id) as { item: string } | undefined;
      if (row) found.set(id, JSON.parse(row.item) as T);
    }
    return found;
  }

  async aliases(keys: readonly string[]): Promise<Map<string, AliasRow[]>> {
    const found = new Map<string, AliasRow[]>();
    const statement = this.#db.sql("SELECT key, target, list, version, rank, countries FROM aliases WHERE key = ?");
    for (const key of keys) {
      const rows = statement.all(key) as unknown as Array<Omit<AliasRow, "countries"> & { countries: string }>;
      if (rows.length > 0)
        found.set(
          key,
          rows.map((row) => ({ ...row, countries: row.countries.split(",") })),
        );
    }
    return found;
  }

  async facts(homes: readonly string[], kind: FactKind): Promise<Map<string, FactItem[]>> {
    const found = new Map<string, FactItem[]>();
    const statement = this.#db.sql("SELECT home, kind, ref, list, version, item FROM facts WHERE home = ? AND kind = ?");
    for (const home of homes) {
      const rows = statement.all(home, kind) as unknown as FactRow[];
      if (rows.length > 0) found.set(home, rows);
    }
    return found;
  }

  async blocks(prefixes: readonly string[]): Promise<{ accounts: AccountItem[]; parked: ParkedItem[] }> {
    const accounts: AccountItem[] = [];
    const parked: ParkedItem[] = [];
    const fromAccounts = this.#db.sql("SELECT item FROM accounts WHERE id >= ? AND id < ?");
    const fromParked = this.#db.sql("SELECT item FROM parked WHERE id >= ? AND id < ?");
    for (const prefix of prefixes) {
      for (const row of fromAccounts.all(prefix, `${prefix}g`) as unknown as ItemRow[])
        accounts.push(JSON.parse(row.item) as AccountItem);
      for (const row of fromParked.all(prefix, `${prefix}g`) as unknown as ItemRow[])
        parked.push(JSON.parse(row.item) as ParkedItem);
    }
    return { accounts, parked };
  }

  async *scan(from: string, to: string | null, which: "all" | "dependent"): AsyncGenerator<AccountItem> {
    const [index, filter] = which === "dependent" ? ["INDEXED BY accounts_dep", "AND dep = 1"] : ["", ""];
    const statement = this.#db.sql(
      `SELECT id, item FROM accounts ${index} WHERE id >= ? AND id < ? ${filter} ORDER BY id LIMIT ${PAGE}`,
    );
    let start = from;
    for (;;) {
      const rows = statement.all(start, to ?? "g") as unknown as ItemRow[];
      for (const row of rows) yield JSON.parse(row.item) as AccountItem;
      if (rows.length < PAGE) return;
      start = `${rows.at(-1)!.id}\u0000`;
    }
  }

  async ranked(tier: string, limit: number): Promise<AccountItem[]> {
    const rows = this.#db
      .sql("SELECT item FROM accounts WHERE IFNULL(tier, 'unknown') = ? ORDER BY IFNULL(score, -1) DESC, id LIMIT ?")
      .all(tier, limit) as unknown as ItemRow[];
    return rows.map((row) => JSON.parse(row.item) as AccountItem);
  }

  async *wants(platform: string): AsyncGenerator<WantedMember> {
    const statement = this.#db.sql(
      `SELECT key, id, item FROM wants WHERE platform = ?1 AND (key, id) > (?2, ?3) ORDER BY key, id LIMIT ${PAGE}`,
    );
    let last = { key: "", id: "" };
    for (;;) {
      const rows = statement.all(platform, last.key, last.id) as unknown as Array<{ key: string; id: string; item: string }>;
      for (const { key, id, item } of rows) yield wantedMember(key, id, item);
      if (rows.length < PAGE) return;
      last = rows.at(-1)!;
    }
  }

  async *scanFacts(kind: FactKind): AsyncGenerator<FactItem> {
    const statement = this.#db.sql(
      `SELECT home, kind, ref, list, version, item FROM facts WHERE kind = ?1 AND (home, ref, list) > (?2, ?3, ?4) ORDER BY home, kind, ref, list LIMIT ${PAGE}`,
    );
    let last = { home: "", ref: "", list: "" };
    for (;;) {
      const rows = statement.all(kind, last.home, last.ref, last.list) as unknown as FactRow[];
      for (const row of rows) yield row;
      if (rows.length < PAGE) return;
      last = rows.at(-1)!;
    }
  }

  async save(changes: PartitionChanges, fence: number): Promise<void> {
    this.#db.write(() => {
      this.#guard(fence);
      const fresh = (this.#db.sql("SELECT EXISTS (SELECT 1 FROM wants) AS some").get() as { some: number }).some === 0;
      const putAccount = this.#db.sql("INSERT OR REPLACE INTO accounts (id, item, score, tier, dep) VALUES (?, ?, ?, ?, ?)");
      const putWant = this.#db.sql("INSERT OR REPLACE INTO wants (platform, key, id, item) VALUES (?, ?, ?, ?)");
      const dropWant = this.#db.sql("DELETE FROM wants WHERE id = ?");
      for (const item of changes.accounts) {
        const { id, result } = item;
        putAccount.run(id, accountText(item), result?.score ?? null, result?.tier ?? null, item.dep ?? null);
        if (!fresh) dropWant.run(id);
        for (const platform of this.#platforms) {
          const want = wantedOf(id, result, platform);
          if (want) putWant.run(platform, want.key, id, want.text);
        }
      }
      this.#each("DELETE FROM accounts WHERE id = ?", changes.accountsGone, (id) => [id]);
      this.#each("DELETE FROM wants WHERE id = ?", changes.accountsGone, (id) => [id]);
      this.#each("INSERT OR REPLACE INTO parked (id, target, item) VALUES (?, ?, ?)", changes.parked, (item) => [
        item.id,
        item.target,
        parkedText(item),
      ]);
      this.#each("DELETE FROM parked WHERE id = ?", changes.parkedGone, (id) => [id]);
      const putAlias = this.#db.sql(
        "INSERT INTO aliases (key, target, list, version, rank, countries) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET countries = excluded.countries",
      );
      for (const { key, target, list, version, rank, countries } of changes.aliases)
        putAlias.run(key, target, list, version, rank, countries.join(","));
      this.#each("DELETE FROM aliases WHERE key = ? AND target = ? AND list = ?", changes.aliasesGone, (gone) => [
        gone.key,
        gone.target,
        gone.list,
      ]);
      this.#each("DELETE FROM facts WHERE home = ? AND kind = ? AND ref = ? AND list = ?", changes.factsGone, (gone) => [
        gone.home,
        gone.kind,
        gone.ref,
        gone.list,
      ]);
      this.#each(
        "INSERT OR REPLACE INTO facts (home, kind, ref, list, version, item) VALUES (?, ?, ?, ?, ?, ?)",
        changes.facts,
        (fact) => [fact.home, fact.kind, fact.ref, fact.list, fact.version, fact.item],
      );
      this.#each("DELETE FROM suppressions WHERE key = ? AND list = ?", changes.suppressionsGone, (gone) => [
        gone.key,
        gone.list,
      ]);
      const stored = this.#db.sql("SELECT latest, item FROM suppressions WHERE key = ? AND list = ?");
      this.#each(
        "INSERT INTO suppressions (key, list, version, latest, item) VALUES (?1, ?2, ?3, ?3, ?4) ON CONFLICT DO UPDATE SET latest = excluded.latest, item = excluded.item",
        changes.suppressions,
        ({ key, list, version, entry }) => {
          const row = stored.get(key, list) as { latest: number; item: string } | undefined;
          return [key, list, version, suppressionItem(saidBy(version, entry, row && storedSuppression(row)))];
        },
      );
    });
  }

  async claim(fence: number): Promise<void> {
    this.#db.write(() => this.#guard(fence));
  }

  /** The store's own transaction lets one run in at a time, so one number for all rows is enough. */
  #guard(fence: number): void {
    const last = (this.#db.sql("SELECT MAX(fence) AS last FROM fence").get() as { last: number | null }).last;
    if (last !== null && last > fence)
      throw new BugError(`a later run (turn ${last}) has written to this store; the run of turn ${fence} lost its turn`, {
        hint: "bullseye runs retry starts it again",
      });
    if (last === fence) return;
    this.#db.sql("DELETE FROM fence").run();
    this.#db.sql("INSERT INTO fence (fence) VALUES (?)").run(fence);
  }

  #each<T>(sql: string, rows: readonly T[], values: (row: T) => Array<string | number | null>): void {
    if (rows.length === 0) return;
    const statement = this.#db.sql(sql);
    for (const row of rows) statement.run(...values(row));
  }

  async suppressed(
    keys: readonly string[],
    except?: { list: string; versions: readonly number[] },
  ): Promise<Map<string, Suppression[]>> {
    const found = new Map<string, Suppression[]>();
    const statement = this.#db.sql("SELECT list, latest, item FROM suppressions WHERE key = ? ORDER BY list");
    for (const key of keys) {
      const rows = statement.all(key) as unknown as Array<{ list: string; latest: number; item: string }>;
      const standing = rows.filter(({ list, latest }) => list !== except?.list || !except.versions.includes(latest));
      if (standing.length > 0)
        found.set(
          key,
          standing.map((row) => ({ list: row.list, entry: storedSuppression(row).entry })),
        );
    }
    return found;
  }

  async forgetVersion(list: string, version: number): Promise<void> {
    this.#db.write(() => {
      this.#db.sql("DELETE FROM aliases WHERE list = ? AND version = ?").run(list, version);
      this.#db.sql("DELETE FROM suppressions WHERE list = ? AND version = ?").run(list, version);
      // What an earlier version said goes on standing, as that one said it.
      const said = this.#db.sql("SELECT key, version AS first, latest, item FROM suppressions WHERE list = ? AND latest = ?");
      const again = this.#db.sql("UPDATE suppressions SET latest = ?, item = ? WHERE key = ? AND list = ?");
      for (const row of said.all(list, version) as unknown as Array<{
        key: string;
        first: number;
        latest: number;
        item: string;
      }>) {
        const left = saidWithout(version, row.first, storedSuppression(row));
        again.run(left.latest, suppressionItem(left), row.key, list);
      }
    });
  }

  async suppressionCount(): Promise<number> {
    return (this.#db.sql("SELECT COUNT(*) AS n FROM suppressions").get() as { n: number }).n;
  }
}
