import * as z from "zod";
import { judge, storedSites } from "../../sites/score-sites.ts";
import { handKey } from "../batches.ts";
import { PlaceInput } from "../classify-partition/classify-partition.ts";
import { configurationOf } from "../configuration.ts";
import { operation } from "../operation.ts";
import { contextOf } from "../run-context.ts";
import { WORK_LINES } from "../work.ts";

/** Scores every account of a partition, or each of its sites, against the profile. */
export const scorePartition = operation({
  id: "score-partition",
  input: PlaceInput,
  output: z.object({ scored: z.number() }),
  async run(ports, { runId, partition: { partition } }) {
    const context = await contextOf(ports, runId);
    const { profile } = await configurationOf(ports, context.configSha);
    const work = await ports.batches.take(handKey(runId, "classify", partition), WORK_LINES);
    const judging = { origins: new Map(context.origins), asOf: context.asOf, digest: ports.digest };
    for (const each of work.works) {
      const { score, sites } = judge(profile, each, judging);
      each.score = score;
      each.sites = storedSites(profile, sites);
    }
    await ports.batches.hand(handKey(runId, "score", partition), work, WORK_LINES);
    return { scored: work.works.length };
  },
});
