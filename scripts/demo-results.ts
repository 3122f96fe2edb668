// What the demo shows of its home: rows, tiers, segments, the best accounts, and what would go where.
import { showAudiences } from "@bullseye/cli/audience-result";
import type { Output } from "@bullseye/cli/output";
import { previewPushes } from "@bullseye/cli/push-preview";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import type { PushRecord } from "@bullseye/core/audiences/delivery";
import type { RunRecord } from "@bullseye/core/ledger/records";
import { configurationOf } from "@bullseye/core/operations/configuration";
import { bestAccounts } from "@bullseye/core/queries/accounts";
import { listAudiences } from "@bullseye/core/queries/audiences";
import { openExplainer } from "@bullseye/core/queries/explain";
import { reasonsOf } from "@bullseye/core/report/reasons";
import { count, many, percent, points } from "@bullseye/core/report/wording";
import type { Home, RunOutcome } from "@bullseye/local";

const BEST = 10;
const BAR = 30;
const EXAMPLES = 3;

/** A table line for every list: where its rows went and what it did to the accounts. */
export function showRuns(out: Output, outcomes: readonly RunOutcome[]): void {
  out.table(
    ["list", "kind", "rows", "accepted", "merged", "rejected", "blank", "footer", "new", "changed", "joined", "seconds"],
    outcomes.map(({ run, seconds }) => {
      const { rows, accounts } = run;
      const { created = 0, updated = 0, removed = 0 } = accounts ?? {};
      const went = rows === undefined ? [] : [rows.in, rows.accepted, rows.merged, rows.rejected, rows.blank, rows.footer];
      return [run.list, run.kind, ...went, created, updated, removed, Math.round(seconds * 100) / 100];
    }),
  );
  const rows = outcomes.reduce((sum, { run }) => sum + (run.rows?.in ?? 0), 0);
  const balanced = outcomes.every(({ run }) => run.balanced);
  out.text(
    `${many(rows, "row")} in; ${balanced ? "in every list the classes add up to its rows" : "NOT every row is accounted for"}.`,
  );
}

function showShares(
  out: Output,
  counts: Map<string, number>,
  order: readonly string[],
  whole: number,
  nameOf: (id: string) => string,
): void {
  const present = order.filter((id) => counts.has(id));
  const most = Math.max(...counts.values());
  const width = Math.max(...present.map((id) => nameOf(id).length));
  for (const id of present) {
    const n = counts.get(id)!;
    const bar = "█".repeat(Math.max(1, Math.round((n / most) * BAR)));
    out.text(`  ${nameOf(id).padEnd(width)}  ${bar.padEnd(BAR)}  ${count(n).padStart(5)}  ${percent(n, whole)}`);
  }
}

const TIER_NAMES: Readonly<Record<string, string>> = { unknown: "unknown (too little known)", X: "X (disqualified)" };

/** Tiers, segments and the best accounts of the whole home. */
export async function showBase(out: Output, home: Home, heading: (text: string) => void): Promise<void> {
  const { ports } = home;
  const explainer = await openExplainer(ports);
  const current = (await ports.runs.runs())[0]!;
  const { audiences } = await configurationOf(ports, current.input.configSha);
  const tiers = new Map<string, number>();
  const segments = new Map<string, number>();
  let accounts = 0;
  for await (const { result } of ports.accounts.scan("", null, "all")) {
    if (!result) continue;
    accounts++;
    tiers.set(result.tier, (tiers.get(result.tier) ?? 0) + 1);
    for (const segment of result.segments) segments.set(segment, (segments.get(segment) ?? 0) + 1);
  }
  heading(`${many(accounts, "account")} by tier`);
  showShares(
    out,
    tiers,
    [...explainer.profile.tiers.map(({ id }) => id), "unknown", "X"],
    accounts,
    (id) => TIER_NAMES[id] ?? id,
  );
  heading("By segment (an account can be in several)");
  const names = new Map(audiences.segments.all.map(({ id, name }) => [id, name]));
  const byCount = [...segments.keys()].sort((a, b) => segments.get(b)! - segments.get(a)!);
  showShares(out, segments, byCount, accounts, (id) => names.get(id) ?? id);
  heading("The ten best, and what earned it");
  const best = await bestAccounts(ports.accounts, BEST, () => true);
  for (const [at, item] of best.entries()) {
    const explained = await explainer.explain(item);
    const range = explained.low === explained.high ? "for sure" : `${points(explained.low)} to ${points(explained.high)}`;
    const reasons = reasonsOf(explained).map(({ what, value, points: earned }) => `${what} ${value} +${points(earned)}`);
    out.text(
      `  ${String(at + 1).padStart(2)}. ${explained.tier}  ${points(explained.score ?? 0).padEnd(4)}  ${explained.name ?? explained.domain ?? item.id}${explained.suppressed ? "  (never targeted: on the suppression list)" : ""}`,
    );
    out.text(`               ${range}; ${reasons.join(", ")}`);
  }
}

/** What would go where and what may not; lets the plans of file audiences go, so that the files are there. Answers the plans that still wait. */
export async function showAudiencePlans(out: Output, home: Home, last: RunRecord): Promise<PushRecord[]> {
  const { ports } = home;
  const { audiences } = await configurationOf(ports, last.input.configSha);
  const waitingBefore = await waitingPlans(ports);
  const previews = await previewPushes(ports, audiences.all);
  for (const { audience, platform, add, first } of previews) {
    const names = first.slice(0, EXAMPLES).map(({ name, domain }) => name ?? domain ?? "?");
    out.text(`  ${audience} on ${platform}: ${many(add, "company", "companies")}, such as ${names.join(", ")}`);
  }
  out.text();
  out.text("A first push waits for a person. The demo approves those that only write files:");
  for (const push of waitingBefore) if (push.mode === "file") await approvePlan(ports, push.planHash);
  await queueApproved(ports);
  await home.deliver((await ports.runs.run(last.runId)) ?? last);
  out.text();
  showAudiences(out, await listAudiences(ports, audiences.all));
  return waitingPlans(ports);
}

/** Commands that show more, each ready to be copied. */
export async function showNext(out: Output, home: Home, option: string, waiting: readonly PushRecord[]): Promise<void> {
  const [best] = await bestAccounts(home.ports.accounts, 1, () => true);
  const { name, domain } = best!.result!.show;
  const bullseye = "npx --no-install bullseye";
  const day = ` --as-of ${home.asOf}${option}`;
  const commands: Array<readonly [command: string, what: string]> = [
    [`${bullseye} accounts --tier A --limit 20${option}`, "the best accounts; --csv for a spreadsheet"],
    [
      `${bullseye} explain ${domain ?? best!.id}${option}`,
      `why ${name ?? domain ?? "it"} has its score, and what would change it`,
    ],
    [`${bullseye} contacts --limit 20${option}`, "who decides there"],
    [`${bullseye} trace crm-accounts:41${option}`, "the whole life of one row"],
    [`${bullseye} audiences status${day}`, "what each platform knows"],
    ...waiting.map(
      (push) => [`${bullseye} audiences approve ${push.planHash.slice(0, 12)}${day}`, `lets ${push.audience} go`] as const,
    ),
    [`${bullseye} sandbox`, "ad platforms on this machine to push to"],
    [`${bullseye} run YOUR-LIST.csv --source first-party --home my-home`, "your own list, in a home of its own"],
  ];
  const width = Math.max(...commands.map(([command]) => command.length));
  for (const [command, what] of commands) out.text(`  ${command.padEnd(width)}  ${what}`);
}
