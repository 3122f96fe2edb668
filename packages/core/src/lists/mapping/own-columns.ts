import { REJECT_COLUMNS } from "../rejects-file.ts";
import { headerKey } from "./header.ts";

/** What an export adds to a record (`queries/export-format.ts`), in its order. */
export const OWN_NAMES = [
  "Account",
  "Score",
  "Low",
  "High",
  "Tier",
  "Disqualified",
  "Reasons",
  "Stage",
  "Segments",
  "Audiences",
  "Contacts",
  "Missing Roles",
  "Scored On",
] as const;
export type OwnName = (typeof OWN_NAMES)[number];

/** The header of a column of ours for people and HubSpot: `Bullseye Missing Roles`. */
export const ownLabel = (name: OwnName): string => `Bullseye ${name}`;

/** The same as a custom field of Salesforce: `Bullseye_Missing_Roles__c`. */
export const ownApiName = (name: OwnName): string => `Bullseye_${name.replaceAll(" ", "_")}__c`;

/** Columns of the CSV export that say where a record comes from. */
export const PROVENANCE = { id: "Record ID", system: "Record System", list: "List", row: "Row" } as const;

/** Whoever corrects a rejects file and drops it again leaves these in. */
const REJECTS: ReadonlySet<string> = new Set(REJECT_COLUMNS);
const OWN_KEYS: ReadonlySet<string> = new Set(
  OWN_NAMES.flatMap((name) => [headerKey(ownLabel(name)), headerKey(ownApiName(name))]),
);

/** Whether a rejects file added the column. */
export const isOfRejects = (header: string): boolean => REJECTS.has(header);

/** Whether an export added the column: what we said of an account is never read as what a list says. */
export const isOfExport = (header: string): boolean => OWN_KEYS.has(headerKey(header));
