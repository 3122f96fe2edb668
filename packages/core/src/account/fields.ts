import type { AttributeValue } from "./attribute.ts";

/**
 * What a list can say about a company, by canonical name. Values are already normalised when they get here:
 * `employees`, `siteEmployees`, `revenue`: number or Interval (revenue in whole units of `currency`); `locationType`: a LocationType; `country`: ISO alpha-2; `state`: code where known;
 * `naics`/`sic`: digits; `technologies`, `keywords`: string lists; `founded`: year; dates: YYYY-MM-DD; `domain`, `linkedin`, `registration`: canonical keys.
 */
export const ACCOUNT_FIELDS = [
  "name",
  "domain",
  "website",
  "linkedin",
  "registration",
  "sourceId",
  "ticker",
  "industry",
  "naics",
  "sic",
  "employees",
  "siteEmployees",
  "locationType",
  "revenue",
  "currency",
  "ownership",
  "founded",
  "street",
  "city",
  "state",
  "postalCode",
  "country",
  "phone",
  "parentName",
  "parentId",
  "sites",
  "children",
  "technologies",
  "keywords",
  "description",
  "lifecycle",
  "accountOwner",
  "accountType",
  "rating",
  "accountSource",
  "buyingRoles",
  "decisionMakers",
  "blockers",
  "associatedContacts",
  "daysToClose",
  "slaLevel",
  "customerPriority",
  "lastActivityAt",
  "trigger",
  "triggerDate",
  "intentTopic",
  "fundingDate",
] as const;

/** The canonical name of something a list says about a company. */
export type AccountField = (typeof ACCOUNT_FIELDS)[number];

/** What one row says about a company: canonical fields plus `extra.<slug>` for unmapped columns without personal values. */
export type FieldValues = { [name: string]: AttributeValue | undefined };
