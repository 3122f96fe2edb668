import { gunzipSync } from "node:zlib";
import { type AccountItem, RANK } from "@bullseye/core/account/item";
import { BugError } from "@bullseye/core/errors";
import { ledgerKey } from "@bullseye/core/operations/run-context";
import type { Ports } from "@bullseye/core/ports";
import type { FuzzyOptions } from "@bullseye/core/resolve/fuzzy/options";
import { matchCompanies, type RowPair, rowKey } from "./company-matching.ts";

/** How a row found the other rows of its company. `new`: no other row is the same company; `rejected`: it names none. */
export type Method = "registration" | "domain" | "linkedin" | "name" | "name+place" | "fuzzy" | "source-id" | "new" | "rejected";

/** Which account a row belongs to. */
export interface ResolvedRow {
  row: number;
  accountId: string | null;
  method: Method;
  /** 0..1: how sure it is that the rows of `accountId` are one company. */
  confidence: number;
  /** Why a row was rejected. */
  reason?: string;
}

/**
 * How sure a key makes it that two rows are the same company [design]: registers give out a number once; a domain is a company's but for
 * brands and resellers; record ids hold within their system; names repeat, within a country less so. A row alone is new as far as anybody
 * can tell from this file.
 */
export const METHOD_CONFIDENCE: Readonly<Record<Exclude<Method, "fuzzy">, number>> = {
  registration: 0.99,
  domain: 0.97,
  linkedin: 0.96,
  "source-id": 0.97,
  "name+place": 0.9,
  name: 0.75,
  new: 1,
  rejected: 0,
};

type ExactMethod = Exclude<Method, "fuzzy">;

interface Home {
  id: string;
  account: string;
  method: ExactMethod;
}

/** What a file comes to: a line for each row, and pairs of rows that a person should look at. */
export interface Resolution {
  rows: ResolvedRow[];
  review: RowPair[];
  level: "company" | "site";
}

type LedgerRow = [row: number, outcome: string, homeOrReason?: string];

/** Every home with the account it resolved to and the kind of key that it is. */
function homesOf(items: readonly AccountItem[]): Map<string, Home> {
  const homes = new Map<string, Home>();
  for (const item of items)
    for (const { home, rank, country } of item.groups)
      homes.set(home, { id: home, account: item.id, method: methodOf(rank, country) });
  return homes;
}

function methodOf(rank: number, country: string | undefined): ExactMethod {
  switch (rank) {
    case RANK.registration:
      return "registration";
    case RANK.domain:
      return "domain";
    case RANK.linkedin:
      return "linkedin";
    case RANK.source:
      return "source-id";
    default:
      return country ? "name+place" : "name";
  }
}

async function* ledgerRows(ports: Ports, runId: string, stage: string): AsyncGenerator<LedgerRow> {
  for (const key of await ports.objects.list(ledgerKey(runId, `${stage}/`))) {
    const text = gunzipSync(await ports.objects.get(key)).toString("utf8");
    for (const line of text.split("\n")) if (line !== "") yield JSON.parse(line) as LedgerRow;
  }
}

/**
 * Every data row of a run in row order with the company it ended in: exact keys first, then names and places compared within the file; blank
 * and footer rows are none. BugError where a row has no account.
 */
export async function resolvedRows(ports: Ports, runId: string, options: FuzzyOptions): Promise<Resolution> {
  const items: AccountItem[] = [];
  for await (const item of ports.accounts.scan("", null, "all")) items.push(item);
  const homes = homesOf(items);
  const ended = new Map<number, Home | { reason: string }>();
  for await (const [row, outcome, reason] of ledgerRows(ports, runId, "import"))
    if (outcome === "rejected") ended.set(row, { reason: reason ?? "rejected" });
  for await (const [row, outcome, home] of ledgerRows(ports, runId, "rows")) {
    if (row < 0) continue;
    if (outcome === "rejected") {
      ended.set(row, { reason: "no-order" });
      continue;
    }
    const found = homes.get(home ?? "");
    if (!found) throw new BugError(`row ${row} was ${outcome} and belongs to no account`, { hint: "please report this" });
    ended.set(row, found);
  }
  const matching = matchCompanies(items, ports.digest, options);
  const companyOf = (row: number, home: Home) => matching.rows.get(rowKey(home.id, row)) ?? matching.homes.get(home.id) ?? null;
  const exact = new Map<string, number>();
  for (const [row, each] of ended) {
    if (!("account" in each)) continue;
    const key = `${each.account} ${companyOf(row, each)?.company}`;
    exact.set(key, (exact.get(key) ?? 0) + 1);
  }
  const rows = [...ended]
    .sort((a, b) => a[0] - b[0])
    .map(([row, each]): ResolvedRow => {
      if ("reason" in each)
        return { row, accountId: null, method: "rejected", confidence: METHOD_CONFIDENCE.rejected, reason: each.reason };
      const company = companyOf(row, each);
      const accountId = company?.company ?? each.account;
      if (exact.get(`${each.account} ${company?.company}`)! > 1)
        return { row, accountId, method: each.method, confidence: METHOD_CONFIDENCE[each.method] };
      const joined = company?.joined;
      return joined
        ? { row, accountId, method: joined.method, confidence: joined.confidence }
        : { row, accountId, method: "new", confidence: METHOD_CONFIDENCE.new };
    });
  return { rows, review: matching.review, level: matching.level };
}
