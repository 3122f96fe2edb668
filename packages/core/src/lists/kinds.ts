/** The kinds of list that a person can drop (DESIGN.md "Lists and patches"); the folder name under `inbox/`. */
export const LIST_KINDS = ["accounts", "contacts", "orders", "deals", "reference", "suppressions", "matches"] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** The list that `merge` and `unmerge` write. */
export const DECISIONS = "decisions";
/** Under this name vouch names that were found similar; no list can bear it, for list ids are folder names without a colon. */
export const SIMILAR_NAMES = "similar:names";

/** Kinds whose rows become patches to accounts. The others change what is enriched from and what is suppressed. */
export const PATCH_KINDS: ReadonlySet<ListKind> = new Set<ListKind>(["accounts", "contacts", "orders", "deals"]);

/** Where a list comes from; decides what may be activated. `unknown` (undeclared) is stored and scored, never activated. */
export const ORIGINS = ["first-party", "partner", "broker", "public", "unknown"] as const;
export type Origin = (typeof ORIGINS)[number];

/** Who declared what about a list. Vendor fingerprints force `broker`. */
export interface SourceDeclaration {
  origin: Origin;
  relationship?: string;
  consentBasis?: string;
  /** ISO alpha-2 used where rows name no country. Never guessed. */
  defaultCountry?: string;
  /** ISO 4217 used where money columns name no currency. */
  currency?: string;
  /** Name of the system whose record ids the list carries; lists of one system share customer ids. Default `crm`. */
  system?: string;
  declaredBy?: string;
  declaredAt?: string;
}
