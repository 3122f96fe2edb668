import type { Attributes, Day } from "../account/attribute.ts";
import type { AccountItem } from "../account/item.ts";
import { roleGaps } from "../decision-making/role-gaps.ts";
import type { ScoreResult } from "../icp/score.ts";
import type { Ports } from "../ports.ts";
import { reasonsOf } from "../report/reasons.ts";
import { points } from "../report/wording.ts";
import { recordKey } from "../resolve/keys/record-id.ts";
import { type AccountFilter, passes } from "./accounts.ts";
import { atSite, type Explainer, openExplainer, type Rescored } from "./explain.ts";
import {
  contestedRecords,
  type ExportRecord,
  type ExportTarget,
  type FoundRecord,
  isInList,
  recordsOf,
  unidentified,
} from "./export-records.ts";
import { recordsBySite } from "./export-sites.ts";

/** What an export says of an account. Null and empty lists are unknown or none; nothing of it is a person's. */
export interface ExportedAccount {
  id: string;
  name: string | null;
  domain: string | null;
  country: string | null;
  score: number | null;
  low: number | null;
  high: number | null;
  tier: string;
  /** Null where nobody has looked yet. */
  disqualified: boolean | null;
  /** What earned most, in words, the score's own contributions; for a disqualified account what disqualifies it comes first. */
  reasons: string[];
  /** Where the CRM says that the account is. */
  stage: string | null;
  segments: readonly string[];
  audiences: readonly string[];
  /** People known there. */
  contacts: number;
  /** Roles of the buying committee without a contact; null where the committee is not known. */
  missingRoles: readonly string[] | null;
  scoredOn: Day | null;
}

/** One account, or one of its sites, with the records that it is written for, at least one. */
export interface ExportEntry {
  account: ExportedAccount;
  records: ExportRecord[];
}

/** What went into an export and what was left out; filled while it is read. */
export interface ExportSums {
  /** Rows written. */
  rows: number;
  /** Accounts with a row. */
  accounts: number;
  /** Accounts asked for that carry no id of the target: left out, or, for `csv`, written without one. */
  withoutId: number;
  /** Ids of accounts to which several ids resolved. */
  merged: number;
  /** Ids left out because rows of several accounts name them. */
  contested: number;
  /** Ids left out because they are none of an account: other records, or typing errors. */
  foreign: number;
}

/** An export of nothing. */
export const noExport = (): ExportSums => ({ rows: 0, accounts: 0, withoutId: 0, merged: 0, contested: 0, foreign: 0 });

/** Which accounts to export; absent = all. `list` keeps to records that this list names. */
export interface ExportFilter extends Pick<AccountFilter, "tier" | "segment"> {
  list?: string | undefined;
}

/** Accounts whose record ids are looked up at a time. */
const PAGE = 500;

/** Where an account is on its way, the best known first. */
const STAGE_ATTRIBUTES = ["lifecycle"];

interface Candidate {
  item: AccountItem;
  records: FoundRecord[];
}

/**
 * Accounts with their original record ids, by account id; holds {@link PAGE} of them at a time. `seen` is told how many accounts were looked
 * at. NotFoundError before the first run, BugError where a stored score is not what its evidence gives.
 */
export async function* exportEntries(
  ports: Ports,
  target: ExportTarget,
  filter: ExportFilter,
  sums: ExportSums,
  seen: (accounts: number) => void = () => {},
): AsyncGenerator<ExportEntry> {
  const explainer = await openExplainer(ports);
  let page: Candidate[] = [];
  let looked = 0;
  for await (const item of ports.accounts.scan("", null, "all")) {
    seen(++looked);
    // Of an account with sites each record has the tier of its own.
    if (
      !passes(item, item.result?.sites ? { segment: filter.segment } : filter) ||
      (filter.list !== undefined && !isInList(item, filter.list))
    )
      continue;
    const { records, foreign } = recordsOf(item, target, filter.list);
    sums.foreign += foreign;
    page.push({ item, records });
    if (page.length < PAGE) continue;
    yield* entriesOf(ports, target, filter, sums, explainer, page);
    page = [];
  }
  yield* entriesOf(ports, target, filter, sums, explainer, page);
}

async function* entriesOf(
  ports: Ports,
  target: ExportTarget,
  filter: ExportFilter,
  sums: ExportSums,
  explainer: Explainer,
  page: readonly Candidate[],
): AsyncGenerator<ExportEntry> {
  // Whoever reads the CSV sees both rows; a CRM would take the last one.
  const contested = target === "csv" ? new Set<string>() : await contestedRecords(ports.accounts, ports.digest, page);
  for (const { item, records } of page) {
    if (records.length === 0) {
      sums.withoutId++;
      if (target !== "csv") continue;
    }
    const clear: FoundRecord[] =
      records.length === 0
        ? [{ ...unidentified(item, filter.list), text: "" }]
        : records.filter(({ text }) => !contested.has(text));
    sums.contested += records.length === 0 ? 0 : records.length - clear.length;
    if (clear.length === 0) continue;
    const entries = (await entriesOfAccount(item, clear, explainer, target)).filter(
      ({ account }) => filter.tier === undefined || account.tier === filter.tier,
    );
    if (entries.length === 0) continue;
    const written = entries.flatMap((entry) => entry.records);
    sums.accounts++;
    sums.rows += written.length;
    const ids = new Set(written.map(({ system, id }) => recordKey(`${system}:${id}`))).size;
    if (ids > 1) sums.merged += ids;
    yield* entries;
  }
}

/** One entry, or one for each site that records beside each other name. */
async function entriesOfAccount(
  item: AccountItem,
  records: FoundRecord[],
  explainer: Explainer,
  target: ExportTarget,
): Promise<ExportEntry[]> {
  const { result } = item;
  if (!result) return [{ account: { ...UNSCORED, id: item.id }, records }];
  const account = await explainer.rescore(item);
  return recordsBySite(records, account.sites, explainer.origins, target === "csv").map((part) => ({
    account: exportedAccount(item, part.site === null ? account : atSite(account, part.site, explainer.profile)),
    records: part.records,
  }));
}

function exportedAccount(item: AccountItem, { scored, attributes, asOf }: Rescored): ExportedAccount {
  const result = item.result!;
  const contacts = attributes["contacts.count"]?.value;
  return {
    id: item.id,
    name: result.show.name,
    domain: result.show.domain,
    country: result.show.country,
    score: scored.score,
    low: scored.low,
    high: scored.high,
    tier: scored.tier,
    disqualified: scored.disqualified !== null,
    reasons: reasonTexts(scored),
    stage: stageOf(attributes),
    segments: result.segments,
    audiences: result.audiences,
    contacts: typeof contacts === "number" ? contacts : 0,
    missingRoles: roleGaps(attributes),
    scoredOn: asOf,
  };
}

const UNSCORED: Omit<ExportedAccount, "id"> = {
  name: null,
  domain: null,
  country: null,
  score: null,
  low: null,
  high: null,
  tier: "unknown",
  disqualified: null,
  reasons: [],
  stage: null,
  segments: [],
  audiences: [],
  contacts: 0,
  missingRoles: null,
  scoredOn: null,
};

function reasonTexts(scored: ScoreResult): string[] {
  const earned = reasonsOf(scored).map(({ what, value, points: given }) => `${what}: ${value} (+${points(given)})`);
  return scored.disqualified === null ? earned : [`disqualified: ${scored.disqualified.reason}`, ...earned];
}

function stageOf(attributes: Attributes): string | null {
  for (const name of STAGE_ATTRIBUTES) {
    const value = attributes[name]?.value;
    if (typeof value === "string") return value;
  }
  return null;
}
