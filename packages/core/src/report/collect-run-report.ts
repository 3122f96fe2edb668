import type { AccountItem } from "../account/item.ts";
import { usageOfRun } from "../cost/usage-objects.ts";
import { isKnownError } from "../errors.ts";
import type { AudienceCounts, RunRecord } from "../ledger/records.ts";
import { type Configuration, configurationOf } from "../operations/configuration.ts";
import { currentMatching } from "../operations/match-companies/state.ts";
import { readJson, runKey } from "../operations/run-context.ts";
import type { Ports } from "../ports.ts";
import { byRank } from "../queries/accounts.ts";
import { type Explainer, openExplainer } from "../queries/explain.ts";
import { reasonsOf } from "./reasons.ts";
import { rejectGroups } from "./rejects.ts";
import type { BestAccount, Coverage, RunReportData } from "./run-report-data.ts";
import { words } from "./wording.ts";

/** Accounts looked at for a report, in id order: ids are hashes, so that the first ones are a fair sample of more [design]. */
const MOST_LOOKED_AT = 50_000;
/** Accounts whose attributes are rebuilt to see what is known [design]. */
const MOST_SAMPLED = 1_000;
const BEST = 10;
const MOST_CELL_PROBLEMS = 12;

/** What is worth knowing of an account, by the question it answers. */
const ASKED: ReadonlyArray<readonly [group: string, attribute: string, label: string]> = [
  ["Who they are", "vertical", "Industry"],
  ["Who they are", "employees", "Employees"],
  ["Who they are", "revenueUsd", "Annual revenue"],
  ["Who they are", "region", "Market"],
  ["Who they are", "ownership", "Ownership"],
  ["Who they are", "sites", "Locations"],
  ["What they buy", "transactions.orders", "Orders"],
  ["What they buy", "transactions.loyalty", "Loyalty"],
  ["What they buy", "transactions.rfm", "Customer value"],
  ["What they buy", "deals.winRate", "Deals won and lost"],
  ["What they look for", "needs.featureBreadth", "Range of features"],
  ["What they look for", "needs.customisation", "Customisation"],
  ["What they look for", "needs.serviceExpectation", "Service"],
  ["What they look for", "needs.priceSensitivity", "Price sensitivity"],
  ["How they decide", "decision.committeeSize", "People who decide"],
  ["How they decide", "decision.cycleDays", "Days to decide"],
  ["How they decide", "decision.formality", "Formality"],
  ["How they decide", "decision.structure", "Structure"],
];

interface Looked {
  accounts: number;
  tiers: Map<string, number>;
  segments: Map<string, number>;
  best: AccountItem[];
  sample: AccountItem[];
  /** Whether there were more than were looked at. */
  more: boolean;
}

const bump = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

function isOf(item: AccountItem, list: string, version: number): boolean {
  for (const { st } of item.groups) for (const statement of st) if (statement.l === list && statement.v === version) return true;
  return false;
}

async function look(ports: Ports, wanted: (item: AccountItem) => boolean): Promise<Looked> {
  const looked: Looked = { accounts: 0, tiers: new Map(), segments: new Map(), best: [], sample: [], more: false };
  let ranked: Array<{ id: string; score: number | null; item: AccountItem }> = [];
  let seen = 0;
  for await (const item of ports.accounts.scan("", null, "all")) {
    if (++seen > MOST_LOOKED_AT) {
      looked.more = true;
      break;
    }
    const { result } = item;
    if (!result || !wanted(item)) continue;
    looked.accounts++;
    bump(looked.tiers, result.tier);
    for (const segment of result.segments) bump(looked.segments, segment);
    if (looked.sample.length < MOST_SAMPLED) looked.sample.push(item);
    ranked.push({ id: item.id, score: result.score, item });
    if (ranked.length >= 50 * BEST) ranked = ranked.sort(byRank).slice(0, BEST);
  }
  looked.best = ranked
    .sort(byRank)
    .slice(0, BEST)
    .map(({ item }) => item);
  return looked;
}

function bestOf(explainer: Explainer, items: readonly AccountItem[]): Promise<BestAccount[]> {
  return Promise.all(items.map((item) => bestAccount(explainer, item)));
}

async function bestAccount(explainer: Explainer, item: AccountItem): Promise<BestAccount> {
  const { show, tier, score, low, high } = item.result!;
  const name = show.name ?? show.domain ?? item.id;
  return {
    id: item.id,
    name,
    domain: show.domain,
    country: show.country,
    tier,
    score,
    low,
    high,
    reasons: await reasonsFor(explainer, item),
    suppressed: item.result!.suppressed !== undefined,
  };
}

/** No reasons where the stored score cannot be explained any more; `bullseye explain` says why. A report never fails a run that is done. */
async function reasonsFor(explainer: Explainer, item: AccountItem): Promise<BestAccount["reasons"]> {
  try {
    return reasonsOf(await explainer.explain(item));
  } catch (error) {
    if (isKnownError(error)) return [];
    throw error;
  }
}

async function coverageOf(explainer: Explainer, sample: readonly AccountItem[]): Promise<Coverage[]> {
  const coverage = ASKED.map(
    ([group, , label]): Coverage => ({ group, label, lists: 0, reference: 0, derived: 0, estimated: 0 }),
  );
  for (const item of sample) {
    const attributes = await explainer.attributes(item);
    for (let at = 0; at < ASKED.length; at++) {
      const cell = attributes[ASKED[at]![1]];
      if (cell === undefined || cell.value === "unknown") continue;
      const known = coverage[at]!;
      if (cell.source.startsWith("reference:")) known.reference++;
      else if (cell.method === "prior") known.estimated++;
      else if (cell.method === "derived" || cell.method === "llm") known.derived++;
      else known.lists++;
    }
  }
  return coverage;
}

async function cellProblemsOf(ports: Ports, runId: string): Promise<RunReportData["cellProblems"]> {
  const key = runKey(runId, "cell-problems.json");
  if ((await ports.objects.size(key)) === null) return [];
  return Object.entries(await readJson<Record<string, number>>(ports, key))
    .map(([what, n]) => {
      const bar = what.lastIndexOf("|");
      return { what: `${what.slice(0, bar)}: ${words(what.slice(bar + 1))}`, n };
    })
    .sort((a, b) => b.n - a.n || (a.what < b.what ? -1 : 1))
    .slice(0, MOST_CELL_PROBLEMS);
}

/** Tiers best first as the profile has them, then those that every profile has. */
export function tierOrder({ profile }: Configuration): string[] {
  return [...profile.tiers.map((tier) => tier.id), "unknown", "X"];
}

function named(configuration: Configuration, counts: readonly AudienceCounts[]): RunReportData["audiences"] {
  const names = new Map(configuration.audiences.all.map((audience) => [audience.id, audience.name]));
  return counts.map((each) => ({ ...each, name: names.get(each.id) ?? each.id }));
}

/** Gathers what the report of a run shows from the stores; the run must have ended. */
export async function collectRunReport(ports: Ports, run: RunRecord): Promise<RunReportData> {
  const configuration = await configurationOf(ports, run.input.configSha);
  const list = run.list === null ? null : await ports.runs.list(run.list);
  const { list: id, version, type } = run;
  const inList = type === "list" && id !== null && version !== null;
  let scope: RunReportData["scope"] = inList ? "list" : "all";
  let looked = await look(ports, inList ? (item) => isOf(item, id, version) : () => true);
  if (inList && looked.accounts === 0) {
    scope = "all";
    looked = await look(ports, () => true);
  }
  const counted = scope === "list" ? run.tiers : undefined;
  const tiers = counted && Object.keys(counted).length > 0 ? new Map(Object.entries(counted)) : looked.tiers;
  const segments = counted && Object.keys(counted).length > 0 ? new Map(Object.entries(run.segments ?? {})) : looked.segments;
  const order = tierOrder(configuration);
  const segmentNames = new Map(configuration.audiences.segments.all.map((segment) => [segment.id, segment.name]));
  const explainer = run.status === "done" && looked.accounts > 0 ? await openExplainer(ports) : null;
  return {
    run,
    file: run.input.key === null ? null : run.input.key.slice(run.input.key.lastIndexOf("/") + 1),
    origin: type === "list" ? (list?.source.origin ?? null) : null,
    mode: type === "list" ? (list?.mode ?? null) : null,
    scope,
    accounts: [...tiers.values()].reduce((sum, n) => sum + n, 0),
    tiers: [...tiers].map(([tier, n]) => ({ id: tier, n })).sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)),
    segments: [...segments]
      .map(([segment, n]) => ({ id: segment, name: segmentNames.get(segment) ?? segment, n }))
      .sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1)),
    rejects: run.rejects ? await rejectGroups(ports, run.rejects) : [],
    cellProblems: await cellProblemsOf(ports, run.runId),
    best: explainer ? await bestOf(explainer, looked.best) : [],
    coverage: explainer ? await coverageOf(explainer, looked.sample) : [],
    sample: explainer ? looked.sample.length : 0,
    looked: looked.more ? MOST_LOOKED_AT : null,
    matching: run.names ? await currentMatching(ports) : null,
    audiences: named(configuration, run.audiences ?? []),
    usage: await usageOfRun(ports, run),
  };
}
