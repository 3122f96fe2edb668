/** Attempts at one operation within a run. */
export interface Attempts {
  done: number;
  failed: number;
}

/** What a run did, by the id of the operation; close-run counts where it was tried before. */
export type TaskCounts = Readonly<Record<string, Attempts>>;

/**
 * The states of `stacks/target-accounts.asl.json` that are no Task, each by the operation after (or before) which it is entered; how often
 * follows from how often that operation was done.
 */
const AFTER: Readonly<Record<string, number>> = {
  // MyTurn
  "take-turn": 1,
  // AnyRanges
  "split-list": 1,
  // AnyToResolve
  "open-round": 1,
  // MoreToEnrich
  "enrich-partition": 1,
  // AnyToPlace
  "summarise-base": 1,
};

/** Operations with which a child of a Map begins. */
const CHILDREN = ["import-list", "resolve-partition", "classify-partition"];

/** "Transitions in Step Functions" (AWS Step Functions Developer Guide): a Distributed Map is charged one transition for each child execution that it starts. */
const CHILD_START = 1;

/** ListOrRefresh, then NameListRun or NameRefreshRun. */
const FIRST_STATES = 2;

/**
 * State transitions that Step Functions charges for a run: one for each state entered, in the children of Maps too; one for each attempt at
 * a Task that failed ("AWS Step Functions pricing": including retries); and one for each child that a Map starts. `end` says how the run
 * is being closed: by CloseRun, or by CloseFailedRun and RunFailed. Waits for slow providers are counted as one for each time that a partition
 * went on asking.
 */
export function stateTransitions(tasks: TaskCounts, end: "closed" | "failed"): number {
  const done = (id: string): number => tasks[id]?.done ?? 0;
  let transitions = FIRST_STATES;
  for (const [id, attempts] of Object.entries(tasks))
    if (id !== "close-run" && id !== "deliver-push")
      transitions += attempts.done + attempts.failed + attempts.done * (AFTER[id] ?? 0);
  for (const id of CHILDREN) transitions += done(id) * CHILD_START;
  // PartitionResolved.
  transitions += Math.min(done("resolve-partition"), done("enrich-partition"));
  // WaitForTurn before every attempt at the turn but the first; WaitForProvider before every further question of a partition.
  transitions += Math.max(0, done("take-turn") - 1) + Math.max(0, done("enrich-partition") - done("resolve-partition"));
  // The Maps themselves: the last round finds nothing to resolve, nor does the one before names are compared.
  if (done("import-list") > 0) transitions++;
  if (done("resolve-partition") > 0) transitions += Math.max(1, done("open-round") - 1 - done("match-companies"));
  if (done("classify-partition") > 0) transitions++;
  const closing = tasks["close-run"];
  return transitions + (closing ? closing.done + closing.failed : 0) + (end === "closed" ? 1 : 2);
}
