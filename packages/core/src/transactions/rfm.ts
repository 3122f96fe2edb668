/** The 20, 40, 60 and 80 % quantiles of a base. */
export type Cuts = readonly [p20: number, p40: number, p60: number, p80: number];

export type Quintile = 1 | 2 | 3 | 4 | 5;
export type RfmSegment = "champions" | "loyal" | "potential" | "new" | "at_risk" | "hibernating" | "lost";

/**
 * The fifth of the base in which a value lies, 1 lowest. Monotone. A value on one cut belongs below it; on several equal cuts (many
 * accounts alike) in the middle of the fifths that they share, so that a base without spread is all 3.
 */
export function quintileOf(value: number, cuts: Cuts): Quintile {
  let below = 0;
  let upTo = 0;
  for (const cut of cuts) {
    if (cut < value) below++;
    if (cut <= value) upTo++;
  }
  return (1 + Math.floor((below + upTo) / 2)) as Quintile;
}

/**
 * The segment of the three fifths (5 = most recent, most frequent, most money), first rule that holds, total over the 125 cells [design]:
 *
 * | recency | (frequency + money) / 2 | segment |
 * |---|---|---|
 * | 4-5 | 4-5 | champions |
 * | 4-5 | frequency 1, below 3 | new |
 * | 3-5 | 3-5 | loyal |
 * | 3-5 | below 3 | potential |
 * | 1-2 | 3-5 | at_risk |
 * | 2 | below 3 | hibernating |
 * | 1 | 2-2.5 | hibernating |
 * | 1 | below 2 | lost |
 */
export function rfmSegment(recency: Quintile, frequency: Quintile, monetary: Quintile): RfmSegment {
  const worth = (frequency + monetary) / 2;
  if (recency >= 4 && worth >= 4) return "champions";
  if (recency >= 4 && frequency === 1 && worth < 3) return "new";
  if (recency >= 3) return worth >= 3 ? "loyal" : "potential";
  if (worth >= 3) return "at_risk";
  return recency === 2 || worth >= 2 ? "hibernating" : "lost";
}
