import type { Contribution } from "../icp/score.ts";
import type { BestAccount } from "./run-report-data.ts";
import { valueWords, words } from "./wording.ts";

/** Reasons given for an account, and how many of one dimension before others speak [design]. */
const REASONS = 3;
const SAME_DIMENSION = 2;

/** What a contribution of the account rests on, in words. */
export function reasonWords(each: Contribution): BestAccount["reasons"][number] {
  const unit = each.attribute.endsWith("Usd") && each.value !== null ? " USD" : "";
  return { what: words(each.rule), value: `${valueWords(each.value)}${unit}`, points: each.points };
}

/**
 * The contributions that earned most, largest first, in words: at most two of one dimension as long as others speak. Estimates of what is
 * not known are no reasons.
 */
export function reasonsOf({ contributions }: { contributions: readonly Contribution[] }, most = REASONS): BestAccount["reasons"] {
  const earned = contributions
    .filter((each) => each.points > 0 && each.origin !== "unknown")
    .sort((a, b) => b.points - a.points || (a.rule < b.rule ? -1 : 1));
  const first: Contribution[] = [];
  const rest: Contribution[] = [];
  for (const each of earned) {
    const same = first.filter(({ dimension }) => dimension === each.dimension).length;
    (same < SAME_DIMENSION ? first : rest).push(each);
  }
  return [...first, ...rest]
    .slice(0, most)
    .sort((a, b) => b.points - a.points)
    .map(reasonWords);
}
