import { gunzipSync, gzipSync } from "node:zlib";
import type { ListRecord } from "../ledger/records.ts";
import { ledgerTexts, rowEnds } from "../operations/ledger-lines.ts";
import type { Ports } from "../ports.ts";
import type { Found } from "./found.ts";
import { contextIfAny, type ErasedRows, namesIn, type Removed, rowsOfHomes } from "./redact-lists.ts";

/** Forgets the corrections of rows that name who is erased; these rows are read as their file has them from now on. */
export async function redactCorrections(ports: Ports, found: Found): Promise<{ removed: Removed[]; rows: ErasedRows[] }> {
  const removed: Removed[] = [];
  const rows: ErasedRows[] = [];
  for (const list of await ports.runs.lists())
    for (const prefix of new Set(list.versions.flatMap(({ correction }) => correction?.key ?? []))) {
      const gone = await redactUnder(ports, list, prefix, found);
      if (gone.length === 0) continue;
      removed.push({ where: prefix, n: gone.length });
      for (const { correction, runId } of list.versions) if (correction?.key === prefix) rows.push({ run: runId, rows: gone });
    }
  return { removed, rows };
}

/** Rows whose corrections went. */
async function redactUnder(ports: Ports, list: ListRecord, prefix: string, found: Found): Promise<number[]> {
  const keys = await ports.objects.list(prefix);
  const version = list.versions.findLast(({ correction }) => correction?.key === prefix);
  const run = keys.length === 0 || !version ? null : await ports.runs.run(version.runId);
  const context = run && (await contextIfAny(ports, run.runId));
  if (!run || !context?.table) return [];
  const names = namesIn(ports, context, context.table, found);
  const homes = await rowsOfHomes(ports, run, found);
  const rejected = new Set<number>();
  for await (const { text } of ledgerTexts(ports, run.runId, "import"))
    for (const { row, outcome } of rowEnds(text)) if (outcome === "rejected") rejected.add(row);
  const gone: number[] = [];
  for (const key of keys) {
    const lines = gunzipSync(await ports.objects.get(key))
      .toString("utf8")
      .split("\n")
      .filter(Boolean);
    const kept = lines.filter((line) => {
      const [row, cells] = JSON.parse(line) as [number, string[] | null];
      const goes = homes.has(row) || (cells !== null && names(cells, rejected.has(row)));
      if (goes) gone.push(row);
      return !goes;
    });
    if (kept.length < lines.length)
      await ports.objects.put(key, gzipSync(kept.map((line) => `${line}\n`).join(""), { level: 1 }));
  }
  return gone;
}
