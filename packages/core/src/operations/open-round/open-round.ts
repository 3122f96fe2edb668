import * as z from "zod";
import { BugError } from "../../errors.ts";
import { operation } from "../operation.ts";
import { patchPrefix, readJson, workKey, writeJson } from "../run-context.ts";
import { gatherShuffles, type PartsSlice } from "../shuffle.ts";

/** One partition with something to do in a round: where it stands what is addressed to it. `earlier` are the rounds that left a batch for it, ascending. */
export interface RoundPartition {
  partition: number;
  round: number;
  earlier: number[];
  parts: PartsSlice;
}

/** In which rounds each partition took part so far, ascending. */
export type PartitionRounds = Record<string, number[]>;

/**
 * A row moves from source id over name, LinkedIn page and domain to registration number at most; withdrawn vouchers take one round more
 * and a name without a country one more.
 */
const MOST_ROUNDS = 10;

export const roundsKey = (runId: string, round: number): string => workKey(runId, `rounds/${round}.json`);

/** Gathers what is addressed to each partition and lists those with something to do. `round` counts the rounds closed so far. */
export const openRound = operation({
  id: "open-round",
  input: z.object({ runId: z.string(), bucket: z.string(), round: z.number() }),
  output: z.object({ round: z.number(), partitions: z.object({ bucket: z.string(), key: z.string(), count: z.number() }) }),
  async run(ports, { runId, bucket, round }) {
    const rounds: PartitionRounds = round === 0 ? {} : await readJson<PartitionRounds>(ports, roundsKey(runId, round - 1));
    const gathered = await gatherShuffles(ports, patchPrefix(runId, round));
    if (round >= MOST_ROUNDS && gathered.size > 0)
      throw new BugError(`run ${runId} still moves rows between companies after ${round} rounds`);
    const items: RoundPartition[] = [...gathered].map(([partition, parts]) => ({
      partition,
      round,
      earlier: rounds[partition] ?? [],
      parts,
    }));
    for (const item of items) rounds[item.partition] = [...item.earlier, round];
    await writeJson(ports, roundsKey(runId, round), rounds);
    const key = workKey(runId, `partitions-${round}.json`);
    await writeJson(ports, key, items);
    return { round: round + 1, partitions: { bucket, key, count: items.length } };
  },
});
