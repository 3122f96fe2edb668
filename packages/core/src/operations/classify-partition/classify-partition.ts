import * as z from "zod";
import { type AccountItem, ITEM_VERSION } from "../../account/item.ts";
import { type ViewContext, viewAttributes } from "../../account/view.ts";
import type { BasePins } from "../../base/base.ts";
import { partitionRange } from "../../resolve/identity.ts";
import { findBatch, handKey } from "../batches.ts";
import { FamilyReader, familiesOfRun } from "../families.ts";
import { operation } from "../operation.ts";
import { contextOf, readJson } from "../run-context.ts";
import { kinKey, type PlacePartitionItem } from "../summarise-base/summarise-base.ts";
import { type AccountWork, hasOrders, stands, WORK_LINES, workOf } from "../work.ts";

export const PlaceInput = z.object({
  runId: z.string(),
  baseVersion: z.string(),
  partition: z.custom<PlacePartitionItem>((value) => typeof value === "object" && value !== null),
});

/** Gives every account of a partition its attributes: firmographics, transactions, people, needs, decision process. */
export const classifyPartition = operation({
  id: "classify-partition",
  input: PlaceInput,
  output: z.object({ accounts: z.number() }),
  async run(ports, { runId, baseVersion, partition: item }) {
    const context = await contextOf(ports, runId);
    const base = await readJson<BasePins>(ports, `base/${baseVersion}.json`);
    const view: ViewContext = { origins: new Map(context.origins), base, asOf: context.asOf };
    const families = new FamilyReader(ports, await familiesOfRun(ports, runId));
    const works: AccountWork[] = [];
    const batch = item.rounds.length === 0 ? null : await findBatch(ports, runId, item.partition, item.rounds);
    if (batch) {
      for (const entry of batch.entries.values()) {
        if (!stands(entry)) continue;
        const family = await families.of(entry.id);
        works.push({ ...workOf(entry, viewAttributes(entry, view, family)), above: family?.kin.suppressed });
      }
    }
    const again = async (account: AccountItem): Promise<void> => {
      if (batch?.entries.has(account.id)) return;
      const family = await families.of(account.id);
      works.push({
        id: account.id,
        groups: account.groups,
        ref: account.ref,
        attributes: viewAttributes(account, view, family),
        above: family?.kin.suppressed,
        news: "scanned",
        dependent: hasOrders(account.groups),
        previous: account.v === ITEM_VERSION ? account.result : undefined,
      });
    };
    if (item.scan !== "none") {
      const { from, to } = partitionRange(item.partition, context.bits);
      for await (const account of ports.accounts.scan(from, to, item.scan)) await again(account);
    }
    if (item.kin && item.scan !== "all") {
      const seen = new Set(works.map(({ id }) => id));
      const ids = (await readJson<string[]>(ports, kinKey(runId, item.partition))).filter((id) => !seen.has(id));
      for (const account of (await ports.accounts.accounts(ids)).values()) await again(account);
    }
    works.sort((a, b) => (a.id < b.id ? -1 : 1));
    await ports.batches.hand(handKey(runId, "classify", item.partition), { works, batch }, WORK_LINES);
    return { accounts: works.length };
  },
});
