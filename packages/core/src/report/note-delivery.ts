import { withDelivery } from "../audiences/counts.ts";
import { NotFoundError, TransientError } from "../errors.ts";
import type { RunRecord } from "../ledger/records.ts";
import type { Ports } from "../ports.ts";
import { writeRunReport } from "./write-run-report.ts";

/** Whoever notes what was delivered holds it: one name for all runs, because leases are kept for good. */
const LEASE = "note-delivery";

/** Longer than noting takes [design]. */
const LEASE_SECONDS = 60;

/** How long somebody waits for another who notes, and how often he asks [design]: longer than one who died holds on to it. */
const PATIENCE_MILLISECONDS = 90_000;
const ASK_AGAIN_MILLISECONDS = 500;

/**
 * Notes in a run what became of its audiences so far and writes its report; one at a time, so that nobody's older counts overwrite newer
 * ones. A run that has not ended stays as it is: closing it notes as well. `who` tells the callers apart. Answers the run as it stands.
 */
export async function noteDelivery(ports: Ports, runId: string, who: string): Promise<RunRecord> {
  for (let waited = 0; (await ports.leases.take(LEASE, who, LEASE_SECONDS)) === null; waited += ASK_AGAIN_MILLISECONDS) {
    if (waited >= PATIENCE_MILLISECONDS)
      throw new TransientError(`another is noting what was delivered`, { hint: "try again in a minute" });
    await ports.clock.sleep(ASK_AGAIN_MILLISECONDS);
  }
  try {
    return await note(ports, runId);
  } finally {
    await ports.leases.release(LEASE, who);
  }
}

async function note(ports: Ports, runId: string): Promise<RunRecord> {
  const run = await ports.runs.run(runId);
  if (!run) throw new NotFoundError(`there is no run ${runId}`, { hint: "bullseye runs lists them" });
  if (run.endedAt === undefined) return run;
  const audiences = [];
  for (const each of run.audiences ?? []) audiences.push(await withDelivery(ports, each));
  await ports.runs.putRun({ ...run, audiences });
  const noted = { ...run, audiences, report: await writeRunReport(ports, runId) };
  await ports.runs.putRun(noted);
  return noted;
}
