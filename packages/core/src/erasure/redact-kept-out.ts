import type { RunRecord } from "../ledger/records.ts";
import { ERASED } from "../operations/import-list/keep-out.ts";
import { ledgerTexts, rowEnds } from "../operations/ledger-lines.ts";
import type { Ports } from "../ports.ts";
import { nothingFound } from "./found.ts";
import { contextIfAny, type Removed, redactInbox, redactKept } from "./redact-lists.ts";

/**
 * Empties, in what is kept of a file that a run read, the records that were rejected because they name somebody who was erased: whoever was
 * forgotten before stays so in the copies of later lists. The caller lets no run begin meanwhile.
 */
export async function redactKeptOut(ports: Ports, run: RunRecord): Promise<Removed[]> {
  if (run.type !== "list" || run.status !== "done" || !(await contextIfAny(ports, run.runId))?.tombstones) return [];
  const rows: number[] = [];
  for await (const { text } of ledgerTexts(ports, run.runId, "import"))
    for (const { row, reason } of rowEnds(text)) if (reason === ERASED.reason) rows.push(row);
  if (rows.length === 0) return [];
  const erased = [{ run: run.runId, rows }];
  const mine = ({ runId }: RunRecord): boolean => runId === run.runId;
  const removed: Removed[] = [];
  for (const redact of [redactInbox, redactKept])
    removed.push(...(await redact(ports, nothingFound("person"), erased, mine)).removed);
  return removed;
}
