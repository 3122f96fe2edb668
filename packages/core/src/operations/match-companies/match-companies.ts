import * as z from "zod";
import type { Ports } from "../../ports.ts";
import { dissimilarLine, type Relation, similarLine } from "../../resolve/lines.ts";
import { type Card, readCards } from "../../resolve/matching/card.ts";
import { type CardPair, keyCards, matchCards } from "../../resolve/matching/match-cards.ts";
import { configurationOf } from "../configuration.ts";
import { matchedKey } from "../open-round/open-round.ts";
import { operation } from "../operation.ts";
import { contextOf, type RunContext, workKey, writeJson } from "../run-context.ts";
import { ShuffleWriter } from "../shuffle.ts";
import { addCards, cardsOf, cardsOfStore, newCards, writeCards } from "./cards.ts";
import { type Decision, decisionsAfter } from "./decisions.ts";
import { writeSame } from "./same.ts";
import {
  attemptedEdges,
  currentMatching,
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
    const found = await compared(ports, context, before, fresh);
    const wanted = edgesByPair(found.edges);
    const stored = edgesByPair(before?.edges ?? []);
    const next: Matching = { ...found, joinedNow: [...wanted.keys()].filter((pair) => !stored.has(pair)).length };
    const doubtful = edgesByPair(await attemptedEdges(ports));
    const added = [...wanted].filter(([pair]) => !stored.has(pair) || doubtful.has(pair));
    const gone = [...new Map([...stored, ...doubtful])].filter(([pair]) => !wanted.has(pair));
    const shuffle = new ShuffleWriter(context.bits);
    for (const [, edge] of added) shuffle.add(similarLine(...edge));
    for (const [, edge] of gone) shuffle.add(dissimilarLine(...edge));
    await noteAttempt(
      ports,
      runId,
      [...added, ...gone].map(([, edge]) => edge),
    );
    await shuffle.write(ports, workKey(runId, `patch/${round}/matches`));
    await writeJson(ports, matchingKey(runId), next);
    await writeSame(ports, runId, await decisionsAfter(ports, context));
    await writeJson(ports, matchedKey(runId), { round });
    return { joined: next.edges.length, review: next.review.length };
  },
});

const edgesByPair = (edges: readonly SimilarEdge[]): Map<string, SimilarEdge> =>
  new Map(edges.map((edge) => [edge.join("\t"), edge]));

/** What stands once this run is over. */
async function compared(
  ports: Ports,
  context: RunContext,
  before: Matching | null,
  fresh: string,
): Promise<Omit<Matching, "joinedNow">> {
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
  const stored = await cardsOf(ports, old.pieces);
  const known = new Set(stored.keys());
  const looked = readCards(fresh, stored);
  // What a similar name brought is kept on no card but its own: it may go without a further look at the other.
  const cards = keyCards(stored);
  for (const [id, card] of cards) if (card !== stored.get(id)) looked.add(id);
  const changed = (fresh !== "" && whole) || [...known].some((id) => !cards.has(id));
  const pieces = await writeCards(ports, context.runId, old.pieces, looked, cards, changed);
  if (cards.size > matching.mostAtRefresh)
    return {
      ...old,
      pieces,
      // Whoever went is not compared any more, and nobody is asked about them.
      edges: old.edges.filter((pair) => pair.every((id) => cards.has(id))),
      review: old.review.filter(({ low, high }) => cards.has(low.id) && cards.has(high.id)),
      count: cards.size,
      put: `${cards.size} companies are more than the ${matching.mostAtRefresh} whose names a refresh compares`,
    };
  const decisions = await decisionsAfter(ports, context);
  const those = (relation: Relation): Decision[] => decisions.filter((each) => each.relation === relation);
  const { joined, review } = matchCards(
    cards.values(),
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
