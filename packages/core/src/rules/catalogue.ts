import { ACCOUNT_FIELDS, type AccountField } from "../account/fields.ts";
import { FAMILY_LEVELS, PARENT, PARENT_FACTS, ULTIMATE } from "../families/kin.ts";
import { LOCATION_TYPES } from "../lists/values/location-type.ts";
import { nearest } from "./nearest.ts";

/** What an attribute holds: `number` also stands for intervals, `list` for several texts, `any` for whatever a column held. */
export const ATTRIBUTE_TYPES = ["number", "text", "list", "day", "boolean", "any"] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** One attribute that rules may name. `levels`, where given, are all the values it can take (besides "unknown"). */
export interface AttributeSpec {
  name: string;
  type: AttributeType;
  levels?: readonly string[];
  /** Comes from the scoring itself and not from the account's attributes. */
  standing?: boolean;
}

const FIELD_TYPES: Partial<Record<AccountField, AttributeType>> = {
  employees: "number",
  siteEmployees: "number",
  revenue: "number",
  founded: "number",
  sites: "number",
  children: "any",
  technologies: "list",
  keywords: "list",
  buyingRoles: "any",
  decisionMakers: "any",
  blockers: "any",
  associatedContacts: "any",
  daysToClose: "number",
  lastActivityAt: "day",
  triggerDate: "day",
  fundingDate: "day",
};

const LOW_MEDIUM_HIGH = ["low", "medium", "high"] as const;

/** Derived dimensions (TAXONOMY 4.1 to 4.6). Only vocabularies that marketers choose from carry levels, so that a slip is found at load. */
export const DERIVED_ATTRIBUTES: Readonly<Record<string, AttributeType | readonly string[]>> = {
  locationType: LOCATION_TYPES,
  vertical: [
    "manufacturing",
    "retail",
    "wholesale",
    "hospitality",
    "healthcare",
    "construction",
    "education",
    "public_admin",
    "transport",
    "professional",
    "information",
    "finance",
    "other",
  ],
  naicsCode: "text",
  sector: "text",
  sizeClass: ["micro", "small", "medium", "large", "enterprise"],
  employeeBand: "text",
  revenueBand: "text",
  revenueUsd: "number",
  region: ["NA", "EU", "UK", "LATAM", "APAC", "MEA"],
  "needs.customisation": LOW_MEDIUM_HIGH,
  "needs.customisation.score": "number",
  "needs.serviceExpectation": LOW_MEDIUM_HIGH,
  "needs.serviceExpectation.score": "number",
  "needs.priceSensitivity": LOW_MEDIUM_HIGH,
  "needs.priceSensitivity.score": "number",
  "needs.featureBreadth": LOW_MEDIUM_HIGH,
  "needs.featureBreadth.score": "number",
  "needs.play": "text",
  "decision.structure": "text",
  "decision.centralised": "any",
  "decision.committeeSize": "number",
  "decision.committeeBand": "text",
  "decision.cycleDays": "number",
  "decision.cycleBand": "text",
  "decision.formality": "text",
  "decision.departments": "list",
  "decision.dmci": "number",
  "decision.band": ["simple", "guided", "coordinated", "enterprise"],
  "transactions.orders": "number",
  "transactions.revenue": "number",
  "transactions.orders12m": "number",
  "transactions.revenue12m": "number",
  "transactions.aov": "number",
  "transactions.aovBand": "text",
  "transactions.currency": "text",
  "transactions.aovQuintile": "number",
  "transactions.categories": "number",
  "transactions.recency": "number",
  "transactions.frequency": "number",
  "transactions.monetary": "number",
  "transactions.rfm": "text",
  "transactions.loyalty": "text",
  "transactions.cadence": "text",
  "transactions.usageFrequency": "text",
  "transactions.channel": "text",
  "transactions.firstOrderAt": "day",
  "transactions.lastOrderAt": "day",
  "transactions.nextOrderBy": "day",
  "transactions.paymentTerms": "text",
  "transactions.paymentBehaviour": "text",
  "transactions.bulkBuyer": "any",
  "transactions.clv": "number",
  "deals.won": "number",
  "deals.lost": "number",
  "deals.open": "number",
  "deals.winRate": "number",
  "deals.medianCycleDays": "number",
  "deals.medianOpenAgeDays": "number",
  "deals.lastWonAt": "day",
  "deals.lastLostAt": "day",
  "deals.lostOnPriceShare": "number",
  "deals.openAmount": "number",
  "deals.wonAmount": "number",
  "deals.currency": "text",
  "contacts.count": "number",
  "contacts.roles": "list",
  "contacts.departments": "list",
  "contacts.seniorities": "list",
  "family.level": FAMILY_LEVELS,
  "family.children": "number",
  "parent.id": "text",
};

/** What a file may ask about the scoring itself besides the account; where levels are given, other names are refused. */
export interface StandingNames {
  /** Ids of all tiers, `X` and `unknown` included; absent = not checked. */
  tiers?: readonly string[];
  /** Ids of all segments; absent = segments may not be asked about. */
  segments?: readonly string[];
}

function standingSpecs(names: StandingNames): AttributeSpec[] {
  const specs: AttributeSpec[] = [
    { name: "score", type: "number", standing: true },
    { name: "tier", type: "text", levels: names.tiers, standing: true },
    { name: "coverage", type: "number", standing: true },
    { name: "disqualified", type: "boolean", standing: true },
  ];
  if (names.segments !== undefined) specs.push({ name: "segments", type: "list", levels: names.segments, standing: true });
  return specs;
}

/** The attributes that rules may name. Names under `extra.` are always known, of type `any`. */
export interface Catalogue {
  find(name: string): AttributeSpec | undefined;
  /** The known name that `name` probably means. */
  suggest(name: string): string | undefined;
}

function specOf(name: string, shape: AttributeType | readonly string[]): AttributeSpec {
  return typeof shape === "string" ? { name, type: shape } : { name, type: "text", levels: shape };
}

/**
 * Canonical fields, derived dimensions and what the file itself declares under `attributes` (a declaration wins over the built-in type).
 * `standing` adds score, tier, coverage, disqualified and, where named, segments.
 */
export function createCatalogue(declared: Readonly<Record<string, AttributeType>> = {}, standing?: StandingNames): Catalogue {
  const specs = new Map<string, AttributeSpec>();
  for (const name of ACCOUNT_FIELDS) specs.set(name, { name, type: FIELD_TYPES[name] ?? "text" });
  for (const [name, shape] of Object.entries(DERIVED_ATTRIBUTES)) specs.set(name, specOf(name, shape));
  for (const prefix of [PARENT, ULTIMATE])
    for (const fact of PARENT_FACTS) specs.set(prefix + fact, { ...specs.get(fact)!, name: prefix + fact });
  for (const [name, type] of Object.entries(declared)) specs.set(name, { name, type });
  if (standing !== undefined) for (const spec of standingSpecs(standing)) specs.set(spec.name, spec);
  return {
    find: (name) => specs.get(name) ?? (/^extra\.\S+$/.test(name) ? { name, type: "any" } : undefined),
    suggest: (name) => nearest(name, specs.keys()),
  };
}
