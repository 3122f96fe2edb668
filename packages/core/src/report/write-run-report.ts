import { NotFoundError } from "../errors.ts";
import type { Ports } from "../ports.ts";
import { collectRunReport } from "./collect-run-report.ts";
import { renderRunReport } from "./run-report.ts";

/** Writes the report of a run that has ended; answers its key, `reports/<list or type>-<run id>.html`. */
export async function writeRunReport(ports: Ports, runId: string): Promise<string> {
  const run = await ports.runs.run(runId);
  if (!run) throw new NotFoundError(`there is no run ${runId}`, { hint: "bullseye runs lists them" });
  const key = `reports/${run.type === "list" && run.list !== null ? run.list : run.type}-${runId}.html`;
  await ports.objects.put(key, renderRunReport(await collectRunReport(ports, run)));
  return key;
}
