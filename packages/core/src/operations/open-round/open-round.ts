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
 * A row moves from source id over name, LinkedIn page and domain to registration number at most, once more for each decision of a person
 * that joined two companies, and again once names have been compared. Every step leads up one order (`resolve/order.ts`), so none leads back.
 */
const MOST_ROUNDS = 40;

/** Written when the names of a run have been compared. */
export const matchedKey = (runId: string): string => workKey(runId, "matched.json");

export const roundsKey = (runId: string, round: number): string => workKey(runId, `rounds/${round}.json`);

/** Gathers what is addressed to each partition and lists those with something to do. `round` counts the rounds closed so far. */
export const openRound = operation({
  id: "open-round",
  input: z.object({ runId: z.string(), bucket: z.string(), round: z.number() }),
  output: z.object({
    round: z.number(),
    /** Nothing moves any more, and the names have not been compared yet. */
    match: z.boolean(),
    partitions: z.object({ bucket: z.string(), key: z.string(), count: z.number() }),
  }),
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
    const match = items.length === 0 && (await ports.objects.size(matchedKey(runId))) === null;
    return { round: round + 1, match, partitions: { bucket, key, count: items.length } };
  },
});
