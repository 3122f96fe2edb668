import * as z from "zod";
import type { Groups } from "../../account/item.ts";
import { mergeStatements } from "../../account/merge.ts";
import { summariesOf } from "../../account/view.ts";
import { BaseObserver, type BaseSketch } from "../../base/base.ts";
import type { Ports } from "../../ports.ts";
import type { ResolvedBatch } from "../../resolve/batch.ts";
import { partitionRange } from "../../resolve/identity.ts";
import { batchKey, findBatch, handKey } from "../batches.ts";
import type { RoundPartition } from "../open-round/open-round.ts";
import { operation } from "../operation.ts";
import { referenceIds, referenceStatements } from "../reference.ts";
import { contextOf, type RunContext, readJson, workKey, writeJson } from "../run-context.ts";
import { writeReferences } from "../summarise-base/find-families.ts";
import { BATCH_LINES } from "../work.ts";

/**
 * Adds what reference lists know to the companies of a partition, and sketches the partition for the base. Providers that answer slowly
 * come back through `cursor`, `remaining` and `notBefore`; reference lists answer at once.
 */
export const enrichPartition = operation({
  id: "enrich-partition",
  input: z.object({
    runId: z.string(),
    partition: z.custom<RoundPartition>((value) => typeof value === "object" && value !== null),
    cursor: z.string().nullable().optional(),
  }),
  output: z.object({ cursor: z.string().nullable(), remaining: z.number(), notBefore: z.string().nullable() }),
  async run(ports, { runId, partition: item }) {
    const { partition, round } = item;
    const context = await contextOf(ports, runId);
    const origins = new Map(context.origins);
    const batch = await ports.batches.take(handKey(runId, "merge", partition), BATCH_LINES);
    for (const entry of batch.entries.values()) {
      if (entry.target !== null) continue;
      // Not handed over where the batch was written down in between.
      if (context.references.length > 0) entry.attributes ??= mergeStatements(entry.groups, undefined, origins);
      if (entry.attributes) {
        const ids = referenceIds(entry.attributes, ports);
        const found = ids.length === 0 ? [] : await referenceStatements(ports, context, ids);
        const before = entry.ref;
        if (found.length > 0) {
          entry.ref = found;
          entry.attributes = mergeStatements(entry.groups, found, origins);
        } else delete entry.ref;
        if (entry.was === "account" && !entry.changed && JSON.stringify(before) !== JSON.stringify(entry.ref))
          entry.changed = true;
      } else if (entry.ref) {
        delete entry.ref;
        entry.changed = true;
      }
    }
    await writeReferences(ports, context, item, batch.entries.values());
    await ports.batches.keep(batchKey(runId, partition, round), batch.toLines(), batch);
    await sketch(ports, context, item, batch);
    return { cursor: null, remaining: 0, notBefore: null };
  },
});

export const sketchKey = (runId: string, partition: number): string => workKey(runId, `sketch/${partition}.json`);

/** What the accounts of a partition look like to the base: those of this run in all its rounds, and those stored that it did not touch. */
async function sketch(
  ports: Ports,
  context: RunContext,
  { partition, round, earlier }: RoundPartition,
  batch: ResolvedBatch,
): Promise<void> {
  const key = sketchKey(context.runId, partition);
  const ordered = [...batch.entries.values()].some((entry) => entry.groups.some((group) => group.orders));
  // A later round without orders changes nothing where the rounds before saw none.
  if (earlier.length > 0 && !ordered && (await readJson<BaseSketch>(ports, key)).accounts === 0) return;
  const whole = earlier.length === 0 ? batch : await findBatch(ports, context.runId, partition, [...earlier, round]);
  const observer = new BaseObserver();
  const observe = (groups: Groups): void => {
    const { orders } = summariesOf(groups);
    if (orders) observer.observe(orders, context.asOf);
  };
  for (const entry of whole.entries.values()) if (entry.target === null) observe(entry.groups);
  const { from, to } = partitionRange(partition, context.bits);
  for await (const item of ports.accounts.scan(from, to, "dependent")) if (!whole.entries.has(item.id)) observe(item.groups);
  await writeJson(ports, key, observer.build());
}
