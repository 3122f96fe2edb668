import { type AliasRow, type Rank, VOUCHER } from "../account/item.ts";
import { SIMILAR_NAMES } from "../lists/kinds.ts";
import type { ResolvedBatch } from "./batch.ts";
import { rankOfKind } from "./identity.ts";

/** What earlier rounds of a run changed about vouchers. */
export interface ChangedBefore {
  /** Vouchers of the run's list that were withdrawn, by `key<tab>target`. */
  withdrawn: ReadonlySet<string>;
  /** Names found similar or not any more, by `home<tab>other`. */
  similar: ReadonlyMap<string, boolean>;
}

export const NOTHING_CHANGED: ChangedBefore = { withdrawn: new Set(), similar: new Map() };

/** What kind of key a home is, where a decision names it. */
export function kindVouched(aliases: readonly AliasRow[] | undefined): Rank | undefined {
  const voucher = aliases?.find(({ rank }) => rank === VOUCHER.kind);
  return voucher && rankOfKind(voucher.target);
}

/** The voucher of a similar name, which no list brings and whose version is none. */
export function similarVoucher(key: string, target: string): AliasRow {
  return { key, target, list: SIMILAR_NAMES, version: 0, rank: VOUCHER.similar, countries: [""] };
}

/** The vouchers that stand for keys: those stored, as this run has changed them so far. */
export class StandingVouchers {
  readonly #list: string;
  readonly #stored: ReadonlyMap<string, readonly AliasRow[]>;
  readonly #before: ChangedBefore;
  /** What this round changed, by key and target. */
  readonly #changed = new Map<string, Map<string, AliasRow | null>>();
  readonly #similar = new Map<string, Map<string, boolean>>();

  /** `matters`: whether a key will be asked for. */
  constructor(
    list: string,
    stored: ReadonlyMap<string, readonly AliasRow[]>,
    before: ChangedBefore,
    { aliases, similar }: Pick<ResolvedBatch, "aliases" | "similar">,
    matters: (key: string) => boolean,
  ) {
    this.#list = list;
    this.#stored = stored;
    this.#before = before;
    for (const [pair, alias] of aliases) {
      const key = pair.slice(0, 20);
      if (matters(key)) entry(this.#changed, key).set(pair.slice(21), alias);
    }
    for (const changes of [before.similar, similar])
      for (const [pair, holds] of changes) entry(this.#similar, pair.slice(0, 20)).set(pair.slice(21), holds);
  }

  /** Vouchers of keys and persons for a key. */
  of(key: string): AliasRow[] {
    let rows = (this.#stored.get(key) ?? []).filter(({ rank }) => rank !== VOUCHER.similar && rank !== VOUCHER.kind);
    const { withdrawn } = this.#before;
    if (withdrawn.size > 0)
      rows = rows.filter((alias) => alias.list !== this.#list || !withdrawn.has(`${alias.key}\t${alias.target}`));
    const changed = this.#changed.get(key);
    if (!changed) return rows;
    rows = rows.filter((alias) => alias.list !== this.#list || !changed.has(alias.target));
    for (const alias of changed.values()) if (alias && alias.rank !== VOUCHER.kind) rows.push(alias);
    return rows;
  }

  /** Vouchers of persons and of similar names for a home itself. */
  ofHome(id: string): AliasRow[] {
    const found = this.of(id).filter(({ rank }) => rank === VOUCHER.person);
    const similar = new Set<string>();
    for (const { rank, target } of this.#stored.get(id) ?? []) if (rank === VOUCHER.similar) similar.add(target);
    for (const [target, holds] of this.#similar.get(id) ?? []) {
      if (holds) similar.add(target);
      else similar.delete(target);
    }
    for (const target of similar) found.push(similarVoucher(id, target));
    return found;
  }
}

function entry<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  let found = map.get(key);
  if (!found) {
    found = new Map();
    map.set(key, found);
  }
  return found;
}
