import * as z from "zod";
import { usageAtClose } from "../../cost/usage-objects.ts";
import { BugError, NotFoundError } from "../../errors.ts";
import { publish, runClosed } from "../../ledger/events.ts";
import { rankOf } from "../../ledger/list-versions.ts";
import type { AudienceCounts, ListVersion, RowCounts, RunRecord } from "../../ledger/records.ts";
import { guardedCsvLine } from "../../lists/csv.ts";
import { PATCH_KINDS } from "../../lists/kinds.ts";
import { firstDataRecord } from "../../lists/reading/row-number.ts";
import { REJECT_COLUMNS } from "../../lists/rejects-file.ts";
import { NO_CHANGES, type Ports } from "../../ports.ts";
import { clearCorrections, correctionCounts } from "../corrections.ts";
import { familiesOfRun, settleFamilies } from "../families.ts";
import type { ImportCounts } from "../import-list/import-list.ts";
import { clearEvidence } from "../kept-evidence.ts";
import { keepCards, type Matching, matchingKey, settleMatching } from "../match-companies/state.ts";
import { operation } from "../operation.ts";
import { contextOf, type RunContext, readJson, runKey, savedKey, workKey, writeJson } from "../run-context.ts";
import { noneSaved, type SavedCounts } from "../save-partition/save-partition.ts";
import { CURRENT_BASE, type CurrentBase, type PlacePartitionItem } from "../summarise-base/summarise-base.ts";
import { TURN, TURN_SECONDS } from "../take-turn/take-turn.ts";

/**
 * Ends a run: adds up where every row went and fails the run when the sums do not balance, makes its list version stand, and clears the
 * short-lived objects away. A failed run is noted with its error; nothing of it stands. What broke after its version stood already fails
 * it no more: it balanced, and its closing goes on.
 */
export const closeRun = operation({
  id: "close-run",
  input: z.object({
    runId: z.string(),
    failed: z.boolean(),
    error: z.object({ Error: z.string().optional(), Cause: z.string().optional() }).optional(),
  }),
  output: z.object({ runId: z.string(), balanced: z.boolean() }),
  async run(ports, { runId, failed, error }) {
    const run = await ports.runs.run(runId);
    if (!run) throw new NotFoundError(`there is no run ${runId}`);
    // Cut short after everything was settled: what is left is done again, and what stands does not fall any more.
    if (run.status === "done") return settled(ports, run);
    if (failed && !(await hasSettled(ports, run))) return closeFailed(ports, run, error);
    const context = await contextOf(ports, runId);
    const imported = await alreadyImported(ports, runId);
    const saved = await sumSaved(ports, context);
    const rows = context.type === "list" && !imported ? await sumRows(ports, context, saved) : undefined;
    const differences = rows ? imbalances(rows, context) : [];
    const audiences =
      (await ports.objects.size(runKey(runId, "audiences.json"))) === null
        ? []
        : await readJson<AudienceCounts[]>(ports, runKey(runId, "audiences.json"));
    const base = await readJson<Pick<CurrentBase, "version" | "lookedAt">>(ports, runKey(runId, "base.json"));
    const correction = rows && context.table?.corrections ? await correctionCounts(ports, runId) : null;
    const closed: RunRecord = {
      ...run,
      ...(correction ? { correction } : {}),
      status: differences.length === 0 ? "done" : "failed",
      endedAt: ports.clock.now(),
      ...(rows ? { rows } : {}),
      accounts: { created: saved.created, updated: saved.updated, unchanged: saved.unchanged, removed: saved.removed },
      tiers: saved.tiers,
      segments: saved.segments,
      ...(saved.sited ? { sites: { accounts: saved.sited, sites: saved.sites! } } : {}),
      names: namesOf(await readJson<Matching>(ports, matchingKey(runId))),
      families: (await familiesOfRun(ports, runId)).counts,
      audiences,
      balanced: differences.length === 0,
      differences,
      rejects: rows && rows.rejected > 0 && context.table ? await writeRejects(ports, context) : null,
      baseSha: base.version,
      usage: await usageAtClose(ports, runId, "closed"),
    };
    if (differences.length > 0) {
      await ports.runs.putRun(closed);
      throw new BugError(`run ${runId} does not balance: ${differences.join("; ")}`, {
        hint: "its list version was not taken over; please report this",
      });
    }
    await settleMatching(ports, runId);
    await settleFamilies(ports, runId);
    if (!(await hasSettled(ports, run))) await withdrawSuppressions(ports, context);
    await settleList(ports, context);
    if (context.type === "undo" && context.kind === "reference" && context.alone)
      await ports.objects.remove(`personal/reference/${context.list}/`);
    await writeJson(ports, CURRENT_BASE, { ...base, configSha: context.configSha, asOf: context.asOf } satisfies CurrentBase);
    await ports.runs.putRun(closed);
    return settled(ports, closed);
  },
});

function namesOf({ edges, joinedNow, review, more, put }: Matching): NonNullable<RunRecord["names"]> {
  return { joined: edges.length, joinedNow, review: review.length + more, put };
}

async function settled(ports: Ports, run: RunRecord): Promise<{ runId: string; balanced: boolean }> {
  await ports.objects.remove(workKey(run.runId, ""));
  await ports.leases.release(TURN, run.runId);
  await publish(ports, runClosed(run));
  return { runId: run.runId, balanced: true };
}

/** Whether what the run does to its list was done, by {@link settleList}: nobody could take it back any more. */
async function hasSettled(ports: Ports, { type, list: id, runId }: RunRecord): Promise<boolean> {
  const versions = id === null ? [] : ((await ports.runs.list(id))?.versions ?? []);
  if (type === "undo") {
    if ((await ports.objects.size(runKey(runId, "context.json"))) === null) return false;
    const { gone } = await contextOf(ports, runId);
    return gone.every((each) => versions.some((version) => version.runId === each && version.status === "withdrawn"));
  }
  return versions.some((each) => each.runId === runId && each.status === "standing");
}

async function closeFailed(
  ports: Ports,
  run: RunRecord,
  error: { Error?: string | undefined; Cause?: string | undefined } | undefined,
): Promise<{ runId: string; balanced: boolean }> {
  if (run.status !== "waiting") await shutOut(ports, run.runId);
  const failed: RunRecord = {
    ...run,
    status: "failed",
    endedAt: ports.clock.now(),
    error: { name: error?.Error ?? "BugError", message: causeOf(error?.Cause) },
    usage: await usageAtClose(ports, run.runId, "failed"),
  };
  await ports.runs.putRun(failed);
  if (run.list !== null) {
    const list = await ports.runs.list(run.list);
    const mine = list?.versions.find((each) => each.runId === run.runId && each.status === "running");
    if (list && mine) {
      await ports.accounts.forgetVersion(run.list, rankOf(mine));
      const versions = list.versions.map(
        (each): ListVersion => (each.runId === run.runId ? { ...each, status: "failed" } : each),
      );
      await ports.runs.putList({ ...list, versions });
    }
    const left = await ports.runs.list(run.list);
    if (left) await clearCorrections(ports, left);
  }
  await keepCards(ports, run.runId);
  await ports.objects.remove(workKey(run.runId, ""));
  await ports.leases.release(TURN, run.runId);
  await publish(ports, runClosed(failed));
  return { runId: run.runId, balanced: false };
}

/**
 * Lets nothing of a run be saved any more. Where one partition failed, the functions of others are still at work, and what they save would
 * come after its version was taken back.
 */
async function shutOut(ports: Ports, runId: string): Promise<void> {
  const fence = await ports.leases.take(TURN, runId, TURN_SECONDS);
  // Where another run has the turn, it has shut out all before it.
  if (fence !== null) await ports.accounts.claim(fence + 1);
}

/** A Lambda puts its error as JSON into the cause; the local engine puts the message. */
function causeOf(cause: string | undefined): string {
  if (cause === undefined) return "the run failed";
  try {
    const parsed = JSON.parse(cause) as { errorMessage?: string };
    return parsed.errorMessage ?? cause;
  } catch {
    return cause;
  }
}

async function alreadyImported(ports: Ports, runId: string): Promise<boolean> {
  return (await ports.objects.size(runKey(runId, "already-imported.json"))) !== null;
}

function add(into: Record<string, number>, from: Record<string, number>): void {
  for (const key of Object.keys(from)) into[key] = (into[key] ?? 0) + from[key]!;
}

const sorted = (record: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

async function* savedOf(ports: Ports, { runId }: RunContext): AsyncGenerator<SavedCounts> {
  for (const { partition } of await readJson<PlacePartitionItem[]>(ports, workKey(runId, "place.json")))
    yield readJson<SavedCounts>(ports, savedKey(runId, partition));
}

/** Takes out what the list suppresses no more. Of a run that failed nothing goes: whom the list names as it stands must be told nobody of. */
async function withdrawSuppressions(ports: Ports, context: RunContext): Promise<void> {
  const list = context.list ?? "";
  for await (const { suppressionsGone = [] } of savedOf(ports, context))
    if (suppressionsGone.length > 0) {
      const gone = suppressionsGone.map((key) => ({ key, list }));
      await ports.accounts.save({ ...NO_CHANGES, suppressionsGone: gone }, context.fence);
    }
}

async function sumSaved(ports: Ports, context: RunContext): Promise<SavedCounts> {
  const total = noneSaved();
  for await (const saved of savedOf(ports, context)) {
    for (const key of ["accepted", "merged", "rejected", "created", "updated", "unchanged", "removed"] as const)
      total[key] += saved[key];
    total.sited = (total.sited ?? 0) + (saved.sited ?? 0);
    total.sites = (total.sites ?? 0) + (saved.sites ?? 0);
    add(total.tiers, saved.tiers);
    add(total.segments, saved.segments);
  }
  total.tiers = sorted(total.tiers);
  total.segments = sorted(total.segments);
  return total;
}

async function sumRows(ports: Ports, context: RunContext, saved: SavedCounts): Promise<RowCounts> {
  const rows: RowCounts = {
    in: 0,
    accepted: saved.accepted,
    merged: saved.merged,
    rejected: saved.rejected,
    blank: 0,
    footer: 0,
  };
  const problems: Record<string, number> = {};
  for (const key of await ports.objects.list(workKey(context.runId, "counts/"))) {
    const counts = await readJson<ImportCounts>(ports, key);
    rows.in += counts.in;
    rows.rejected += counts.rejected;
    rows.blank += counts.blank;
    rows.footer += counts.footer;
    add(problems, counts.cellProblems);
  }
  await writeJson(ports, runKey(context.runId, "cell-problems.json"), sorted(problems));
  return rows;
}

/** What does not add up, in words; empty when every row of the file is accounted for. */
function imbalances(rows: RowCounts, context: RunContext): string[] {
  const differences: string[] = [];
  const ended = rows.accepted + rows.merged + rows.rejected + rows.blank + rows.footer;
  if (ended !== rows.in) differences.push(`${rows.in} rows came in and ${ended} were accounted for`);
  if (context.table) {
    const expected = context.table.records - firstDataRecord(context.table.dialect) + 1;
    if (expected !== rows.in) differences.push(`the file has ${expected} rows and ${rows.in} were read`);
  }
  return differences;
}

async function writeRejects(ports: Ports, context: RunContext): Promise<string> {
  const key = `rejects/${context.list}/${context.runId}.csv`;
  const parts = [guardedCsvLine([...context.table!.header, ...REJECT_COLUMNS])];
  for (const part of await ports.objects.list(workKey(context.runId, "rejects/")))
    parts.push(Buffer.from(await ports.objects.get(part)).toString("utf8"));
  await ports.objects.put(key, parts.join(""));
  return key;
}

/** Makes the version of this run stand, and withdraws those that it takes the place of or takes back. */
async function settleList(ports: Ports, context: RunContext): Promise<void> {
  if (context.list === null || context.type === "refresh" || context.type === "erase") return;
  const list = await ports.runs.list(context.list);
  if (!list) return;
  const gone = new Set(context.gone);
  const mine = list.versions.find((each) => each.runId === context.runId);
  const versions = list.versions.map((each): ListVersion => {
    if (each === mine) return { ...each, status: "standing", bits: context.bits };
    if (!gone.has(each.runId)) return each;
    return { ...each, status: "withdrawn", ...(mine ? { replacedBy: mine.version } : {}) };
  });
  await ports.runs.putList({ ...list, versions });
  if (versions.some(({ correction }) => correction)) await clearCorrections(ports, { ...list, versions });
  if (versions.some(({ status }) => status !== "standing") && PATCH_KINDS.has(list.kind))
    await clearEvidence(ports, { ...list, versions });
}
