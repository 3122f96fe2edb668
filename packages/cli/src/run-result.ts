import { relative } from "node:path";
import { unsuppressedWords } from "@bullseye/core/audiences/counts";
import { usdText } from "@bullseye/core/cost/amount";
import { costDocument, costOf } from "@bullseye/core/cost/cost-of";
import type { AudienceCounts, RowCounts, RunRecord } from "@bullseye/core/ledger/records";
import type { RunOutcome } from "@bullseye/local";
import type { CommandContext } from "./command.ts";
import type { Output } from "./output.ts";
import { countText, numberText } from "./terminal-output.ts";

const NO_ROWS: RowCounts = { in: 0, accepted: 0, merged: 0, rejected: 0, blank: 0, footer: 0 };

/** A run as `--json` prints it; paths are as the workplace locates them: relative to the home, or URLs of the stage. */
export function runDocument({ run, alreadyImported, seconds }: RunOutcome, locate: (key: string) => string = (key) => key) {
  const { created = 0, updated = 0, unchanged = 0, removed = 0 } = run.accounts ?? {};
  return {
    runId: run.runId,
    type: run.type,
    status: run.status,
    list: run.list,
    kind: run.kind,
    version: run.version,
    asOf: run.input.asOf,
    alreadyImported,
    rows: run.correction?.rows ?? run.rows ?? NO_ROWS,
    ...(run.correction ? { corrects: { version: run.correction.version, rows: run.rows } } : {}),
    accounts: { created, updated, unchanged, removed },
    tiers: run.tiers ?? {},
    segments: run.segments ?? {},
    sites: run.sites ?? null,
    names: run.names ?? null,
    families: run.families ?? null,
    audiences: (run.audiences ?? []).map((each) => ({ ...each, files: each.files.map(locate) })),
    balanced: run.balanced ?? false,
    seconds: Math.round(seconds * 1000) / 1000,
    rejects: run.rejects ? locate(run.rejects) : null,
    report: run.report ? locate(run.report) : null,
    aws: run.usage ? costDocument(costOf(run.usage)) : null,
  };
}

/** A run for people: where the rows went and what became of the accounts and, where no later run overtook them, of the audiences. */
export function showRun(outcome: RunOutcome, out: Output, newest = true, locate: (key: string) => string = (key) => key): void {
  const { run, alreadyImported, seconds } = outcome;
  const { created = 0, updated = 0, unchanged = 0, removed = 0 } = run.accounts ?? {};
  const title =
    run.type === "list"
      ? `${run.list} (${run.kind})`
      : run.type === "undo"
        ? `${run.list} withdrawn`
        : run.type === "erase"
          ? `erased from ${run.list}`
          : "refresh";
  if (alreadyImported) out.text(`${title}: these very bytes were imported before; nothing changed.`);
  else out.text(`${title}: done in ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s.`);
  if (run.correction)
    out.text(`  corrected  ${rowsText(run.correction.rows)}; they take their places in version ${run.correction.version}`);
  if (run.rows) out.text(`  rows       ${rowsText(run.rows)}`);
  if (run.rejects) out.text(`             why rows were rejected: ${locate(run.rejects)}`);
  if (!alreadyImported) {
    const all = Object.values(run.tiers ?? {}).reduce((sum, n) => sum + n, 0);
    const parts =
      run.type === "refresh"
        ? [`${numberText(all)} judged anew, ${numberText(created + updated)} of them with other evidence`]
        : [`${numberText(created)} created`, `${numberText(updated)} updated`, `${numberText(unchanged)} unchanged`];
    if (removed > 0) parts.push(`${numberText(removed)} joined to others or gone`);
    out.text(`  accounts   ${parts.join(", ")}`);
  }
  if (run.names && !alreadyImported) showNames(run.names, out);
  if (run.families && !alreadyImported) showFamilies(run.families, out);
  if (run.sites)
    out.text(
      `  sites      ${countText(run.sites.sites, "site")} of ${countText(run.sites.accounts, "account")}; each account counts as its best`,
    );
  showCounts("tiers", run.tiers, out);
  showCounts("segments", run.segments, out);
  const audiences = run.audiences ?? [];
  if (newest && audiences.length > 0) {
    out.text("  audiences");
    for (const audience of audiences) out.text(`    ${audience.id}: ${audienceText(audience)}`);
    for (const said of new Set(audiences.map(unsuppressedWords))) if (said !== null) out.text(`    ${said}`);
  }
  if (run.report) out.text(`  report     ${locate(run.report)}`);
  if (run.usage && !alreadyImported)
    out.text(`  on AWS     about ${usdText(costOf(run.usage).amount)} at list price, before deliveries`);
}

/** ` --home DIR` or ` --stage NAME` for a command that is printed for copying; empty where the home was not named. */
export function placeOption({ values, homePath, stage }: Pick<CommandContext, "values" | "homePath" | "stage">): string {
  if (stage !== null) return ` --stage ${stage}`;
  if (typeof values.home !== "string") return "";
  const path = relative(process.cwd(), homePath) || ".";
  return ` --home ${/^[\w./~:@+-]+$/.test(path) ? path : JSON.stringify(path)}`;
}

/** The commands that let go what waits; nothing where nothing waits. `place` is the option that names home or stage, with a space before it. */
export function showApproval(run: RunRecord, place: string, out: Output): void {
  const waiting = (run.audiences ?? []).filter((each) => each.awaitingApproval && each.hash !== null);
  if (waiting.length === 0) return;
  out.text();
  out.text("Nothing of these goes out before somebody approves it:");
  for (const { id, hash, approvalReasons } of waiting)
    out.text(`  bullseye audiences approve ${hash!.slice(0, 12)}${place}   ${id}: ${approvalReasons.join("; ") || "waits"}`);
}

function rowsText(rows: RowCounts): string {
  const parts = [`${numberText(rows.accepted)} accepted`];
  if (rows.merged > 0) parts.push(`${numberText(rows.merged)} merged into others of the file`);
  if (rows.rejected > 0) parts.push(`${numberText(rows.rejected)} rejected`);
  if (rows.blank > 0) parts.push(`${numberText(rows.blank)} blank`);
  if (rows.footer > 0) parts.push(`${numberText(rows.footer)} footer`);
  return `${numberText(rows.in)} in: ${parts.join(", ")}`;
}

function showNames(names: NonNullable<RunRecord["names"]>, out: Output): void {
  const text = namesText(names);
  if (text !== "") out.text(`  names      ${text}`);
}

/** What a run says of similar names; empty where there is nothing to say. */
export function namesText({ joined, joinedNow, review, put }: NonNullable<RunRecord["names"]>): string {
  const parts: string[] = [];
  if (joined > 0 && joinedNow !== undefined) parts.push(`${numberText(joinedNow)} joined now`);
  if (joined > 0) parts.push(`${numberText(joined)} standing`);
  if (review > 0) parts.push(`${countText(review, "pair")} to look at: bullseye review`);
  if (put !== null) parts.push(put);
  return parts.join("; ");
}

function showFamilies({ children, parents, outside, cycles }: NonNullable<RunRecord["families"]>, out: Output): void {
  const parts: string[] = [];
  if (children > 0) parts.push(`${countText(children, "subsidiary", "subsidiaries")} of ${numberText(parents)}`);
  if (outside > 0) parts.push(`${countText(outside, "account")} whose parent is none of yours`);
  if (cycles > 0) parts.push(`${countText(cycles, "circle")} of parents opened`);
  if (parts.length > 0) out.text(`  families   ${parts.join("; ")}`);
}

function showCounts(title: string, counts: Record<string, number> | undefined, out: Output): void {
  const entries = Object.entries(counts ?? {});
  if (entries.length > 0) out.text(`  ${title.padEnd(10)} ${entries.map(([name, n]) => `${name} ${numberText(n)}`).join(", ")}`);
}

function audienceText(each: AudienceCounts): string {
  const parts = [`${countText(each.desired, "member")} wanted on ${each.platform}`];
  if (each.add > 0 || each.remove > 0) parts.push(`${numberText(each.add)} to add, ${numberText(each.remove)} to remove`);
  if (each.awaitingApproval) parts.push("waits for approval");
  for (const state of ["exported", "accepted", "confirmed", "rejected", "parked"] as const)
    if (each[state] > 0) parts.push(`${numberText(each[state])} ${state}`);
  if (!each.awaitingApproval && each.pending > 0) parts.push(`${numberText(each.pending)} pending`);
  if (each.parkedReason) parts.push(each.parkedReason);
  for (const { n, reason } of each.blocked) parts.push(`${numberText(n)} held back: ${reason}`);
  return parts.join("; ");
}
