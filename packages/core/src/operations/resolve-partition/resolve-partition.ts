import { gzipSync } from "node:zlib";
import * as z from "zod";
import { NO_CHANGES, type Ports } from "../../ports.ts";
import { ResolvedBatch } from "../../resolve/batch.ts";
import { PartitionResolver } from "../../resolve/partition.ts";
import { findEarlier, handKey } from "../batches.ts";
import { cardsKey } from "../match-companies/cards.ts";
import type { RoundPartition } from "../open-round/open-round.ts";
import { operation } from "../operation.ts";
import { contextOf, evidencePrefix, patchPrefix, type RunContext, referenceKey } from "../run-context.ts";
import { readParts, ShuffleWriter } from "../shuffle.ts";
import { BATCH_LINES } from "../work.ts";

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
    const { partition, round, earlier } = item;
    const batch = new ResolvedBatch();
    const resolver = new PartitionResolver(batch, ports.accounts, ports.digest, {
      list: context.list ?? "",
      version: context.version,
      kind: context.kind,
      alone: context.alone,
      withdrawn: new Set(context.withdraws),
      stays: context.stays,
      order: context.order,
      asOf: context.saidOn,
      people: context.people,
      fresh: context.emptyStore && round === 0,
      earlier: (ids, blocks) => findEarlier(ports, runId, partition, earlier, ids, blocks),
    });
    await readParts(ports, patchPrefix(runId, round), item.parts, (line) => resolver.add(line));
    await resolver.resolve();
    if (resolver.references.size > 0) {
      const lines: string[] = [];
      for (const [key, rows] of [...resolver.references].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
        const [best] = rows.sort((a, b) =>
          a.fields < b.fields ? -1 : a.fields > b.fields ? 1 : Math.abs(a.row) - Math.abs(b.row),
        );
        lines.push(`${key}\t${Math.abs(best!.row)}\t${best!.fields}\n`);
      }
      await ports.objects.put(referenceKey(context.list!, context.version, context.bits, partition), lines.join(""));
    }
    await ports.objects.put(cardsKey(runId, round, partition), gzipSync(resolver.cards.join(""), { level: 1 }));
    if (resolver.evidence.length > 0)
      await ports.objects.put(
        `${evidencePrefix(context.list!, runId)}${partition}.jsonl.gz`,
        gzipSync(resolver.evidence.join(""), { level: 1 }),
      );
    await saveEarly(ports, context, batch);
    const shuffle = new ShuffleWriter(context.bits);
    for (const message of resolver.messages) shuffle.add(message);
    await shuffle.write(ports, `${patchPrefix(runId, round + 1)}${partition}`);
    await ports.batches.hand(handKey(runId, "resolve", partition), batch, BATCH_LINES);
    return { homes: batch.entries.size, forwarded: resolver.messages.length };
  },
});

/**
 * What vouches and what suppresses is saved at once: suppressions so that every partition of the second half knows them, vouchers because
 * only later runs and rounds read them. Both carry their version, by which close-run takes back those of a failed run. Vouchers that are
 * withdrawn wait for save-partition, suppressions for close-run.
 */
async function saveEarly(ports: Ports, context: RunContext, batch: ResolvedBatch): Promise<void> {
  const { version } = context;
  const list = context.list ?? "";
  const aliases = [...batch.aliases.values()].filter((alias) => alias !== null);
  if (batch.suppressions.length + aliases.length === 0) return;
  const suppressions = batch.suppressions.map(({ key, entry }) => ({ key, list, version, entry }));
  await ports.accounts.save({ ...NO_CHANGES, aliases, suppressions }, context.fence);
  batch.settle();
}
