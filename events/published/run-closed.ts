import { LIST_KINDS } from "@bullseye/core/lists/kinds";
import * as z from "zod";
import { count, event } from "./event.ts";

const detail = z.strictObject({
  runId: z.string().min(1),
  type: z.enum(["list", "refresh", "undo", "erase"]),
  status: z.enum(["done", "failed"]),
  list: z.string().nullable(),
  kind: z.enum(LIST_KINDS).nullable(),
  version: z.int().positive().nullable(),
  /** Where the rows of the file ended; where the run is balanced, the others sum to `in`. */
  rows: z.strictObject({ in: count, accepted: count, merged: count, rejected: count, blank: count, footer: count }).optional(),
  accounts: z.strictObject({ created: count, updated: count, unchanged: count, removed: count }).optional(),
  /** Accounts by tier, of those that the run looked at. */
  tiers: z.record(z.string(), count).optional(),
  balanced: z.boolean().optional(),
  /** Name of the error of a failed run; its message stays in the run's record. */
  error: z.string().optional(),
});

/** A run came to its end, done or failed. */
export const runClosed = event({
  type: "run-closed",
  description: "A run of the workflow came to its end, done or failed; `bullseye runs show` has the whole record.",
  detail,
  example: {
    type: "run-closed",
    id: "5b2f0c9d41e7a83610cf",
    at: "2026-11-20T09:14:52.118Z",
    detail: {
      runId: "b07d41c6e92a5f3810de",
      type: "list",
      status: "done",
      list: "crm-accounts",
      kind: "accounts",
      version: 3,
      rows: { in: 1_250, accepted: 1_190, merged: 41, rejected: 12, blank: 6, footer: 1 },
      accounts: { created: 1_002, updated: 180, unchanged: 8, removed: 0 },
      tiers: { A: 96, B: 310, C: 784 },
      balanced: true,
    },
  },
});
