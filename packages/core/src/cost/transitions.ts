/** What decides how many states a run enters; the names are those of `stacks/target-accounts.asl.json`. */
export interface RunShape {
  /** Ranges (and ledger objects to take back) that were imported. */
  ranges: number;
  /** Partitions of each round in order; the round that found nothing more to do included. */
  rounds: readonly number[];
  /** Partitions that were placed. */
  placed: number;
  /** Times that the run waited for its turn. */
  waits?: number;
  /** Attempts of Tasks that failed, each charged like the one that succeeded. */
  failedAttempts?: number;
  /** Times that a partition went on asking providers, and how often it waited for that. */
  moreToEnrich?: number;
  providerWaits?: number;
}

/** "Transitions in Step Functions" (AWS Step Functions Developer Guide): a Distributed Map is charged one transition for each child execution that it starts. */
const CHILD_START = 1;

const IMPORT_STATES = ["ImportList"];
const RESOLVE_STATES = ["ResolvePartition", "MergePartition", "EnrichPartition", "MoreToEnrich", "PartitionResolved"];
const PLACE_STATES = ["ClassifyPartition", "ScorePartition", "PlacePartition", "SavePartition"];

const BEFORE_IMPORT = ["ListOrRefresh", "NameListRun", "TakeTurn", "MyTurn", "SplitList", "AnyRanges"];
const WAITED = ["WaitForTurn", "TakeTurn", "MyTurn"];
const ROUND = ["OpenRound", "AnyToResolve"];
const AFTER_ROUNDS = ["SummariseBase", "AnyToPlace", "PlanAudiences", "QueuePushes", "CloseRun"];

/**
 * State transitions that Step Functions charges for a run that ends well: one for each state entered, in the children of Maps too, one for
 * each child that a Map starts, and one for each failed attempt ("AWS Step Functions pricing": including retries).
 */
export function stateTransitions(shape: RunShape): number {
  const { ranges, rounds, placed, waits = 0, failedAttempts = 0, moreToEnrich = 0, providerWaits = 0 } = shape;
  const resolved = rounds.reduce((sum, n) => sum + n, 0);
  const maps = (ranges > 0 ? 1 : 0) + rounds.filter((n) => n > 0).length + (placed > 0 ? 1 : 0);
  const children =
    ranges * (CHILD_START + IMPORT_STATES.length) +
    resolved * (CHILD_START + RESOLVE_STATES.length) +
    placed * (CHILD_START + PLACE_STATES.length) +
    moreToEnrich * 2 +
    providerWaits;
  const own = BEFORE_IMPORT.length + waits * WAITED.length + rounds.length * ROUND.length + AFTER_ROUNDS.length;
  return own + maps + children + failedAttempts;
}
