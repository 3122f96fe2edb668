import type { AliasLine } from "./aliases.ts";

/** Headers that mean something else, or only something, in a list of people. Plain address columns there are the person's. */
export const CONTACT_ALIASES: readonly AliasLine[] = [
  ["contact.id", 0, "id | record id | contact id | record id contact | person id | lead id"],
  [
    "contact.email",
    0,
    "email | e-mail | email address | work email | business email | primary email | contact email | mail | emails",
  ],
  ["contact.email", 1, "secondary email | tertiary email | personal email | other email"],
  ["contact.emailHash", 0, "email sha256 | email hash | hashed email | sha256 email | emailsha256"],
  ["contact.fullName", 0, "name | full name | contact name | contact | person name | person | attendee | contact person"],
  ["contact.title", 0, "title | job title | jobtitle | contact title | position | job role | role title | headline"],
  ["contact.seniority", 0, "seniority | management level | job title hierarchy level | seniority level | job level"],
  ["contact.department", 0, "department | departments | job function | sub departments | function | job department"],
  ["contact.role", 0, "buying role | contact role | role | persona | hs buying role"],
  [
    "contact.linkedin",
    0,
    "linkedin url | linkedin | linkedin profile | person linkedin url | linkedin profile url | linkedin contact profile url | profile url",
  ],
  ["contact.phone", 0, "phone | phone number | telephone | direct phone number | work direct phone | mobile phone | mobile | ph"],
  ["contact.country", 0, "country | country region | person country | contact country | mailing country | country code | nation"],
  [
    "contact.consent",
    0,
    "consent | marketing consent | email consent | accepts marketing | accepts email marketing | opt in | email opt in | gdpr consent",
  ],
  [
    "contact.consent",
    0,
    "ad user data consent | ad personalization consent | marketing opt in | newsletter | subscribed | email subscription status | consent status",
  ],
  [
    "contact.optedOut",
    0,
    "do not call | do not contact | do not email | unsubscribed | opted out | opt out | has opted out of email | email opt out",
  ],
  [
    "contact.optedOut",
    0,
    "unsubscribed from all email | unsubscribed from all emails | hs email optout | marketing opt out | unsubscribe | dnc",
  ],
  [
    "sourceId",
    0,
    "account id | associated company id | associated company ids | primary associated company id | company id | company record id",
  ],
  ["name", 0, "associated company | primary company"],
  [
    null,
    0,
    "city | state | state region | region | province | state province | zip | zip code | zipcode | postal code | postcode | street | street address",
  ],
  [
    null,
    0,
    "address | address 1 | address 2 | province code | stage | status | lifecycle stage | type | rating | owner | contact owner | description | source",
  ],
  [
    null,
    0,
    "person street | person city | person state | person zip code | st | ct | location | lead source | original source | last activity date",
  ],
];
const lineItem = "lineitem";
/** Headers of orders and order lines. Billing columns are the customer's. */
export const ORDER_ALIASES: readonly AliasLine[] = [
  [
    "order.id",
    0,
    "order id | order no | order number | order | order # | order name | invoice | invoice no | invoice number | invoice id | invoice #",
  ],
  [
    "order.id",
    0,
    "sales order | sales order number | so number | order ref | order reference | transaction id | receipt number | document number",
  ],
  ["order.id", 2, "id"],
  [
    "order.date",
    0,
    "order date | invoice date | created at | purchase date | transaction date | ordered at | sales date | date | order created at",
  ],
  ["order.date", 1, "order created | date created | created date | document date"],
  ["order.currency", 0, "currency | currency code | order currency | transaction currency | currency iso code"],
  [
    "order.sku",
    0,
    `${lineItem} sku | sku | stock code | product id | product code | item code | item id | item number | article number | product sku | item sku`,
  ],
  ["order.category", 0, "category | product category | item category | category name | department | product type"],
  [
    "order.text",
    0,
    `${lineItem} name | description | product name | product | item | item name | item description | product description | line description`,
  ],
  ["order.quantity", 0, `${lineItem} quantity | quantity | qty | units | order quantity | quantity ordered | pieces`],
  ["order.unitPrice", 0, `${lineItem} price | unit price | price | price each | item price | list price`],
  [
    "order.amount",
    0,
    "amount | line total | line amount | net amount | sales | extended price | line value | revenue | total line amount | net sales",
  ],
  [
    "order.total",
    0,
    "total | order total | grand total | total amount | total price | order amount | order value | invoice total | invoice amount | total sales",
  ],
  ["order.subtotal", 0, "subtotal | sub total | order subtotal"],
  ["order.discount", 0, "discount | discount % | discount percent | discount rate | discount pct"],
  ["order.discountAmount", 0, `discount amount | ${lineItem} discount | total discount`],
  ["order.status", 0, "financial status | status | order status | payment status | state of order | invoice status"],
  ["order.cancelledAt", 0, "cancelled at | canceled at | cancellation date | cancelled date"],
  ["order.refunded", 0, "refunded amount | refund amount | refunded | total refunded"],
  ["order.channel", 0, "source | channel | sales channel | order source | order channel | source name"],
  ["order.paymentTerms", 0, "payment terms name | payment terms | terms | payment term"],
  ["order.paidAt", 0, "paid at | payment date | paid date | date paid"],
  ["order.dueAt", 0, "next payment due at | due date | payment due date | due at | invoice due date"],
  ["order.poNumber", 0, "po number | po | purchase order | purchase order number | customer po | po #"],
  [
    "order.buyerEmail",
    0,
    "email | e-mail | email address | customer email | buyer email | billing email | contact email | contact mail",
  ],
  ["order.shipCountry", 0, "ship country | shipping country | delivery country | ship to country | shipping country code"],
  [
    "order.shipPostalCode",
    0,
    "ship postal code | shipping zip | shipping postal code | delivery postal code | ship to zip | ship zip",
  ],
  ["order.shipCity", 0, "ship city | shipping city | delivery city | ship to city"],
  [
    "sourceId",
    0,
    "customer id | customer number | customer no | customer code | client id | account id | account number | customer # | buyer id | cust id",
  ],
  [
    "name",
    0,
    "billing company | company | company name | customer name | account name | client name | account | customer company | client | organization | bill to company",
  ],
  ["name", 2, "shipping company"],
];

/** Headers of deals (opportunities). */
export const DEAL_ALIASES: readonly AliasLine[] = [
  [
    "deal.id",
    0,
    "opportunity id | deal id | record id | record id deal | opp id | id | hs object id | opportunity number | deal number | quote id",
  ],
  ["deal.name", 0, "deal name | opportunity name | opportunity | deal | name | subject"],
  [
    "deal.stage",
    0,
    "deal stage | stage name | stage | sales stage | opportunity stage | pipeline stage | outcome | result | status | deal status | won lost",
  ],
  [
    "deal.amount",
    0,
    "amount | deal amount | close value | deal value | opportunity amount | value | contract value | expected revenue | total contract value",
  ],
  ["deal.amount", 1, "annual contract value | acv | tcv | arr | annual recurring revenue"],
  ["deal.currency", 0, "currency | currency iso code | deal currency | currency code"],
  [
    "deal.createdAt",
    0,
    "create date | created date | created at | engage date | created on | open date | opened at | date created",
  ],
  [
    "deal.closedAt",
    0,
    "close date | closed date | closed at | closed on | expected close date | won date | lost date | end date",
  ],
  ["deal.probability", 0, "probability | deal probability | probability (%) | win probability"],
  ["deal.isWon", 0, "is won | won | is closed won"],
  ["deal.isLost", 0, "is lost | is closed lost"],
  ["deal.isClosed", 0, "is closed | closed | is closed (numeric)"],
  ["deal.lostReason", 0, "lost reason | closed lost reason | loss reason | reason lost | reason for loss | lost because"],
  ["deal.product", 0, "product | product name | products | deal product | product line"],
  ["deal.roles", 0, "role | roles | contact roles | contact role | buying roles"],
  [
    "sourceId",
    0,
    "account id | company id | customer id | associated company id | associated company ids | client id | customer number",
  ],
  [
    "name",
    0,
    "account | account name | company | company name | associated company | associated company (primary) | customer | client | organization | customer name",
  ],
];

/** Headers of lists that say which companies are one. */
export const MATCH_ALIASES: readonly AliasLine[] = [
  ["match.company", 0, "company | account | company domain | account id | duplicate"],
  ["match.relation", 0, "relation | decision | verdict"],
  ["match.other", 0, "other company | other account | other domain | other account id | same as | duplicate of"],
];

/** Headers of suppressions. */
export const SUPPRESSION_ALIASES: readonly AliasLine[] = [
  ["suppression.email", 0, "email | e-mail | email address | contact email | work email | mail"],
  ["suppression.hash", 0, "email sha256 | email hash | hashed email | sha256 | hash | sha256 email | hem | emailhash"],
  [
    "suppression.any",
    0,
    "suppression | suppress | value | entry | identifier | key | domain or email | email or domain | exclusion | blocklist | block | match",
  ],
  [
    "suppression.reason",
    0,
    "reason | suppression reason | why | comment | note | notes | source of exclusion | exclusion reason",
  ],
];
