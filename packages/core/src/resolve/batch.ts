import type { Cell } from "../account/attribute.ts";
import { classesOf, joinClasses, type SuppressionEntry } from "../account/facts.ts";
import {
  type AccountItem,
  type AliasRow,
  type FactItem,
  type FactKind,
  type Groups,
  type ParkedItem,
  RANK,
  type Rank,
  type Statement,
} from "../account/item.ts";
import { fieldsText, groupsText, TextStatement } from "../account/statement.ts";
import type { ListKind } from "../lists/kinds.ts";

/** A home that this run looked at: where it stood before, what it holds now and where it belongs. */
export interface Entry {
  id: string;
  rank: Rank;
  country: string;
  groups: Groups;
  /** The account it resolved to; null when it stands for itself. */
  target: string | null;
  was: "none" | "account" | "parked";
  /** The evidence differs from what was stored (not only row numbers or versions). */
  changed: boolean;
  /** Groups changed since they were last sent to `target`. */
  dirty: boolean;
  ref?: Statement[];
  /** Merged attributes; a view, never written. */
  attributes?: Record<string, Cell | undefined>;
}

/** A stored home as a run begins with it. */
export function entryOf(item: AccountItem | ParkedItem, was: "account" | "parked"): Entry {
  const own = item.groups.find((group) => group.home === item.id) ?? item.groups[0]!;
  const entry: Entry = {
    id: item.id,
    rank: own.rank,
    country: own.country ?? "",
    groups: item.groups,
    target: "target" in item ? item.target : null,
    was,
    changed: false,
    dirty: false,
  };
  if ("ref" in item && item.ref) entry.ref = item.ref;
  return entry;
}

/** Where a row of a fact kind ended, for the ledger. */
export type RowClass = readonly [row: number, outcome: "accepted" | "merged" | "rejected", home: string];

/** Everything that one partition found out; kept between the rounds of a run and saved at its end. */
export class ResolvedBatch {
  readonly entries = new Map<string, Entry>();
  /** By `key<tab>target`; `null` withdraws this list's voucher. */
  readonly aliases = new Map<string, AliasRow | null>();
  /** By `home<tab>other`: names found similar in this run, or not any more. Saved at the end of the run only. */
  readonly similar = new Map<string, boolean>();
  readonly facts: FactItem[] = [];
  readonly factsGone: Array<{ home: string; kind: FactKind; ref: string; list: string }> = [];
  readonly rows: RowClass[] = [];
  readonly suppressions: Array<{ key: string; entry: SuppressionEntry }> = [];
  readonly suppressionsGone: string[] = [];

  /** Forgets the vouchers and suppressions that were saved early; what is withdrawn waits for the end. */
  settle(): void {
    for (const [pair, alias] of this.aliases) if (alias) this.aliases.delete(pair);
    this.suppressions.length = 0;
  }

  /** Rows of one list, and what versions that stand beside it say (`before`), suppress a key together. */
  suppress(
    key: string,
    rows: Array<{ row: number; entry: SuppressionEntry }>,
    before: ReadonlyArray<{ entry: SuppressionEntry }>,
  ): void {
    rows.sort((a, b) => Math.abs(a.row) - Math.abs(b.row));
    const classes = joinClasses(...[...rows, ...before].map(({ entry }) => classesOf(entry.classes)));
    this.suppressions.push({ key, entry: { ...rows[0]!.entry, classes } });
    this.classify(key, rows);
  }

  /** Rows of a kind that makes no patches: the first under a key is accepted, further ones joined it. Negative rows count under another key. */
  classify(key: string, rows: ReadonlyArray<{ row: number }>): void {
    const counted = rows.filter(({ row }) => row > 0).sort((a, b) => a.row - b.row);
    for (const [index, { row }] of counted.entries()) this.rows.push([row, index === 0 ? "accepted" : "merged", key]);
    // So that a later version or an undo finds this key although no row counts under it.
    if (counted.length === 0) this.rows.push([0, "accepted", key]);
  }

  /** One JSON line per thing; attributes are left out because they follow from the rest. */
  toLines(): string[] {
    const lines: string[] = [];
    for (const entry of this.entries.values()) lines.push(isPlain(entry) ? plainLine(entry) : richLine(entry));
    for (const [pair, alias] of this.aliases) lines.push(alias ? `L${JSON.stringify(alias)}` : `U${pair}`);
    for (const [pair, holds] of this.similar) lines.push(`${holds ? "V" : "W"}${pair}`);
    for (const fact of this.facts) lines.push(`F${JSON.stringify(fact)}`);
    for (const gone of this.factsGone) lines.push(`G${JSON.stringify(gone)}`);
    for (const row of this.rows) lines.push(`R${JSON.stringify(row)}`);
    for (const suppression of this.suppressions) lines.push(`S${JSON.stringify(suppression)}`);
    for (const key of this.suppressionsGone) lines.push(`T${key}`);
    return lines;
  }

  /** Takes over what a later round found out. */
  absorb(later: ResolvedBatch): void {
    for (const [id, entry] of later.entries) this.entries.set(id, entry);
    for (const [pair, alias] of later.aliases) this.aliases.set(pair, alias);
    for (const [pair, holds] of later.similar) this.similar.set(pair, holds);
    this.facts.push(...later.facts);
    this.factsGone.push(...later.factsGone);
    this.rows.push(...later.rows);
    this.suppressionsGone.push(...later.suppressionsGone);
  }

  static fromLines(lines: readonly string[]): ResolvedBatch {
    const batch = new ResolvedBatch();
    for (const line of lines) {
      const body = line.slice(1);
      switch (line[0]) {
        case "E": {
          const entry = JSON.parse(body) as Entry;
          batch.entries.set(entry.id, entry);
          break;
        }
        case "H": {
          const entry = readPlain(body);
          batch.entries.set(entry.id, entry);
          break;
        }
        case "L": {
          const alias = JSON.parse(body) as AliasRow;
          batch.aliases.set(`${alias.key}\t${alias.target}`, alias);
          break;
        }
        case "U":
          batch.aliases.set(body, null);
          break;
        case "V":
        case "W":
          batch.similar.set(body, line[0] === "V");
          break;
        case "F":
          batch.facts.push(JSON.parse(body) as FactItem);
          break;
        case "G":
          batch.factsGone.push(JSON.parse(body) as ResolvedBatch["factsGone"][number]);
          break;
        case "R":
          batch.rows.push(JSON.parse(body) as RowClass);
          break;
        case "S":
          batch.suppressions.push(JSON.parse(body) as ResolvedBatch["suppressions"][number]);
          break;
        case "T":
          batch.suppressionsGone.push(body);
          break;
      }
    }
    return batch;
  }
}

/**
 * The entries of some homes among the lines of a batch; other lines are passed over unread. What is read of a line is no part of it any
 * more: a few entries that are kept would otherwise keep the whole text that the lines were cut from.
 */
export function* entriesOf(lines: readonly string[], wanted: (id: string) => boolean): Generator<Entry> {
  for (const line of lines) {
    if (line[0] === "H") {
      if (wanted(line.slice(1, 21))) yield readPlain(ownText(line).slice(1));
    } else if (line[0] === "E") {
      if (wanted(line.slice(RICH_ID, RICH_ID + 20))) yield JSON.parse(line.slice(1)) as Entry;
    }
  }
}

/** A copy of a text cut out of a larger one, which does not keep the larger one in memory. */
function ownText(text: string): string {
  return Buffer.from(text).toString("utf8");
}

/** Where the id stands in the line of an entry with JSON around it. */
const RICH_ID = 'E{"id":"'.length;

/** Whether an entry is nothing but one or more rows about a company: most are, and they are written without JSON around them. */
function isPlain(entry: Entry): boolean {
  const [group] = entry.groups;
  return (
    entry.groups.length === 1 &&
    entry.ref === undefined &&
    group!.home === entry.id &&
    group!.via === undefined &&
    group!.orders === undefined &&
    group!.deals === undefined &&
    group!.contacts === undefined
  );
}

function plainLine(entry: Entry): string {
  const { id, rank, country, target, was, changed, dirty, groups } = entry;
  let line = `H${id}\t${rank}\t${country}\t${target ?? ""}\t${was}\t${changed ? 1 : 0}${dirty ? 1 : 0}`;
  for (const statement of groups[0]!.st)
    line += `\t${statement.l}\t${statement.v}\t${statement.k}\t${statement.d}\t${statement.r.join(",")}\t${fieldsText(statement)}`;
  return line;
}

function readPlain(line: string): Entry {
  const cells = line.split("\t");
  const [id, rankText, country, target, was, flags] = cells as [string, string, string, string, Entry["was"], string];
  const rank = Number(rankText) as Rank;
  const st: Statement[] = [];
  for (let at = 6; at < cells.length; at += 6) {
    const rows = cells[at + 4]!.split(",").map(Number);
    st.push(
      new TextStatement(cells[at]!, Number(cells[at + 1]), cells[at + 2] as ListKind, rows, cells[at + 5]!, cells[at + 3]!),
    );
  }
  const group = rank === RANK.name ? { home: id, rank, country, st } : { home: id, rank, st };
  return { id, rank, country, groups: [group], target: target || null, was, changed: flags[0] === "1", dirty: flags[1] === "1" };
}

function richLine(entry: Entry): string {
  const { id, attributes, groups, ...rest } = entry;
  void attributes;
  return `E${JSON.stringify({ id, ...rest }).slice(0, -1)},"groups":${groupsText(groups)}}`;
}
