import type { Contact, Deal, OrderLine, SuppressionEntry } from "../account/facts.ts";
import type { FieldValues } from "../account/fields.ts";
import type { Rank } from "../account/item.ts";

/**
 * The keys that a row offers for finding its company, canonical and already validated; all optional, at least one of the identifying
 * ones (registration, domain, emailDomain, linkedin, name, sourceId) is there in an accepted row.
 */
export interface Identity {
  /** `resolve/keys/registration.ts` form, e.g. `vat:DE123456789`. */
  registration?: string;
  /** Registrable domain from a domain or website column; never a shared host. */
  domain?: string;
  /** Registrable domain of an e-mail; never free mail. Weaker than `domain`: it finds a home but vouches for nothing. */
  emailDomain?: string;
  /** `resolve/keys/linkedin.ts` form. */
  linkedin?: string;
  /** Normalised legal name (`resolve/keys/company-name.ts` key). */
  name?: string;
  /** ISO alpha-2. */
  country?: string;
  /** `system:id`, e.g. `salesforce:001A000001`, `crm:ALFKI`. */
  sourceId?: string;
}

/** What one data row means, once mapped. `fields` are what it says about the company (may be empty). */
export type RowDraft =
  | { kind: "accounts" | "reference"; identity: Identity; fields: FieldValues }
  | { kind: "contacts"; identity: Identity; fields: FieldValues; contact: Contact }
  | { kind: "orders"; identity: Identity; fields: FieldValues; order: OrderLine }
  | { kind: "deals"; identity: Identity; fields: FieldValues; deal: Deal }
  | { kind: "suppressions"; entries: readonly SuppressionEntry[] }
  | { kind: "matches"; match: MatchDraft };

/** A company as a list of matches names it: by the key of a home, or by that home's rank and id as Bullseye writes them. */
export type MatchKey =
  | { type: "domain" | "linkedin" | "registration"; value: string }
  | { type: "name"; value: string; country: string }
  | { type: "id"; value: string; rank: Rank };

/** What somebody decided about two companies; `alone` names one only, of a `parent` the other company is the parent. */
export type MatchDraft =
  | { relation: "same" | "different" | "parent"; company: MatchKey; other: MatchKey }
  | { relation: "alone"; company: MatchKey };

/** Why a row is not accepted. `column` is the header as written; `hint` says what to change. No personal values in any of them. */
export interface Rejection {
  reason: string;
  column: string | null;
  hint: string;
}
