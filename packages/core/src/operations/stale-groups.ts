import { gzipSync } from "node:zlib";
import type { Ports } from "../ports.ts";
import { workKey } from "./run-context.ts";

/**
 * Where the last run of the list failed half-way, a home that it took back may be gone while the account that it had joined still holds what it said. Answers the
 * object that names them, in the form of a ledger, for import-list to make good; null where there are none.
 */
export async function staleGroups(
  ports: Pick<Ports, "accounts" | "objects" | "runs">,
  runId: string,
  list: string,
): Promise<string | null> {
  const last = (await ports.runs.runs()).find((run) => run.list === list && run.runId !== runId);
  if (last?.status !== "failed") return null;
  const joined: Array<{ home: string; account: string }> = [];
  for await (const { id, groups } of ports.accounts.scan("", null, "all"))
    for (const { via } of groups) if (via !== undefined) joined.push({ home: via, account: id });
  const parked = await ports.accounts.parked([...new Set(joined.map(({ home }) => home))].sort());
  const stale = joined.filter(({ home }) => !parked.has(home));
  if (stale.length === 0) return null;
  const key = workKey(runId, "stale.jsonl.gz");
  await ports.objects.put(
    key,
    gzipSync(stale.map(({ home, account }) => `${JSON.stringify([0, "gone", home, account])}\n`).join("")),
  );
  return key;
}
