import type { AliasRow, FactItem, FactKind, Groups, Rank, Statement } from "../account/item.ts";
import type { SuppressionEntry } from "../account/facts.ts";
import type { Cell } from "../account/attribute.ts";

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

/** Where a row of a fact kind ended, for the ledger. */
export type RowClass = readonly [row: number, outcome: "accepted" | "merged" | "rejected", home: string];

/** Everything that one partition found out; kept between the rounds of a run and saved at its end. */
export class ResolvedBatch {
  readonly entries = new Map<string, Entry>();
  /** By `key<tab>target`; `null` withdraws this list's voucher. */
  readonly aliases = new Map<string, AliasRow | null>();
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

  /** One JSON line per thing; attributes are left out because they follow from the rest. */
  toLines(): string[] {
    const lines: string[] = [];
    for (const entry of this.entries.values()) {
      const { attributes, ...rest } = entry;
      void attributes;
      lines.push(`E${JSON.stringify(rest)}`);
    }
    for (const [pair, alias] of this.aliases) lines.push(alias ? `L${JSON.stringify(alias)}` : `U${pair}`);
    for (const fact of this.facts) lines.push(`F${JSON.stringify(fact)}`);
    for (const gone of this.factsGone) lines.push(`G${JSON.stringify(gone)}`);
    for (const row of this.rows) lines.push(`R${JSON.stringify(row)}`);
    for (const suppression of this.suppressions) lines.push(`S${JSON.stringify(suppression)}`);
    for (const key of this.suppressionsGone) lines.push(`T${key}`);
    return lines;
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
        case "L": {
          const alias = JSON.parse(body) as AliasRow;
          batch.aliases.set(`${alias.key}\t${alias.target}`, alias);
          break;
        }
        case "U":
          batch.aliases.set(body, null);
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
