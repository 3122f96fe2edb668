import type { Ports } from "../../ports.ts";
import { mayHaveSaved, readJson, workKey, writeJson } from "../run-context.ts";
import { addCards, CARDS, newCards, pieceKey } from "./cards.ts";

/** A home and the higher one whose name is similar. */
export type SimilarEdge = [low: string, high: string];

/** Two companies that a person should look at. */
export interface ReviewPair {
  /** Ids of their homes, the lower first. */
  low: ReviewCompany;
  high: ReviewCompany;
  /** 0..1 */
  confidence: number;
  reasons: string[];
}

/** A company in a review, as people know it. */
export interface ReviewCompany {
  id: string;
  rank: number;
  name: string;
  domain: string | null;
  place: string | null;
}

/** What the comparison of names left behind. */
export interface Matching {
  /** Objects with cards, later ones outranking earlier ones. */
  pieces: string[];
  edges: SimilarEdge[];
  /** How many of the edges no closed run before this one knew. */
  joinedNow: number;
  review: ReviewPair[];
  /** Pairs that were left out of `review`. */
  more: number;
  /** Cards, or a little more where not all of them were read. */
  count: number;
  /** Why names were not compared in this run; null where they were. */
  put: string | null;
}

export const NOTHING_MATCHED: Readonly<Matching> = {
  pieces: [],
  edges: [],
  joinedNow: 0,
  review: [],
  more: 0,
  count: 0,
  put: null,
};

/** What stands. */
export const CURRENT_MATCHING = "matching/current.json";
/** What stands once the run is closed. */
export const matchingKey = (runId: string): string => workKey(runId, "matching.json");
/** Edges that a run may have changed before it failed. */
const attemptKey = (runId: string): string => `matching/attempts/${runId}.json`;

/** What the last run that was closed left; null before the first one. */
export async function currentMatching(ports: Ports): Promise<Matching | null> {
  return (await ports.objects.size(CURRENT_MATCHING)) === null ? null : readJson<Matching>(ports, CURRENT_MATCHING);
}

/** Edges that runs changed which did not get to their end: nobody knows how much of each change was saved. */
export async function attemptedEdges(ports: Ports): Promise<SimilarEdge[]> {
  const edges: SimilarEdge[] = [];
  for (const key of await ports.objects.list("matching/attempts/")) edges.push(...(await readJson<SimilarEdge[]>(ports, key)));
  return edges;
}

/** Notes the edges that a run adds and takes away before the first of them can be saved. */
export async function noteAttempt(ports: Ports, runId: string, edges: readonly SimilarEdge[]): Promise<void> {
  if (edges.length > 0) await writeJson(ports, attemptKey(runId), edges);
}

/**
 * Takes over the cards of a run that failed once it had begun to save: all that it resolved stands, and whoever it took away must not be compared again.
 * Its edges stay doubtful.
 */
export async function keepCards(ports: Ports, runId: string): Promise<void> {
  const current = await currentMatching(ports);
  // It may have broken after it was settled, which took its cards over.
  if (current === null || current.pieces.includes(pieceKey(runId)) || !(await mayHaveSaved(ports, runId))) return;
  const fresh = await newCards(ports, runId);
  const pieces = await addCards(ports, runId, current.pieces, fresh);
  await writeJson(ports, CURRENT_MATCHING, { ...current, pieces, count: current.count + fresh.split("\n").length - 1 });
}

/** Makes what a run found out stand, and clears away what it replaces. */
export async function settleMatching(ports: Ports, runId: string): Promise<void> {
  const next = await readJson<Matching>(ports, matchingKey(runId));
  await writeJson(ports, CURRENT_MATCHING, next);
  await ports.objects.remove("matching/attempts/");
  const kept = new Set(next.pieces);
  for (const key of await ports.objects.list(CARDS)) if (!kept.has(key)) await ports.objects.remove(key);
}
