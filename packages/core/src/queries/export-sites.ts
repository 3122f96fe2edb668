import { RANK, type Statement } from "../account/item.ts";
import { type ListOrigin, mergeStatements } from "../account/merge.ts";
import { recordKey } from "../resolve/keys/record-id.ts";
import type { JudgedSite } from "../sites/score-sites.ts";
import type { FoundRecord } from "./export-records.ts";

/** Records in the order given, those beside each other together that name the same site; null: the account as a whole. */
export interface SiteRecords {
  site: JudgedSite | null;
  records: FoundRecord[];
}

interface Named {
  site: JudgedSite;
  statement: Statement;
}

/** Sites by the records that their rows carry. */
function sitesByRecord(sites: readonly JudgedSite[]): Map<string, Named[]> {
  const named = new Map<string, Named[]>();
  for (const site of sites)
    for (const statement of site.statements) {
      if (typeof statement.f.sourceId !== "string") continue;
      const key = recordKey(statement.f.sourceId);
      const known = named.get(key);
      if (known) known.push({ site, statement });
      else named.set(key, [{ site, statement }]);
    }
  return named;
}

const newest = (found: readonly Named[]): JudgedSite => [...found].sort((a, b) => b.statement.v - a.statement.v)[0]!.site;

/** Where several rows put one record at several places, the place that survives of what they say. */
function survivor(found: readonly Named[], origins: ReadonlyMap<string, ListOrigin>): JudgedSite {
  const st = found.map(({ statement }) => statement);
  const { city, postalCode } = mergeStatements([{ home: "", rank: RANK.source, st }], undefined, origins);
  const source = (city ?? postalCode)?.source;
  return newest(found.filter(({ statement: { l, r } }) => `${l}#${r[0]}` === source));
}

/**
 * Which site each record names: the one of its row where it is told of a row, else the one at which its rows put the record. Records whose
 * rows name no place stand for the account.
 */
export function recordsBySite(
  records: readonly FoundRecord[],
  sites: readonly JudgedSite[],
  origins: ReadonlyMap<string, ListOrigin>,
  rows: boolean,
): SiteRecords[] {
  if (sites.length === 0) return [{ site: null, records: [...records] }];
  const named = sitesByRecord(sites);
  const parts: SiteRecords[] = [];
  for (const record of records) {
    const found = named.get(recordKey(record.text)) ?? [];
    const ofRow = rows ? found.filter(({ statement: { l, r } }) => l === record.list && r.includes(record.row)) : [];
    const site = ofRow.length > 0 ? newest(ofRow) : found.length > 0 ? survivor(found, origins) : null;
    const last = parts.at(-1);
    if (last && last.site === site) last.records.push(record);
    else parts.push({ site, records: [record] });
  }
  return parts;
}
