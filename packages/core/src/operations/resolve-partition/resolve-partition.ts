import { z } from "zod";
import { NO_CHANGES, type Ports } from "../../ports.ts";
import { PartitionResolver } from "../../resolve/partition.ts";
import { ResolvedBatch } from "../../resolve/batch.ts";
import { findBatch, handKey } from "../batches.ts";
import type { RoundPartition } from "../open-round/open-round.ts";
import { operation } from "../operation.ts";
import { contextOf, type RunContext, referenceKey, workKey } from "../run-context.ts";
import { readParts, ShuffleWriter } from "../shuffle.ts";

/** Decides which company every row of a partition belongs to, and forwards what belongs elsewhere. */
export const resolvePartition = operation({
  id: "resolve-partition",
  input: z.object({
    runId: z.string(),
    partition: z.custom<RoundPartition>((value) => typeof value === "object" && value !== null),
  }),
  output: z.object({ homes: z.number(), forwarded: z.number() }),
  async run(ports, { runId, partition: item }) {
    const context = await contextOf(ports, runId);
    const { partition, round, previous } = item;
    const batch = previous === null ? new ResolvedBatch() : await findBatch(ports, runId, partition, previous);
    const resolver = new PartitionResolver(batch, ports.accounts, ports.digest, {
      list: context.list ?? "",
      version: context.version,
      kind: context.kind,
      snapshot: context.snapshot,
      below: context.below,
      asOf: context.asOf,
    });
    await readParts(ports, item.parts, (line) => resolver.add(line));
    await resolver.resolve();
    if (resolver.references.size > 0) {
      const lines: string[] = [];
      for (const [key, rows] of [...resolver.references].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
        const [best] = rows.sort((a, b) => (a.fields < b.fields ? -1 : a.fields > b.fields ? 1 : Math.abs(a.row) - Math.abs(b.row)));
        lines.push(`${key}\t${Math.abs(best!.row)}\t${best!.fields}\n`);
      }
      await ports.objects.put(referenceKey(context.list!, context.version, context.bits, partition), lines.join(""));
    }
    await saveSuppressions(ports, context, batch);
    const shuffle = new ShuffleWriter(context.bits);
    for (const message of resolver.messages) shuffle.add(message);
    await shuffle.write(ports, workKey(runId, `patch/${round + 1}/${partition}`));
    await ports.batches.hand(handKey(runId, "resolve", partition), batch);
    return { homes: batch.entries.size, forwarded: resolver.messages.length };
  },
});

/** Suppressions stand before anybody is placed: what must not be targeted is known to every partition of the second half. */
async function saveSuppressions(ports: Ports, context: RunContext, batch: ResolvedBatch): Promise<void> {
  if (batch.suppressions.length === 0 && batch.suppressionsGone.length === 0) return;
  const list = context.list ?? "";
  await ports.accounts.save({
    ...NO_CHANGES,
    suppressions: batch.suppressions.splice(0).map(({ key, entry }) => ({ key, list, version: context.version, entry })),
    suppressionsGone: batch.suppressionsGone.splice(0).map((key) => ({ key, list })),
  });
}
