import type { ListKind } from "../lists/kinds.ts";
import type { ContactSummary } from "../personas/types.ts";
import type { DealSummary, OrderSummary } from "../transactions/types.ts";
import type { Day } from "./attribute.ts";
import type { SuppressionClass } from "./facts.ts";
import type { FieldValues } from "./fields.ts";

/** Schema version of items and objects; readers accept the one before. */
export const ITEM_VERSION = 1;

/** How strong a key is; rows under a weaker key attach to the one company that a stronger key vouches for. */
export const RANK = { source: 0, name: 1, linkedin: 2, domain: 3, registration: 4 } as const;
export type Rank = (typeof RANK)[keyof typeof RANK];

/**
 * How much a voucher weighs beside the rank of the key that vouches: a `person`'s decision outranks every key (one that points at itself says
 * that the home stands alone); `similar` names join only what no key has joined. A `kind` vouches for nothing: it says what kind of key a home
 * is that a decision names, whether or not a row ever does.
 */
export const VOUCHER = { person: 5, similar: 6, kind: 7 } as const;
export type VoucherRank = Rank | (typeof VOUCHER)[keyof typeof VOUCHER];

/** What the rows of one version of one list said about one company, once for all rows that said the same. */
export interface Statement {
  /** List id. */
  l: string;
  /** Version of the list. */
  v: number;
  k: ListKind;
  /** Row numbers, ascending. Of kinds other than accounts only the first. */
  r: number[];
  f: FieldValues;
  d: Day;
}

/** What one home (the strongest key that a row itself names) contributes to the account it resolved to. */
export interface Group {
  /** Id of the home. */
  home: string;
  rank: Rank;
  /** The stub through which it came; absent for the account's own. */
  via?: string;
  /** ISO alpha-2 of a name home, "" where its rows named none. */
  country?: string;
  st: Statement[];
  orders?: OrderSummary;
  deals?: DealSummary;
  contacts?: ContactSummary;
}

/**
 * All groups of an account: its own first, the others by home. An array, because objects keyed by id cost an engine a hidden class each.
 */
export type Groups = Group[];

/** The score of one site, as it is stored. */
export type SiteScore = readonly [id: string, score: number | null, low: number, high: number, tier: string];

/** The scores of the sites of an account: how many there are, and the best of them, best first. */
export interface SiteScores {
  n: number;
  best: SiteScore[];
}

/** What the last run decided about an account. */
export interface AccountResult {
  score: number | null;
  low: number;
  high: number;
  tier: string;
  /** At the level of sites, for an account with several: score, low, high and tier are those of the first of these. */
  sites?: SiteScores;
  /** Rule id of the disqualifier, when there is one. */
  out?: string;
  segments: string[];
  audiences: string[];
  /** Why an audience that wants it may not have it: `audience: rule`. */
  blocked?: string[];
  /** Why a suppression list names it; of several the first by {@link SUPPRESSION_CLASSES}. */
  suppressed?: string;
  /** All classes under which it is suppressed; absent beside `suppressed`: `other`. */
  suppressedAs?: SuppressionClass[];
  /** By audience that asks about the companies above its members: why these keep the account out. */
  keptOut?: Record<string, string>;
  /** What `accounts` prints without rebuilding the view. */
  show: {
    name: string | null;
    domain: string | null;
    country: string | null;
    industry: string | null;
    employees: number | readonly [number | null, number | null] | null;
    revenue: number | readonly [number | null, number | null] | null;
    /** Id is null where the parent is none of ours, name where only a record id names it. */
    parent?: [id: string | null, name: string | null];
    tx?: [orders: number, revenue: number, currency: string | null, lastOrderAt: Day | null];
  };
  /** By platform: the key id by which it tells members apart, and the fingerprint of the identifiers that it may be told. */
  members?: Record<string, readonly [key: string, fingerprint: string]>;
  asOf: Day;
}

/** One account as stored: its evidence and the last decision. Attributes are a view built from it (`account/view.ts`). */
export interface AccountItem {
  v: number;
  id: string;
  groups: Groups;
  /** Statements of reference lists. */
  ref?: Statement[];
  result?: AccountResult;
  /** Classification reads the base (it has orders). */
  dep?: 1;
}

/** A home whose key resolved to another account: keeps its own groups, so that it can be taken back. */
export interface ParkedItem {
  v: number;
  id: string;
  target: string;
  groups: Groups;
}

/** A list vouches that a weaker key means the company of a stronger one. */
export interface AliasRow {
  key: string;
  target: string;
  list: string;
  /** The version of the list that vouched first. */
  version: number;
  rank: VoucherRank;
  /** ISO alpha-2 codes under which a name was vouched for; "" for none. Sorted. */
  countries: string[];
}

export type FactKind = "order" | "deal" | "contact";

/** An order, deal or contact under its home; `item` is the JSON of StoredOrder, StoredDeal or StoredContact. */
export interface FactItem {
  home: string;
  kind: FactKind;
  ref: string;
  list: string;
  version: number;
  item: string;
}
