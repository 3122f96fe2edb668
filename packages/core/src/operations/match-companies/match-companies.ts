import * as z from "zod";
import type { Ports } from "../../ports.ts";
import { dissimilarLine, type Relation, similarLine } from "../../resolve/lines.ts";
import { type Card, readCards } from "../../resolve/matching/card.ts";
import { type CardPair, matchCards } from "../../resolve/matching/match-cards.ts";
import { configurationOf } from "../configuration.ts";
import { matchedKey } from "../open-round/open-round.ts";
import { operation } from "../operation.ts";
import { contextOf, type RunContext, workKey, writeJson } from "../run-context.ts";
import { ShuffleWriter } from "../shuffle.ts";
import { addCards, cardsOf, cardsOfStore, newCards, writeCards } from "./cards.ts";
import { type Decision, decisionsAfter } from "./decisions.ts";
import {
  currentMatching,
  edgesInStore,
  type Matching,
  matchingKey,
  NOTHING_MATCHED,
  noteAttempt,
  type ReviewPair,
  type SimilarEdge,
} from "./state.ts";

/** Pairs that are kept for people to look at, most confident first [design]. */
const MOST_REVIEWS = 1_000;

/**
 * Compares the names of companies that keys left apart, once keys have moved all they can: what is one by name joins by a voucher of its own,
 * in another round; what may be one waits for a person. A function of what stands, not of how it came.
 */
export const matchCompanies = operation({
  id: "match-companies",
  input: z.object({ runId: z.string(), round: z.number() }),
  output: z.object({ joined: z.number(), review: z.number() }),
  async run(ports, { runId, round }) {
    const context = await contextOf(ports, runId);
    const before = await currentMatching(ports);
    const fresh = `${before === null && !context.emptyStore ? await cardsOfStore(ports) : ""}${await newCards(ports, runId)}`;
    const next = await compared(ports, context, before, fresh);
    const wanted = new Map(next.edges.map((edge): [string, SimilarEdge] => [edge.join("\t"), edge]));
    const stored = await edgesInStore(ports, before);
    const shuffle = new ShuffleWriter(context.bits);
    // Of a run that did not get to its end nobody knows which it saved: those are sent once more.
    const saved = new Set(before?.edges.map((edge) => edge.join("\t")));
    for (const [pair, [low, high]] of wanted) if (!saved.has(pair)) shuffle.add(similarLine(low, high));
    for (const [pair, [low, high]] of stored) if (!wanted.has(pair)) shuffle.add(dissimilarLine(low, high));
    await noteAttempt(ports, runId, next.edges);
    await shuffle.write(ports, workKey(runId, `patch/${round}/matches`));
    await writeJson(ports, matchingKey(runId), next);
    await writeJson(ports, matchedKey(runId), { round });
    return { joined: next.edges.length, review: next.review.length };
  },
});

/** What stands once this run is over. */
async function compared(ports: Ports, context: RunContext, before: Matching | null, fresh: string): Promise<Matching> {
  const { matching } = await configurationOf(ports, context.configSha);
  const old = before ?? NOTHING_MATCHED;
  // Withdrawals read all cards, so that none is left of whoever goes.
  const whole = context.type !== "list";
  if (fresh === "" && context.type !== "refresh" && context.kind !== "matches") return old;
  // A card that comes again is counted again here, until a refresh reads them all.
  const arrived = fresh.split("\n").length - 1;
  if (!whole && old.count + arrived > matching.mostInRun)
    return {
      ...old,
      pieces: await addCards(ports, context.runId, old.pieces, fresh),
      count: old.count + arrived,
      put: "names are compared at the next refresh, for the base is large",
    };
  const cards = await cardsOf(ports, old.pieces);
  const known = new Set(cards.keys());
  readCards(fresh, cards);
  const pieces = await writeCards(
    ports,
    context.runId,
    old.pieces,
    fresh,
    cards,
    whole || [...known].some((id) => !cards.has(id)),
  );
  if (cards.size > matching.mostAtRefresh)
    return {
      ...old,
      pieces,
      count: cards.size,
      put: `${cards.size} companies are more than the ${matching.mostAtRefresh} whose names a refresh compares`,
    };
  const decisions = await decisionsAfter(ports, context);
  const those = (relation: Relation): Decision[] => decisions.filter((each) => each.relation === relation);
  const { joined, review } = matchCards(
    cards,
    {
      alone: new Set(those("alone").map(({ low }) => low.id)),
      different: new Set(those("different").map(({ low, high }) => `${low.id}\t${high.id}`)),
    },
    matching.names,
    ports.digest,
  );
  return {
    pieces,
    edges: joined.map(({ low, high }): SimilarEdge => [low.id, high.id]).sort((a, b) => (a.join() < b.join() ? -1 : 1)),
    review: review.slice(0, MOST_REVIEWS).map(reviewPair),
    more: Math.max(0, review.length - MOST_REVIEWS),
    count: cards.size,
    put: null,
  };
}

function reviewPair({ low, high, confidence, reasons }: CardPair): ReviewPair {
  return { low: reviewed(low), high: reviewed(high), confidence, reasons };
}

function reviewed({ id, rank, names }: Card): ReviewPair["low"] {
  const { record } = names[0]!;
  const place = [record.city, record.state, record.country].filter((each) => each !== undefined).join(", ");
  return { id, rank, name: record.name, domain: record.domain ?? null, place: place || null };
}
