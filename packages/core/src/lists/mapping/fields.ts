import { ACCOUNT_FIELDS } from "../../account/fields.ts";

/** How the cells of a field are read (`../values`). */
export type ValueType =
  | "text"
  | "name"
  | "domain"
  | "website"
  | "email-domain"
  | "linkedin"
  | "linkedin-person"
  | "registration"
  | "identifier"
  | "phone"
  | "email"
  | "hash"
  | "any-key"
  | "country"
  | "state"
  | "place"
  | "count-range"
  | "money-range"
  | "minor"
  | "integer"
  | "number"
  | "share"
  | "year"
  | "date"
  | "code"
  | "items"
  | "flag"
  | "is-public"
  | "location-type"
  | "consent"
  | "opt-out"
  | "currency"
  | "filled";

/** A canonical field that a column can be mapped to. */
export interface FieldSpec {
  type: ValueType;
  /** Personal data: read only in lists of contacts (and as e-mail domain, hash or suppression elsewhere). */
  personal?: true;
  /** Several columns each add a value; otherwise the first filled one by precedence speaks. */
  several?: true;
}

const ACCOUNT_TYPES: Partial<Record<(typeof ACCOUNT_FIELDS)[number], ValueType>> = {
  name: "name",
  domain: "domain",
  website: "website",
  linkedin: "linkedin",
  registration: "registration",
  sourceId: "identifier",
  naics: "code",
  sic: "code",
  employees: "count-range",
  siteEmployees: "count-range",
  locationType: "location-type",
  revenue: "money-range",
  currency: "currency",
  founded: "year",
  state: "state",
  postalCode: "identifier",
  country: "country",
  phone: "phone",
  parentId: "identifier",
  sites: "integer",
  children: "integer",
  technologies: "items",
  keywords: "items",
  buyingRoles: "integer",
  decisionMakers: "integer",
  blockers: "integer",
  associatedContacts: "integer",
  daysToClose: "number",
  lastActivityAt: "date",
  triggerDate: "date",
  fundingDate: "date",
};

const OTHER: Record<string, FieldSpec> = {
  /** A bare `id` of a list whose system nobody knows: an identity within that list only. */
  listId: { type: "identifier" },
  /** `city, state, country` in one cell. */
  place: { type: "place" },
  /** Whether the company is listed: `ownership` public or private. */
  isPublic: { type: "is-public" },
  /** Domain of company e-mail, or an address of which only the domain is kept. */
  emailDomain: { type: "email-domain", several: true },
  "contact.id": { type: "identifier", personal: true },
  "contact.email": { type: "email", personal: true, several: true },
  "contact.emailHash": { type: "hash", personal: true, several: true },
  "contact.firstName": { type: "text", personal: true },
  "contact.lastName": { type: "text", personal: true },
  "contact.fullName": { type: "text", personal: true },
  "contact.phone": { type: "phone", personal: true, several: true },
  "contact.linkedin": { type: "linkedin-person", personal: true },
  "contact.title": { type: "text" },
  "contact.seniority": { type: "text" },
  "contact.department": { type: "text" },
  "contact.role": { type: "text" },
  "contact.country": { type: "country" },
  "contact.consent": { type: "consent", several: true },
  "contact.optedOut": { type: "opt-out", several: true },
  "order.id": { type: "identifier" },
  "order.date": { type: "date" },
  "order.currency": { type: "currency" },
  "order.sku": { type: "identifier" },
  "order.category": { type: "text" },
  "order.text": { type: "text" },
  "order.quantity": { type: "number" },
  "order.unitPrice": { type: "minor" },
  "order.amount": { type: "minor" },
  "order.total": { type: "minor" },
  "order.subtotal": { type: "minor" },
  "order.discount": { type: "share" },
  "order.discountAmount": { type: "minor" },
  "order.status": { type: "text" },
  "order.cancelledAt": { type: "filled" },
  "order.refunded": { type: "minor" },
  "order.channel": { type: "text" },
  "order.paymentTerms": { type: "text" },
  "order.paidAt": { type: "date" },
  "order.dueAt": { type: "date" },
  "order.poNumber": { type: "filled" },
  "order.buyerEmail": { type: "email", personal: true },
  "order.shipCountry": { type: "country" },
  "order.shipPostalCode": { type: "identifier" },
  "order.shipCity": { type: "text" },
  "deal.id": { type: "identifier" },
  "deal.name": { type: "text" },
  "deal.stage": { type: "text" },
  "deal.amount": { type: "minor" },
  "deal.currency": { type: "currency" },
  "deal.createdAt": { type: "date" },
  "deal.closedAt": { type: "date" },
  "deal.probability": { type: "share" },
  "deal.isWon": { type: "flag" },
  "deal.isLost": { type: "flag" },
  "deal.isClosed": { type: "flag" },
  "deal.lostReason": { type: "text" },
  "deal.product": { type: "text" },
  "deal.roles": { type: "items" },
  "suppression.email": { type: "email", personal: true, several: true },
  "suppression.hash": { type: "hash", several: true },
  "suppression.any": { type: "any-key" },
  "suppression.reason": { type: "text" },
  "match.company": { type: "any-key" },
  "match.relation": { type: "text" },
  "match.other": { type: "any-key" },
};

/** Every field a column can be mapped to, by name: the account fields, then those of one kind (`contact.`, `order.`, `deal.`, `suppression.`, `match.`). */
export const FIELDS: ReadonlyMap<string, FieldSpec> = new Map([
  ...ACCOUNT_FIELDS.map((field): [string, FieldSpec] => [field, { type: ACCOUNT_TYPES[field] ?? "text" }]),
  ...Object.entries(OTHER),
]);

/** Types whose header may carry a unit: `(in 000s USD)`, `in Mio. EUR`. */
export const MONEY_TYPES: ReadonlySet<ValueType> = new Set<ValueType>(["money-range", "minor"]);

/** Types whose column needs a vote on `1.234,56` against `1,234.56`. */
export const NUMBER_TYPES: ReadonlySet<ValueType> = new Set<ValueType>([
  "count-range",
  "money-range",
  "minor",
  "integer",
  "number",
  "share",
]);
