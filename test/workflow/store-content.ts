import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync } from "node:zlib";
import type { ListRecord, RunRecord } from "@bullseye/core/ledger/records";

/** Fields that say when something happened and what it took; they differ between two runs that did the same. */
const TIMES = /,?"(?:(?:startedAt|endedAt|createdAt)":"[^"]*"|usage":\{[^}]*\})/g;

/** What attempts took: a repeated one is counted as well. */
const USAGE = /^objects\/runs\/[^/]+\/(late-)?usage\//;

/** Who has which right now, and the number of the last turn: not content. */
const RIGHTS = new Set(["leases", "fence"]);

/** Every row of every table of a home's store as one line of JSON, in key order, by table; without times of day. */
export function storeContent(home: string): Record<string, string[]> {
  const db = new DatabaseSync(join(home, "store.sqlite"));
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all() as Array<{
      name: string;
    }>;
    const content: Record<string, string[]> = {};
    for (const { name } of tables) {
      if (RIGHTS.has(name)) continue;
      const rows = db.prepare(`SELECT * FROM ${name}`).all() as Array<Record<string, unknown>>;
      content[name] = rows.map((row) => {
        const kept = Object.entries(row).map(([column, value]) =>
          column === "started" || column === "created"
            ? ""
            : typeof value === "string"
              ? value.replace(TIMES, "")
              : String(value),
        );
        return kept.join("|");
      });
      content[name].sort();
    }
    return content;
  } finally {
    db.close();
  }
}

/** All files under a folder of a home by path, with the SHA-256 of their bytes; without the journal of events, which only grows. */
export function filesUnder(home: string, folder = ""): Record<string, string> {
  const root = join(home, folder);
  const files: Record<string, string> = {};
  if (!existsSync(root)) return files;
  for (const each of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!each.isFile() || each.name === "events.jsonl") continue;
    const path = join(each.parentPath, each.name);
    files[relative(home, path).split(sep).join("/")] = createHash("sha256").update(readFileSync(path)).digest("hex");
  }
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A home as text. */
export interface Everything {
  store: Record<string, string[]>;
  files: Record<string, string>;
}

/** What must be the same however often a run was interrupted: store and files, without reports (they tell times), usages and torn writes. */
export function everythingOf(home: string): Everything {
  const files = Object.fromEntries(
    Object.entries(filesUnder(home)).filter(
      ([path]) => !/^store\.sqlite|^reports\/|^objects\/(plans\/[^/]+\/[^/]+\/plan\.json$)/.test(path) && !USAGE.test(path),
    ),
  );
  return { store: storeContent(home), files };
}

const LEFT_BEHIND = /^journal\/|^busy$|^objects\/personal\/(?!reference\/|cards\/|evidence\/)/;

/** Files that a finished run must not leave behind. The bytes of a file stay as long as it has rows that may come back corrected. */
export function leftovers(home: string): string[] {
  const kept = correctable(home);
  return Object.keys(filesUnder(home)).filter((path) => LEFT_BEHIND.test(path) && !kept.has(path));
}

function correctable(home: string): Set<string> {
  const db = new DatabaseSync(join(home, "store.sqlite"));
  try {
    const items = (table: string) =>
      (db.prepare(`SELECT item FROM ${table}`).all() as Array<{ item: string }>).map(({ item }) => JSON.parse(item) as unknown);
    const rejecting = new Set((items("runs") as RunRecord[]).filter(({ rows }) => rows?.rejected).map(({ runId }) => runId));
    const versions = (items("lists") as ListRecord[]).flatMap((list) => list.versions);
    const open = versions.filter(({ status, runId }) => status === "standing" && rejecting.has(runId));
    return new Set(open.map(({ contentHash }) => `objects/personal/versions/${contentHash}`));
  } finally {
    db.close();
  }
}

/** Everything in a home as text, packed things unpacked. */
export function textOfHome(path: string): string {
  const texts: string[] = [];
  for (const each of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!each.isFile() || /\.sqlite/.test(each.name)) continue;
    const bytes = readFileSync(join(each.parentPath, each.name));
    texts.push(`${each.parentPath}/${each.name}`, (each.name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
  }
  const db = new DatabaseSync(join(path, "store.sqlite"));
  for (const { name } of db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as Array<{ name: string }>)
    texts.push(JSON.stringify(db.prepare(`SELECT * FROM ${name}`).all()));
  db.close();
  return texts.join("\n").toLowerCase();
}

/** In which rows and files two homes differ, in words; empty when they are the same. */
export function differences(is: Everything, should: Everything): string[] {
  const found: string[] = [];
  const compare = (what: string, a: readonly string[], b: readonly string[]): void => {
    const [has, wants] = [new Set(a), new Set(b)];
    for (const each of wants) if (!has.has(each)) found.push(`${what} lacks ${each}`);
    for (const each of has) if (!wants.has(each)) found.push(`${what} has ${each}`);
    if (found.length === 0 && a.length !== b.length) found.push(`${what} has ${a.length} rows instead of ${b.length}`);
  };
  for (const table of new Set([...Object.keys(is.store), ...Object.keys(should.store)]))
    compare(`table ${table}`, is.store[table] ?? [], should.store[table] ?? []);
  compare(
    "home",
    Object.entries(is.files).map((each) => each.join(" ")),
    Object.entries(should.files).map((each) => each.join(" ")),
  );
  return found;
}
