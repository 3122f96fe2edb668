import * as z from "zod";
import { summariesOf } from "../../account/view.ts";
import { BaseObserver, type BasePins, type BaseSketch, basePinsEqual, mergeSketches, pinBase } from "../../base/base.ts";
import type { Ports } from "../../ports.ts";
import { partitionOf, partitionRange } from "../../resolve/identity.ts";
import { sketchKey } from "../enrich-partition/enrich-partition.ts";
import { type PartitionRounds, roundsKey } from "../open-round/open-round.ts";
import { operation } from "../operation.ts";
import { contextOf, type RunContext, readJson, runKey, workKey, writeJson } from "../run-context.ts";
import { findFamilies } from "./find-families.ts";

/** One partition to classify: what it found out (in `rounds`, none when nothing), and which stored accounts to look at again. */
export interface PlacePartitionItem {
  partition: number;
  rounds: number[];
  scan: "none" | "dependent" | "all";
  /** There are accounts to look at because their family changed: {@link kinKey}. */
  kin?: true;
}

/** The ids of accounts of a partition whose family is another than before. */
export const kinKey = (runId: string, partition: number): string => workKey(runId, `kin/${partition}.json`);

/** Which cut points and rules the stored accounts were judged by last. */
export interface CurrentBase {
  version: string;
  configSha: string;
  asOf: string;
  /** The day of the last run that looked at every account; those it did not have to change count as judged on that day. */
  lookedAt?: string;
}

/** Where the cut points lie that accounts were classified by last. */
export const CURRENT_BASE = "base/current.json";

/**
 * The barrier: cut points and counts over the whole base become an immutable version. Where they moved, every account that was classified
 * by them is looked at again, so that the result is the same in whatever pieces the lists came. A refresh looks at all.
 */
export const summariseBase = operation({
  id: "summarise-base",
  input: z.object({ runId: z.string(), bucket: z.string(), rounds: z.number() }),
  output: z.object({ version: z.string(), partitions: z.object({ bucket: z.string(), key: z.string(), count: z.number() }) }),
  async run(ports, { runId, bucket, rounds: closedRounds }) {
    const context = await contextOf(ports, runId);
    const rounds = await readJson<PartitionRounds>(ports, roundsKey(runId, closedRounds - 1));
    const imported = (await ports.objects.size(runKey(runId, "already-imported.json"))) !== null;
    let sketch: BaseSketch = new BaseObserver().build();
    const partitions = 2 ** context.bits;
    const before = (await ports.objects.size(CURRENT_BASE)) === null ? null : await readJson<CurrentBase>(ports, CURRENT_BASE);
    const everything = context.type === "refresh" || (before !== null && context.configSha !== before.configSha);
    for (let partition = 0; partition < partitions; partition++) {
      if (rounds[partition]) {
        sketch = mergeSketches(sketch, await readJson<BaseSketch>(ports, sketchKey(runId, partition)));
        continue;
      }
      const { from, to } = partitionRange(partition, context.bits);
      const observer = new BaseObserver();
      for await (const item of ports.accounts.scan(from, to, "dependent")) {
        const { orders } = summariesOf(item.groups);
        if (orders) observer.observe(orders, context.asOf);
      }
      sketch = mergeSketches(sketch, observer.build());
    }
    const pins = pinBase(sketch, context.asOf);
    const version = ports.digest.id(JSON.stringify(pins));
    await writeJson(ports, `base/${version}.json`, pins);
    const lookedAt = everything || before === null ? context.asOf : before.lookedAt;
    await writeJson(ports, runKey(runId, "base.json"), { version, ...(lookedAt ? { lookedAt } : {}) });
    const pinsBefore = before === null ? null : await readJson<BasePins>(ports, `base/${before.version}.json`);
    const moved = pinsBefore === null || !basePinsEqual(pinsBefore, pins);
    const scan = everything ? "all" : moved ? "dependent" : "none";
    const kin = await kinByPartition(ports, context, rounds);
    const items: PlacePartitionItem[] = [];
    for (let partition = 0; partition < partitions; partition++) {
      const item: PlacePartitionItem = { partition, rounds: rounds[partition] ?? [], scan };
      if (kin.has(partition)) item.kin = true;
      const asked = item.rounds.length > 0 || scan !== "none";
      if (item.kin || (asked && (!imported || everything))) items.push(item);
    }
    const key = workKey(runId, "place.json");
    await writeJson(ports, key, items);
    return { version, partitions: { bucket, key, count: items.length } };
  },
});

/** Writes down whose family changed, and answers in which partitions. */
async function kinByPartition(ports: Ports, context: RunContext, rounds: PartitionRounds): Promise<ReadonlySet<number>> {
  const byPartition = new Map<number, string[]>();
  for (const id of await findFamilies(ports, context, rounds)) {
    const partition = partitionOf(id, context.bits);
    const ids = byPartition.get(partition);
    if (ids) ids.push(id);
    else byPartition.set(partition, [id]);
  }
  for (const [partition, ids] of byPartition) await writeJson(ports, kinKey(context.runId, partition), ids);
  return new Set(byPartition.keys());
}
