import type { AccountItem } from "../account/item.ts";
import type { AccountStore, Digest } from "../ports.ts";
import { sourceKeyId } from "../resolve/identity.ts";
import { isAccountRecord, type RecordId, recordKey, recordOf } from "../resolve/keys/record-id.ts";

/** What an export is written for. */
export const EXPORT_TARGETS = ["salesforce", "hubspot", "csv"] as const;
export type ExportTarget = (typeof EXPORT_TARGETS)[number];

/** A record of another system that resolved to an account, and the row that says so; all empty for an account without any. */
export interface ExportRecord extends RecordId {
  list: string;
  row: number;
}

/** A record with the text that its list keeps of it (`resolve/keys/record-id.ts`). */
export interface FoundRecord extends ExportRecord {
  text: string;
}

/** The records of an account, and how many ids of the target are none of its account records. */
export interface FoundRecords {
  records: FoundRecord[];
  foreign: number;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const inOrder = (a: FoundRecord, b: FoundRecord): number =>
  compare(a.system, b.system) || compare(a.id, b.id) || compare(a.list, b.list) || a.row - b.row;

/**
 * The record ids that rows of an account name, in text order. For a system: each of its records once, in the longest form that a list wrote
 * (the 18 characters of Salesforce are safe where case is lost). For `csv`: every record of every list. `list` keeps to what that list says.
 */
export function recordsOf(item: Pick<AccountItem, "groups">, target: ExportTarget, list?: string): FoundRecords {
  const found = new Map<string, FoundRecord>();
  const foreign = new Set<string>();
  for (const { st } of item.groups) {
    for (const { l, k, r, f } of st) {
      if (typeof f.sourceId !== "string" || (list !== undefined && l !== list)) continue;
      const record = recordOf(f.sourceId);
      if (record === null) continue;
      const key = recordKey(f.sourceId);
      if (target === "csv") {
        for (const row of k === "accounts" ? r : r.slice(0, 1))
          found.set(`${l}:${row}:${key}`, { ...record, list: l, row, text: f.sourceId });
        continue;
      }
      if (record.system !== target) continue;
      if (!isAccountRecord(record)) {
        foreign.add(key);
        continue;
      }
      const known = found.get(key);
      const other = { ...record, list: l, row: r[0]!, text: f.sourceId };
      if (
        known === undefined ||
        other.id.length > known.id.length ||
        (other.id.length === known.id.length && inOrder(other, known) < 0)
      )
        found.set(key, other);
    }
  }
  return { records: [...found.values()].sort(inOrder), foreign: foreign.size };
}

/** Whether any row of the list speaks of the account. */
export function isInList(item: Pick<AccountItem, "groups">, list: string): boolean {
  return item.groups.some(({ st }) => st.some(({ l }) => l === list));
}

/** The first row that speaks of an account, as a record without an id. */
export function unidentified(item: Pick<AccountItem, "groups">, list?: string): ExportRecord {
  let first: ExportRecord = { system: "", id: "", list: "", row: 0 };
  for (const { st } of item.groups) {
    for (const { l, r } of st) {
      if (list !== undefined && l !== list) continue;
      if (first.list === "" || l < first.list || (l === first.list && r[0]! < first.row))
        first = { ...first, list: l, row: r[0]! };
    }
  }
  return first;
}

/**
 * Texts of record ids that rows of some other account name too, so that nobody can say which account's score the record should get. Every
 * row vouches for its record id (`resolve/identity.ts`), so a voucher whose target is no home of this account tells of such a row.
 */
export async function contestedRecords(
  store: AccountStore,
  digest: Digest,
  page: ReadonlyArray<{ item: AccountItem; records: readonly FoundRecord[] }>,
): Promise<Set<string>> {
  const keys = new Map<string, string>();
  for (const { records } of page) for (const { text } of records) keys.set(text, sourceKeyId(text, digest));
  const aliases = await store.aliases([...new Set(keys.values())].sort());
  const contested = new Set<string>();
  for (const { item, records } of page) {
    const homes = new Set([item.id, ...item.groups.map(({ home }) => home)]);
    for (const { text } of records) {
      if (aliases.get(keys.get(text)!)?.some(({ target }) => !homes.has(target))) contested.add(text);
    }
  }
  return contested;
}
