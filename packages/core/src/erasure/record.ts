import * as z from "zod";
import type { Ports } from "../ports.ts";

/** Where the ledger says what was erased: homes and rows, so that it still adds up; nothing by which somebody could be found. */
const recordKey = (tombstone: string): string => `ledger/erasures/${tombstone}.json`;

const ErasureRecord = z.object({
  v: z.literal(1),
  tombstone: z.string(),
  kind: z.enum(["person", "company"]),
  /** ISO instant of the first time. */
  at: z.string(),
  /** Whether it went to its end. */
  done: z.boolean(),
  homes: z.array(z.string()),
  /** Rows by run. */
  rows: z.record(z.string(), z.array(z.number())),
  removed: z.array(z.object({ where: z.string(), n: z.number() })),
});
export type ErasureRecord = z.infer<typeof ErasureRecord>;

/** Writes down an erasure, or adds to what was written of it; answers all of it. */
export async function noteErasure(ports: Ports, record: ErasureRecord): Promise<ErasureRecord> {
  const key = recordKey(record.tombstone);
  const before = (await ports.objects.size(key)) === null ? null : await read(ports, key);
  const rows: ErasureRecord["rows"] = { ...before?.rows };
  for (const [run, more] of Object.entries(record.rows))
    rows[run] = [...new Set([...(rows[run] ?? []), ...more])].sort((a, b) => a - b);
  const joined: ErasureRecord = {
    ...record,
    at: before?.at ?? record.at,
    homes: [...new Set([...(before?.homes ?? []), ...record.homes])].sort(),
    rows,
    removed: [...(before?.removed ?? []), ...record.removed],
  };
  await ports.objects.put(key, JSON.stringify(joined));
  return joined;
}

async function read(ports: Ports, key: string): Promise<ErasureRecord> {
  return ErasureRecord.parse(JSON.parse(Buffer.from(await ports.objects.get(key)).toString("utf8")));
}

/** All erasures together, as the ledger is read against them. */
export interface ErasedLedger {
  /** Homes of erased companies. */
  homes: ReadonlySet<string>;
  /** These, and the homes of erased people, which stand only where somebody else named them. */
  mayBeGone: ReadonlySet<string>;
  /** When a row of a run was erased; null where it was not. */
  at(run: string, row: number): string | null;
  /** When a home was erased; null where it was not. */
  homeAt(home: string): string | null;
}

/** Reads what was erased; empty where nothing ever was. */
export async function erasedLedger(ports: Ports): Promise<ErasedLedger> {
  const homes = new Set<string>();
  const all = new Map<string, string>();
  const rows = new Map<string, string>();
  for (const key of await ports.objects.list("ledger/erasures/")) {
    const record = await read(ports, key);
    for (const home of record.homes) {
      all.set(home, record.at);
      if (record.kind === "company") homes.add(home);
    }
    for (const [run, each] of Object.entries(record.rows)) for (const row of each) rows.set(`${run} ${row}`, record.at);
  }
  return {
    homes,
    mayBeGone: new Set(all.keys()),
    at: (run, row) => rows.get(`${run} ${row}`) ?? null,
    homeAt: (home) => all.get(home) ?? null,
  };
}
