import type { Rank } from "../../account/item.ts";
import { runsThatStand } from "../../ledger/list-versions.ts";
import type { ListRecord } from "../../ledger/records.ts";
import type { Digest, Ports } from "../../ports.ts";
import type { Relation } from "../../resolve/lines.ts";
import { compareHomes, type OrderedHome } from "../../resolve/order.ts";
import { type RunContext, readJson, runKey } from "../run-context.ts";

/**
 * What somebody decided about two homes: `same` and `different` name both, the lower first (`resolve/order.ts`); `alone` says that a home
 * stands for itself, and names it twice; `parent` names the child as the low one, whatever the order.
 */
export interface Decision {
  relation: Relation;
  low: { id: string; rank: Rank };
  high: { id: string; rank: Rank };
}

/** A decision about two homes, whichever way round they are named; only a parent comes second. */
export function decisionOf(relation: Relation, a: OrderedHome, b: OrderedHome, digest: Digest): Decision {
  const [low, high] = relation !== "parent" && compareHomes(a, b, digest) > 0 ? [b, a] : [a, b];
  return { relation, low: { id: low.id, rank: low.rank }, high: { id: high.id, rank: high.rank } };
}

/** By what people name a decision: eight hex digits of what it says. */
export const decisionId = ({ relation, low, high }: Decision, digest: Digest): string =>
  digest.id(`${relation}:${low.id}:${high.id}`).slice(0, 8);

/** What a range of a list of matches said. */
export const decisionsKey = (runId: string, range: string): string => runKey(runId, `decisions/${range}.json`);

/** All decisions of one list that stand. */
export async function decisionsOfList(ports: Ports, list: ListRecord | null): Promise<Decision[]> {
  return list === null ? [] : decisionsOfRuns(ports, runsThatStand(list, null));
}

/** All decisions of all lists that stand once this run is over. */
export const decisionsAfter = (ports: Ports, context: RunContext): Promise<Decision[]> => decisionsOfAll(ports, context);

/** All decisions of all lists that stand now. */
export const decisionsNow = (ports: Ports): Promise<Decision[]> => decisionsOfAll(ports, null);

async function decisionsOfAll(ports: Ports, run: RunContext | null): Promise<Decision[]> {
  const found: Decision[] = [];
  for (const list of await ports.runs.lists())
    if (list.kind === "matches") found.push(...(await decisionsOfRuns(ports, runsThatStand(list, run))));
  return found;
}

async function decisionsOfRuns(ports: Ports, runs: readonly string[]): Promise<Decision[]> {
  const found: Decision[] = [];
  for (const runId of runs)
    for (const key of await ports.objects.list(runKey(runId, "decisions/")))
      found.push(...(await readJson<Decision[]>(ports, key)));
  return found;
}
