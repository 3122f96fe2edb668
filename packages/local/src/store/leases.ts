import { askForLease, FREE_LEASE, giveUpLease, type LeaseState } from "@bullseye/core/lease";
import type { Leases } from "@bullseye/core/ports";
import type { Database } from "./database.ts";

/** Leases on SQLite. */
export class SqliteLeases implements Leases {
  readonly #db: Database;
  readonly #now: () => number;

  constructor(db: Database, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  async take(name: string, holder: string, seconds: number, order?: string): Promise<number | null> {
    return this.#db.write(() => {
      const { lease, granted } = askForLease(this.#read(name), { holder, seconds, order, now: this.#now() });
      this.#write(name, lease);
      return granted ? lease.fence : null;
    });
  }

  async release(name: string, holder: string): Promise<void> {
    this.#db.write(() => this.#write(name, giveUpLease(this.#read(name), holder)));
  }

  /** Whoever had a lease or waited for one is gone: all are free, and their fences go on from where they were. */
  free(): void {
    this.#db.write(() => {
      for (const { name } of this.#db.sql("SELECT name FROM leases").all() as unknown as Array<{ name: string }>)
        this.#write(name, { ...FREE_LEASE, fence: this.#read(name).fence });
    });
  }

  #read(name: string): LeaseState {
    const row = this.#db.sql("SELECT item FROM leases WHERE name = ?").get(name) as { item: string } | undefined;
    return row ? (JSON.parse(row.item) as LeaseState) : FREE_LEASE;
  }

  #write(name: string, lease: LeaseState): void {
    this.#db.sql("INSERT OR REPLACE INTO leases (name, item) VALUES (?, ?)").run(name, JSON.stringify(lease));
  }
}
