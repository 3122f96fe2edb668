import type { Ports } from "../../ports.ts";
import { readJson, workKey, writeJson } from "../run-context.ts";
import { type Decision, decisionsNow } from "./decisions.ts";

/** Two homes that a person decided to be one. */
type SamePair = [low: string, high: string];

/** A way from homes to all that are one with them. */
export type SameHomes = (ids: readonly string[]) => string[];

/** Homes that persons decided to be one, two by two, as they stand once the run is over. */
const sameKey = (runId: string): string => workKey(runId, "same.json");

const pairsOf = (decisions: readonly Decision[]): SamePair[] =>
  decisions.filter(({ relation }) => relation === "same").map(({ low, high }) => [low.id, high.id]);

/** Notes for the second half of a run which homes are one by decision, whether or not any row names them. */
export async function writeSame(ports: Ports, runId: string, decisions: readonly Decision[]): Promise<void> {
  await writeJson(ports, sameKey(runId), pairsOf(decisions));
}

/** What {@link writeSame} noted, as a way from each home to all that are one with it. */
export async function sameHomes(ports: Ports, runId: string): Promise<SameHomes> {
  return allOf(await readJson<SamePair[]>(ports, sameKey(runId)));
}

/** A way from each home to all that are one with it by the decisions that stand now. */
export async function sameHomesNow(ports: Ports): Promise<SameHomes> {
  return allOf(pairsOf(await decisionsNow(ports)));
}

function allOf(pairs: readonly SamePair[]): SameHomes {
  const beside = new Map<string, string[]>();
  for (const [low, high] of pairs) {
    beside.set(low, [...(beside.get(low) ?? []), high]);
    beside.set(high, [...(beside.get(high) ?? []), low]);
  }
  return (ids) => {
    const found = new Set(ids);
    for (const id of found) for (const other of beside.get(id) ?? []) found.add(other);
    return [...found];
  };
}
