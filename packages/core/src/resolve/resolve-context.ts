import type { Day } from "../account/attribute.ts";
import type { ListKind } from "../lists/kinds.ts";
import type { Entry } from "./batch.ts";
import type { ChangedBefore } from "./standing-vouchers.ts";

/** What a run does to its list: `withdrawn` are the versions whose rows are forgotten on an `R` line. */
export interface ResolveContext {
  list: string;
  version: number;
  kind: ListKind | null;
  /** Nothing else of the list stands. */
  alone: boolean;
  withdrawn: ReadonlySet<number>;
  /** Of a run that takes back one of several versions: those that stay, lowest first; null where none stays beside what is taken back. */
  stays: readonly number[] | null;
  /** Which of the list's versions this run is, in the order in which they came. */
  order: number;
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
