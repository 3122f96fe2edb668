import { column, eachCompany, noise, type Shape } from "./shape.ts";
import {
  bandColumn,
  bandText,
  count,
  country,
  dayText,
  domain,
  duns,
  grouped,
  items,
  linkedin,
  phone,
  postalCode,
  revenue,
  short,
  sourceId,
  state,
  text,
  website,
} from "./writers.ts";

const own = { origin: "first-party" } as const;
const accounts = { kind: "accounts", vendor: true, source: own, rows: eachCompany } as const;
const name = (header: string) => text(header, "name", { holes: false });
const parentName = (header: string) => column(header, "parentName", ({ company }) => company.parent?.name);
const touched = (header: string, order: "dmy" | "mdy") =>
  column(header, "lastActivityAt", ({ company }) => dayText(company.touched, order));
const isPublic = (header: string) =>
  column(header, "isPublic", ({ company }, random) => {
    const listed = company.ownership === "public";
    const cell = random.pick(listed ? ["true", "Yes"] : ["false", "No"]);
    return { text: cell, says: { ownership: company.ownership } };
  });

const linkedinCompany: Shape = {
  ...accounts,
  id: "LinkedIn company list",
  fingerprint: "linkedin-company",
  columns: [
    name("companyname"),
    website("companywebsite", 1),
    domain("companyemaildomain"),
    linkedin("linkedincompanypageurl"),
    text("stocksymbol", "ticker"),
    text("industry", "industry"),
    text("city", "city"),
    state("state"),
    column("companycountry", "country", ({ company }) => company.country),
    postalCode("zipcode"),
  ],
};

const salesforceApi: Shape = {
  ...accounts,
  id: "Salesforce accounts, API names",
  fingerprint: "salesforce-account-api",
  source: { ...own, currency: "USD" },
  columns: [
    sourceId("Id", "salesforce"),
    ...noise("IsDeleted", () => "false"),
    column("MasterRecordId", "parentId", () => undefined, { rank: 1 }),
    name("Name"),
    text("Type", "accountType", { of: ({ type }) => type }),
    column("ParentId", "parentId", ({ company }) => company.parent?.ids.salesforce, {
      value: ({ company }) => company.parent && `salesforce:${company.parent.ids.salesforce.slice(0, 15)}`,
    }),
    text("BillingStreet", "street"),
    text("BillingCity", "city"),
    state("BillingState"),
    postalCode("BillingPostalCode"),
    country("BillingCountry"),
    ...noise("BillingLatitude,BillingLongitude,BillingGeocodeAccuracy"),
    column("BillingAddress", "street", () => undefined, { rank: 1 }),
    ...noise("ShippingStreet", () => "9 Dock Road"),
    column("ShippingCity", "city", ({ company }) => company.city, { rank: 2 }),
    column("ShippingState", "state", () => undefined, { rank: 2 }),
    column("ShippingPostalCode", "postalCode", () => undefined, { rank: 2 }),
    column("ShippingCountry", "country", () => undefined, { rank: 2 }),
    ...noise("ShippingLatitude,ShippingLongitude,ShippingGeocodeAccuracy,ShippingAddress"),
    phone("Phone"),
    ...noise("Fax", ({ company }) => company.phone),
    column("AccountNumber", null, ({ company }) => `A-${company.at}`),
    website("Website"),
    ...noise("PhotoUrl", ({ company }) => `/services/images/photo/${company.ids.salesforce}`),
    text("Sic", "sic"),
    text("Industry", "industry"),
    revenue("AnnualRevenue", (dollars) => `${dollars}.0`),
    count("NumberOfEmployees", "employees"),
    text("Ownership", "ownership", { of: ({ ownership }) => ownership }),
    text("TickerSymbol", "ticker"),
    text("Description", "description"),
    text("Rating", "rating"),
    ...noise("Site"),
    text("OwnerId", "accountOwner", { of: ({ owner }) => owner }),
    ...noise("CreatedDate", () => "2024-02-01T08:00:00.000Z"),
    ...noise("CreatedById", () => "005000000000001AAA"),
    ...noise("LastModifiedDate", () => "2025-02-01T08:00:00.000Z"),
    ...noise("LastModifiedById", () => "005000000000001AAA"),
    ...noise("SystemModstamp"),
    column("LastActivityDate", "lastActivityAt", ({ company }) => company.touched),
    ...noise("LastViewedDate,LastReferencedDate,Jigsaw,JigsawCompanyId,CleanStatus"),
    text("AccountSource", "accountSource", { of: ({ source }) => source }),
    duns("DunsNumber"),
    column("Tradestyle", "name", () => undefined, { rank: 2 }),
    text("NaicsCode", "naics"),
    column("NaicsDesc", "industry", () => undefined, { rank: 2 }),
    count("YearStarted", "founded"),
    column("SicDesc", "industry", () => undefined, { rank: 2 }),
    ...noise("DandbCompanyId,OperatingHoursId"),
    column("CustomerPriority__c", "customerPriority", () => "High", { value: () => "High" }),
    column("SLA__c", "slaLevel", () => "Gold", { value: () => "Gold" }),
    count("NumberofLocations__c", "sites"),
    column("Tier_Score__c", null, ({ company }) => String(company.at % 7)),
  ],
};

const salesforceReport: Shape = {
  ...accounts,
  id: "Salesforce accounts, report labels",
  fingerprint: "salesforce-report",
  source: { ...own, currency: "USD", defaultCountry: "US" },
  columns: [
    text("Account Owner", "accountOwner", { of: ({ owner }) => owner }),
    name("Account Name"),
    sourceId("Account ID", "salesforce"),
    text("Type", "accountType", { of: ({ type }) => type }),
    text("Billing Street", "street"),
    text("Billing City", "city"),
    state("Billing State/Province"),
    postalCode("Billing Zip/Postal Code"),
    country("Billing Country"),
    revenue("Annual Revenue", (dollars) => `$${grouped(dollars, ",")}.00`),
    text("Account Description", "description"),
    text("Account Rating", "rating", { of: ({ rating }) => rating }),
    text("Account Source", "accountSource", { of: ({ source }) => source }),
    count("Employees", "employees", { write: (n) => grouped(n, ",") }),
    website("Website"),
    text("Industry", "industry"),
    text("Ticker Symbol", "ticker"),
    text("SIC Code", "sic", { of: ({ sic }) => sic }),
    phone("Account Phone"),
    touched("Last Activity", "mdy"),
    ...noise("Created Date", () => "2/29/2024"),
  ],
  style: { quoting: "all", lineEnds: ["\r\n"] },
  // What Salesforce writes below a report (trap 12).
  after: [
    '""',
    '"All accounts by owner"',
    '"Copyright (c) 2000-2026 Example, inc. All rights reserved."',
    '"Confidential Information - Do Not Distribute"',
    '"Generated By:  Team North  11/20/2026 9:14 AM"',
  ],
};

const HUBSPOT_COLUMNS = [
  sourceId("Record ID", "hubspot"),
  name("Company name"),
  text("Company owner", "accountOwner", { of: ({ owner }) => owner }),
  ...noise("Create Date", () => "2024-05-14 10:22"),
  phone("Phone Number"),
  column("Last Activity Date", "lastActivityAt", ({ company }) => `${company.touched} 14:05`),
  text("City", "city"),
  country("Country/Region"),
  text("Industry", "industry"),
  domain("Company Domain Name"),
  website("Website URL", 1),
  parentName("Parent Company"),
  column("Number of child companies", "children", () => undefined),
  text("Street Address", "street"),
  state("State/Region"),
  postalCode("Postal Code"),
  count("Number of Employees", "employees"),
  revenue("Annual Revenue", (dollars) => String(dollars)),
  count("Year Founded", "founded"),
  isPublic("Is Public"),
  linkedin("LinkedIn Company Page"),
  items("Web Technologies", "technologies", ";"),
  items("Company Keywords", "keywords", ";"),
  text("Description", "description"),
  text("Lifecycle Stage", "lifecycle"),
  text("Type", "accountType", { of: ({ type }) => type }),
  text("Original Traffic Source", "accountSource", { of: ({ source }) => source }),
  column("Number of Associated Contacts", "associatedContacts", ({ company }) => String(company.people.length), {
    value: ({ company }) => company.people.length,
  }),
  column("Number of contacts with a buying role", "buyingRoles", () => "2", { value: () => 2 }),
  column("Number of decision makers", "decisionMakers", () => "1", { value: () => 1 }),
  column("Number of blockers", "blockers", () => undefined),
  column("Days to Close", "daysToClose", () => "41", { value: () => 41 }),
  column("Ideal Customer Profile Tier", null, () => "tier_2"),
];
const hubspot: Shape = {
  ...accounts,
  id: "HubSpot companies",
  fingerprint: "hubspot-company",
  source: { ...own, currency: "USD" },
  columns: HUBSPOT_COLUMNS,
};

const thousands = (dollars: number): string => String(dollars / 1000);
/** The company part of ZoomInfo's exports. */
export const ZOOMINFO_COMPANY = [
  sourceId("ZoomInfo Company ID", "zoominfo"),
  name("Company Name"),
  website("Website"),
  count("Founded Year", "founded"),
  phone("Company HQ Phone"),
  ...noise("Fax", ({ company }) => company.phone),
  text("Ticker", "ticker"),
  revenue("Revenue (in 000s USD)", thousands),
  column("Revenue Range (in USD)", "revenue", () => undefined, { rank: 1 }),
  count("Employees", "employees"),
  bandColumn("Employee Range", (range) => bandText(range, " - ")),
  text("SIC Code 1", "sic", { of: ({ sic }) => sic }),
  column("SIC Code 2", "sic", () => undefined, { rank: 1 }),
  column("SIC Codes", "sic", ({ company }) => company.sic, { rank: 1 }),
  text("NAICS Code 1", "naics", { of: ({ naics }) => naics }),
  column("NAICS Code 2", "naics", () => undefined, { rank: 1 }),
  column("NAICS Codes", "naics", ({ company }) => company.naics, { rank: 1 }),
  text("Primary Industry", "industry", { of: ({ industry }) => industry }),
];
const zoominfo: Shape = {
  ...accounts,
  id: "ZoomInfo companies",
  fingerprint: "zoominfo-company",
  source: { origin: "broker" },
  columns: [
    ...ZOOMINFO_COMPANY,
    column("Primary Sub-Industry", "industry", () => undefined, { rank: 2 }),
    column("All Industries", "industry", ({ company }) => company.industry, { rank: 2 }),
    ...noise("All Sub-Industries,Industry Hierarchical Category,Secondary Industry Hierarchical Category"),
    column("Alexa Rank", null, ({ company }) => String(company.at * 3 + 1)),
    column("ZoomInfo Company Profile URL", null, ({ company }) => `https://app.zoominfo.com/#/company/${company.ids.zoominfo}`),
    linkedin("LinkedIn Company Profile URL"),
    ...noise(
      "Facebook Company Profile URL,Twitter Company Profile URL",
      ({ company }) => `http://www.facebook.com/${company.page}`,
    ),
    text("Ownership Type", "ownership", { of: ({ ownership }) => ownership }),
    ...noise("Business Model", () => "B2B"),
    ...noise("Certified Active Company", () => "Yes"),
    ...noise("Certification Date", () => "4/1/2026"),
    ...noise("Defunct Company", () => "No"),
    column("Total Funding Amount (in 000s USD)", null, () => "12500"),
    column("Recent Funding Amount (in 000s USD)", null, () => "2500"),
    ...noise("Recent Funding Round", () => "Series B"),
    column("Recent Funding Date", "fundingDate", ({ company }) => dayText(company.touched, "mdy"), {
      value: ({ company }) => company.touched,
    }),
    ...noise("Recent Investors,All Investors", () => "North Fund;South Fund"),
    text("Company Street Address", "street", { of: ({ street }) => street }),
    text("Company City", "city", { of: ({ city }) => city }),
    state("Company State"),
    postalCode("Company Zip Code"),
    country("Company Country"),
    column("Full Address", "street", ({ company }) => `${company.street}, ${company.city}`, {
      rank: 1,
      value: ({ company }) => `${company.street}, ${company.city}`,
    }),
    count("Number of Locations", "sites"),
    ...noise("Company Is Acquired", () => "No"),
    column("Company ID (Ultimate Parent)", "parentId", ({ company }) => company.parent?.ids.zoominfo, {
      value: ({ company }) => company.parent && `zoominfo:${company.parent.ids.zoominfo}`,
    }),
    parentName("Entity Name (Ultimate Parent)"),
    column("Company ID (Immediate Parent)", "parentId", () => undefined, { rank: 1 }),
    column("Entity Name (Immediate Parent)", "parentName", () => undefined, { rank: 1 }),
    ...noise("Relationship (Immediate Parent)"),
  ],
  style: { quoting: "all", lineEnds: ["\r\n"] },
};

const uiCopy: Shape = {
  ...accounts,
  id: "ZoomInfo copied from the screen",
  fingerprint: "unknown",
  source: { origin: "broker" },
  columns: [
    name("Company Name"),
    column("Location", "place", ({ company }) => {
      const { city, state: code } = company;
      if (code === undefined || company.country !== "US") return { text: city, says: { city, state: undefined } };
      return { text: `${city}, ${code}`, says: { city, state: code } };
    }),
    text("Industry", "industry"),
    bandColumn("Employees", (range) => bandText(range, " - "), 0),
    revenue("Revenue", (dollars) => ({ text: `$${short(dollars).text}`, dollars: short(dollars).dollars })),
    website("Website"),
    touched("Last Touch", "mdy"),
  ],
  style: { delimiter: "\t" },
};

/** The company part of Apollo's exports. */
export const apolloCompany = (inContacts: boolean) => [
  column("# Employees", "employees", ({ company }) => String(company.employees)),
  text("Industry", "industry"),
  items("Keywords", "keywords", ", "),
  website("Website"),
  linkedin("Company Linkedin Url"),
  ...noise("Facebook Url,Twitter Url", ({ company }) => `https://www.facebook.com/${company.page}`),
  column("Company Address", "street", ({ company }) => company.street),
  text("Company City", "city", { of: ({ city }) => city }),
  state("Company State"),
  country("Company Country"),
  phone("Company Phone"),
  items("Technologies", "technologies", ", "),
  revenue("Annual Revenue", String),
  ...noise("Total Funding", () => "12500000"),
  ...noise("Latest Funding", () => "Series B"),
  ...noise("Latest Funding Amount", () => "2500000"),
  column("Last Raised At", "fundingDate", ({ company }) => `${company.touched}T00:00:00.000+00:00`, {
    value: ({ company }) => company.touched,
  }),
  parentName("Subsidiary of"),
  column("Subsidiary of (Organization ID)", "parentId", ({ company }) => company.parent?.ids.apollo, {
    value: ({ company }) => company.parent && `apollo:${company.parent.ids.apollo}`,
  }),
  count("Number of Retail Locations", "sites", { of: ({ sites }) => sites }),
  sourceId("Apollo Account Id", "apollo"),
  ...(inContacts ? [] : [text("Short Description", "description", { of: ({ description }) => description })]),
];
const apollo: Shape = {
  ...accounts,
  id: "Apollo accounts",
  fingerprint: "apollo-account",
  source: { origin: "broker" },
  columns: [
    name("Company Name"),
    column("Company Name for Emails", "name", ({ company }) => company.name.split(" ").slice(0, 2).join(" "), { rank: 2 }),
    text("Account Stage", "lifecycle", { of: ({ lifecycle }) => lifecycle }),
    ...apolloCompany(false),
    postalCode("Company Postal Code"),
    count("Founded Year", "founded"),
    ...noise("Logo Url", ({ company }) => `https://logos.example/${company.page}.png`),
  ],
};

const netsuite: Shape = {
  ...accounts,
  id: "NetSuite customers",
  fingerprint: "netsuite-customers",
  columns: [
    { ...sourceId("Internal ID", "netsuite"), asks: true },
    // The same header once more, with something else in it (trap 7).
    {
      ...column("Internal ID", "sourceId", ({ company }) => `CUST${company.at}`, { holes: false, value: () => undefined }),
      rank: 1,
      asks: true,
    },
    ...noise("ID", ({ company }) => `C-${company.at}`),
    column("Name", "name", ({ company }) => `${company.at} ${company.name}`, { rank: 1, holes: false, asks: true }),
    name("Company Name"),
    text("Stage", "lifecycle", { of: ({ lifecycle }) => lifecycle }),
    column("Status", "lifecycle", () => undefined, { rank: 1 }),
    ...noise("Category", () => "Corporate"),
    ...noise("Sales Rep", ({ company }) => `${company.people[0]!.first} ${company.people[0]!.last}`),
    ...noise("Territory", () => "West"),
    text("Billing Address", "street", { of: ({ street }) => street }),
    text("Billing City", "city", { of: ({ city }) => city }),
    state("Billing State/Province"),
    postalCode("Billing Zip"),
    phone("Phone"),
    column("Email", "emailDomain", ({ company }, random) =>
      random.chance(0.05)
        ? { text: "somebody@gmail.com", says: { emailDomain: undefined } }
        : { text: company.people[0]!.email, says: { emailDomain: company.domain } },
    ),
    ...noise("Date Created", () => "4/1/2024"),
    ...noise("Last Modified", () => "4/28/2026"),
    ...noise("Inactive", () => "No"),
    column("Name", "name", ({ company }) => company.name, { rank: 1, holes: false, asks: true }),
  ],
};

/** Vendors' lists of companies. */
export const ACCOUNT_SHAPES: readonly Shape[] = [
  linkedinCompany,
  salesforceApi,
  salesforceReport,
  hubspot,
  zoominfo,
  uiCopy,
  apollo,
  netsuite,
];
