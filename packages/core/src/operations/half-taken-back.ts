import { gzipSync } from "node:zlib";
import type { RunRecord } from "../ledger/records.ts";
import type { Ports } from "../ports.ts";
import { runKey, workKey } from "./run-context.ts";

/** Where a run that failed leaves the vouchers that it was about to withdraw. */
const unlinksKey = (runId: string): string => runKey(runId, "unlinks.txt");

/**
 * Keeps of a failed undo or erasure which vouchers it withdrew: where it saved the homes that had vouched, nobody could find out any more. The
 * lines are those of the rounds (`resolve/lines.ts`) and name nobody.
 */
export async function noteUnlinks(ports: Pick<Ports, "objects">, { runId, type }: RunRecord): Promise<void> {
  if (type !== "undo" && type !== "erase") return;
  const unlinks = new Set<string>();
  for (const key of await ports.objects.list(workKey(runId, "patch/"))) {
    if (!key.endsWith(".lines")) continue;
    for (const line of Buffer.from(await ports.objects.get(key))
      .toString("utf8")
      .split("\n"))
      if (line.startsWith("U\t")) unlinks.add(`${line}\n`);
  }
  if (unlinks.size > 0) await ports.objects.put(unlinksKey(runId), [...unlinks].sort().join(""));
}

/**
 * What the last run of a list left half done that took something back and failed: homes that are gone while the account that they had joined
 * still holds what they said, and, where this run does the same again, vouchers. Answers the object that says so, in the form of a ledger, for
 * import-list to make good; null where there is nothing.
 */
export async function halfTakenBack(ports: Pick<Ports, "accounts" | "objects" | "runs">, run: RunRecord): Promise<string | null> {
  const last = (await ports.runs.runs()).find(({ list, runId }) => list === run.list && runId !== run.runId);
  if (last?.status !== "failed") return null;
  const lines: string[] = [];
  const joined: Array<{ home: string; account: string }> = [];
  for await (const { id, groups } of ports.accounts.scan("", null, "all"))
    for (const { via } of groups) if (via !== undefined) joined.push({ home: via, account: id });
  const parked = await ports.accounts.parked([...new Set(joined.map(({ home }) => home))].sort());
  for (const { home, account } of joined) if (!parked.has(home)) lines.push(JSON.stringify([0, "gone", home, account]));
  if (last.type === run.type && last.undoes === run.undoes)
    for (const key of await ports.objects.list(unlinksKey(last.runId)))
      for (const line of Buffer.from(await ports.objects.get(key))
        .toString("utf8")
        .split("\n"))
        if (line !== "") lines.push(JSON.stringify([0, "unlinked", ...line.split("\t").slice(1)]));
  if (lines.length === 0) return null;
  const key = workKey(run.runId, "half.jsonl.gz");
  await ports.objects.put(key, gzipSync(`${lines.join("\n")}\n`));
  return key;
}
