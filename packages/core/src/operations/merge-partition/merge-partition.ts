import * as z from "zod";
import { mergeStatements } from "../../account/merge.ts";
import { handKey } from "../batches.ts";
import type { RoundPartition } from "../open-round/open-round.ts";
import { operation } from "../operation.ts";
import { contextOf } from "../run-context.ts";
import { BATCH_LINES } from "../work.ts";

/** Survivorship: what stands for each company of a partition when its rows disagree. */
export const mergePartition = operation({
  id: "merge-partition",
  input: z.object({
    runId: z.string(),
    partition: z.custom<RoundPartition>((value) => typeof value === "object" && value !== null),
  }),
  output: z.object({ accounts: z.number() }),
  async run(ports, { runId, partition: { partition } }) {
    const context = await contextOf(ports, runId);
    const origins = new Map(context.origins);
    const batch = await ports.batches.take(handKey(runId, "resolve", partition), BATCH_LINES);
    let accounts = 0;
    for (const entry of batch.entries.values()) {
      delete entry.attributes;
      // Without reference lists nothing is looked up by what stands; the view merges when the account is classified.
      if (entry.target !== null || context.references.length === 0) continue;
      entry.attributes = mergeStatements(entry.groups, undefined, origins);
      accounts++;
    }
    await ports.batches.hand(handKey(runId, "merge", partition), batch, BATCH_LINES);
    return { accounts };
  },
});
