import { clusterUnits } from "./cluster.ts";
import type { JoinablePair } from "./similar-pairs.ts";

/** What {@link joinPairs} asks of two units; both symmetric. */
export interface JoinRules {
  /** Never one company, whatever speaks for it: another registration number, or somebody said so. */
  apart(a: number, b: number): boolean;
  /** Whether two units could be one company at all: no chain joins companies that could not, nor places of which most could not. */
  fits(a: number, b: number): boolean;
  /** Two houses. */
  otherDoor(a: number, b: number): boolean;
  level: "company" | "site";
}

/**
 * [design] Share of the pairs of members that must fit for two clusters to be one: of names each says the same thing, all; of places one row
 * leaves out the address, another the agency, and two such rows have little in common.
 */
const FITTING = { company: 1, site: 0.6 } as const;
/**
 * [design] What fits two different companies joins the better one only when it fits so much better: by confidence, or where both are sure by
 * log odds.
 */
const CLEAR_LEAD = { confidence: 0.15, odds: 2.5 } as const;
/** [design] Partners of one unit among which rivals are looked for. */
const MOST_PARTNERS = 64;

/**
 * Joins units (records, or companies of several records) by pairs of them, each pair given once: from the surest down, without chains of weak
 * links, never what is apart; a unit that could as well be another company stays by itself. Returns the cluster of each unit: the number of its
 * first member. A function of the set of pairs and of how the units are numbered.
 */
export function joinPairs(units: number, pairs: readonly JoinablePair[], { apart, fits, otherDoor, level }: JoinRules): number[] {
  const joining = pairs.filter(({ verdict, a, b }) => verdict === "same" && !apart(a, b));
  const doubtful = doubtfulOf(joining, { apart, fits, otherDoor, level });
  return clusterUnits(
    units,
    joining.filter((_, at) => !doubtful.has(at)).map(({ a, b, odds }) => ({ a, b, strength: odds })),
    { apart, fits, share: FITTING[level] },
  );
}

/** The pairs, by number, of a unit that fits two different companies about as well. */
function doubtfulOf(pairs: readonly JoinablePair[], { apart, fits, otherDoor, level }: JoinRules): Set<number> {
  const partners = new Map<number, number[]>();
  for (const [at, { a, b }] of pairs.entries())
    for (const unit of [a, b]) {
      const known = partners.get(unit);
      if (known) known.push(at);
      else partners.set(unit, [at]);
    }
  const doubtful = new Set<number>();
  const other = (pair: JoinablePair, unit: number): number => (pair.a === unit ? pair.b : pair.a);
  const isShort = ({ contained, a, b }: JoinablePair, unit: number): boolean =>
    contained !== null && (contained === "a" ? a : b) === unit;
  for (const [unit, own] of partners) {
    if (own.length < 2 || own.length > MOST_PARTNERS) continue;
    own.sort((p, q) => pairs[q]!.odds - pairs[p]!.odds || pairs[p]!.a - pairs[q]!.a || pairs[p]!.b - pairs[q]!.b);
    for (let i = 0; i < own.length; i++) {
      for (let j = i + 1; j < own.length; j++) {
        const first = pairs[own[i]!]!;
        const second = pairs[own[j]!]!;
        const y = other(first, unit);
        const z = other(second, unit);
        const nothingElse = level === "site" && first.basis !== "nameAndPlace" && second.basis !== "nameAndPlace";
        const homeless = level === "site" && first.door === null && second.door === null;
        const either = nothingElse || (isShort(first, unit) && isShort(second, unit));
        if (!apart(y, z) && !((either || (homeless && otherDoor(y, z))) && !fits(y, z))) continue;
        doubtful.add(own[j]!);
        if (first.confidence - second.confidence < CLEAR_LEAD.confidence && first.odds - second.odds < CLEAR_LEAD.odds)
          doubtful.add(own[i]!);
      }
    }
  }
  return doubtful;
}
