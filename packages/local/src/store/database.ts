import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { InputError } from "@bullseye/core/errors";
import { WriteLock } from "./write-lock.ts";

/** Layout of the store; a store of another version is refused, never guessed at. */
const SCHEMA_VERSION = 3;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS accounts (id TEXT PRIMARY KEY, item TEXT NOT NULL, score REAL, tier TEXT, dep INTEGER) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS accounts_dep ON accounts (id) WHERE dep = 1;
CREATE TABLE IF NOT EXISTS wants (platform TEXT, key TEXT, id TEXT, item TEXT NOT NULL, PRIMARY KEY (platform, key, id)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS wants_id ON wants (id);
CREATE TABLE IF NOT EXISTS parked (id TEXT PRIMARY KEY, target TEXT NOT NULL, item TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS aliases (key TEXT, target TEXT, list TEXT, version INTEGER NOT NULL, rank INTEGER NOT NULL, countries TEXT NOT NULL, PRIMARY KEY (key, target, list)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS facts (home TEXT, kind TEXT, ref TEXT, list TEXT, version INTEGER NOT NULL, item TEXT NOT NULL, PRIMARY KEY (home, kind, ref, list)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS suppressions (key TEXT, list TEXT, version INTEGER NOT NULL, latest INTEGER NOT NULL, item TEXT NOT NULL, PRIMARY KEY (key, list)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lists (id TEXT PRIMARY KEY, item TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runs (id TEXT PRIMARY KEY, started TEXT NOT NULL, item TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS audiences (id TEXT PRIMARY KEY, item TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS members (audience TEXT, id TEXT, item TEXT NOT NULL, PRIMARY KEY (audience, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pushes (id TEXT PRIMARY KEY, audience TEXT NOT NULL, created TEXT NOT NULL, item TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leases (name TEXT PRIMARY KEY, item TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS fence (fence INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS queue (queue TEXT, id TEXT, body TEXT NOT NULL, visible INTEGER NOT NULL, attempts INTEGER NOT NULL, PRIMARY KEY (queue, id)) WITHOUT ROWID;
`;

/**
 * One connection to the store of a home. Several processes and threads may hold one each: SQLite lets a single writer in at a time, and
 * every write here is one short transaction of rows sorted by key.
 */
export class Database {
  readonly #db: DatabaseSync;
  readonly #lock: WriteLock;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string, lock: WriteLock = new WriteLock()) {
    this.#lock = lock;
    mkdirSync(dirname(path), { recursive: true });
    this.#db = new DatabaseSync(path);
    this.#db.exec(
      "PRAGMA page_size = 16384; PRAGMA busy_timeout = 120000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8000; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;",
    );
    const { user_version: version } = this.#db.prepare("PRAGMA user_version").get() as { user_version: number };
    if (version === SCHEMA_VERSION) return;
    // Layout 2 had no leases; all else is the same.
    if (version !== 0 && version !== 2) {
      this.#db.close();
      throw new InputError(`the store ${path} has layout ${version}; this Bullseye reads layout ${SCHEMA_VERSION}`, {
        hint: "use the Bullseye that wrote it, or choose another --home",
      });
    }
    this.#db.exec("BEGIN IMMEDIATE");
    this.#db.exec(SCHEMA);
    this.#db.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`);
    this.#db.exec("COMMIT");
  }

  /** A prepared statement, prepared once. */
  sql(text: string): StatementSync {
    let statement = this.#statements.get(text);
    if (!statement) {
      statement = this.#db.prepare(text);
      this.#statements.set(text, statement);
    }
    return statement;
  }

  /** Runs `work` as one transaction. */
  write<T>(work: () => T): T {
    return this.#lock.hold(() => this.#transact(work));
  }

  #transact<T>(work: () => T): T {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  /**
   * Takes everything written into the file and cuts the log to nothing: whatever was deleted lies there in its old pages, for as long as any
   * connection is open. A reader in the middle of something is waited for.
   */
  emptyLog(): void {
    this.#db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  close(): void {
    this.#statements.clear();
    this.#db.close();
  }
}
