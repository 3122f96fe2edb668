import { describe, expect, it } from "vitest";
import type { ListMapping } from "./list-mapping.ts";
import { mapColumns } from "./map-columns.ts";

const source = { origin: "first-party" } as const;
const map = (header: string, row: readonly string[] = [], extra: object = {}): ListMapping =>
  mapColumns({ header: header.split(","), sample: row.length > 0 ? [row] : [], source, ...extra });
/** `header -> field` of the columns that mean a canonical field. */
const fieldsOf = (mapping: ListMapping): Record<string, string> =>
  Object.fromEntries(
    mapping.columns
      .filter((column) => column.field !== null && !column.field.startsWith("extra."))
      .map((column) => [column.header, column.field!]),
  );

const SALESFORCE =
  "Id,IsDeleted,MasterRecordId,Name,Type,ParentId,BillingStreet,BillingCity,BillingState,BillingPostalCode,BillingCountry,BillingLatitude,BillingLongitude,BillingGeocodeAccuracy,BillingAddress,ShippingStreet,ShippingCity,ShippingState,ShippingPostalCode,ShippingCountry,ShippingLatitude,ShippingLongitude,ShippingGeocodeAccuracy,ShippingAddress,Phone,Fax,AccountNumber,Website,PhotoUrl,Sic,Industry,AnnualRevenue,NumberOfEmployees,Ownership,TickerSymbol,Description,Rating,Site,OwnerId,CreatedDate,CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,LastViewedDate,LastReferencedDate,Jigsaw,JigsawCompanyId,CleanStatus,AccountSource,DunsNumber,Tradestyle,NaicsCode,NaicsDesc,YearStarted,SicDesc,DandbCompanyId,OperatingHoursId,CustomerPriority__c,SLA__c,NumberofLocations__c";
const ZOOMINFO =
  "ZoomInfo Company ID,Company Name,Website,Founded Year,Company HQ Phone,Fax,Ticker,Revenue (in 000s USD),Revenue Range (in USD),Employees,Employee Range,SIC Code 1,SIC Code 2,SIC Codes,NAICS Code 1,NAICS Code 2,NAICS Codes,Primary Industry,Primary Sub-Industry,All Industries,All Sub-Industries,Industry Hierarchical Category,Secondary Industry Hierarchical Category,Alexa Rank,ZoomInfo Company Profile URL,LinkedIn Company Profile URL,Facebook Company Profile URL,Twitter Company Profile URL,Ownership Type,Business Model,Certified Active Company,Certification Date,Defunct Company,Total Funding Amount (in 000s USD),Recent Funding Amount (in 000s USD),Recent Funding Round,Recent Funding Date,Recent Investors,All Investors,Company Street Address,Company City,Company State,Company Zip Code,Company Country,Full Address,Number of Locations,Company Is Acquired,Company ID (Ultimate Parent),Entity Name (Ultimate Parent),Company ID (Immediate Parent),Entity Name (Immediate Parent),Relationship (Immediate Parent)";
const HUBSPOT =
  "Record ID,Company name,Company Domain Name,Website URL,Parent Company,Number of child companies,Phone Number,Street Address,City,State/Region,Postal Code,Country/Region,Industry,Number of Employees,Employee range,Annual Revenue,Revenue range,Year Founded,Is Public,LinkedIn Company Page,Web Technologies,Company Keywords,Description,Company owner,Last Activity Date,Lifecycle Stage,Type,Original Traffic Source,Number of Associated Contacts,Number of contacts with a buying role,Number of decision makers,Number of blockers,Days to Close";
const APOLLO =
  "Company Name,Company Name for Emails,Account Stage,# Employees,Industry,Website,Company Linkedin Url,Facebook Url,Company Address,Company City,Company State,Company Postal Code,Company Country,Company Phone,Keywords,Technologies,Annual Revenue,Founded Year,Short Description,Subsidiary of,Subsidiary of (Organization ID),Number of Retail Locations,Apollo Account Id";
const SHOPIFY =
  "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Billing Name,Billing Street,Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping City,Shipping Zip,Shipping Country,Notes,Cancelled at,Payment Method,Refunded Amount,Vendor,Employee,Location,Id,Tags,Source,Lineitem discount,Phone,Receipt Number,Payment Terms Name,Next Payment Due At";

describe("known exports", () => {
  it("LinkedIn company list", () => {
    const mapping = map(
      "companyname,companywebsite,companyemaildomain,linkedincompanypageurl,stocksymbol,industry,city,state,companycountry,zipcode",
    );
    expect(mapping).toMatchObject({ shape: "linkedin-company", kind: "accounts" });
    expect(mapping.columns.map((column) => column.field)).toEqual([
      "name",
      "website",
      "domain",
      "linkedin",
      "ticker",
      "industry",
      "city",
      "state",
      "country",
      "postalCode",
    ]);
    expect(fieldsOf(map("companyname,companypageurl,country"))).toEqual({
      companyname: "name",
      companypageurl: "linkedin",
      country: "country",
    });
  });

  it("Salesforce accounts by API name", () => {
    const mapping = map(SALESFORCE);
    expect(mapping).toMatchObject({ shape: "salesforce-account-api", kind: "accounts", system: "salesforce" });
    expect(fieldsOf(mapping)).toMatchObject({
      Id: "sourceId",
      Name: "name",
      Type: "accountType",
      ParentId: "parentId",
      BillingCity: "city",
      BillingState: "state",
      BillingPostalCode: "postalCode",
      BillingCountry: "country",
      ShippingCity: "city",
      Phone: "phone",
      Website: "website",
      Sic: "sic",
      Industry: "industry",
      AnnualRevenue: "revenue",
      NumberOfEmployees: "employees",
      Ownership: "ownership",
      TickerSymbol: "ticker",
      Rating: "rating",
      OwnerId: "accountOwner",
      LastActivityDate: "lastActivityAt",
      AccountSource: "accountSource",
      DunsNumber: "registration",
      NaicsCode: "naics",
      YearStarted: "founded",
      CustomerPriority__c: "customerPriority",
      SLA__c: "slaLevel",
      NumberofLocations__c: "sites",
    });
  });

  it("Salesforce account report labels", () => {
    const mapping = map(
      "Account Name,Account ID,Account Type,Parent Account ID,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code,Billing Country,Account Source,Annual Revenue,Account Description,Account Owner,Account Rating,Employees,Website,Industry,Ownership,Ticker Symbol,SIC Code",
    );
    expect(mapping).toMatchObject({ shape: "salesforce-report", system: "salesforce" });
    expect(Object.values(fieldsOf(mapping))).toEqual(
      "name sourceId accountType parentId street city state postalCode country accountSource revenue description accountOwner rating employees website industry ownership ticker sic".split(
        " ",
      ),
    );
  });

  it("ZoomInfo companies: broker, thousands of dollars", () => {
    const mapping = map(ZOOMINFO);
    expect(mapping).toMatchObject({
      shape: "zoominfo-company",
      forcedOrigin: "broker",
      system: "zoominfo",
      currency: "USD",
      kind: "accounts",
    });
    const fields = fieldsOf(mapping);
    expect(fields).toMatchObject({
      "ZoomInfo Company ID": "sourceId",
      "Company Name": "name",
      Website: "website",
      "Founded Year": "founded",
      "Company HQ Phone": "phone",
      Ticker: "ticker",
      "Revenue (in 000s USD)": "revenue",
      "Revenue Range (in USD)": "revenue",
      Employees: "employees",
      "Employee Range": "employees",
      "SIC Code 1": "sic",
      "NAICS Code 1": "naics",
      "Primary Industry": "industry",
      "LinkedIn Company Profile URL": "linkedin",
      "Ownership Type": "ownership",
      "Recent Funding Date": "fundingDate",
      "Company Street Address": "street",
      "Company City": "city",
      "Company State": "state",
      "Company Zip Code": "postalCode",
      "Company Country": "country",
      "Number of Locations": "sites",
      "Company ID (Ultimate Parent)": "parentId",
      "Entity Name (Ultimate Parent)": "parentName",
    });
    expect(mapping.columns[7]?.plan).toMatchObject({ power: 3, currency: "USD" });
    expect(mapping.columns.every((column) => !fields[column.header] || column.confidence === 0.99)).toBe(true);
  });

  it("ZoomInfo contacts", () => {
    const mapping = map(
      "ZoomInfo Contact ID,Last Name,First Name,Job Title,Management Level,Job Function,Department,Direct Phone Number,Email Address,Email Domain,Mobile phone,LinkedIn Contact Profile URL,Person City,Country,ZoomInfo Company ID,Company Name,Website,Revenue (in 000s USD),Employees",
    );
    expect(mapping).toMatchObject({ shape: "zoominfo-contact", kind: "contacts", forcedOrigin: "broker" });
    expect(fieldsOf(mapping)).toMatchObject({
      "ZoomInfo Contact ID": "contact.id",
      "Last Name": "contact.lastName",
      "First Name": "contact.firstName",
      "Job Title": "contact.title",
      "Management Level": "contact.seniority",
      Department: "contact.department",
      "Email Address": "contact.email",
      "Email Domain": "emailDomain",
      "LinkedIn Contact Profile URL": "contact.linkedin",
      Country: "contact.country",
      "ZoomInfo Company ID": "sourceId",
      "Company Name": "name",
    });
  });

  it("HubSpot companies", () => {
    const mapping = map(HUBSPOT);
    expect(mapping).toMatchObject({ shape: "hubspot-company", system: "hubspot", kind: "accounts" });
    expect(Object.values(fieldsOf(mapping))).toEqual(
      "sourceId name domain website parentName children phone street city state postalCode country industry employees employees revenue revenue founded isPublic linkedin technologies keywords description accountOwner lastActivityAt lifecycle accountType accountSource associatedContacts buyingRoles decisionMakers blockers daysToClose".split(
        " ",
      ),
    );
  });

  it("Apollo accounts", () => {
    const mapping = map(APOLLO);
    expect(mapping).toMatchObject({ shape: "apollo-account", forcedOrigin: "broker", currency: "USD", kind: "accounts" });
    expect(fieldsOf(mapping)).toMatchObject({
      "Company Name": "name",
      "Account Stage": "lifecycle",
      "# Employees": "employees",
      "Company Linkedin Url": "linkedin",
      "Company Address": "street",
      "Company Phone": "phone",
      Technologies: "technologies",
      "Annual Revenue": "revenue",
      "Subsidiary of": "parentName",
      "Subsidiary of (Organization ID)": "parentId",
      "Number of Retail Locations": "sites",
      "Apollo Account Id": "sourceId",
    });
  });

  it("Shopify orders keep people out", () => {
    const mapping = map(SHOPIFY);
    expect(mapping).toMatchObject({ shape: "shopify-orders", kind: "orders", system: "shopify" });
    const fields = fieldsOf(mapping);
    expect(fields).toMatchObject({
      Name: "order.id",
      Email: "order.buyerEmail",
      "Financial Status": "order.status",
      "Paid at": "order.paidAt",
      Currency: "order.currency",
      Subtotal: "order.subtotal",
      Total: "order.total",
      "Discount Amount": "order.discountAmount",
      "Created at": "order.date",
      "Lineitem quantity": "order.quantity",
      "Lineitem name": "order.text",
      "Lineitem price": "order.unitPrice",
      "Lineitem sku": "order.sku",
      "Billing Company": "name",
      "Billing City": "city",
      "Billing Country": "country",
      "Shipping Country": "order.shipCountry",
      "Cancelled at": "order.cancelledAt",
      "Refunded Amount": "order.refunded",
      "Payment Terms Name": "order.paymentTerms",
      "Next Payment Due At": "order.dueAt",
      Source: "order.channel",
    });
    for (const header of ["Billing Name", "Shipping Name", "Phone", "Notes", "Id", "Employee"])
      expect(fields[header]).toBeUndefined();
  });

  it("Shopify customers are contacts", () => {
    const mapping = map(
      "First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,City,Province,Country,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note",
    );
    expect(mapping).toMatchObject({ shape: "shopify-customers", kind: "contacts" });
    expect(fieldsOf(mapping)).toEqual({
      "First Name": "contact.firstName",
      "Last Name": "contact.lastName",
      Email: "contact.email",
      "Accepts Email Marketing": "contact.consent",
      Company: "name",
      Country: "contact.country",
      Phone: "contact.phone",
    });
  });

  it("NetSuite customers: Internal ID and Name twice (trap 7)", () => {
    const mapping = map(
      "Internal ID,Internal ID,ID,Name,Company Name,Stage,Status,Category,Sales Rep,Territory,Billing Address,Billing City,Billing State/Province,Billing Zip,Phone,Email,Date Created,Last Modified,Inactive,Name",
    );
    expect(mapping).toMatchObject({ shape: "netsuite-customers", kind: "accounts", system: "netsuite" });
    expect(mapping.columns.filter((column) => column.field === "sourceId").map((column) => column.position)).toEqual([0, 1]);
    expect(mapping.warnings.join()).toContain('"Internal ID" (column 1) and "Internal ID" (column 2)');
    expect(mapping.warnings.join()).toContain('"Name" (column 4) and "Name" (column 20)');
  });

  it("platform lists of people are contacts and no accounts", () => {
    expect(map("Email,First Name,Last Name,Country,Zip,Email,Zip,Phone,Phone")).toMatchObject({
      shape: "google-customer-match",
      kind: "contacts",
    });
    const meta = map("email,email,email,phone,phone,phone,madid,fn,ln,zip,ct,st,country,dob,doby,gen,age,uid,value");
    expect(meta).toMatchObject({ shape: "meta-list", kind: "contacts", warnings: [] });
    expect(meta.columns.filter((column) => column.field === "contact.email")).toHaveLength(3);
    const hashes = "EMAIL_SHA256,PHONE_SHA256,IDFA_SHA256,GAID_SHA256,FIRST_SHA256";
    expect(() => map(hashes)).toThrow(/no column identifies a company/);
    expect(map(hashes, [], { kind: "suppressions" })).toMatchObject({ shape: "tiktok-list" });
    expect(() => map("fn,ln,madid,email", [], { kind: "accounts" })).toThrow(/meta-list file lists people/);
  });

  it("opportunities and deals", () => {
    const opportunity = map(
      "Id,IsDeleted,AccountId,IsPrivate,Name,Description,StageName,Amount,Probability,CloseDate,IsWon,IsClosed,CreatedDate,Type,LeadSource",
    );
    expect(opportunity).toMatchObject({ shape: "salesforce-opportunity", kind: "deals", system: "salesforce" });
    expect(fieldsOf(opportunity)).toMatchObject({
      Id: "deal.id",
      AccountId: "sourceId",
      Name: "deal.name",
      StageName: "deal.stage",
      Amount: "deal.amount",
      Probability: "deal.probability",
      CloseDate: "deal.closedAt",
      IsWon: "deal.isWon",
      IsClosed: "deal.isClosed",
      CreatedDate: "deal.createdAt",
    });
  });
});
