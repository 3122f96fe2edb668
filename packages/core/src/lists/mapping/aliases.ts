import type { ListKind } from "../kinds.ts";
import { CONTACT_ALIASES, DEAL_ALIASES, MATCH_ALIASES, ORDER_ALIASES, SUPPRESSION_ALIASES } from "./aliases-by-kind.ts";
import { headerKey } from "./header.ts";
import { DUTCH_ALIASES } from "./languages/dutch.ts";
import { FRENCH_ALIASES } from "./languages/french.ts";
import { GERMAN_ALIASES } from "./languages/german.ts";
import { SPANISH_ALIASES } from "./languages/spanish.ts";

/** One line of an alias table: `field` (null: left aside on purpose), its place in the precedence of that field (0 speaks first), and headers separated by `|`. */
export type AliasLine = readonly [field: string | null, rank: number, headers: string];

/** What a header stands for. `field` null: known and left aside on purpose (kept as an extra column where it is not personal). */
export interface Alias {
  field: string | null;
  rank: number;
  /** The header as the table has it. */
  header: string;
  /** The header is in the vocabulary only of another language than English. */
  language?: true;
}

/** Headers about the company itself, in every kind of list. Precedence: billing > HQ > shipping; domain column > website > e-mail domain. */
const COMPANY_ALIASES: readonly AliasLine[] = [
  [
    "name",
    0,
    "company name | account name | company | account | organization | organisation | organization name | organisation name | org | org name",
  ],
  [
    "name",
    0,
    "employee company | customer name | customer company | client | client name | business name | firm | firm name | employer | security | security name",
  ],
  [
    "name",
    1,
    "legal name | legal entity name | registered name | name | customer | entity name | trading name | brand | vendor name | supplier name | buyer company",
  ],
  ["name", 2, "company name for emails | trade style | tradestyle | dba name"],
  [
    "name",
    3,
    "site name | facility | facility name | provider name | service provider | agency name | center name | centre name | practice name | clinic name | school name | store name | shop name | hotel name | restaurant name | merchant name | manufacturer name | establishment name | institution | institution name | location name",
  ],
  [
    "domain",
    0,
    "domain | company domain name | company domain | primary domain | domain name | website domain | root domain | account domain | web domain",
  ],
  ["domain", 1, "company email domain | email domains"],
  ["emailDomain", 0, "email domain"],
  [
    "emailDomain",
    1,
    "email | e-mail | email address | company email | billing email | contact email | work email | primary email | mail",
  ],
  [
    "website",
    0,
    "website | website url | company website | account website | web site | url | homepage | home page | web | web page | webpage | site url | company url",
  ],
  ["website", 1, "corporate website | internet address | www"],
  [
    "linkedin",
    0,
    "linkedin company page url | linkedincompanypageurl | company page url | linkedin company page | company linkedin url",
  ],
  [
    "linkedin",
    0,
    "linkedin company profile url | company linkedin | linkedin url | linkedin | linkedin page | linkedin company url | linkedin page url",
  ],
  [
    "registration",
    0,
    "duns number | duns | d-u-n-s number | d&b duns number | company number | company registration number | registration number",
  ],
  ["registration", 0, "vat number | vat id | vat | vat no | vat registration number | lei | lei code | siren | kvk number"],
  [
    "sourceId",
    0,
    "account id | customer id | customer no | customer number | customer code | client id | client number | company id | organization id",
  ],
  [
    "sourceId",
    0,
    "record id | record id company | hs object id | zoominfo company id | apollo account id | salesforce id | crm id | sfdc id | account 18 digit id",
  ],
  ["sourceId", 0, "salesforce account id | hubspot company id | external id | cust id | custid | accountid 18"],
  ["sourceId", 1, "internal id | account number | account no"],
  ["listId", 0, "id | uuid | key | entity id"],
  ["ticker", 0, "stock symbol | ticker | ticker symbol | symbol | stock ticker"],
  ["industry", 0, "primary industry | industry | industry name | industry description"],
  ["industry", 1, "industry group | sector | gics sector | industry sector | vertical | line of business | business sector"],
  [
    "industry",
    2,
    "naics desc | naics description | sic desc | sic description | all industries | branch | sic code sic text 1 | gics sub industry | primary sub industry",
  ],
  ["naics", 0, "naics code | naics | naics code 1 | primary naics code | naics2022 | naics 2022 | naics 2017"],
  ["naics", 1, "naics codes | naics code 2"],
  ["sic", 0, "sic | sic code | sic code 1 | primary sic code"],
  ["sic", 1, "sic codes | sic code 2"],
  [
    "employees",
    0,
    "employees | # employees | number of employees | numberofemployees | num of employees | num. of employees | no of employees | employee count",
  ],
  [
    "employees",
    0,
    "headcount | head count | current employee estimate | employees total | total employees | fte | ftes | full time employees | staff count",
  ],
  [
    "employees",
    1,
    "employee range | company size | size range | size | employees range | headcount range | employee size | company size range | employee band",
  ],
  [
    "revenue",
    0,
    "annual revenue | revenue | turnover | annual turnover | annual sales | sales revenue | total annual revenue | yearly revenue | company revenue",
  ],
  [
    "employees",
    0,
    "employees all sites | total employees all sites | number of employees all sites | employees all locations | company wide employees",
  ],
  [
    "employees",
    0,
    "corporate employee size | corporate employees | employees worldwide | worldwide employees | global employees",
  ],
  [
    "siteEmployees",
    0,
    "employees single site | number of employees single site | employees at location | employees at this location | employees at site",
  ],
  [
    "siteEmployees",
    0,
    "employees at this site | employees at single site | number of employees at location | employees here | employees on site | site employees",
  ],
  ["siteEmployees", 0, "site employee count | location employees | location employee count | location employee size"],
  ["locationType", 0, "location type | site type | type of location | hq branch | headquarters branch | hq branch indicator"],
  ["revenue", 1, "revenue range | annual revenue range | company revenue range | revenue band"],
  ["currency", 0, "currency | currency code | currency iso code | account currency | company currency"],
  ["ownership", 0, "ownership | ownership type | ownership status | company type"],
  ["isPublic", 1, "is public"],
  [
    "founded",
    0,
    "year founded | founded year | year started | founded | year established | established | founding year | year of foundation",
  ],
  ["founded", 1, "incorporation date | founded date | date of incorporation | founding date | year incorporated"],
  ["street", 0, "billing street | billing address 1 | billing address line 1 | billing address"],
  [
    "street",
    1,
    "company street address | company address | street address | street | address | address 1 | address line 1 | street 1",
  ],
  ["street", 1, "address street"],
  ["street", 1, "hq address | reg address address line 1"],
  ["street", 2, "full address"],
  ["city", 0, "billing city"],
  ["city", 1, "company city | address city | city | hq city | headquarters city | town | reg address post town | city town"],
  ["city", 2, "shipping city"],
  ["state", 0, "billing state province | billing state | billing province | billing state code"],
  [
    "state",
    1,
    "company state | address state | state | state region | region | province | state province | hq state | province code | county | reg address county",
  ],
  ["state", 2, "shipping state province | shipping state"],
  ["postalCode", 0, "billing zip postal code | billing postal code | billing zip | billing postcode"],
  [
    "postalCode",
    1,
    "company zip code | company postal code | zip | zip code | zipcode | postal code | postcode | post code | zip postal code",
  ],
  ["postalCode", 1, "company zip | address zip | address postal code | reg address post code"],
  ["postalCode", 2, "shipping zip postal code | shipping postal code | shipping zip"],
  ["country", 0, "billing country | billing country code"],
  [
    "country",
    1,
    "company country | country | country region | country code | hq country | headquarters country | country name | nation",
  ],
  ["country", 1, "address country | reg address country | companycountry | account country | iso country | country iso"],
  ["country", 2, "country of origin | shipping country"],
  [
    "place",
    3,
    "locality | location | headquarters | headquarters location | hq location | office location | hq | company location | company hq",
  ],
  [
    "phone",
    0,
    "company hq phone | company phone | company phone number | account phone | phone | phone number | telephone | main phone | corporate phone",
  ],
  [
    "parentId",
    0,
    "parent account id | parent id | company id (ultimate parent) | subsidiary of (organization id) | parent company id",
  ],
  ["parentId", 1, "company id (immediate parent) | master record id"],
  [
    "parentName",
    0,
    "parent company | parent account | entity name (ultimate parent) | subsidiary of | parent | ultimate parent | parent name",
  ],
  ["parentName", 1, "entity name (immediate parent) | immediate parent"],
  [
    "sites",
    0,
    "number of locations | numberof locations c | number of retail locations | locations count | number of sites | sites | # locations",
  ],
  ["children", 0, "number of child companies | child companies | number of subsidiaries"],
  ["technologies", 0, "technologies | web technologies | tech stack | technology stack"],
  ["keywords", 0, "keywords | company keywords | specialties"],
  ["description", 0, "description | account description | company description | short description | about us | about"],
  ["lifecycle", 0, "lifecycle stage | account stage | customer stage | account status | customer status | stage | status"],
  ["accountOwner", 0, "account owner | company owner | owner | account manager | owner id | hubspot owner id"],
  ["accountType", 0, "account type | type | customer type"],
  ["rating", 0, "rating | account rating"],
  ["accountSource", 0, "account source | original traffic source | original source | lead source"],
  ["buyingRoles", 0, "number of contacts with a buying role"],
  ["decisionMakers", 0, "number of decision makers"],
  ["blockers", 0, "number of blockers"],
  ["associatedContacts", 0, "number of associated contacts"],
  ["daysToClose", 0, "days to close"],
  ["slaLevel", 0, "sla | sla c | sla level | service level"],
  ["customerPriority", 0, "customer priority c | customer priority | priority"],
  [
    "lastActivityAt",
    0,
    "last activity date | last activity | last contacted | last touch | last activity at | notes last contacted",
  ],
  ["trigger", 0, "trigger | trigger event"],
  ["triggerDate", 0, "trigger date | trigger event date"],
  ["intentTopic", 0, "primary intent topic | intent topic | intent topics"],
  ["fundingDate", 0, "recent funding date | last raised at | last funding date"],
  ["contact.id", 0, "contact id | zoominfo contact id | apollo contact id | person id | lead id"],
  ["contact.firstName", 0, "first name | firstname | fn | given name | contact first name | forename"],
  ["contact.lastName", 0, "last name | lastname | ln | surname | family name | contact last name"],
  ["contact.fullName", 0, "contact name | full name | contact person | contact | person name | primary contact"],
  ["contact.fullName", 1, "ceo | ceo name | founder name | founder | managing director | director name"],
  [
    "contact.linkedin",
    0,
    "person linkedin url | linkedin contact profile url | linkedin profile | linkedin profile url | contact linkedin url | personal linkedin",
  ],
  [
    "contact.phone",
    0,
    "mobile phone | mobile | direct phone number | work direct phone | direct phone | cell phone | cell | mobile phone number | mobile number",
  ],
  ["contact.phone", 1, "home phone | other phone | secondary phone"],
];

/** Words that mean the account in a list of accounts, and the person, the order or the deal in the others. */
const ABOUT_THE_ROW: readonly AliasLine[] = [
  [
    null,
    0,
    "type | stage | status | rating | owner | priority | description | source | lead source | original source | original traffic source",
  ],
  [
    null,
    0,
    "last activity | last activity date | last activity at | last contacted | last touch | notes last contacted | days to close | sla | key | symbol",
  ],
];

const LANGUAGES: readonly (readonly AliasLine[])[] = [GERMAN_ALIASES, FRENCH_ALIASES, SPANISH_ALIASES, DUTCH_ALIASES];

/**
 * What a word of a language pack about the company means in a list of another kind, as in the English tables: plain addresses are the
 * person's, an address of e-mail is whose row it is, a phase or a description is the row's.
 */
const ELSEWHERE: Readonly<Record<ListKind, Readonly<Record<string, string | null>>>> = {
  accounts: {},
  reference: {},
  contacts: {
    emailDomain: "contact.email",
    phone: "contact.phone",
    country: "contact.country",
    street: null,
    city: null,
    state: null,
    postalCode: null,
    place: null,
    lifecycle: null,
    accountType: null,
    rating: null,
    description: null,
    accountSource: null,
    lastActivityAt: null,
  },
  orders: { emailDomain: "order.buyerEmail", lifecycle: null, accountType: null, rating: null, description: "order.text" },
  deals: { lifecycle: null, accountType: null, rating: null, description: null, accountSource: null, lastActivityAt: null },
  suppressions: { emailDomain: "suppression.email" },
  matches: {},
};

function table(lines: readonly AliasLine[], into: Map<string, Alias>): void {
  for (const [field, rank, headers] of lines) {
    for (const header of headers.split("|")) {
      const key = headerKey(header);
      if (!into.has(key)) into.set(key, { field, rank, header: header.trim() });
    }
  }
}

/** Words of a kind's own fields speak before words about the company, whatever the language: `Betrag` of an order is its amount. */
function languageTables(kind: ListKind, into: Map<string, Alias>): void {
  const own = KIND_PREFIX[kind];
  const lines = LANGUAGES.flat();
  const ordered =
    own === undefined
      ? lines
      : [...lines.filter(([field]) => field?.startsWith(own)), ...lines.filter(([field]) => !field?.startsWith(own))];
  for (const [field, rank, headers] of ordered) {
    const means = field !== null && field in ELSEWHERE[kind] ? ELSEWHERE[kind][field]! : field;
    for (const header of headers.split("|")) {
      const key = headerKey(header);
      if (!into.has(key)) into.set(key, { field: means, rank, header: header.trim(), language: true });
    }
  }
}

const KIND_PREFIX: Partial<Readonly<Record<ListKind, string>>> = {
  contacts: "contact.",
  orders: "order.",
  deals: "deal.",
  suppressions: "suppression.",
  matches: "match.",
};

function build(kind: ListKind, own: readonly AliasLine[]): ReadonlyMap<string, Alias> {
  const map = new Map<string, Alias>();
  table(own, map);
  if (own.length > 0) table(ABOUT_THE_ROW, map);
  table(COMPANY_ALIASES, map);
  languageTables(kind, map);
  return map;
}

const COMPANY = build("accounts", []);
const TABLES: Readonly<Record<ListKind, ReadonlyMap<string, Alias>>> = {
  accounts: COMPANY,
  reference: COMPANY,
  contacts: build("contacts", CONTACT_ALIASES),
  orders: build("orders", ORDER_ALIASES),
  deals: build("deals", DEAL_ALIASES),
  suppressions: build("suppressions", SUPPRESSION_ALIASES),
  matches: build("matches", MATCH_ALIASES),
};

/** What a header stands for in a list of that kind, by its `headerKey`; undefined when no table has it. */
export function aliasOf(kind: ListKind, key: string): Alias | undefined {
  return TABLES[kind].get(key);
}

/** All headers that stand for something in a list of that kind, by `headerKey`. */
export function aliasesOf(kind: ListKind): ReadonlyMap<string, Alias> {
  return TABLES[kind];
}
