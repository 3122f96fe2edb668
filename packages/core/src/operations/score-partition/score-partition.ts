import * as z from "zod";
import { atLevel } from "../../families/level.ts";
import { scoreFast } from "../../icp/score.ts";
import { handKey } from "../batches.ts";
import { PlaceInput } from "../classify-partition/classify-partition.ts";
import { configurationOf } from "../configuration.ts";
import { operation } from "../operation.ts";
import { contextOf } from "../run-context.ts";
import { WORK_LINES } from "../work.ts";

/** Scores every account of a partition against the profile. */
export const scorePartition = operation({
  id: "score-partition",
  input: PlaceInput,
  output: z.object({ scored: z.number() }),
  async run(ports, { runId, partition: { partition } }) {
    const context = await contextOf(ports, runId);
    const { profile } = await configurationOf(ports, context.configSha);
    const work = await ports.batches.take(handKey(runId, "classify", partition), WORK_LINES);
    for (const each of work.works) each.score = scoreFast(profile, atLevel(profile.level, each.attributes), context.asOf);
    await ports.batches.hand(handKey(runId, "score", partition), work, WORK_LINES);
    return { scored: work.works.length };
  },
});
