import type { Attributes } from "../account/attribute.ts";
import type { AccountResult, Groups, SiteScores, Statement } from "../account/item.ts";
import type { SuppressedAbove } from "../families/suppressed-above.ts";
import type { BulkScore } from "../icp/score.ts";
import type { LineCodec } from "../ports.ts";
import { type Entry, ResolvedBatch } from "../resolve/batch.ts";

/** One account on its way through classify, score and place; live between the operations of an iteration. */
export interface AccountWork {
  id: string;
  groups: Groups;
  ref?: Statement[] | undefined;
  attributes: Attributes;
  /** `new`, `changed` and `same` tell what this run did to its evidence; `scanned` = looked at again for another reason. */
  news: "new" | "changed" | "same" | "scanned";
  dependent: boolean;
  /** What is stored of an account that is looked at again, where it is stored as it would be now. */
  previous?: AccountResult | undefined;
  /** Companies above it that are suppressed. */
  above?: readonly SuppressedAbove[] | undefined;
  score?: BulkScore;
  sites?: SiteScores | undefined;
  result?: AccountResult;
}

/** Whether a home that a run resolved is an account. */
export function stands(entry: Entry): boolean {
  return entry.target === null && entry.groups.length > 0;
}

export function hasOrders(groups: Groups): boolean {
  for (const group of groups) if (group.orders) return true;
  return false;
}

/** An account that a run resolved, before it is judged. */
export function workOf(entry: Entry, attributes: Attributes): AccountWork {
  return {
    id: entry.id,
    groups: entry.groups,
    ref: entry.ref,
    attributes,
    news: entry.was !== "account" ? "new" : entry.changed ? "changed" : "same",
    dependent: hasOrders(entry.groups),
  };
}

/** What the operations of the second half hand each other. */
export interface PartitionWork {
  works: AccountWork[];
  /** What the run found out about the partition; null when nothing. */
  batch: ResolvedBatch | null;
}

/** How a batch is written; attributes are left out, for they follow from the rest. */
export const BATCH_LINES: LineCodec<ResolvedBatch> = {
  toLines: (batch) => batch.toLines(),
  fromLines: (lines) => ResolvedBatch.fromLines(lines),
};

/** An account that the batch holds too is written there alone. */
type WrittenWork = Omit<AccountWork, "groups"> & { groups?: Groups };

function workLines(attributes: boolean): LineCodec<PartitionWork> {
  return {
    toLines: ({ works, batch }) => [
      JSON.stringify([works.length, batch !== null]),
      ...works.map((work) => {
        const written: WrittenWork = { ...work };
        if (batch?.entries.has(work.id)) {
          delete written.groups;
          delete written.ref;
        }
        return JSON.stringify(attributes ? written : { ...written, attributes: {} });
      }),
      ...(batch?.toLines() ?? []),
    ],
    fromLines: (lines) => {
      const [count, hasBatch] = JSON.parse(lines[0]!) as [number, boolean];
      const batch = hasBatch ? ResolvedBatch.fromLines(lines.slice(count + 1)) : null;
      const works = lines.slice(1, count + 1).map((line) => {
        const written = JSON.parse(line) as WrittenWork;
        const entry = batch?.entries.get(written.id);
        const work = { ...written, groups: entry?.groups ?? written.groups ?? [] };
        if (entry?.ref) work.ref = entry.ref;
        return work;
      });
      return { works, batch };
    },
  };
}

/** How accounts are written on their way through classify, score and place. */
export const WORK_LINES = workLines(true);

/** How accounts are written on their way to save: what they were judged by is not saved. */
export const PLACED_LINES = workLines(false);
