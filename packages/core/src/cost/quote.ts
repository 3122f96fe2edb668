import type { ListKind } from "../lists/kinds.ts";
import type { RunSettings } from "../ports.ts";
import { partitionBits } from "../resolve/identity.ts";
import { plainUsage } from "./cost-of.ts";
import { GROUPS, groupBytes, SHARDS, TYPICAL } from "./item-bytes.ts";
import { addUsage, type MeteredUnit, type Usage } from "./meter.ts";
import { LAMBDA_MEMORY_MB, waiting } from "./perform-metered.ts";
import { queryUnits, readUnits, writeUnits } from "./request-units.ts";
import { stateTransitions, type TaskCounts } from "./transitions.ts";

/** What is known of a run before it begins. */
export interface Quoted {
  kind: ListKind;
  /** Records under the header. */
  rows: number;
  bytes: number;
  /** Accounts in the store. */
  stored: number;
  /** Audiences that are planned. */
  audiences: number;
  /** Suppressions stand. */
  suppressed: boolean;
  settings: RunSettings;
}

/**
 * What runs of a kind were seen to use for each row, by meter [design]: lists of `bench/make-list.ts` for accounts, `events/lists` for the
 * others. `quote.test.ts` holds them against runs. `accounts`: accounts touched; `writes`: units of their items, index and facts;
 * `lines`: rows that lie packed in groups; `forwarded`: rows that go to another partition in a second round.
 */
const PER_ROW: Readonly<Record<ListKind, { accounts: number; writes: number; lines: number; forwarded: number }>> = {
  accounts: { accounts: 0.93, writes: 1.38, lines: 2.23, forwarded: 0.022 },
  contacts: { accounts: 0.3, writes: 0.75, lines: 0.3, forwarded: 0.1 },
  orders: { accounts: 0.06, writes: 0.2, lines: 0.05, forwarded: 0.02 },
  deals: { accounts: 0.35, writes: 1.2, lines: 0.2, forwarded: 0.1 },
  reference: { accounts: 0, writes: 0, lines: 0, forwarded: 0 },
  suppressions: { accounts: 0.3, writes: 0.5, lines: 1, forwarded: 0 },
  matches: { accounts: 2, writes: 3, lines: 1, forwarded: 1 },
};

/** Bytes of a group without rows. */
const EMPTY_GROUP = groupBytes(0);
/** Units that looking for a row's companies reads for each of its lines, where some are stored. */
const READS_PER_LINE = 2.4;
/** Keys of an account that may be suppressed. */
const KEYS_OF_AN_ACCOUNT = 4;

/** Requests for objects of a run whatever its size, of a range, and of a partition in a round and when it is placed. */
const PUTS = { run: 24, range: 9, resolved: 8, placed: 9.5 } as const;
const GETS = { run: 34, range: 1.2, resolved: 4, placed: 6 } as const;

/** Milliseconds of a processor for a row; the rest of a function's time is waiting. */
const MILLISECONDS_PER_ROW = 0.2;

/** How many of `boxes` are not empty after `balls` fell into them at random. */
const hit = (balls: number, boxes: number): number => boxes * (1 - Math.exp(-balls / boxes));

/** Seconds that a run takes on a machine of so many cores: `npm run bench` saw 9,000 rows a second and core, and a start of half a second [design]. */
export function quotedSeconds(rows: number, cores: number): number {
  return 0.5 + rows / (9_000 * Math.max(1, cores));
}

/** What a run would use on AWS until it is closed, before deliveries; fractions are averages. */
export function quotedUsage({ kind, rows, bytes, stored, audiences, suppressed, settings }: Quoted): Usage {
  const per = PER_ROW[kind];
  const partitions = 2 ** partitionBits(Math.max(rows, stored), settings.partitionRows);
  const ranges = Math.max(1, Math.ceil(bytes / settings.rangeBytes));
  const touched = Math.round(hit(rows, partitions));
  const forwarded = per.forwarded * rows;
  const again = Math.round(hit(forwarded, partitions));
  const tasks = tasksOf(ranges, touched, again);
  const resolved = touched + again;
  const accounts = per.accounts * rows;
  const lines = per.lines * rows;
  const groups = hit(lines, GROUPS);
  const before = (stored * TYPICAL.lines * TYPICAL.line) / GROUPS;
  const size = before + EMPTY_GROUP + (groups === 0 ? 0 : (lines / groups) * TYPICAL.line);
  const wholeBase = queryUnits(((stored + accounts) * TYPICAL.account) / SHARDS) * SHARDS;
  const looked = stored === 0 ? 0 : (lines + rows) * READS_PER_LINE;
  const scans = stored === 0 ? 2 * SHARDS + partitions : 3 * queryUnits((stored * TYPICAL.account) / SHARDS) * SHARDS;
  const asked = suppressed ? hit(accounts * KEYS_OF_AN_ACCOUNT, GROUPS) : 0;
  const calls: Usage = {
    "s3.put": PUTS.run + PUTS.range * ranges + PUTS.resolved * resolved + PUTS.placed * touched,
    "s3.get":
      GETS.run +
      GETS.range * ranges +
      GETS.resolved * resolved +
      GETS.placed * touched +
      ranges * touched +
      hit(forwarded, touched * partitions),
    "s3.list": 6,
    "dynamodb.write": 20 + per.writes * rows + groups * writeUnits(size),
    "dynamodb.read": 30 + groups * readUnits(before) + looked + scans + audiences * wholeBase + asked + 4 * resolved,
    "eventBridge.event": 1 + audiences,
  };
  for (const unit of Object.keys(calls) as MeteredUnit[]) calls[unit] = Math.round(calls[unit]!);
  const milliseconds = waiting(calls) + MILLISECONDS_PER_ROW * rows;
  return plainUsage(
    addUsage(calls, {
      "stepFunctions.transition": stateTransitions(tasks, "closed"),
      "lambda.request": Object.values(tasks).reduce((sum, { done }) => sum + done, 0),
      "lambda.gbSecond": (milliseconds / 1000) * (LAMBDA_MEMORY_MB / 1024),
    }),
  );
}

function placedTasks(partitions: number): TaskCounts {
  const placed = { done: partitions, failed: 0 };
  return { "classify-partition": placed, "score-partition": placed, "place-partition": placed, "save-partition": placed };
}

function tasksOf(ranges: number, touched: number, again: number): TaskCounts {
  const times = (done: number) => ({ done, failed: 0 });
  const resolved = times(touched + again);
  return {
    "take-turn": times(1),
    "split-list": times(1),
    "import-list": times(ranges),
    "open-round": times(again > 0 ? 4 : 3),
    "match-companies": times(1),
    "resolve-partition": resolved,
    "merge-partition": resolved,
    "enrich-partition": resolved,
    "summarise-base": times(1),
    ...placedTasks(touched),
    "plan-audiences": times(1),
    "queue-pushes": times(1),
  };
}

/**
 * Share of the accounts whose result changes from one day to the next, where the profile has a rule that decays and most accounts a date that
 * it reads, as in the bench's lists [design]. Without such rules hardly any does.
 */
const CHANGED_IN_A_DAY = 0.75;

/** Units that the listing index takes for a changed account: two for one that moves in it, and not every tier is in it [design]. */
const MOVED_IN_INDEX = 0.7;

/** What a refresh of all accounts would use: every one is read and judged, and those whose result changed (`changed`, a share) are saved. */
export function refreshUsage(
  { stored, audiences, suppressed, settings }: Omit<Quoted, "kind" | "rows" | "bytes">,
  changed = CHANGED_IN_A_DAY,
): Usage {
  if (stored === 0) return {};
  const partitions = 2 ** partitionBits(stored, settings.partitionRows);
  const wholeBase = queryUnits((stored * TYPICAL.account) / SHARDS) * SHARDS;
  const tasks: TaskCounts = { ...tasksOf(0, 0, 0), ...placedTasks(partitions), "open-round": { done: 2, failed: 0 } };
  const calls: Usage = {
    "s3.put": Math.round(PUTS.run + PUTS.placed * partitions),
    "s3.get": Math.round(GETS.run + GETS.placed * partitions),
    "s3.list": 4,
    "dynamodb.write": 20 + Math.round(changed * stored * (1 + MOVED_IN_INDEX)),
    "dynamodb.read": Math.round(
      30 + (3 + audiences) * wholeBase + (suppressed ? hit((stored / partitions) * KEYS_OF_AN_ACCOUNT, GROUPS) * partitions : 0),
    ),
    "eventBridge.event": 1 + audiences,
  };
  const milliseconds = waiting(calls) + MILLISECONDS_PER_ROW * stored;
  return plainUsage(
    addUsage(calls, {
      "stepFunctions.transition": stateTransitions(tasks, "closed"),
      "lambda.request": Object.values(tasks).reduce((sum, { done }) => sum + done, 0),
      "lambda.gbSecond": (milliseconds / 1000) * (LAMBDA_MEMORY_MB / 1024),
    }),
  );
}
