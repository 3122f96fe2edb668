import { gunzipSync, gzipSync } from "node:zlib";
import { RANK } from "../../account/item.ts";
import type { Ports } from "../../ports.ts";
import { type Card, cardLine, readCards } from "../../resolve/matching/card.ts";
import { workKey } from "../run-context.ts";

/** Where a partition leaves the cards of the homes that it looked at in a round; sorted keys are in order of rounds. */
export const cardsKey = (runId: string, round: number, partition: number): string =>
  workKey(runId, `cards/${String(round).padStart(2, "0")}/${partition}.jsonl.gz`);

/** Pieces that the stored cards may lie in before they are written as one [design]. */
const MOST_PIECES = 8;

/** The piece that a run writes. */
export const pieceKey = (runId: string): string => `${CARDS}${runId}.jsonl.gz`;

/** Cards read from pieces, a later one outranking an earlier one. */
export async function cardsOf(ports: Ports, keys: readonly string[]): Promise<Map<string, Card>> {
  const cards = new Map<string, Card>();
  for (const key of keys) readCards(gunzipSync(await ports.objects.get(key)).toString("utf8"), cards);
  return cards;
}

/** What the partitions of a run found out, as one text. */
export async function newCards(ports: Ports, runId: string): Promise<string> {
  const texts: string[] = [];
  for (const key of await ports.objects.list(workKey(runId, "cards/")))
    texts.push(gunzipSync(await ports.objects.get(key)).toString("utf8"));
  return texts.join("");
}

/** Cards of a store that was filled before there were any. */
export async function cardsOfStore(ports: Ports): Promise<string> {
  const lines: string[] = [];
  for await (const { id, groups } of ports.accounts.scan("", null, "all")) {
    const own = groups.find(({ home }) => home === id) ?? groups[0];
    lines.push(cardLine({ id, rank: own?.rank ?? RANK.source, groups, target: null }, false));
  }
  return lines.join("");
}

/**
 * Writes the cards that `fresh` is about as a piece of their own; all of them anew where there are many pieces, or where `changed` says that a
 * company went, so that nothing is left of it. Answers the pieces that count from now on.
 */
export async function writeCards(
  ports: Ports,
  runId: string,
  pieces: readonly string[],
  fresh: ReadonlySet<string>,
  cards: ReadonlyMap<string, Card>,
  changed: boolean,
): Promise<string[]> {
  if (fresh.size === 0 && !changed) return [...pieces];
  if (cards.size === 0) return [];
  const key = pieceKey(runId);
  const others = pieces.filter((each) => each !== key);
  const anew = changed || others.length >= MOST_PIECES;
  const written = anew ? [...cards.values()] : [...cards.values()].filter(({ id }) => fresh.has(id));
  await ports.objects.put(key, gzipSync(written.map(lineOf).join("")));
  return anew ? [key] : [...others, key];
}

/** Writes what is new as a piece of its own, without a look at the others. */
export async function addCards(ports: Ports, runId: string, pieces: readonly string[], fresh: string): Promise<string[]> {
  if (fresh === "") return [...pieces];
  const key = pieceKey(runId);
  await ports.objects.put(key, gzipSync(fresh));
  return [...pieces.filter((each) => each !== key), key];
}

const lineOf = ({ id, rank, homes, names }: Card): string => `${JSON.stringify([id, rank, homes, names])}\n`;

/** Prefix of the stored cards: names and addresses of companies, telephones too. */
export const CARDS = "personal/cards/";
