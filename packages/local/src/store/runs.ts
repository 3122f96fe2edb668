import type { AudienceState, MemberRow, PushRecord } from "@bullseye/core/audiences/delivery";
import type { ListRecord, RunRecord } from "@bullseye/core/ledger/records";
import type { AudienceStore, Queue, RunStore } from "@bullseye/core/ports";
import type { Database } from "./database.ts";

const PAGE = 1000;

function one<T>(db: Database, sql: string, ...values: string[]): T | null {
  const row = db.sql(sql).get(...values) as { item: string } | undefined;
  return row ? (JSON.parse(row.item) as T) : null;
}

function many<T>(db: Database, sql: string, ...values: string[]): T[] {
  return (db.sql(sql).all(...values) as unknown as Array<{ item: string }>).map((row) => JSON.parse(row.item) as T);
}

/** Lists and runs on SQLite. */
export class SqliteRuns implements RunStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async lists(): Promise<ListRecord[]> {
    return many(this.#db, "SELECT item FROM lists ORDER BY id");
  }

  async list(id: string): Promise<ListRecord | null> {
    return one(this.#db, "SELECT item FROM lists WHERE id = ?", id);
  }

  async putList(list: ListRecord): Promise<void> {
    this.#db.sql("INSERT OR REPLACE INTO lists (id, item) VALUES (?, ?)").run(list.id, JSON.stringify(list));
  }

  /** Newest first. */
  async runs(): Promise<RunRecord[]> {
    return many(this.#db, "SELECT item FROM runs ORDER BY started DESC, id");
  }

  async run(id: string): Promise<RunRecord | null> {
    return one(this.#db, "SELECT item FROM runs WHERE id = ?", id);
  }

  async putRun(run: RunRecord): Promise<void> {
    this.#db
      .sql("INSERT OR REPLACE INTO runs (id, started, item) VALUES (?, ?, ?)")
      .run(run.runId, run.startedAt, JSON.stringify(run));
  }

  async removeRun(id: string): Promise<void> {
    this.#db.sql("DELETE FROM runs WHERE id = ?").run(id);
  }
}

/** What audiences have been told, on SQLite. */
export class SqliteAudiences implements AudienceStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async state(audience: string): Promise<AudienceState | null> {
    return one(this.#db, "SELECT item FROM audiences WHERE id = ?", audience);
  }

  async putState(state: AudienceState): Promise<void> {
    this.#db.sql("INSERT OR REPLACE INTO audiences (id, item) VALUES (?, ?)").run(state.id, JSON.stringify(state));
  }

  async *members(audience: string): AsyncGenerator<MemberRow> {
    const statement = this.#db.sql(`SELECT item FROM members WHERE audience = ? AND id > ? ORDER BY id LIMIT ${PAGE}`);
    let last = "";
    for (;;) {
      const rows = statement.all(audience, last) as unknown as Array<{ item: string }>;
      for (const row of rows) {
        const member = JSON.parse(row.item) as MemberRow;
        last = member.id;
        yield member;
      }
      if (rows.length < PAGE) return;
    }
  }

  async membersById(audience: string, ids: readonly string[]): Promise<Map<string, MemberRow>> {
    const found = new Map<string, MemberRow>();
    for (const id of ids) {
      const row = one<MemberRow>(this.#db, "SELECT item FROM members WHERE audience = ? AND id = ?", audience, id);
      if (row) found.set(id, row);
    }
    return found;
  }

  async putMembers(rows: readonly MemberRow[], gone: ReadonlyArray<{ audience: string; id: string }>): Promise<void> {
    this.#db.write(() => {
      const put = this.#db.sql("INSERT OR REPLACE INTO members (audience, id, item) VALUES (?, ?, ?)");
      for (const row of rows) put.run(row.audience, row.id, JSON.stringify(row));
      const remove = this.#db.sql("DELETE FROM members WHERE audience = ? AND id = ?");
      for (const row of gone) remove.run(row.audience, row.id);
    });
  }

  /** Newest first. */
  async pushes(audience?: string): Promise<PushRecord[]> {
    if (audience === undefined) return many(this.#db, "SELECT item FROM pushes ORDER BY created DESC, id");
    return many(this.#db, "SELECT item FROM pushes WHERE audience = ? ORDER BY created DESC, id", audience);
  }

  async push(id: string): Promise<PushRecord | null> {
    return one(this.#db, "SELECT item FROM pushes WHERE id = ?", id);
  }

  async putPush(push: PushRecord): Promise<void> {
    this.#db
      .sql("INSERT OR REPLACE INTO pushes (id, audience, created, item) VALUES (?, ?, ?, ?)")
      .run(push.pushId, push.audience, push.createdAt, JSON.stringify(push));
  }
}

/** How long a received message stays hidden from others, in seconds. */
const VISIBILITY_SECONDS = 120;

/** An at-least-once queue on SQLite. A message sent twice under one id is one message. */
export class SqliteQueue implements Queue {
  readonly #db: Database;
  readonly #now: () => number;

  constructor(db: Database, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  async send(queue: string, messages: ReadonlyArray<{ id: string; body: unknown }>, delaySeconds = 0): Promise<void> {
    const visible = this.#now() + delaySeconds * 1000;
    this.#db.write(() => {
      const insert = this.#db.sql("INSERT OR IGNORE INTO queue (queue, id, body, visible, attempts) VALUES (?, ?, ?, ?, 0)");
      for (const message of messages) insert.run(queue, message.id, JSON.stringify(message.body), visible);
    });
  }

  async receive(queue: string, max: number): Promise<Array<{ id: string; receipt: string; attempts: number; body: unknown }>> {
    const now = this.#now();
    return this.#db.write(() => {
      const rows = this.#db
        .sql("SELECT id, body, attempts FROM queue WHERE queue = ? AND visible <= ? ORDER BY id LIMIT ?")
        .all(queue, now, max) as unknown as Array<{ id: string; body: string; attempts: number }>;
      const hide = this.#db.sql("UPDATE queue SET visible = ?, attempts = attempts + 1 WHERE queue = ? AND id = ?");
      for (const row of rows) hide.run(now + VISIBILITY_SECONDS * 1000, queue, row.id);
      return rows.map((row) => ({
        id: row.id,
        receipt: row.id,
        attempts: row.attempts + 1,
        body: JSON.parse(row.body) as unknown,
      }));
    });
  }

  async done(queue: string, receipt: string): Promise<void> {
    this.#db.sql("DELETE FROM queue WHERE queue = ? AND id = ?").run(queue, receipt);
  }

  async defer(queue: string, receipt: string, delaySeconds: number): Promise<void> {
    this.#db
      .sql("UPDATE queue SET visible = ?, attempts = MAX(0, attempts - 1) WHERE queue = ? AND id = ?")
      .run(this.#now() + delaySeconds * 1000, queue, receipt);
  }

  /** Whoever had received messages is gone: they are there again. */
  reappear(): void {
    this.#db.sql("UPDATE queue SET visible = 0 WHERE attempts > 0").run();
  }

  async depth(queue: string): Promise<number> {
    return (this.#db.sql("SELECT COUNT(*) AS n FROM queue WHERE queue = ?").get(queue) as { n: number }).n;
  }
}
