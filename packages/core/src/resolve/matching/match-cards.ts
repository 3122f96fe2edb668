import { RANK } from "../../account/item.ts";
import type { Digest } from "../../ports.ts";
import { clusterUnits, type Edge } from "../fuzzy/cluster.ts";
import type { FuzzyOptions } from "../fuzzy/options.ts";
import { type SimilarPair, similarPairs } from "../fuzzy/similar-pairs.ts";
import { compareHomes } from "../order.ts";
import { type Card, MOST_NAMES } from "./card.ts";

/** Two companies whose names are alike, the lower home first. */
export interface CardPair {
  low: Card;
  high: Card;
  confidence: number;
  reasons: string[];
}

/** Who is who by name. */
export interface CardMatches {
  /** From the lower home to the one that stands for both. */
  joined: CardPair[];
  /** Pairs that stay two until somebody decides, most confident first. */
  review: CardPair[];
}

/** What persons decided, by home id. */
export interface Decided {
  alone: ReadonlySet<string>;
  /** `low<tab>high` */
  different: ReadonlySet<string>;
}

/** Whether nothing but a name, a page or a customer id of its own is known of a company: only such ones join others by name. */
export const isWeak = (card: Card): boolean => card.rank < RANK.domain;

/** [design] A company that fits two others that are not one joins the better one only when it fits so much better. */
const CLEAR_LEAD = 0.15;

/**
 * Which companies are one by name and place, as a function of the set of cards (of {@link keyCards}) and decisions alone. Of each pair at least one side is weak;
 * no chains: all that join fit each other, so that at most one of them has a domain or a registration number.
 */
export function matchCards(cards: Iterable<Card>, decided: Decided, options: FuzzyOptions, digest: Digest): CardMatches {
  const units = [...cards]
    .filter(({ names }) => names.length > 0)
    .map((card) => ({ ...card, names: card.names.slice(0, MOST_NAMES) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (!units.some(isWeak)) return { joined: [], review: [] };
  const unitOfHome = new Map<string, number>();
  for (const [at, unit] of units.entries()) for (const home of [unit.id, ...unit.homes]) unitOfHome.set(home, at);
  const different = new Set<string>();
  for (const pair of decided.different) {
    const [a, b] = pair.split("\t").map((home) => unitOfHome.get(home));
    if (a !== undefined && b !== undefined && a !== b) different.add(a < b ? `${a} ${b}` : `${b} ${a}`);
  }
  const records = units.flatMap((unit, at) => unit.names.map(({ record }) => ({ at, record })));
  const found = similarPairs(
    records.map(({ at, record }) => ({ ...record, group: String(at) })),
    { isProbe: (index) => isWeak(units[records[index]!.at]!), options, vocabulary: "background" },
  );
  const pairs = new Map<string, SimilarPair & { reasons: string[] }>();
  for (const pair of found.pairs) {
    const x = records[pair.a]!.at;
    const y = records[pair.b]!.at;
    const [a, b] = x < y ? [x, y] : [y, x];
    const known = pairs.get(`${a} ${b}`);
    if (a === b || different.has(`${a} ${b}`) || disagree(units[a]!, units[b]!)) continue;
    if (!known || known.confidence < pair.confidence)
      pairs.set(`${a} ${b}`, { ...pair, a, b, reasons: found.reasons(pair.a, pair.b) });
  }
  const order = (a: number, b: number): number => compareHomes(units[a]!, units[b]!, digest);
  const edges = [...pairs.values()]
    .filter(({ a, b, verdict }) => {
      const low = order(a, b) < 0 ? a : b;
      return verdict === "same" && !decided.alone.has(units[low]!.id);
    })
    .map(({ a, b, confidence }) => ({ a, b, strength: confidence }));
  const fits = (a: number, b: number): boolean => pairs.has(a < b ? `${a} ${b}` : `${b} ${a}`);
  const cluster = clusterUnits(
    units.length,
    withoutRivals(edges, (at) => isWeak(units[at]!), fits),
    { apart: (a, b) => !fits(a, b), fits, share: 1 },
  );
  const centers = new Map<number, number>();
  for (const [at, id] of cluster.entries()) {
    const center = centers.get(id);
    if (center === undefined || order(center, at) < 0) centers.set(id, at);
  }
  const joined: CardPair[] = [];
  for (const [at, id] of cluster.entries()) {
    const center = centers.get(id)!;
    if (center === at || decided.alone.has(units[at]!.id)) continue;
    const pair = pairs.get(at < center ? `${at} ${center}` : `${center} ${at}`)!;
    joined.push({ low: units[at]!, high: units[center]!, confidence: pair.confidence, reasons: pair.reasons });
  }
  const review: CardPair[] = [];
  for (const { a, b, confidence, reasons } of pairs.values()) {
    if (cluster[a] === cluster[b]) continue;
    const [low, high] = order(a, b) < 0 ? [a, b] : [b, a];
    if (!decided.alone.has(units[low]!.id)) review.push({ low: units[low]!, high: units[high]!, confidence, reasons });
  }
  review.sort(
    (x, y) =>
      y.confidence - x.confidence || (x.low.id < y.low.id ? -1 : x.low.id > y.low.id ? 1 : x.high.id < y.high.id ? -1 : 1),
  );
  return { joined, review };
}

/**
 * The companies as keys alone make them. What a similar name brought to a company stands on the cards of both; it is a company of its own
 * again, the one with fewer homes; of as many, the one that is a home itself and not only what others were brought to.
 */
export function keyCards(cards: ReadonlyMap<string, Card>): Map<string, Card> {
  const isHome = (card: Card): number => Number(card.homes.includes(card.id));
  const inOrder = [...cards.values()].sort(
    (a, b) => b.homes.length - a.homes.length || isHome(a) - isHome(b) || (a.id < b.id ? -1 : 1),
  );
  const owners = new Map<string, Card>();
  for (const card of inOrder) for (const home of card.homes) owners.set(home, card);
  const found = new Map<string, Card>();
  for (const card of inOrder) {
    const homes = card.homes.filter((home) => owners.get(home) === card);
    if (homes.length === card.homes.length) found.set(card.id, card);
    else if (homes.length > 0)
      found.set(card.id, { ...card, homes, names: card.names.filter(({ home }) => owners.get(home) === card) });
  }
  return found;
}

/** Whether two companies can be told apart: both name websites, registration numbers or countries, and share none. */
function disagree(a: Card, b: Card): boolean {
  return (["registration", "domain", "country"] as const).some((field) => {
    const values = new Set(a.names.map(({ record }) => record[field]).filter((each) => each !== undefined));
    const others = b.names.map(({ record }) => record[field]).filter((each) => each !== undefined);
    return values.size > 0 && others.length > 0 && !others.some((each) => values.has(each));
  });
}

/** Of a weak company that could as well be either of two others, no edge joins but one that is clearly better. */
function withoutRivals(
  edges: readonly Edge[],
  isWeakUnit: (unit: number) => boolean,
  fits: (a: number, b: number) => boolean,
): Edge[] {
  const byUnit = new Map<number, Edge[]>();
  for (const edge of edges) {
    for (const unit of [edge.a, edge.b]) {
      if (!isWeakUnit(unit)) continue;
      const known = byUnit.get(unit);
      if (known) known.push(edge);
      else byUnit.set(unit, [edge]);
    }
  }
  const doubtful = new Set<Edge>();
  for (const [unit, own] of byUnit) {
    own.sort((x, y) => y.strength - x.strength || x.a - y.a || x.b - y.b);
    const [best, ...others] = own;
    const partner = (edge: Edge): number => (edge.a === unit ? edge.b : edge.a);
    for (const other of others) {
      if (fits(partner(best!), partner(other))) continue;
      doubtful.add(other);
      if (best!.strength - other.strength < CLEAR_LEAD) doubtful.add(best!);
    }
  }
  return edges.filter((edge) => !doubtful.has(edge));
}
