import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { standingVersions } from "@bullseye/core/ledger/list-versions";
import { versionKey } from "@bullseye/core/operations/run-context";
import type { LocalPorts } from "./ports.ts";

/** Lets the bytes of files go, but for those of runs that can go on, and of files with rejected rows: they are read again when these come back corrected. */
export async function letBytesGo(ports: LocalPorts): Promise<void> {
  const runs = await ports.runs.runs();
  const kept = new Set(runs.filter(({ status }) => status === "running").map(({ input }) => input.versionId));
  for (const list of await ports.runs.lists())
    for (const { runId, contentHash, erasedHashes = [] } of standingVersions(list)) {
      const run = runs.find((each) => each.runId === runId);
      if ((run?.rows?.rejected ?? 0) > 0) for (const hash of [contentHash, ...erasedHashes]) kept.add(hash);
    }
  const versions = ports.objects.path(versionKey(""));
  for (const name of existsSync(versions) ? readdirSync(versions) : [])
    if (!kept.has(name)) rmSync(join(versions, name), { force: true });
}
