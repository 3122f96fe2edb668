import * as z from "zod";

/** The shapes that `--json` promises to scripts; more fields may be there. Tests hold the commands to them. */
const count = z.int().min(0);
const day = z.iso.date();

export const ErrorDocument = z.strictObject({
  error: z.strictObject({
    name: z.string(),
    message: z.string().regex(/^[^\n]+$/),
    hint: z
      .string()
      .regex(/^[^\n]+$/)
      .optional(),
  }),
});

export const InitDocument = z.object({ home: z.string(), files: z.array(z.string()).min(1) });

export const InspectDocument = z.object({
  dialect: z.object({
    encoding: z.string(),
    delimiter: z.string().max(3),
    quote: z.string().nullable(),
    headerRow: count,
    footerRows: count,
  }),
  shape: z.string(),
  kind: z.enum(["accounts", "contacts", "orders", "deals", "reference", "suppressions"]).nullable(),
  columns: z.array(
    z.object({
      position: count,
      header: z.string(),
      field: z.string().nullable(),
      confidence: z.number().min(0).max(1),
      reason: z.string().min(1),
      review: z.boolean(),
    }),
  ),
  rows: z.strictObject({ data: count, blank: count, footer: count, malformed: count }),
});

/** A line of `inspect --rows --jsonl`. */
export const RowLine = z.strictObject({ row: z.int().min(1), cells: z.array(z.string()) });

const Rows = z
  .strictObject({ in: count, accepted: count, merged: count, rejected: count, blank: count, footer: count })
  .refine((rows) => rows.in === rows.accepted + rows.merged + rows.rejected + rows.blank + rows.footer, {
    error: "the classes do not sum to the rows in",
  });

const relativePath = z.string().regex(/^(?!\/|[A-Za-z]:|\.\.)/, { error: "paths are relative to the home" });

export const RunDocument = z.object({
  runId: z.string().min(1),
  list: z.string().nullable(),
  kind: z.string().nullable(),
  alreadyImported: z.boolean(),
  rows: Rows,
  accounts: z.object({ created: count, updated: count, unchanged: count }),
  tiers: z.record(z.string(), count),
  segments: z.record(z.string(), count),
  audiences: z.array(
    z.object({
      id: z.string(),
      platform: z.string(),
      mode: z.enum(["file", "api"]),
      desired: count,
      add: count,
      remove: count,
      awaitingApproval: z.boolean(),
      exported: count,
      accepted: count,
      confirmed: count,
      rejected: count,
      parked: count,
      pending: count,
    }),
  ),
  balanced: z.boolean(),
  seconds: z.number().min(0),
  rejects: relativePath.nullable(),
  report: relativePath.nullable(),
});

export const RunsDocument = z.object({ runs: z.array(RunDocument).min(1) });

export const RunListDocument = z.object({
  runs: z.array(
    z.object({
      runId: z.string(),
      type: z.enum(["list", "refresh", "undo", "erase"]),
      status: z.enum(["waiting", "running", "done", "failed"]),
      startedAt: z.iso.datetime(),
    }),
  ),
});

export const ListsDocument = z.object({
  lists: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      mode: z.enum(["append", "snapshot"]),
      source: z.object({ origin: z.string() }),
      versions: z.array(z.object({ version: count, runId: z.string(), file: z.string(), asOf: day, status: z.string() })).min(1),
    }),
  ),
});

export const TraceDocument = z.object({
  events: z
    .array(
      z.object({
        at: z.iso.datetime(),
        stage: z.string(),
        list: z.string().nullable(),
        row: z.int().min(1).nullable(),
        what: z.string().min(1),
        why: z.string().min(1),
      }),
    )
    .min(1),
});

export const ReconcileDocument = z.object({
  balanced: z.boolean(),
  runs: z.array(z.object({ runId: z.string(), rows: Rows, balanced: z.boolean() })),
  differences: z.array(z.string()),
});

export const EraseDocument = z.object({
  removed: z.array(z.object({ where: z.string().min(1), n: z.int().min(1) })),
  /** With an audience where a platform still holds members. */
  pending: z.array(
    z.object({ audience: z.string().optional(), platform: z.string().optional(), n: count.optional(), what: z.string().min(1) }),
  ),
  tombstone: z.string().regex(/^[0-9a-f]{20}$/),
  day,
});

const usdByService = z.record(z.string(), z.number().min(0));

export const QuoteDocument = z.object({
  /** Records under the header that are neither blank nor of the footer. */
  rows: count,
  /** Paid look-ups, and their price in USD. */
  lookups: count,
  money: z.number().min(0),
  /** USD at list price. */
  aws: z.object({
    usd: z.number().min(0),
    services: usdByService,
    idleMonth: z.object({ usd: z.number().min(0), services: usdByService }),
  }),
  seconds: z.number().min(0),
});
