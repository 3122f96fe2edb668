import { gunzipSync, gzipSync } from "node:zlib";
import { placeOf, rankOf, standingVersions } from "../ledger/list-versions.ts";
import type { ListRecord } from "../ledger/records.ts";
import type { Ports } from "../ports.ts";
import type { Evidence } from "../resolve/evidence.ts";
import { evidencePrefix } from "./run-context.ts";

/** Writes kept evidence anew where `change` alters a line of it or drops it; answers how many lines it did that to. */
export async function changeEvidence(
  ports: Pick<Ports, "objects">,
  prefix: string,
  change: (evidence: Evidence) => Evidence | null,
): Promise<number> {
  let n = 0;
  for (const key of await ports.objects.list(prefix)) {
    const before = n;
    const kept: string[] = [];
    for (const line of gunzipSync(await ports.objects.get(key))
      .toString("utf8")
      .split("\n")) {
      if (line === "") continue;
      const changed = change(JSON.parse(line) as Evidence);
      const text = changed === null ? "" : JSON.stringify(changed);
      if (text !== line) n++;
      if (text !== "") kept.push(`${text}\n`);
    }
    if (n === before) continue;
    if (kept.length === 0) await ports.objects.remove(key);
    else await ports.objects.put(key, gzipSync(kept.join(""), { level: 1 }));
  }
  return n;
}

/**
 * Forgets what was kept of versions of a list that do not stand any more, once what they shared was said again; all of it where fewer than
 * two versions stand. What a version said in whose place another stands goes with that one.
 */
export async function clearEvidence(ports: Pick<Ports, "objects">, list: ListRecord): Promise<void> {
  const standing = standingVersions(list);
  const prefix = evidencePrefix(list.id);
  // Where a run failed, what it saved already may lie over what the one that stands said.
  if (standing.length < 2 && !list.versions.some(({ status }) => status === "failed")) {
    if ((await ports.objects.list(prefix)).length > 0) await ports.objects.remove(prefix);
    return;
  }
  const ranks = new Set(standing.flatMap((each) => placeOf(list, each)).map(rankOf));
  await changeEvidence(ports, prefix, (evidence) => (ranks.has(evidence.version) ? evidence : null));
}
