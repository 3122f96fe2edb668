import type { Day } from "../account/attribute.ts";
import type { Usage } from "../cost/meter.ts";
import type { ListKind, Origin, SourceDeclaration } from "../lists/kinds.ts";
import type { ListLabels } from "../lists/labels.ts";

/** One dropped file of a list, read in one way. */
export interface ListVersion {
  version: number;
  runId: string;
  /** SHA-256 of the bytes that its rows come from; of a correction those of the file that it corrects. */
  contentHash: string;
  file: string;
  asOf: Day;
  /** `standing` until a later version or an undo withdraws it. */
  status: "running" | "standing" | "withdrawn" | "failed";
  /** Bits by which the slices of a reference version are numbered. */
  bits?: number;
  /** Everything but the bytes that decides how they are read, as an id (`readingId`). */
  reading?: string;
  /** The sheet of a workbook or the table of an archive. */
  sheet?: string;
  /** The number under which its rows are filed, where it took the place of another: it ranks where that one did. */
  rank?: number;
  /** The version of the same file whose place it took. */
  replaces?: number;
  /** The version that took its place; none where an undo withdrew it. */
  replacedBy?: number;
  /** Files of one snapshot have the same. */
  batch?: string;
  /** What it said is kept where it shares a company with another version (`resolve/evidence.ts`); older records did not. */
  keeps?: true;
  correction?: Correction;
  /** SHA-256 of its file once rows of it were erased: the same version, should it be read again. */
  erasedHashes?: string[];
}

/** Rows of a file that were corrected in its rejects and dropped again. */
export interface Correction {
  file: string;
  /** SHA-256 of the bytes of that file. */
  contentHash: string;
  /** Rows that are read as corrected, those of earlier corrections included. */
  rows: number;
  /** Prefix of the objects that hold them. */
  key: string;
  /** Where the bytes of the corrected file lie. */
  from: { key: string; versionId: string };
}

/** Whether a file with these bytes is this version of its list. */
export const isFileOf = (version: ListVersion, contentHash: string): boolean =>
  version.contentHash === contentHash || version.erasedHashes?.includes(contentHash) === true;

/** A list with a stable id, its kind, mode, declaration and versions. */
export interface ListRecord extends ListLabels {
  id: string;
  kind: ListKind;
  mode: "append" | "snapshot";
  source: SourceDeclaration;
  /** The origin that marks of a vendor in its files force; nobody may declare another. */
  forcedOrigin?: Origin;
  versions: ListVersion[];
}

/** Where the rows of a list ended; the classes sum to `in`. */
export interface RowCounts {
  in: number;
  accepted: number;
  merged: number;
  rejected: number;
  blank: number;
  footer: number;
}

/** What an audience had planned and what became of it, in one run. */
export interface AudienceCounts {
  id: string;
  platform: string;
  mode: "file" | "api";
  hash: string | null;
  desired: number;
  told: number;
  add: number;
  remove: number;
  awaitingApproval: boolean;
  approvalReasons: string[];
  blocked: Array<{ reason: string; rule: string; n: number }>;
  exported: number;
  /** Left out of a file that waits for its upload. */
  withdrawn: number;
  accepted: number;
  confirmed: number;
  rejected: number;
  parked: number;
  pending: number;
  files: string[];
  parkedReason?: string;
  /** There where no suppression list stood: the day on which somebody acknowledged that for this audience, null before. */
  unsuppressed?: Day | null;
}

/** Who belongs to whom among the accounts that stand after a run. */
export interface FamilyCounts {
  /** Accounts whose parent is an account. */
  children: number;
  /** Accounts with such children. */
  parents: number;
  /** Accounts whose parent is none of ours. */
  outside: number;
  /** Accounts that a list names as their own parent. */
  selves: number;
  /** Circles that were opened. */
  cycles: number;
}

/** One run of the workflow. `input` is all that decides its result. */
export interface RunRecord {
  runId: string;
  /** `list` runs import a file; `refresh` has none; `undo` withdraws a list; `erase` takes out of a list what names somebody. */
  type: "list" | "refresh" | "undo" | "erase";
  /** `waiting` for the runs before it. */
  status: "waiting" | "running" | "done" | "failed";
  list: string | null;
  kind: ListKind | null;
  version: number | null;
  input: { key: string | null; versionId: string; asOf: Day; configSha: string };
  startedAt: string;
  endedAt?: string;
  error?: { name: string; message: string; hint?: string };
  rows?: RowCounts;
  accounts?: { created: number; updated: number; unchanged: number; removed: number };
  tiers?: Record<string, number>;
  segments?: Record<string, number>;
  /** At the level of sites: of the accounts counted by tier those with several places, and these places. */
  sites?: { accounts: number; sites: number };
  audiences?: AudienceCounts[];
  /** Of an undo: the one version that it withdraws; the whole list without. */
  undoes?: number;
  /** Of a correction: the version that it corrects, and where the rows of the dropped file ended; `rows` counts the corrected file. */
  correction?: { version: number; rows: RowCounts };
  /** Bits of the id that number a partition in this run. */
  bits?: number;
  balanced?: boolean;
  differences?: string[];
  rejects?: string | null;
  report?: string | null;
  /**
   * What comparing names came to: companies that stand joined by them, how many of these this run joined (older records do not say), pairs to
   * review, and why they were not compared.
   */
  names?: { joined: number; joinedNow?: number; review: number; put: string | null };
  families?: FamilyCounts;
  baseSha?: string;
  /** What AWS charges for, counted when the run was closed: everything but close-run itself and deliveries (`cost/usage-objects.ts`). */
  usage?: Usage;
}
