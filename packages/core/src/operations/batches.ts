import type { Ports } from "../ports.ts";
import { type Entry, entriesOf, ResolvedBatch } from "../resolve/batch.ts";
import { blockOf } from "../resolve/identity.ts";
import type { EarlierRounds } from "../resolve/resolve-context.ts";
import { workKey } from "./run-context.ts";

/** Key of what a partition found out in a round. */
export const batchKey = (runId: string, partition: number, round: number): string =>
  workKey(runId, `resolved/${partition}-${round}`);

/** Key under which the operations of one iteration hand each other a partition. */
export const handKey = (runId: string, stage: string, partition: number): string => workKey(runId, `${stage}/${partition}`);

/** What a partition found out in all its rounds; later rounds outrank earlier ones. Live where it still is at hand. */
export async function findBatch(
  ports: Ports,
  runId: string,
  partition: number,
  rounds: readonly number[],
): Promise<ResolvedBatch> {
  const whole = new ResolvedBatch();
  for (const round of rounds) {
    const found = await ports.batches.find<ResolvedBatch>(batchKey(runId, partition, round));
    const batch = "live" in found ? found.live : ResolvedBatch.fromLines(found.lines);
    if (rounds.length === 1) return batch;
    whole.absorb(batch);
  }
  return whole;
}

/** What earlier rounds found out: about the homes of `ids` and the name homes of `blocks`, and which vouchers they withdrew. */
export async function findEarlier(
  ports: Ports,
  runId: string,
  partition: number,
  rounds: readonly number[],
  ids: ReadonlySet<string>,
  blocks: ReadonlySet<string>,
): Promise<EarlierRounds> {
  const found = new Map<string, Entry>();
  const withdrawn = new Set<string>();
  const similar = new Map<string, boolean>();
  const wanted = (id: string): boolean => ids.has(id) || blocks.has(blockOf(id));
  for (const round of rounds) {
    const batch = await ports.batches.find<ResolvedBatch>(batchKey(runId, partition, round));
    if ("live" in batch) {
      for (const entry of batch.live.entries.values()) if (wanted(entry.id)) found.set(entry.id, copyOf(entry));
      for (const [pair, alias] of batch.live.aliases) if (!alias) withdrawn.add(pair);
      for (const [pair, holds] of batch.live.similar) similar.set(pair, holds);
    } else {
      for (const entry of entriesOf(batch.lines, wanted)) found.set(entry.id, entry);
      for (const line of batch.lines) {
        if (line[0] === "U") withdrawn.add(line.slice(1));
        else if (line[0] === "V" || line[0] === "W") similar.set(line.slice(1), line[0] === "V");
      }
    }
  }
  return { entries: found.values(), withdrawn, similar };
}

/** A copy that a round may change while the round before stays as it was. */
function copyOf(entry: Entry): Entry {
  return { ...entry, groups: entry.groups.map((group) => ({ ...group, st: [...group.st] })) };
}
