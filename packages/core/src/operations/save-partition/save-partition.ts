import { gzipSync } from "node:zlib";
import * as z from "zod";
import { type AccountItem, ITEM_VERSION } from "../../account/item.ts";
import { SIMILAR_NAMES } from "../../lists/kinds.ts";
import { NO_CHANGES, type PartitionChanges, type Ports } from "../../ports.ts";
import type { ResolvedBatch } from "../../resolve/batch.ts";
import { similarVoucher } from "../../resolve/standing-vouchers.ts";
import { findBatch, handKey } from "../batches.ts";
import { PlaceInput } from "../classify-partition/classify-partition.ts";
import { operation } from "../operation.ts";
import { contextOf, ledgerKey, mayHaveSaved, type RunContext, savedKey, writeJson } from "../run-context.ts";
import type { PlacePartitionItem } from "../summarise-base/summarise-base.ts";
import { type AccountWork, type PartitionWork, PLACED_LINES, stands, workOf } from "../work.ts";

/** What one partition saved; close-run adds them up. */
export interface SavedCounts {
  accepted: number;
  merged: number;
  rejected: number;
  created: number;
  updated: number;
  unchanged: number;
  removed: number;
  tiers: Record<string, number>;
  segments: Record<string, number>;
  /** Accounts that were scored by their sites, and those sites; absent in what was written before there were any. */
  sited?: number;
  sites?: number;
  /** Key ids that the list of the run suppresses no more; absent for none. They go when the run is closed: until then what stands counts. */
  suppressionsGone?: string[];
}

/** Counts to begin with. */
export function noneSaved(): SavedCounts {
  return { accepted: 0, merged: 0, rejected: 0, created: 0, updated: 0, unchanged: 0, removed: 0, tiers: {}, segments: {} };
}

/**
 * Saves the accounts of a partition with everything that belongs to them, in one go, and writes down where each row ended. The `rest` of a
 * run that broke once the first of its partitions was about to be saved is saved as it was resolved, judged as before.
 */
export const savePartition = operation({
  id: "save-partition",
  input: PlaceInput.extend({ rest: z.boolean().optional() }),
  output: z.object({ saved: z.number() }),
  async run(ports, { runId, partition: item, rest = false }) {
    const context = await contextOf(ports, runId);
    if (rest && (item.rounds.length === 0 || !(await mayHaveSaved(ports, runId)))) return { saved: 0 };
    const { works, batch } = rest
      ? await asResolved(ports, runId, item)
      : await ports.batches.take(handKey(runId, "place", item.partition), PLACED_LINES);
    const kept = item.scan === "all" ? works.filter((work) => !standsAsItIs(work, context)) : works;
    const changes = changesOf(kept, batch, context);
    const { counts, rows } = countsOf(works, batch, context);
    // The ledger first: what it names can be taken back, also when the run fails after this.
    if (rows.length > 0)
      await ports.objects.put(ledgerKey(runId, `rows/${item.partition}.jsonl.gz`), gzipSync(rows.join(""), { level: 1 }));
    // And the counts: once they are there, nobody knows from outside whether the accounts are.
    await writeJson(ports, savedKey(runId, item.partition), counts);
    await ports.accounts.save(changes, context.fence);
    return { saved: changes.accounts.length };
  },
});

/** What the rounds found out, with what stored accounts were judged last: also of a partition that was saved, which stays as it is. */
async function asResolved(ports: Ports, runId: string, { partition, rounds }: PlacePartitionItem): Promise<PartitionWork> {
  const batch = await findBatch(ports, runId, partition, rounds);
  const works = [...batch.entries.values()].filter(stands).map((entry) => workOf(entry, {}));
  const stored = await ports.accounts.accounts(works.map(({ id }) => id).sort());
  for (const work of works) {
    const result = stored.get(work.id)?.result;
    if (result) work.result = result;
  }
  return { works, batch };
}

/**
 * Whether a look at everything changed nothing of an account: it is not written again, and counts as judged on the day of that look
 * (`CurrentBase.lookedAt`). A day that lies back is no later look.
 */
function standsAsItIs({ news, previous, result }: AccountWork, { asOf }: RunContext): boolean {
  if (news !== "scanned" || !previous || previous.asOf > asOf) return false;
  return JSON.stringify({ ...previous, asOf }) === JSON.stringify(result);
}

function changesOf(works: readonly AccountWork[], batch: ResolvedBatch | null, context: RunContext): PartitionChanges {
  const changes: PartitionChanges = {
    ...NO_CHANGES,
    accounts: works.map((work) => itemOf(work)),
    accountsGone: [],
    parked: [],
    parkedGone: [],
    aliases: [],
    aliasesGone: [],
    facts: batch?.facts ?? [],
    factsGone: batch?.factsGone ?? [],
  };
  if (!batch) return changes;
  for (const entry of batch.entries.values()) {
    const empty = entry.groups.length === 0;
    if (entry.target !== null) {
      changes.parked.push({ v: ITEM_VERSION, id: entry.id, target: entry.target, groups: entry.groups });
      if (entry.was === "account") changes.accountsGone.push(entry.id);
    } else {
      if (entry.was === "parked") changes.parkedGone.push(entry.id);
      if (empty && entry.was === "account") changes.accountsGone.push(entry.id);
    }
  }
  const list = context.list ?? "";
  for (const [pair, alias] of batch.aliases)
    if (!alias) changes.aliasesGone.push({ key: pair.slice(0, 20), target: pair.slice(21), list });
  for (const [pair, holds] of batch.similar) {
    const [key, target] = [pair.slice(0, 20), pair.slice(21)];
    if (holds) changes.aliases.push(similarVoucher(key, target));
    else changes.aliasesGone.push({ key, target, list: SIMILAR_NAMES });
  }
  return changes;
}

function itemOf(work: AccountWork): AccountItem {
  const item: AccountItem = { v: ITEM_VERSION, id: work.id, groups: work.groups };
  if (work.ref) item.ref = work.ref;
  if (work.result) item.result = work.result;
  if (work.dependent) item.dep = 1;
  return item;
}

/** Row numbers of this version of this list among the statements about companies of an account. */
function rowsOf(work: AccountWork, context: RunContext): Array<[row: number, home: string]> {
  const rows: Array<[number, string]> = [];
  for (const { home, st } of work.groups) {
    for (const statement of st) {
      if (statement.l !== context.list || statement.v !== context.version || statement.k !== "accounts") continue;
      for (const row of statement.r) rows.push([row, home]);
    }
  }
  return rows;
}

/** Whether any row of this run's list, of whatever kind, speaks of the account. */
function isListed(work: AccountWork, context: RunContext): boolean {
  for (const { st } of work.groups)
    for (const statement of st) if (statement.l === context.list && statement.v === context.version) return true;
  return false;
}

function countsOf(
  works: readonly AccountWork[],
  batch: ResolvedBatch | null,
  context: RunContext,
): { counts: SavedCounts; rows: string[] } {
  const counts = noneSaved();
  const rows: string[] = [];
  const everyone = context.list === null || context.type !== "list";
  for (const work of works) {
    if (work.news === "new") counts.created++;
    else if (work.news === "changed") counts.updated++;
    const listed = !everyone && isListed(work, context);
    if (listed && work.news === "same") counts.unchanged++;
    if (work.result && (listed || everyone)) {
      const { tier, segments, sites } = work.result;
      if (sites) {
        counts.sited = (counts.sited ?? 0) + 1;
        counts.sites = (counts.sites ?? 0) + sites.n;
      }
      counts.tiers[tier] = (counts.tiers[tier] ?? 0) + 1;
      for (const segment of segments) counts.segments[segment] = (counts.segments[segment] ?? 0) + 1;
    }
    if (context.kind !== "accounts" || context.type !== "list") continue;
    const ended = rowsOf(work, context).sort((a, b) => a[0] - b[0]);
    for (const [index, [row, home]] of ended.entries()) {
      const outcome = index === 0 ? "accepted" : "merged";
      counts[outcome]++;
      rows.push(`[${row},"${outcome}","${home}","${work.id}"]\n`);
    }
  }
  if (batch) {
    if (batch.suppressionsGone.length > 0) counts.suppressionsGone = batch.suppressionsGone;
    for (const entry of batch.entries.values())
      if (entry.was === "account" && (entry.target !== null || entry.groups.length === 0)) counts.removed++;
    for (const [row, outcome, home] of batch.rows) {
      if (row > 0) counts[outcome]++;
      rows.push(`[${row},"${outcome}","${home}"]\n`);
    }
  }
  return { counts, rows };
}
