import type { Attributes } from "../account/attribute.ts";
import type { AccountResult, Groups, Statement } from "../account/item.ts";
import type { BulkScore } from "../icp/score.ts";
import type { ResolvedBatch } from "../resolve/batch.ts";

/** One account on its way through classify, score and place; live between the operations of an iteration, never written. */
export interface AccountWork {
  id: string;
  groups: Groups;
  ref?: Statement[] | undefined;
  attributes: Attributes;
  /** `new`, `changed` and `same` tell what this run did to its evidence; `scanned` = looked at again for another reason. */
  news: "new" | "changed" | "same" | "scanned";
  dependent: boolean;
  previous?: AccountResult | undefined;
  score?: BulkScore;
  result?: AccountResult;
}

/** What the operations of the second half hand each other. */
export interface PartitionWork {
  works: AccountWork[];
  /** What the run found out about the partition; null when nothing. */
  batch: ResolvedBatch | null;
}
