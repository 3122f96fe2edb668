import type { Day } from "../account/attribute.ts";
import type { ListKind } from "../lists/kinds.ts";
import type { Entry } from "./batch.ts";
import type { ChangedBefore } from "./standing-vouchers.ts";

/** What a run does to its list: `below` is the version under which earlier rows are forgotten on an `R` line. */
export interface ResolveContext {
  list: string;
  version: number;
  kind: ListKind | null;
  snapshot: boolean;
  below: number;
  asOf: Day;
  /** Of an erasure: only these people are forgotten on an `R` line, and the rest of the home where nothing else is left of the list. */
  people: { contacts: readonly string[]; buyers: readonly string[] } | null;
  /** The store held nothing when the run began and this is its first round: there is nothing to look up. */
  fresh: boolean;
  earlier(ids: ReadonlySet<string>, blocks: ReadonlySet<string>): Promise<EarlierRounds>;
}

/** What earlier rounds of the run found out about a partition. */
export interface EarlierRounds extends ChangedBefore {
  entries: Iterable<Entry>;
}
