import type { Contact } from "../account/facts.ts";

/** One person as one list states them, keyed by (contactId, list). */
export interface StoredContact {
  contactId: string;
  list: string;
  /** The highest version that named the person. */
  version: number;
  /** Rows of that version, ascending. */
  rows: number[];
  contact: Contact;
  /** The version of each field that an older version than `version` stated; absent when there is none. Fields: see `contacts.ts`. */
  since?: Record<string, number>;
}

/** A row of a contact list. `row` is the record number, unique within the version. */
export interface IncomingContact {
  row: number;
  contact: Contact;
}

/** How a row of a contact list counts: `accepted` = the first row of its person in this version, `merged` = a further one. */
export interface ContactRowClass {
  row: number;
  class: "accepted" | "merged";
}

/**
 * The people known at one home (or, merged, at an account) in counts: small JSON, mergeable (`mergeContactSummaries`), nobody's data.
 * People of several lists of a home count once; of several homes of an account once for each home. Keys ascending.
 */
export interface ContactSummary {
  v: 1;
  people: number;
  /** People who opted out or whose consent is denied. */
  optedOut: number;
  /** People whose department is known. */
  placed: number;
  roles: Record<string, number>;
  departments: Record<string, number>;
  seniorities: Record<string, number>;
  /** By ISO alpha-2. */
  countries: Record<string, number>;
  /** Owners, founders, chief executives and general managers. */
  leaders: number;
  /** People who lead procurement: head, director, vice president, chief. */
  procurementHeads: number;
  /** People in procurement by ISO alpha-2; those without a country are not here. */
  procurementCountries?: Record<string, number>;
}
