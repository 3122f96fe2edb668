import { redactKeptOut } from "@bullseye/core/erasure/redact-kept-out";
import type { RunRecord } from "@bullseye/core/ledger/records";
import { letBytesGo } from "./kept-bytes.ts";
import type { LocalPorts } from "./ports.ts";

/** Lets go of what a home keeps only while a run is at work, and of what the run took back or must not keep. */
export async function afterRun(ports: LocalPorts, run: RunRecord): Promise<void> {
  await redactKeptOut(ports, run);
  await letBytesGo(ports);
  if (run.type === "undo" || run.type === "erase") ports.emptyLog();
}
