import { z } from "zod";
import { mergeStatements } from "../../account/merge.ts";
import { summariesOf } from "../../account/view.ts";
import { BaseObserver } from "../../base/base.ts";
import { partitionRange } from "../../resolve/identity.ts";
import type { ResolvedBatch } from "../../resolve/batch.ts";
import { batchKey, handKey } from "../batches.ts";
import type { RoundPartition } from "../open-round/open-round.ts";
import { operation } from "../operation.ts";
import { referenceIds, referenceStatements } from "../reference.ts";
import { contextOf, workKey, writeJson } from "../run-context.ts";

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
  async run(ports, { runId, partition: { partition, round } }) {
    const context = await contextOf(ports, runId);
    const origins = new Map(context.origins);
    const batch = await ports.batches.take<ResolvedBatch>(handKey(runId, "merge", partition));
    const base = new BaseObserver();
    for (const entry of batch.entries.values()) {
      if (entry.target !== null) continue;
      if (entry.attributes) {
        const ids = referenceIds(entry.attributes, ports);
        const found = ids.length === 0 ? [] : await referenceStatements(ports, context, ids);
        const before = entry.ref;
        if (found.length > 0) {
          entry.ref = found;
          entry.attributes = mergeStatements(entry.groups, found, origins);
        } else delete entry.ref;
        if (entry.was === "account" && !entry.changed && JSON.stringify(before) !== JSON.stringify(entry.ref)) entry.changed = true;
      } else if (entry.ref) {
        delete entry.ref;
        entry.changed = true;
      }
      const { orders } = summariesOf(entry.groups);
      if (orders) base.observe(orders, context.asOf);
    }
    const { from, to } = partitionRange(partition, context.bits);
    for await (const item of ports.accounts.scan(from, to, "dependent")) {
      if (batch.entries.has(item.id)) continue;
      const { orders } = summariesOf(item.groups);
      if (orders) base.observe(orders, context.asOf);
    }
    await writeJson(ports, workKey(runId, `sketch/${partition}-${round}.json`), base.build());
    await ports.batches.keep(batchKey(runId, partition, round), batch.toLines(), batch);
    return { cursor: null, remaining: 0, notBefore: null };
  },
});
