import type { Ports } from "../ports.ts";
import { ResolvedBatch } from "../resolve/batch.ts";
import { workKey } from "./run-context.ts";

/** Key of what a partition found out in a round. */
export const batchKey = (runId: string, partition: number, round: number): string => workKey(runId, `resolved/${partition}-${round}`);

/** Key under which the operations of one iteration hand each other a partition. */
export const handKey = (runId: string, stage: string, partition: number): string => workKey(runId, `${stage}/${partition}`);

/** The batch that a partition kept in a round, live where it still is at hand. */
export async function findBatch(ports: Ports, runId: string, partition: number, round: number): Promise<ResolvedBatch> {
  const found = await ports.batches.find<ResolvedBatch>(batchKey(runId, partition, round));
  return "live" in found ? found.live : ResolvedBatch.fromLines(found.lines);
}

/** Parses the pointer that every operation of a partition gets. */
export interface PartitionPointer {
  partition: number;
  round: number;
}
