import * as z from "zod";
import { operation } from "../operation.ts";

/** The lease that the runs of a stage have one after the other. */
export const TURN = "turn";

/** Longer than a run may last (the state machine ends it after 23 hours): a turn that was not given back ends by itself [design]. */
export const TURN_SECONDS = 24 * 60 * 60;

/**
 * Lets the runs of a stage go one after the other, in the order in which their files were dropped: a run pins what it reads of the store,
 * so no other may change it meanwhile. The fence goes with everything that the run saves.
 */
export const takeTurn = operation({
  id: "take-turn",
  input: z.object({
    runId: z.string(),
    key: z.string().nullable(),
    versionId: z.string().nullable(),
    asOf: z.string(),
    droppedAt: z.string(),
    configSha: z.string(),
  }),
  output: z.object({ mine: z.boolean(), fence: z.number() }),
  async run(ports, { runId, key, versionId, asOf, droppedAt, configSha }) {
    if ((await ports.runs.run(runId)) === null)
      await ports.runs.putRun({
        runId,
        type: key === null ? "refresh" : "list",
        status: "waiting",
        list: null,
        kind: null,
        version: null,
        input: { key, versionId: versionId ?? "", asOf, configSha },
        startedAt: ports.clock.now(),
      });
    const fence = await ports.leases.take(TURN, runId, TURN_SECONDS, droppedAt);
    return { mine: fence !== null, fence: fence ?? 0 };
  },
});
