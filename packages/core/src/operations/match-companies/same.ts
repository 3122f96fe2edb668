import type { Ports } from "../../ports.ts";
import { readJson, workKey, writeJson } from "../run-context.ts";
import type { Decision } from "./decisions.ts";

/** Homes that persons decided to be one, two by two, as they stand once the run is over. */
const sameKey = (runId: string): string => workKey(runId, "same.json");

/** Notes for the second half of a run which homes are one by decision, whether or not any row names them. */
export async function writeSame(ports: Ports, runId: string, decisions: readonly Decision[]): Promise<void> {
  const pairs = decisions.filter(({ relation }) => relation === "same").map(({ low, high }) => [low.id, high.id]);
  await writeJson(ports, sameKey(runId), pairs);
}

/** What {@link writeSame} noted, as a way from each home to all that are one with it. */
export async function sameHomes(ports: Ports, runId: string): Promise<(ids: readonly string[]) => string[]> {
  const beside = new Map<string, string[]>();
  for (const [low, high] of await readJson<Array<[string, string]>>(ports, sameKey(runId))) {
    beside.set(low, [...(beside.get(low) ?? []), high]);
    beside.set(high, [...(beside.get(high) ?? []), low]);
  }
  return (ids) => {
    const found = new Set(ids);
    for (const id of found) for (const other of beside.get(id) ?? []) found.add(other);
    return [...found];
  };
}
