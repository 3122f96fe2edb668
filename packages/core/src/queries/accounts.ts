import type { AccountItem } from "../account/item.ts";
import { summariesOf } from "../account/view.ts";
import { currencyExponent } from "../lists/values/currency.ts";
import type { AccountStore, Digest, Ports } from "../ports.ts";
import { recordsOfSite, type SitePlace, type SiteRecord, sitesOf } from "../sites/sites.ts";
import { revenueByCurrency } from "../transactions/summary.ts";

/** A row of a list, by the number of its record in the file. */
export interface RowReference {
  list: string;
  row: number;
}

/** A point, a closed interval of which one end may be open, or nothing known. */
export type Quantity = number | readonly [low: number | null, high: number | null] | null;

/** A place of an account, with the rows and records that name it. The scores of the best sites are stored; the others carry none. */
export interface SiteListing extends SitePlace {
  id: string;
  score?: number | null;
  low?: number;
  high?: number;
  tier?: string;
  records: SiteRecord[];
}

/** One account as `bullseye accounts` lists it. `revenue` is firmographic, in whole units of the currency its list named. */
export interface AccountListing {
  id: string;
  name: string | null;
  /** Registrable domain, lower-case. */
  domain: string | null;
  country: string | null;
  industry: string | null;
  employees: Quantity;
  revenue: Quantity;
  /** 0..100; null where too little is known, `low` and `high` then still hold. */
  score: number | null;
  low: number | null;
  high: number | null;
  tier: string;
  segments: readonly string[];
  /** The site whose score the account has: at the level of sites, where it has several places. */
  site: string | null;
  /** The places that its rows name, the best first where they were scored. */
  sites: SiteListing[];
  /** The company right above, where a list names one; `id` is null where it is no account of ours. */
  parent: { id: string | null; name: string | null } | null;
  /** What the stored order lists hold of it: 0 orders where they hold none. `revenue` in major units (48.5) of `currency`. */
  transactions: {
    orders: number;
    revenue: number;
    currency: string | null;
    lastOrderAt: string | null;
    /** Revenue in further currencies, major units. */
    otherCurrencies?: Record<string, number>;
    /** What stays out of orders and revenue: cancellations, returns and lines of zero. */
    apart?: { cancelledOrders: number; cancelledLines: number; returnedLines: number; zeroLines: number };
  };
  /** Every row that speaks of the company itself, and the first row of each other list that speaks of it; by list, then row. */
  sources: RowReference[];
}

/** Which accounts to list; absent = all. */
export interface AccountFilter {
  tier?: string | undefined;
  segment?: string | undefined;
  limit?: number | undefined;
}

interface Ranked {
  id: string;
  score: number | null;
}

/** Accounts that are loaded at a time once their order is known. */
const PAGE = 500;

/** The tier of an account that no run has scored yet. */
const UNSCORED = "unknown";

/** Best first: by score, those without one behind, then by id. */
export function byRank(a: Ranked, b: Ranked): number {
  return (b.score ?? -1) - (a.score ?? -1) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Minor units as major ones: 4850 cents are 48.5. */
export function majorUnits(minor: number, currency: string | null): number {
  const exponent = currencyExponent(currency ?? undefined);
  return Number((minor / 10 ** exponent).toFixed(exponent));
}

/** The rows behind an account, each once, by list and row. */
export function sourcesOf(item: Pick<AccountItem, "groups">): RowReference[] {
  const seen = new Set<string>();
  const sources: RowReference[] = [];
  for (const { st } of item.groups) {
    for (const statement of st) {
      const rows = statement.k === "accounts" ? statement.r : statement.r.slice(0, 1);
      for (const row of rows) {
        const key = `${statement.l}:${row}`;
        if (seen.has(key)) continue;
        seen.add(key);
        sources.push({ list: statement.l, row });
      }
    }
  }
  return sources.sort((a, b) => (a.list < b.list ? -1 : a.list > b.list ? 1 : a.row - b.row));
}

/** What the orders of an account hold besides the headline. */
function furtherOrders(item: AccountItem, main: string | null): Partial<AccountListing["transactions"]> {
  const { orders } = summariesOf(item.groups);
  if (!orders) return {};
  const others: Record<string, number> = {};
  for (const [currency, minor] of Object.entries(revenueByCurrency(orders)))
    if (currency !== (main ?? "")) others[currency] = majorUnits(minor, currency || null);
  const { apart } = orders;
  return {
    ...(Object.keys(others).length > 0 ? { otherCurrencies: others } : {}),
    ...(apart
      ? {
          apart: {
            cancelledOrders: apart.cancelledOrders,
            cancelledLines: apart.cancelledLines,
            returnedLines: apart.returnedLines,
            zeroLines: apart.zeroLines,
          },
        }
      : {}),
  };
}

/** What is stored of the scores of sites first, the others by id. */
function siteListings(item: AccountItem, digest: Digest): SiteListing[] {
  const ranks = new Map(item.result?.sites?.best.map((each, at) => [each[0], { at, each }]));
  const last = ranks.size;
  return sitesOf(item, digest)
    .map((site): SiteListing => {
      const [, score, low, high, tier] = ranks.get(site.id)?.each ?? [];
      const scored = tier === undefined ? {} : { score, low, high, tier };
      return { id: site.id, ...site.place, ...scored, records: recordsOfSite(site) };
    })
    .sort((a, b) => (ranks.get(a.id)?.at ?? last) - (ranks.get(b.id)?.at ?? last));
}

/** A stored account as it is listed. */
export function listingOf(item: AccountItem, digest: Digest): AccountListing {
  const { result } = item;
  const show = result?.show;
  const [orders, minor, currency, lastOrderAt] = show?.tx ?? [0, 0, null, null];
  return {
    id: item.id,
    name: show?.name ?? null,
    domain: show?.domain ?? null,
    country: show?.country ?? null,
    industry: show?.industry ?? null,
    employees: show?.employees ?? null,
    revenue: show?.revenue ?? null,
    score: result?.score ?? null,
    low: result?.low ?? null,
    high: result?.high ?? null,
    tier: result?.tier ?? UNSCORED,
    segments: result?.segments ?? [],
    site: result?.sites?.best[0]?.[0] ?? null,
    sites: siteListings(item, digest),
    parent: show?.parent ? { id: show.parent[0], name: show.parent[1] } : null,
    transactions: { orders, revenue: majorUnits(minor, currency), currency, lastOrderAt, ...furtherOrders(item, currency) },
    sources: sourcesOf(item),
  };
}

/** Whether an account is among those asked for, whatever their limit. */
export function passes(item: AccountItem, filter: AccountFilter): boolean {
  const { result } = item;
  if (filter.tier !== undefined && (result?.tier ?? UNSCORED) !== filter.tier) return false;
  return filter.segment === undefined || (result?.segments.includes(filter.segment) ?? false);
}

/**
 * Accounts, best first. With a limit only that many are held in memory; without one the ids are ranked first and the accounts then loaded
 * page by page, so that memory stays flat but for the ids.
 */
export async function* rankedAccounts(store: AccountStore, filter: AccountFilter = {}): AsyncGenerator<AccountItem> {
  const { limit, tier, segment } = filter;
  if (limit !== undefined && tier !== undefined && segment === undefined) {
    yield* await store.ranked(tier, limit);
    return;
  }
  if (limit !== undefined) {
    yield* await bestAccounts(store, limit, (item) => passes(item, filter));
    return;
  }
  const ranked: Ranked[] = [];
  for await (const item of store.scan("", null, "all"))
    if (passes(item, filter)) ranked.push({ id: item.id, score: item.result?.score ?? null });
  ranked.sort(byRank);
  for (let start = 0; start < ranked.length; start += PAGE) {
    const page = ranked.slice(start, start + PAGE);
    const items = await store.accounts(page.map(({ id }) => id).sort());
    for (const { id } of page) {
      const item = items.get(id);
      if (item) yield item;
    }
  }
}

/** The best `limit` accounts of those that `wanted` lets through, best first; holds at most twice as many at a time. */
export async function bestAccounts(
  store: AccountStore,
  limit: number,
  wanted: (item: AccountItem) => boolean,
): Promise<AccountItem[]> {
  let best: Array<Ranked & { item: AccountItem }> = [];
  for await (const item of store.scan("", null, "all")) {
    if (!wanted(item)) continue;
    best.push({ id: item.id, score: item.result?.score ?? null, item });
    if (best.length < 2 * limit) continue;
    best = best.sort(byRank).slice(0, limit);
  }
  return best
    .sort(byRank)
    .slice(0, limit)
    .map(({ item }) => item);
}

/** Accounts as they are listed, best first. */
export async function* listAccounts(
  { accounts, digest }: Pick<Ports, "accounts" | "digest">,
  filter: AccountFilter = {},
): AsyncGenerator<AccountListing> {
  for await (const item of rankedAccounts(accounts, filter)) yield listingOf(item, digest);
}
