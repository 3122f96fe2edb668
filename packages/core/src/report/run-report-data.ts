import type { Usage } from "../cost/meter.ts";
import type { AudienceCounts, RunRecord } from "../ledger/records.ts";
import type { Origin } from "../lists/kinds.ts";
import type { Matching } from "../operations/match-companies/state.ts";

/** Rows that were turned away for one reason. */
export interface RejectGroup {
  reason: string;
  /** Header as written; "" where no single column is to blame. */
  column: string;
  hint: string;
  n: number;
}

/** One account among the best, with what earned its points. */
export interface BestAccount {
  id: string;
  name: string;
  domain: string | null;
  country: string | null;
  tier: string;
  score: number | null;
  low: number;
  high: number;
  /** The contributions with most points, in words. */
  reasons: Array<{ what: string; value: string; points: number }>;
  /** On a suppression list: no platform is ever told of it. */
  suppressed: boolean;
}

/** How often something is known of the accounts looked at, by how it came to be. */
export interface Coverage {
  group: string;
  label: string;
  /** Stated by a list. */
  lists: number;
  /** Looked up in reference lists. */
  reference: number;
  /** Worked out from the account's orders, deals, people or other facts. */
  derived: number;
  /** An estimate from typical values of companies like it. */
  estimated: number;
}

/** Everything that a run report shows; no personal data. */
export interface RunReportData {
  run: RunRecord;
  /** File name as dropped; null for runs without a file. */
  file: string | null;
  origin: Origin | null;
  mode: "append" | "snapshot" | null;
  /** Whether {@link tiers}, {@link best} and the rest are about the accounts of this list or about all accounts. */
  scope: "list" | "all";
  accounts: number;
  tiers: Array<{ id: string; n: number }>;
  segments: Array<{ id: string; name: string; n: number }>;
  rejects: RejectGroup[];
  /** Values of accepted rows that could not be read and were left out, by `header: problem`. */
  cellProblems: Array<{ what: string; n: number }>;
  best: BestAccount[];
  coverage: Coverage[];
  /** Accounts that {@link coverage} was counted over. */
  sample: number;
  /** How many accounts {@link best} was chosen from, where not all of them were looked at. */
  looked: number | null;
  /** What comparing names left to look at; null where the run did not get so far. */
  matching: Matching | null;
  audiences: Array<AudienceCounts & { name: string }>;
  /** What the run used up to now, or would have used on AWS; null where it was not counted. */
  usage: Usage | null;
}
