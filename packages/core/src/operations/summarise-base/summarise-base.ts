import { z } from "zod";
import { summariesOf } from "../../account/view.ts";
import { BaseObserver, type BasePins, type BaseSketch, basePinsEqual, mergeSketches, pinBase } from "../../base/base.ts";
import { partitionRange } from "../../resolve/identity.ts";
import { type LatestRounds, roundsKey } from "../open-round/open-round.ts";
import { operation } from "../operation.ts";
import { contextOf, readJson, runKey, workKey, writeJson } from "../run-context.ts";

/** One partition to classify: what it found out (in `round`, null when nothing), and which stored accounts to look at again. */
export interface PlacePartitionItem {
  partition: number;
  round: number | null;
  scan: "none" | "dependent" | "all";
}

/** Where the cut points lie that accounts were classified by last. */
export const CURRENT_BASE = "base/current.json";

/**
 * The barrier: cut points and counts over the whole base become an immutable version. Where they moved, every account that was classified
 * by them is looked at again, so that the result is the same in whatever pieces the lists came. A refresh looks at all.
 */
export const summariseBase = operation({
  id: "summarise-base",
  input: z.object({ runId: z.string(), rounds: z.number() }),
  output: z.object({ version: z.string(), partitions: z.object({ bucket: z.string(), key: z.string(), count: z.number() }) }),
  async run(ports, { runId, rounds }) {
    const context = await contextOf(ports, runId);
    const latest = await readJson<LatestRounds>(ports, roundsKey(runId, rounds - 1));
    const imported = (await ports.objects.size(runKey(runId, "already-imported.json"))) !== null;
    let sketch: BaseSketch = new BaseObserver().build();
    const partitions = 2 ** context.bits;
    const everything = context.type === "refresh" || context.configSha !== (await lastConfig(ports));
    for (let partition = 0; partition < partitions; partition++) {
      const round = latest[partition];
      if (round !== undefined) {
        sketch = mergeSketches(sketch, await readJson<BaseSketch>(ports, workKey(runId, `sketch/${partition}-${round}.json`)));
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
    await writeJson(ports, runKey(runId, "base.json"), { version });
    const before = (await ports.objects.size(CURRENT_BASE)) === null ? null : await readJson<{ version: string }>(ports, CURRENT_BASE);
    const pinsBefore = before === null ? null : await readJson<BasePins>(ports, `base/${before.version}.json`);
    const moved = pinsBefore === null || !basePinsEqual(pinsBefore, pins);
    const scan = everything ? "all" : moved ? "dependent" : "none";
    const items: PlacePartitionItem[] = [];
    if (!imported || everything) {
      for (let partition = 0; partition < partitions; partition++) {
        const round = latest[partition] ?? null;
        if (round !== null || scan !== "none") items.push({ partition, round, scan });
      }
    }
    const key = workKey(runId, "place.json");
    await writeJson(ports, key, items);
    return { version, partitions: { bucket: "local", key, count: items.length } };
  },
});

/** The configuration under which the stored accounts were scored last; null before the first run. */
async function lastConfig(ports: Parameters<typeof contextOf>[0]): Promise<string | null> {
  if ((await ports.objects.size(CURRENT_BASE)) === null) return null;
  return (await readJson<{ configSha: string }>(ports, CURRENT_BASE)).configSha;
}
