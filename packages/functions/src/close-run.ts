import { openEvents } from "@bullseye/aws/parts";
import { closeRun } from "@bullseye/core/operations/close-run/close-run";
import { noteDelivery } from "@bullseye/core/report/note-delivery";
import { operationHandler } from "./operation-handler.ts";
import { count } from "./telemetry.ts";

export const handler = operationHandler(closeRun, { events: openEvents }, async ({ container }, perform, { runId, failed }) => {
  const { ports, stage } = container;
  try {
    const closed = await perform();
    count(failed ? "RunFailed" : "RunClosed", stage);
    // What went out before the run had ended could not be noted in it.
    if (!failed) await noteDelivery(ports, runId, runId);
    return closed;
  } catch (error) {
    if ((await ports.runs.run(runId).catch(() => null))?.balanced === false) count("RunUnbalanced", stage);
    throw error;
  }
});
