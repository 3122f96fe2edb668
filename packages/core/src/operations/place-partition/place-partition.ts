import * as z from "zod";
import type { Attributes, AttributeValue } from "../../account/attribute.ts";
import { domainCellOf } from "../../account/domain-cell.ts";
import type { AccountResult } from "../../account/item.ts";
import type { Audience } from "../../audiences/audiences.ts";
import { type Allowed, allowedMember, fingerprintOf } from "../../audiences/member.ts";
import { keptByFamily } from "../../families/suppressed-above.ts";
import type { Suppression } from "../../ports.ts";
import { handKey } from "../batches.ts";
import { PlaceInput } from "../classify-partition/classify-partition.ts";
import { configurationOf } from "../configuration.ts";
import { sameHomes } from "../match-companies/same.ts";
import { operation } from "../operation.ts";
import { contextOf } from "../run-context.ts";
import { suppressionKeys, suppressionOf, withdrawnHere } from "../suppression.ts";
import { type AccountWork, PLACED_LINES, WORK_LINES } from "../work.ts";

/** Puts every account of a partition into its segments, and into the audiences that want it and may have it. */
export const placePartition = operation({
  id: "place-partition",
  input: PlaceInput,
  output: z.object({ placed: z.number() }),
  async run(ports, { runId, partition: { partition } }) {
    const context = await contextOf(ports, runId);
    const { audiences, policy } = await configurationOf(ports, context.configSha);
    const origins = new Map(context.origins);
    const platforms = new Map(audiences.all.map((audience) => [audience.id, audience.platform]));
    const work = await ports.batches.take(handKey(runId, "score", partition), WORK_LINES);
    const anySuppressed = (await ports.accounts.suppressionCount()) > 0;
    const except = withdrawnHere(context);
    const keys = new Map<string, string[]>();
    if (anySuppressed) {
      const same = await sameHomes(ports, runId);
      for (const each of work.works)
        keys.set(each.id, same(suppressionKeys(each.id, each.groups, each.ref, each.attributes, ports.digest)));
    }
    // Asked once for the whole partition: a question for each account would cost a way there and back each.
    const asked = [...new Set([...keys.values()].flat())].sort();
    const entries = asked.length === 0 ? new Map<string, Suppression[]>() : await ports.accounts.suppressed(asked, except);
    for (const each of work.works) {
      const score = each.score!;
      const segments = audiences.segments.place(each.attributes, score, context.asOf);
      const wanted = audiences.wants(each.attributes, { ...score, segments }, context.asOf);
      const blocked: string[] = [];
      const allowed: string[] = [];
      const members: Record<string, readonly [string, string]> = {};
      const seen = new Map<string, Allowed>();
      for (const audience of wanted) {
        const platform = platforms.get(audience)!;
        let judged = seen.get(platform);
        if (!judged) {
          judged = allowedMember(each.id, each.attributes, platform, policy, origins);
          seen.set(platform, judged);
          if (judged.member) {
            const key = ports.adConnector(platform).memberKey(judged.member);
            members[platform] = [ports.digest.id(key), fingerprintOf(judged.member, ports.digest)];
          }
        }
        if (judged.member) allowed.push(audience);
        else blocked.push(`${audience}: ${judged.denial!.rule}`);
      }
      const suppressed = suppressionOf(keys.get(each.id) ?? [], entries);
      each.result = resultOf(each, segments, allowed, blocked, suppressed, context.asOf);
      const keptOut = keptOutOf(audiences.all, each.above);
      if (keptOut) each.result.keptOut = keptOut;
      if (allowed.length > 0) each.result.members = members;
    }
    await ports.batches.hand(handKey(runId, "place", partition), work, PLACED_LINES);
    return { placed: work.works.length };
  },
});

/** Why companies above an account keep it out, by audience; undefined where none does. */
function keptOutOf(audiences: readonly Audience[], above: AccountWork["above"]): AccountResult["keptOut"] {
  if (!above) return undefined;
  const kept = audiences.flatMap((audience): Array<[string, string]> => {
    const why = keptByFamily(audience, above);
    return why === null ? [] : [[audience.id, why]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function resultOf(
  work: AccountWork,
  segments: readonly string[],
  audiences: string[],
  blocked: string[],
  suppressed: ReturnType<typeof suppressionOf>,
  asOf: string,
): AccountResult {
  const score = work.score!;
  const result: AccountResult = {
    score: score.score,
    low: score.low,
    high: score.high,
    tier: score.tier,
    segments: [...segments],
    audiences,
    show: shown(work.attributes),
    asOf,
  };
  if (work.sites) result.sites = work.sites;
  if (score.disqualified) result.out = score.disqualified.rule;
  if (blocked.length > 0) result.blocked = blocked;
  if (suppressed !== null) {
    result.suppressed = suppressed.reason;
    result.suppressedAs = suppressed.classes;
  }
  return result;
}

function domainOf(attributes: Attributes): string | null {
  const domain = domainCellOf(attributes)?.value;
  return typeof domain === "string" ? domain : null;
}

function shown(attributes: Attributes): AccountResult["show"] {
  const text = (name: string): string | null => {
    const value = attributes[name]?.value;
    return typeof value === "string" ? value : null;
  };
  const quantity = (name: string): number | readonly [number | null, number | null] | null => {
    const value: AttributeValue | undefined = attributes[name]?.value;
    return typeof value === "number" || Array.isArray(value) ? (value as number) : null;
  };
  const show: AccountResult["show"] = {
    name: text("name"),
    domain: domainOf(attributes),
    country: text("country"),
    industry: text("industry"),
    employees: quantity("employees"),
    revenue: quantity("revenue"),
  };
  if (attributes["family.level"]?.value === "child") show.parent = [text("parent.id"), text("parent.name")];
  const orders = attributes["transactions.orders"]?.value;
  if (typeof orders === "number") {
    const revenue = attributes["transactions.revenue"]?.value;
    show.tx = [
      orders,
      typeof revenue === "number" ? revenue : 0,
      text("transactions.currency"),
      text("transactions.lastOrderAt"),
    ];
  }
  return show;
}
