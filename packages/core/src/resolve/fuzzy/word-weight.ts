import { ROLE_WEIGHT } from "./options.ts";
import { BACKGROUND_COUNTS, BACKGROUND_NAMES } from "./word-counts.ts";

/** What a word is in a name: the fewer companies share a word, the more it says. */
export type WordRole = keyof typeof ROLE_WEIGHT;

/** Natural-log rarity that weighs 1: a word of one name in eight thousand. */
const FULL_RARITY = 9;
/** Names in the background that make a word one that is meant, and no slip of another [design]. */
const KNOWN = 4;
/** What the background is taken to hold of a word that it does not list. */
const UNLISTED = 0.7;

/** What a word tells, 1 where hardly any name has it and near 0 for `Group`; `count` of the `names` of a file have it. */
export function wordWeight(stem: string, role: WordRole, count = 1, names = 0): number {
  const share = ((BACKGROUND_COUNTS.get(stem) ?? UNLISTED) + count) / (BACKGROUND_NAMES + names);
  const { factor, most } = ROLE_WEIGHT[role];
  return Math.min(most, (factor * Math.max(0, -Math.log(share))) / FULL_RARITY);
}

/** Whether several names of the background have the word. */
export function knownInBackground(stem: string): boolean {
  return (BACKGROUND_COUNTS.get(stem) ?? 0) >= KNOWN;
}
