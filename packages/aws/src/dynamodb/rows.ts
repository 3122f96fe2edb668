import type { SuppressionEntry } from "@bullseye/core/account/facts";
import type { AliasRow, FactItem, FactKind, VoucherRank } from "@bullseye/core/account/item";
import type { StoredSuppression } from "@bullseye/core/account/stored-suppression";
import { shardOf } from "./shards.ts";
import type { Key } from "./table.ts";

/**
 * Digits of a key that choose the group in which its vouchers or suppressions lie [design]: 4,096 groups. A million accounts have some 600
 * vouchers in each, so that an import pays a few writes for all of them instead of one for each; what outgrows that is parted (`lines.ts`).
 * A stored group is found by them for good: other digits are another layout.
 */
const GROUP_DIGITS = 3;

/** The group of a key. */
export function rowsKey(prefix: "K" | "S", key: string): Key {
  return { pk: `${prefix}#${shardOf(key)}`, sk: key.slice(0, GROUP_DIGITS) };
}

/** The group of the facts of one kind of one home. */
export function factsKey(home: string, kind: FactKind): Key {
  return { pk: `F#${shardOf(home)}`, sk: `${home}#${kind}` };
}

/** Text order as bytes of UTF-8 have it, which is SQLite's. */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

const SURROGATE = /[\ud800-\udfff]/;

export function aliasLine({ key, target, list, version, rank, countries }: AliasRow): string {
  return `${JSON.stringify([key, target, list])}\t${JSON.stringify([version, rank, ...countries])}`;
}

export function aliasOfLine(line: string): AliasRow {
  const [head, tail] = cells(line);
  const [key, target, list] = JSON.parse(head) as [string, string, string];
  const [version, rank, ...countries] = JSON.parse(tail) as [number, VoucherRank, ...string[]];
  return { key, target, list, version, rank, countries };
}

export const byAlias = (a: AliasRow, b: AliasRow): number =>
  byText(a.key, b.key) || byText(a.target, b.target) || byText(a.list, b.list);

/** What one list says about a suppressed key; `version` said so first. */
export interface SuppressionRow extends StoredSuppression {
  key: string;
  list: string;
  version: number;
}

export function suppressionLine({ key, list, version, latest, entry, before }: SuppressionRow): string {
  const said = before === undefined ? [version, latest, entry] : [version, latest, entry, before.latest, before.entry];
  return `${JSON.stringify([key, list])}\t${JSON.stringify(said)}`;
}

export function suppressionOfLine(line: string): SuppressionRow {
  const [head, tail] = cells(line);
  const [key, list] = JSON.parse(head) as [string, string];
  const [version, latest, entry, earlier, entryBefore] = JSON.parse(tail) as [
    number,
    number,
    SuppressionEntry,
    number?,
    SuppressionEntry?,
  ];
  const row: SuppressionRow = { key, list, version, latest, entry };
  if (earlier !== undefined && entryBefore !== undefined) row.before = { latest: earlier, entry: entryBefore };
  return row;
}

export const bySuppression = (a: SuppressionRow, b: SuppressionRow): number => byText(a.key, b.key) || byText(a.list, b.list);

export const byFact = (a: FactItem, b: FactItem): number => byText(a.ref, b.ref) || byText(a.list, b.list);

function cells(line: string): [head: string, tail: string] {
  const tab = line.indexOf("\t");
  return [line.slice(0, tab), line.slice(tab + 1)];
}
