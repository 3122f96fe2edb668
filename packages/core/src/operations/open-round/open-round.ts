import { z } from "zod";
import { BugError } from "../../errors.ts";
import { operation } from "../operation.ts";
import { readJson, workKey, writeJson } from "../run-context.ts";
import { gatherShuffles, type Part } from "../shuffle.ts";

/** One partition with something to do in a round. `previous` is the last round that left a batch for it. */
export interface RoundPartition {
  partition: number;
  round: number;
  previous: number | null;
  parts: Part[];
}

/** Which partitions took part so far, and in which round last. */
export type LatestRounds = Record<string, number>;

/**
 * A row moves from source id over name, LinkedIn page and domain to registration number at most; withdrawn vouchers take one round more
 * and a name without a country one more.
 */
const MOST_ROUNDS = 10;

export const roundsKey = (runId: string, round: number): string => workKey(runId, `rounds/${round}.json`);

/** Gathers what is addressed to each partition and lists those with something to do. `round` counts the rounds closed so far. */
export const openRound = operation({
  id: "open-round",
  input: z.object({ runId: z.string(), round: z.number() }),
  output: z.object({ round: z.number(), partitions: z.object({ bucket: z.string(), key: z.string(), count: z.number() }) }),
  async run(ports, { runId, round }) {
    const latest = round === 0 ? {} : await readJson<LatestRounds>(ports, roundsKey(runId, round - 1));
    const gathered = await gatherShuffles(ports, workKey(runId, `patch/${round}/`));
    if (round >= MOST_ROUNDS && gathered.size > 0)
      throw new BugError(`run ${runId} still moves rows between companies after ${round} rounds`);
    const items: RoundPartition[] = [...gathered]
      .sort((a, b) => a[0] - b[0])
      .map(([partition, parts]) => ({ partition, round, previous: latest[partition] ?? null, parts }));
    const next: LatestRounds = { ...latest };
    for (const item of items) next[item.partition] = round;
    await writeJson(ports, roundsKey(runId, round), next);
    const key = workKey(runId, `partitions-${round}.json`);
    await writeJson(ports, key, items);
    return { round: round + 1, partitions: { bucket: "local", key, count: items.length } };
  },
});
