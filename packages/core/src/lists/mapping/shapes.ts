import type { ListKind, Origin } from "../kinds.ts";
import { headerKey } from "./header.ts";
import { OWN_NAMES, ownApiName, ownLabel, PROVENANCE } from "./own-columns.ts";

/** What a known export says about itself before any cell is read. */
export interface Shape {
  /** E.g. `zoominfo-company`; `unknown` for everything else. */
  id: string;
  kind: ListKind | null;
  /** Namespace of the record ids; null where the shape carries none. */
  system: "salesforce" | "hubspot" | "zoominfo" | "apollo" | "netsuite" | "shopify" | null;
  /** Vendors' data cannot be declared away: it is `broker`. */
  forcedOrigin?: Origin;
  /** ISO 4217 where the vendor states money in one currency. */
  currency?: string;
  /** ISO alpha-2 where the register covers one country. */
  country?: string;
  /** Power of ten by header key, where the header does not say it. */
  units?: ReadonlyMap<string, number>;
  /** The list names people, not companies: refused as a list of accounts. */
  peopleOnly?: true;
  /** Header key of the column that names the system of each record id. */
  systemColumn?: string;
  /** Header keys of columns that Bullseye added. */
  added?: ReadonlySet<string>;
  /** Header key -> field, where this export means something else than the tables say; null leaves the column aside. */
  overrides: ReadonlyMap<string, readonly [field: string | null, rank: number]>;
}

interface Rule {
  shape: Omit<Shape, "overrides"> & { overrides?: Readonly<Record<string, readonly [string | null, number]>> };
  /** Every one of these headers … */
  all: readonly string[];
  /** … and at least one of these, where given … */
  any?: readonly string[];
  /** … and nothing else than these, where given … */
  only?: readonly string[];
  /** … and where nothing of `any` is there, a file name like this will do. */
  fileName?: RegExp;
}

const LINKEDIN_COMPANY =
  "companyname companywebsite companyemaildomain linkedincompanypageurl stocksymbol industry city state companycountry zipcode".split(
    " ",
  );
const BROKER_USD = { forcedOrigin: "broker", currency: "USD" } as const;

const SALESFORCE_EXPORT = ["Id", ...OWN_NAMES.map(ownApiName)];
const HUBSPOT_EXPORT = ["Record ID", ...OWN_NAMES.map(ownLabel)];

/** Fingerprints, the most telling first [design, CSV notes 5.7]. */
const RULES: readonly Rule[] = [
  {
    shape: {
      id: "bullseye-csv",
      kind: "accounts",
      system: null,
      systemColumn: headerKey(PROVENANCE.system),
      added: new Set([PROVENANCE.system, PROVENANCE.list, PROVENANCE.row].map(headerKey)),
      overrides: { [PROVENANCE.id]: ["sourceId", 0] },
    },
    all: Object.values(PROVENANCE),
  },
  {
    shape: { id: "bullseye-salesforce", kind: "accounts", system: "salesforce", overrides: { Id: ["sourceId", 0] } },
    all: ["Id", ownApiName("Account")],
    only: SALESFORCE_EXPORT,
  },
  {
    shape: { id: "bullseye-hubspot", kind: "accounts", system: "hubspot", overrides: { "Record ID": ["sourceId", 0] } },
    all: ["Record ID", ownLabel("Account")],
    only: HUBSPOT_EXPORT,
  },
  { shape: { id: "linkedin-company", kind: "accounts", system: null }, all: LINKEDIN_COMPANY, only: LINKEDIN_COMPANY },
  {
    shape: { id: "linkedin-contact", kind: "contacts", system: null, overrides: { googleaid: [null, 0] } },
    all: ["employeecompany", "googleaid"],
  },
  {
    shape: {
      id: "zoominfo-contact",
      kind: "contacts",
      system: "zoominfo",
      ...BROKER_USD,
      overrides: {
        "ZoomInfo Contact ID": ["contact.id", 0],
        "ZoomInfo Company ID": ["sourceId", 0],
        Department: ["contact.department", 0],
      },
    },
    all: ["ZoomInfo Contact ID"],
  },
  {
    shape: { id: "zoominfo-company", kind: "accounts", system: "zoominfo", ...BROKER_USD },
    all: ["ZoomInfo Company ID"],
  },
  {
    shape: {
      id: "apollo-contact",
      kind: "contacts",
      system: "apollo",
      ...BROKER_USD,
      overrides: {
        "Apollo Contact Id": ["contact.id", 0],
        "Apollo Account Id": ["sourceId", 0],
        "Corporate Phone": ["phone", 1],
      },
    },
    all: ["# Employees", "Person Linkedin Url"],
  },
  {
    shape: { id: "apollo-account", kind: "accounts", system: "apollo", ...BROKER_USD },
    all: ["# Employees"],
    any: ["Apollo Account Id", "Company Linkedin Url"],
  },
  {
    shape: {
      id: "shopify-orders",
      kind: "orders",
      system: "shopify",
      overrides: {
        Name: ["order.id", 0],
        Id: [null, 0],
        "Receipt Number": [null, 0],
        Vendor: [null, 0],
        "Billing Name": [null, 0],
        "Shipping Name": [null, 0],
        "Fulfillment Status": [null, 0],
        "Fulfilled at": [null, 0],
        Phone: [null, 0],
        Employee: [null, 0],
        Location: [null, 0],
      },
    },
    all: ["Lineitem sku", "Financial Status"],
  },
  {
    shape: {
      id: "shopify-customers",
      kind: "contacts",
      system: "shopify",
      overrides: {
        "Customer ID": ["contact.id", 0],
        Company: ["name", 0],
        "Default Address Company": ["name", 0],
        Country: ["contact.country", 1],
      },
    },
    all: ["Email", "Total Spent", "Total Orders"],
  },
  {
    shape: {
      id: "netsuite-customers",
      kind: "accounts",
      system: "netsuite",
      overrides: {
        "Internal ID": ["sourceId", 0],
        ID: [null, 0],
        Name: ["name", 1],
        "Sales Rep": [null, 0],
        Territory: [null, 0],
        Category: [null, 0],
      },
    },
    all: ["Internal ID", "Company Name"],
    any: ["Sales Rep", "Territory", "Inactive", "Last Modified"],
  },
  {
    shape: { id: "salesforce-opportunity", kind: "deals", system: "salesforce" },
    all: ["StageName", "CloseDate", "AccountId"],
  },
  {
    shape: { id: "hubspot-deals", kind: "deals", system: "hubspot" },
    all: ["Deal Stage", "Deal Name"],
  },
  {
    shape: {
      id: "salesforce-account-api",
      kind: "accounts",
      system: "salesforce",
      overrides: { Id: ["sourceId", 0], Name: ["name", 0], Site: [null, 0], AccountNumber: [null, 0] },
    },
    all: ["Id", "Name", "BillingCity"],
  },
  {
    shape: {
      id: "hubspot-company",
      kind: "accounts",
      system: "hubspot",
      overrides: {
        "Record ID": ["sourceId", 0],
        "Record ID - Company": ["sourceId", 0],
        Type: ["accountType", 0],
        "Close Date": [null, 0],
      },
    },
    all: ["Record ID", "Company name"],
    any: [
      "Company Domain Name",
      "Company owner",
      "Industry group",
      "Number of Form Submissions",
      "Number of Pageviews",
      "Number of Sessions",
      "Lifecycle Stage",
      "Web Technologies",
    ],
    fileName: /hubspot-crm-exports/i,
  },
  {
    shape: { id: "hubspot-company", kind: "accounts", system: "hubspot", overrides: { "Record ID - Company": ["sourceId", 0] } },
    all: ["Record ID - Company", "Company name"],
  },
  {
    shape: { id: "hubspot-company", kind: "accounts", system: "hubspot" },
    all: ["Datensatz-ID", "Unternehmensname"],
    any: [
      "Unternehmensdomain",
      "Zuständiger Mitarbeiter",
      "Zuständiger Mitarbeiter für Unternehmen",
      "Lifecycle-Phase",
      "Unternehmensinhaber",
    ],
  },
  {
    shape: { id: "hubspot-company", kind: "accounts", system: "hubspot" },
    all: ["ID de fiche d'informations", "Nom de l'entreprise"],
    any: ["Nom de domaine de l'entreprise", "Propriétaire de l'entreprise", "Phase du cycle de vie"],
  },
  {
    shape: { id: "hubspot-company", kind: "accounts", system: "hubspot" },
    all: ["ID de registro", "Nombre de la empresa"],
    any: ["Nombre de dominio de la empresa", "Propietario de la empresa", "Etapa del ciclo de vida"],
  },
  {
    shape: { id: "hubspot-company", kind: "accounts", system: "hubspot" },
    all: ["Record-ID", "Bedrijfsnaam"],
    any: ["Domeinnaam van bedrijf", "Domeinnaam bedrijf", "Eigenaar van bedrijf", "Levenscyclusfase"],
  },
  {
    shape: { id: "salesforce-report", kind: null, system: "salesforce", overrides: { "Account Number": [null, 0] } },
    all: ["Account Name"],
    any: ["Account Owner", "Account ID", "Billing State/Province"],
  },
  {
    shape: {
      id: "companies-house",
      kind: "accounts",
      system: null,
      country: "GB",
      overrides: {
        CompanyNumber: ["registration", 0],
        "RegAddress.AddressLine1": ["street", 1],
        CompanyStatus: [null, 0],
        CompanyCategory: [null, 0],
      },
    },
    all: ["CompanyName", "CompanyNumber", "RegAddress.PostTown"],
  },
  {
    shape: {
      id: "meta-list",
      kind: "contacts",
      system: null,
      peopleOnly: true,
      overrides: { country: ["contact.country", 0], uid: ["contact.id", 0] },
    },
    all: ["fn", "ln", "madid"],
  },
  {
    shape: { id: "google-customer-match", kind: "contacts", system: null, peopleOnly: true },
    all: ["Email", "First Name", "Last Name", "Country", "Zip"],
    only: ["Email", "Phone", "First Name", "Last Name", "Country", "Zip"],
  },
  {
    shape: { id: "tiktok-list", kind: "contacts", system: null, peopleOnly: true },
    all: [],
    any: ["EMAIL_SHA256", "Email", "Phone", "PHONE_SHA256"],
    only: [
      "Email",
      "EMAIL_SHA256",
      "Phone",
      "PHONE_SHA256",
      "MAID",
      "MAID_MD5",
      "MAID_SHA256",
      "IDFA_SHA256",
      "GAID_SHA256",
      "FIRST_SHA256",
    ],
  },
];

interface CompiledRule {
  shape: Shape;
  all: readonly string[];
  any: readonly string[] | null;
  only: ReadonlySet<string> | null;
  fileName: RegExp | null;
}

const COMPILED: readonly CompiledRule[] = RULES.map((rule) => ({
  shape: {
    ...rule.shape,
    overrides: new Map(Object.entries(rule.shape.overrides ?? {}).map(([header, target]) => [headerKey(header), target])),
  },
  all: rule.all.map(headerKey),
  any: rule.any?.map(headerKey) ?? null,
  only: rule.only === undefined ? null : new Set(rule.only.map(headerKey)),
  fileName: rule.fileName ?? null,
}));

const UNKNOWN: Shape = { id: "unknown", kind: null, system: null, overrides: new Map() };
/** One column of e-mails is too little to call it a platform's list. */
const FEWEST_PLATFORM_COLUMNS = 2;

/** The known export with these header keys, or `unknown`. The file name only tips the scales. */
export function detectShape(keys: readonly string[], fileName?: string): Shape {
  const present = new Set(keys);
  for (const rule of COMPILED) {
    if (!rule.all.every((key) => present.has(key))) continue;
    if (
      rule.any !== null &&
      !rule.any.some((key) => present.has(key)) &&
      !(fileName !== undefined && rule.fileName?.test(fileName))
    )
      continue;
    if (rule.only !== null && (keys.length < FEWEST_PLATFORM_COLUMNS || !keys.every((key) => rule.only?.has(key)))) continue;
    return rule.shape;
  }
  return UNKNOWN;
}

/** The shape of that id; `unknown` for an id nobody knows. */
export function shapeById(id: string): Shape {
  return COMPILED.find((rule) => rule.shape.id === id)?.shape ?? UNKNOWN;
}
