import { type Explanation, type Finding, openExplainer } from "@bullseye/core/queries/explain";
import { findAccount } from "@bullseye/core/queries/find-account";
import { reasonWords } from "@bullseye/core/report/reasons";
import { percent, points, valueWords, words } from "@bullseye/core/report/wording";
import { placeWords } from "@bullseye/core/sites/sites";
import { expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";
import type { Output } from "../output.ts";

/** Cells of a contribution's bar. */
const BAR = 14;

/** What is sure, what is an estimate, and what it could still come to, of the most that any rule gives here. */
function bar(low: number, given: number, high: number, most: number): string {
  const cells = (value: number): number => Math.round((value / most) * BAR);
  const sure = cells(Math.min(low, given));
  const estimated = Math.max(0, cells(given) - sure);
  const open = Math.max(0, cells(high) - sure - estimated);
  return "█".repeat(sure) + "▒".repeat(estimated) + "·".repeat(open);
}

/** Findings whose names need more words. */
const NAMES: Readonly<Record<string, string>> = {
  "decision.band": "kind of decision",
  "decision.committeeSize": "people who decide",
  "decision.cycleDays": "days to decide",
  "decision.dmci": "complexity, 0 to 100",
};

function showFindings(out: Output, title: string, found: readonly Finding[]): void {
  if (found.length === 0) return;
  out.text();
  out.text(title);
  for (const { attribute, value, method, confidence, evidence } of found) {
    // Bands say again what the numbers beside them say.
    if (attribute.endsWith("Band")) continue;
    out.text(
      `  ${NAMES[attribute] ?? words(attribute)}: ${typeof value === "string" ? words(value) : valueWords(value)}  (${method === "prior" ? "estimate" : method}, ${percent(confidence, 1)} sure)`,
    );
    for (const line of evidence.slice(0, 4)) out.text(`    ${line}`);
  }
}

/** Sites that people see; scripts see all. */
const SITES_SHOWN = 10;

function showSites(out: Output, { account, sites }: Explanation): void {
  if (sites.length === 0) return;
  out.text();
  out.text("Its sites, the best first:");
  out.table(
    ["tier", "score", "between", "place", "site"],
    sites
      .slice(0, SITES_SHOWN)
      .map(({ id, place, score, low, high, tier }) => [
        tier,
        score,
        low === high ? null : `${points(low)} to ${points(high)}`,
        placeWords(place),
        id,
      ]),
  );
  const more = sites.length > SITES_SHOWN ? `${sites.length - SITES_SHOWN} more; ` : "";
  out.note(`${more}bullseye explain ${account.slice(0, 12)} --site ID explains one`);
}

function show(out: Output, explained: Explanation): void {
  const { score, low, high, tier } = explained;
  out.text(`${explained.name ?? explained.domain ?? explained.account}  ${explained.domain ?? ""}  ${explained.account}`);
  const range = low === high ? "" : `, between ${points(low)} and ${points(high)}`;
  out.text(
    `${score === null ? "No score: too little is known" : `Score ${score}`}${range}; tier ${tier} of ${explained.icp} as of ${explained.asOf}`,
  );
  if (explained.site) {
    const { site, sites } = explained;
    const best = sites[0]!.id === site.id ? `, the best of ${sites.length} sites` : `, one of ${sites.length} sites`;
    out.text(`Of its site ${placeWords(site.place)} (${site.id})${best}`);
  }
  if (explained.disqualified) out.text(`Disqualified: ${explained.disqualified.reason} (${explained.disqualified.rule})`);
  if (explained.override) out.text(`Tier set by hand: ${explained.override.reason} (${explained.override.rule})`);
  out.text(`${percent(explained.coverage, 1)} of the score is known.`);
  out.text();
  const most = Math.max(1, ...explained.contributions.map((each) => each.high));
  const known = explained.contributions.filter((each) => each.origin !== "unknown");
  const unknown = explained.contributions.filter((each) => each.origin === "unknown");
  out.table(
    ["points", "", "rule", "because", "how known", "from"],
    known.map((each) => [
      each.points,
      bar(each.low, each.points, each.high, most),
      words(each.rule),
      reasonWords(each).value,
      each.of === undefined ? each.origin : `${each.origin}, ${each.of}`,
      each.source ?? null,
    ]),
  );
  if (unknown.length > 0) {
    out.text();
    out.text("Not known; estimated from the rest, and counted as a range:");
    out.table(
      ["points", "", "rule", "could be", "needs"],
      unknown.map((each) => [
        each.points,
        bar(each.low, each.points, each.high, most),
        words(each.rule),
        `${points(each.low)} to ${points(each.high)}`,
        each.attribute,
      ]),
    );
  }
  const sum = explained.contributions.reduce((total, each) => total + Math.round(each.points * 100), 0) / 100;
  out.text(`= ${sum}${score === null ? ", withheld" : ""}`);
  if (explained.counterfactuals.length > 0) {
    out.text();
    out.text("What would change the tier:");
    for (const { change, tier: better } of explained.counterfactuals) out.text(`  ${change}: tier ${better}`);
  }
  showSites(out, explained);
  showFindings(out, "Family:", explained.family);
  showFindings(out, "What they look for:", explained.needs);
  showFindings(out, "How they decide:", explained.decision);
  out.text();
  out.text(`Segments: ${explained.segments.join(", ") || "none"}. Audiences: ${explained.audiences.join(", ") || "none"}.`);
  for (const blocked of explained.blocked) out.text(`Kept out of ${blocked}`);
  if (explained.suppressed) out.text(`Never targeted: ${explained.suppressed}`);
}

export const explainCommand: Command = {
  name: "explain",
  summary: "says why an account has its score, and what would change it",
  usage: "explain ACCOUNT [--site ID] [--icp ID]   (ACCOUNT: id, beginning of one, domain or name)",
  options: { icp: { type: "string" }, site: { type: "string" } },
  describe: {
    icp: "ID    the profile; the one that scored the account without it",
    site: "ID    one of its sites, or the beginning of its id; the account's best without it",
  },
  async run(context) {
    const { args, values, out } = context;
    expectWords("explain", args, 1, Number.POSITIVE_INFINITY, "an account: its id, domain or name");
    const { ports } = await context.workplace();
    const explainer = await openExplainer(ports, typeof values.icp === "string" ? values.icp : undefined);
    const site = typeof values.site === "string" ? values.site : undefined;
    const explained = await explainer.explain(await findAccount(ports, args.join(" ")), site);
    if (out.json) out.document(explained);
    else if (out.jsonl) out.line(explained);
    else show(out, explained);
    return 0;
  },
};
