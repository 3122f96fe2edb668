import type { Attributes, AttributeValue, Cell, Day } from "../account/attribute.ts";
import type { AccountItem } from "../account/item.ts";
import { type ViewContext, viewAttributes } from "../account/view.ts";
import type { BasePins } from "../base/base.ts";
import { BugError, InputError, NotFoundError } from "../errors.ts";
import { PARENT, ULTIMATE } from "../families/kin.ts";
import { atLevel } from "../families/level.ts";
import type { Profile } from "../icp/compile.ts";
import { counterfactuals } from "../icp/counterfactuals.ts";
import { type Contribution, type ScoreResult, scoreAccount } from "../icp/score.ts";
import { configurationOf } from "../operations/configuration.ts";
import { currentFamilies, FamilyReader } from "../operations/families.ts";
import { readJson } from "../operations/run-context.ts";
import type { CurrentBase } from "../operations/summarise-base/summarise-base.ts";
import { suppressionWords } from "../operations/suppression.ts";
import type { Ports } from "../ports.ts";
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

/** Why an account has its score. The points of `contributions` add up to `score`, or, where it is null, to the estimate withheld. */
export interface Explanation {
  account: string;
  name: string | null;
  domain: string | null;
  icp: string;
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
  attributes: Attributes;
  /** The day on which the account was judged last. */
  asOf: Day;
}

/** What a stored account was scored with: its attributes can be rebuilt from it. */
export interface Explainer {
  profile: Profile;
  /** The attributes of a stored account as they were when it was scored. */
  attributes(item: AccountItem): Promise<Attributes>;
  /** NotFoundError where it has not been scored; BugError when its attributes do not give the stored score. */
  rescore(item: AccountItem): Promise<Rescored>;
  explain(item: AccountItem): Promise<Explanation>;
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
    rescored(item, await attributes(item), profile, current, unfinished);
  return { profile, attributes, rescore: again, explain: async (item) => explanation(item, await again(item), profile) };
}

function rescored(
  item: AccountItem,
  attributes: Attributes,
  profile: Profile,
  current: CurrentBase,
  unfinished: boolean,
): Rescored {
  const { result, id } = item;
  if (!result)
    throw new NotFoundError(`the account ${id} has not been scored yet`, { hint: "bullseye refresh scores all accounts" });
  const asOf = judgedOn(result, current);
  const scored = scoreAccount(profile, atLevel(profile.level, attributes), asOf);
  if (scored.score !== result.score || scored.low !== result.low || scored.high !== result.high || scored.tier !== result.tier) {
    const what = `${id} explains to ${words(scored)} and was stored as ${words(result)}`;
    if (unfinished)
      throw new InputError(`${what}, while a run was unfinished`, { hint: "bullseye refresh scores all accounts anew" });
    throw new BugError(`the explanation of ${what}`, { hint: "bullseye refresh scores all accounts anew; please report this" });
  }
  return { scored, attributes, asOf };
}

function explanation(item: AccountItem, { scored, attributes, asOf }: Rescored, profile: Profile): Explanation {
  const result = item.result!;
  return {
    account: item.id,
    name: result.show.name,
    domain: result.show.domain,
    icp: profile.id,
    asOf,
    score: scored.score,
    low: scored.low,
    high: scored.high,
    tier: scored.tier,
    disqualified: scored.disqualified,
    override: scored.override,
    coverage: scored.coverage,
    contributions: scored.contributions,
    counterfactuals: counterfactuals(profile, atLevel(profile.level, attributes), asOf).map(({ change, tier }) => ({
      change,
      tier,
    })),
    segments: result.segments,
    audiences: result.audiences,
    blocked: result.blocked ?? [],
    suppressed: result.suppressed === undefined ? null : suppressionWords(result.suppressed, result.suppressedAs),
    needs: findings(attributes, "needs."),
    decision: findings(attributes, "decision."),
    family: ["family.", PARENT, ULTIMATE].flatMap((prefix) => findings(attributes, prefix)),
  };
}

const words = ({ score, low, high, tier }: { score: number | null; low: number; high: number; tier: string }): string =>
  `${score ?? "no score"} (${low} to ${high}, tier ${tier})`;

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
