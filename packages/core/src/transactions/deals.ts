import type { Deal } from "../account/facts.ts";
import type { IncomingDeal, ListVersion, RowClass, StoredDeal } from "./types.ts";

export { emptyDealSummary, mergeDealSummaries, summarizeDeals } from "./deal-summary.ts";

/**
 * Joins all deals that one version of a list has for one home to the stored ones. Neither argument is changed; deals come back by
 * (dealId, list), classes by row. Rows of one deal in one version are one deal: won before lost before open, then the later close, then
 * the larger amount decides; what it does not state comes from the next row; roles add up. A higher version replaces the deal of a lower
 * one as a whole, in whichever order they arrive. The result does not depend on the order of the rows.
 */
export function mergeDeals(
  existing: readonly StoredDeal[],
  incoming: readonly IncomingDeal[],
  from: ListVersion,
): { deals: StoredDeal[]; classes: RowClass[] } {
  const rows = new Map<string, { first: number; deals: Deal[] }>();
  for (const { row, deal } of incoming) {
    const known = rows.get(deal.dealId);
    if (known === undefined) {
      rows.set(deal.dealId, { first: row, deals: [deal] });
    } else {
      known.deals.push(deal);
      if (row < known.first) known.first = row;
    }
  }
  const classes: RowClass[] = [];
  for (const { row, deal } of incoming)
    classes.push({ row, class: rows.get(deal.dealId)!.first === row ? "accepted" : "merged" });
  classes.sort((a, b) => a.row - b.row);

  const deals: StoredDeal[] = [];
  for (const stored of existing) {
    const fresh = stored.list === from.list ? rows.get(stored.dealId) : undefined;
    if (fresh === undefined || stored.version > from.version) deals.push(stored);
    else deals.push({ dealId: stored.dealId, list: from.list, version: from.version, deal: joinRows(fresh.deals) });
    if (fresh !== undefined) rows.delete(stored.dealId);
  }
  for (const [dealId, { deals: fresh }] of rows) {
    deals.push({ dealId, list: from.list, version: from.version, deal: joinRows(fresh) });
  }
  deals.sort(byKey);
  return { deals, classes };
}

const OUTCOME_RANK = { won: 0, lost: 1, open: 2 } as const;

function joinRows(rows: Deal[]): Deal {
  if (rows.length === 1) return rows[0]!;
  rows.sort(byWeight);
  const joined: Record<string, unknown> = {};
  const roles = new Set<string>();
  for (const row of rows) {
    for (const role of row.roles ?? []) roles.add(role);
    for (const field of FIELDS) joined[field] ??= row[field];
  }
  if (roles.size > 0) joined.roles = [...roles].sort();
  for (const field of FIELDS) if (joined[field] === undefined) delete joined[field];
  return joined as unknown as Deal;
}

const FIELDS = [
  "dealId",
  "outcome",
  "stage",
  "amount",
  "currency",
  "createdAt",
  "closedAt",
  "probability",
  "lostReason",
  "product",
  "name",
] as const satisfies ReadonlyArray<keyof Deal>;

function byWeight(a: Deal, b: Deal): number {
  const outcome = OUTCOME_RANK[a.outcome] - OUTCOME_RANK[b.outcome];
  if (outcome !== 0) return outcome;
  if (a.closedAt !== b.closedAt) return (a.closedAt ?? "") > (b.closedAt ?? "") ? -1 : 1;
  if (a.amount !== b.amount) return (a.amount ?? Number.NEGATIVE_INFINITY) > (b.amount ?? Number.NEGATIVE_INFINITY) ? -1 : 1;
  for (const field of FIELDS) {
    const left = a[field];
    const right = b[field];
    if (left === right) continue;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return left < right ? -1 : 1;
  }
  return 0;
}

function byKey(a: StoredDeal, b: StoredDeal): number {
  if (a.dealId !== b.dealId) return a.dealId < b.dealId ? -1 : 1;
  return a.list < b.list ? -1 : a.list > b.list ? 1 : 0;
}
