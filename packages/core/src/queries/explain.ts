import type { Attributes, AttributeValue, Cell, Day } from "../account/attribute.ts";
import type { AccountItem, SiteScores } from "../account/item.ts";
import { type ViewContext, viewAttributes } from "../account/view.ts";
import type { BasePins } from "../base/base.ts";
import { BugError, InputError, NotFoundError } from "../errors.ts";
import { PARENT, ULTIMATE } from "../families/kin.ts";
import { keptWords } from "../families/suppressed-above.ts";
import type { Profile } from "../icp/compile.ts";
import { counterfactuals } from "../icp/counterfactuals.ts";
import { type Contribution, type ScoreResult, scoreAccount } from "../icp/score.ts";
import { configurationOf } from "../operations/configuration.ts";
import { currentFamilies, FamilyReader } from "../operations/families.ts";
import { readJson } from "../operations/run-context.ts";
import type { CurrentBase } from "../operations/summarise-base/summarise-base.ts";
import { suppressionWords } from "../operations/suppression.ts";
import type { Digest, Ports } from "../ports.ts";
import { type JudgedSite, judge, storedSites } from "../sites/score-sites.ts";
import { recordsOfSite, type SitePlace, type SiteRecord } from "../sites/sites.ts";
import { currentScoring, judgedOn } from "./current-scoring.ts";

/** Something found out about an account, with what decided it. */
export interface Finding {
  attribute: string;
  value: AttributeValue;
  confidence: number;
  method: Cell["method"];
  source: string;
  evidence: readonly string[];
}

/** The score of one site of an account. */
export interface SiteStanding {
  id: string;
  place: SitePlace;
  score: number | null;
  low: number;
  high: number;
  tier: string;
}

/** Why an account has its score. The points of `contributions` add up to `score`, or, where it is null, to the estimate withheld. */
export interface Explanation {
  account: string;
  name: string | null;
  domain: string | null;
  icp: string;
  /** The site that score and reasons are those of: at the level of sites, for an account with several. Its rows by list and row. */
  site: { id: string; place: SitePlace; records: SiteRecord[] } | null;
  /** All sites that were scored, the best first; the account's own score is the first one's. */
  sites: SiteStanding[];
  asOf: Day;
  score: number | null;
  low: number;
  high: number;
  tier: string;
  disqualified: { rule: string; reason: string } | null;
  override: { rule: string; reason: string } | null;
  /** Share of the score's spread that is known, 0..1. */
  coverage: number;
  contributions: Contribution[];
  counterfactuals: Array<{ change: string; tier: string }>;
  segments: readonly string[];
  audiences: readonly string[];
  blocked: readonly string[];
  suppressed: string | null;
  needs: Finding[];
  decision: Finding[];
  /** Where the company stands in its family, and what is known of its parent and of the company at the top. */
  family: Finding[];
}

/** A stored score made again from the account's evidence, with what it was made of. */
export interface Rescored {
  scored: ScoreResult;
  /** Of the account. */
  attributes: Attributes;
  /** What was scored: the account's, those at the level of the profile, or those of {@link site}. */
  judged: Attributes;
  /** The site that the score is of; null where sites were not scored. */
  site: JudgedSite | null;
  /** All sites that were scored, the best first. */
  sites: readonly JudgedSite[];
  /** The day on which the account was judged last. */
  asOf: Day;
}

/** What a stored account was scored with: its attributes can be rebuilt from it. */
export interface Explainer {
  profile: Profile;
  /** Of the lists, by id. */
  origins: ViewContext["origins"];
  /** The attributes of a stored account as they were when it was scored. */
  attributes(item: AccountItem): Promise<Attributes>;
  /** NotFoundError where it has not been scored; BugError when its attributes do not give the stored score. */
  rescore(item: AccountItem): Promise<Rescored>;
  /** `site`: the id of a site or its beginning; NotFoundError where there is none. The account's own score without. */
  explain(item: AccountItem, site?: string): Promise<Explanation>;
}

/** Opens what the stored accounts were scored with. NotFoundError before the first run; `icp`, where given, must be the profile's id. */
export async function openExplainer(ports: Ports, icp?: string): Promise<Explainer> {
  const current = await currentScoring(ports);
  if (current === null)
    throw new NotFoundError("nothing has been scored here yet", { hint: "bullseye run FILE imports and scores a list" });
  const { profile } = await configurationOf(ports, current.configSha);
  if (icp !== undefined && icp !== profile.id)
    throw new NotFoundError(`no account was scored by a profile "${icp}"`, { hint: `they were scored by "${profile.id}"` });
  const base = await readJson<BasePins>(ports, `base/${current.version}.json`);
  const origins: ViewContext["origins"] = new Map(
    (await ports.runs.lists()).map((list) => [list.id, { origin: list.source.origin, reference: list.kind === "reference" }]),
  );
  const unfinished = (await ports.runs.runs()).some((run) => run.status !== "done");
  const families = new FamilyReader(ports, await currentFamilies(ports));
  const attributes = async (item: AccountItem): Promise<Attributes> => {
    const asOf = item.result ? judgedOn(item.result, current) : current.asOf;
    return viewAttributes(item, { origins, base, asOf }, await families.of(item.id));
  };
  const again = async (item: AccountItem): Promise<Rescored> =>
    rescored(item, await attributes(item), { profile, current, unfinished, origins, digest: ports.digest });
  const explain: Explainer["explain"] = async (item, site) => {
    const account = await again(item);
    return explanation(item, site === undefined ? account : atSite(account, siteNamed(item, account, site), profile), profile);
  };
  return { profile, origins, attributes, rescore: again, explain };
}

/** What a stored score was made with. */
interface Scoring {
  profile: Profile;
  current: CurrentBase;
  unfinished: boolean;
  origins: ViewContext["origins"];
  digest: Digest;
}

function rescored(item: AccountItem, attributes: Attributes, scoring: Scoring): Rescored {
  const { result, id } = item;
  const { profile, current, unfinished } = scoring;
  if (!result)
    throw new NotFoundError(`the account ${id} has not been scored yet`, { hint: "bullseye refresh scores all accounts" });
  const asOf = judgedOn(result, current);
  const { attributes: judged, sites } = judge(profile, { ...item, attributes }, { ...scoring, asOf });
  const scored = scoreAccount(profile, judged, asOf);
  const again = storedSites(profile, sites);
  const same =
    scored.score === result.score && scored.low === result.low && scored.high === result.high && scored.tier === result.tier;
  if (!same || JSON.stringify(again) !== JSON.stringify(result.sites)) {
    const what = `${id} explains to ${words(scored, again)} and was stored as ${words(result, result.sites)}`;
    if (unfinished)
      throw new InputError(`${what}, while a run was unfinished`, { hint: "bullseye refresh scores all accounts anew" });
    throw new BugError(`the explanation of ${what}`, { hint: "bullseye refresh scores all accounts anew; please report this" });
  }
  return { scored, attributes, judged, site: sites[0] ?? null, sites, asOf };
}

/** The same account as one of its sites has it. */
export function atSite(account: Rescored, site: JudgedSite, profile: Profile): Rescored {
  return { ...account, scored: scoreAccount(profile, site.attributes, account.asOf), judged: site.attributes, site };
}

function siteNamed({ id }: AccountItem, { sites }: Rescored, name: string): JudgedSite {
  const found = sites.filter((site) => site.id.startsWith(name));
  if (found.length === 1) return found[0]!;
  if (sites.length === 0)
    throw new NotFoundError(`no site of ${id} was scored`, {
      hint: "sites are scored where the profile says level: site, for accounts with several places",
    });
  throw new NotFoundError(
    `${found.length === 0 ? `no site of ${id} begins` : `${found.length} sites of ${id} begin`} with "${name}"`,
    {
      hint: `bullseye explain ${id} --json names all ${sites.length}`,
    },
  );
}

function explanation(item: AccountItem, rescoredAs: Rescored, profile: Profile): Explanation {
  const { scored, attributes, judged, site, sites, asOf } = rescoredAs;
  const result = item.result!;
  return {
    account: item.id,
    name: result.show.name,
    domain: result.show.domain,
    icp: profile.id,
    site: site && { id: site.id, place: site.place, records: recordsOfSite(site) },
    sites: sites.map(({ id, place, score: { score, low, high, tier } }) => ({ id, place, score, low, high, tier })),
    asOf,
    score: scored.score,
    low: scored.low,
    high: scored.high,
    tier: scored.tier,
    disqualified: scored.disqualified,
    override: scored.override,
    coverage: scored.coverage,
    contributions: scored.contributions,
    counterfactuals: counterfactuals(profile, judged, asOf).map(({ change, tier }) => ({
      change,
      tier,
    })),
    segments: result.segments,
    audiences: result.audiences,
    blocked: [
      ...(result.blocked ?? []),
      ...result.audiences.flatMap((audience) =>
        result.keptOut?.[audience] === undefined ? [] : [`${audience}: ${keptWords(result.keptOut[audience])}`],
      ),
    ],
    suppressed: result.suppressed === undefined ? null : suppressionWords(result.suppressed, result.suppressedAs),
    needs: findings(attributes, "needs."),
    decision: findings(attributes, "decision."),
    family: ["family.", PARENT, ULTIMATE].flatMap((prefix) => findings(attributes, prefix)),
  };
}

type Standing = { score: number | null; low: number; high: number; tier: string };

const words = ({ score, low, high, tier }: Standing, sites: SiteScores | undefined): string =>
  `${score ?? "no score"} (${low} to ${high}, tier ${tier}${sites ? `, the best of ${sites.n} sites, ${sites.best[0]![0]}` : ""})`;

/** What a group of classifiers found out, by name; the scores behind a level are left out because the level's evidence tells them. */
export function findings(attributes: Attributes, prefix: string): Finding[] {
  return Object.keys(attributes)
    .filter((name) => name.startsWith(prefix) && !name.endsWith(".score") && attributes[name] !== undefined)
    .sort()
    .map((attribute) => {
      const { value, confidence, method, source, evidence } = attributes[attribute]!;
      return { attribute, value, confidence, method, source, evidence: evidence ?? [] };
    });
}
