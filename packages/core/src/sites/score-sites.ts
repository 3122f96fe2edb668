import type { Attributes, Day } from "../account/attribute.ts";
import type { Groups, SiteScore, SiteScores } from "../account/item.ts";
import type { ListOrigin } from "../account/merge.ts";
import { atLevel } from "../families/level.ts";
import type { Profile } from "../icp/compile.ts";
import { TIER_DISQUALIFIED, TIER_UNKNOWN } from "../icp/profile.ts";
import { type BulkScore, scoreFast } from "../icp/score.ts";
import type { Digest } from "../ports.ts";
import { siteAttributes } from "./site-values.ts";
import { mayHaveSites, type Site, sitesOf } from "./sites.ts";

/** A site with what it was scored by. */
export interface JudgedSite extends Site {
  attributes: Attributes;
  score: BulkScore;
}

/** An account as the level of the profile has it judged. */
export interface Judged {
  score: BulkScore;
  /** What the score was made of. */
  attributes: Attributes;
  /** The sites, the best first: the account's score is the first one's. None but at the level of sites, for an account with several. */
  sites: readonly JudgedSite[];
}

/** What judging needs besides the profile and the account. */
export interface JudgeContext {
  origins: ReadonlyMap<string, ListOrigin>;
  asOf: Day;
  digest: Digest;
}

/** The best tier first, those without a score behind, the disqualified last; then by score, then by id. */
function bestFirst(profile: Profile, sites: readonly JudgedSite[]): JudgedSite[] {
  const order = [...profile.tiers.map(({ id }) => id), TIER_UNKNOWN, TIER_DISQUALIFIED];
  const rank = new Map(order.map((tier, at) => [tier, at]));
  return [...sites].sort(
    (a, b) =>
      rank.get(a.score.tier)! - rank.get(b.score.tier)! ||
      (b.score.score ?? -1) - (a.score.score ?? -1) ||
      (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
}

/**
 * Scores an account at the level of its profile. At the level of sites each site is scored, and the account has the score of its best one;
 * an account that has one place or none is scored as at the level of companies. `attributes`: its view.
 */
export function judge(
  profile: Profile,
  account: { id: string; groups: Groups; attributes: Attributes },
  { origins, asOf, digest }: JudgeContext,
): Judged {
  const sites = profile.level === "site" && mayHaveSites(account.groups) ? sitesOf(account, digest) : [];
  if (sites.length > 1) {
    const seen = siteAttributes(sites, account.groups, account.attributes, origins);
    const judged = sites.map((site, at) => ({
      ...site,
      attributes: seen[at]!,
      score: scoreFast(profile, seen[at]!, asOf),
    }));
    const ranked = bestFirst(profile, judged);
    return { score: ranked[0]!.score, attributes: ranked[0]!.attributes, sites: ranked };
  }
  const attributes = atLevel(profile.level, account.attributes);
  return { score: scoreFast(profile, attributes, asOf), attributes, sites: [] };
}

/** What is stored of the sites of an account: all of them counted, the best kept, as many as the profile says. Undefined without any. */
export function storedSites(profile: Profile, sites: readonly JudgedSite[]): SiteScores | undefined {
  if (sites.length === 0) return undefined;
  const best = sites
    .slice(0, profile.keptSites)
    .map(({ id, score: { score, low, high, tier } }): SiteScore => [id, score, low, high, tier]);
  return { n: sites.length, best };
}
