import type { Day } from "../account/attribute.ts";

/** What became of one member of an audience on its platform (DESIGN.md "Delivery"). */
export type MemberState =
  | "planned"
  | "exported"
  | "accepted"
  | "confirmed"
  | "rejected"
  | "parked"
  | "unverified"
  | "outcome-unknown"
  | "removing"
  /** Left out of a file that waits for its upload: the platform still has it until somebody confirms. */
  | "withdrawn";

/** One member as the platform has been told. */
export interface MemberRow {
  audience: string;
  /** Key id by which the platform tells members apart (two accounts of one domain are one member). */
  id: string;
  /** The account that the member stands for. */
  account: string;
  /** Fingerprint of the identifiers that were sent. */
  fingerprint: string;
  state: MemberState;
  /** The push that put it in this state. */
  push: string;
  reason?: string;
  /** The member as it was sent, so that it can be taken back when the account has changed or is gone. */
  sent?: string;
}

/** What is known of an audience as a whole. */
export interface AudienceState {
  id: string;
  /** Id on the platform, API mode. */
  platformId?: string;
  /** Hash of the plan that was approved last. */
  approvedHash?: string;
  /** Configuration under which the last plan was approved. */
  configSha?: string;
  lastPlanHash?: string;
  lastPushedHash?: string;
  frozen?: boolean;
  parked?: string;
  /** Somebody approved a plan although no suppression list stood; gone once one does. */
  withoutSuppressions?: { day: Day; plan: string };
}

/** One push: a plan on its way to a platform. Counts add up to the members planned. */
export interface PushRecord {
  pushId: string;
  audience: string;
  platform: string;
  mode: "file" | "api";
  planHash: string;
  runId: string;
  status: "waiting" | "approved" | "queued" | "done" | "superseded" | "parked";
  desired: number;
  add: number;
  remove: number;
  chunks: number;
  /** Indexes of the chunks that are through; a redelivered message adds none. */
  chunksDone: number[];
  files: string[];
  approvalReasons: string[];
  configSha: string;
  createdAt: string;
  reason?: string;
  /** Members that the platform matched, as the person who confirmed the upload read it there. */
  matched?: number;
}

/** Members by state before anything was delivered. */
export const NOTHING_DELIVERED = {
  exported: 0,
  withdrawn: 0,
  accepted: 0,
  confirmed: 0,
  rejected: 0,
  parked: 0,
  pending: 0,
} as const;
