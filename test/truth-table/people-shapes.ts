import { createHash } from "node:crypto";
import { apolloCompany, ZOOMINFO_COMPANY } from "./account-shapes.ts";
import { column, eachPerson, noise, type Row, type Shape } from "./shape.ts";
import { country, phone, text } from "./writers.ts";

const own = { origin: "first-party" } as const;
const contacts = { kind: "contacts", vendor: true, source: own, rows: eachPerson } as const;
const sha256 = (value: string): string => createHash("sha256").update(value).digest("hex");

const name = (header: string) => text(header, "name", { holes: false });
const first = (header: string) => column(header, "contact.firstName", ({ person }) => person!.first);
const last = (header: string) => column(header, "contact.lastName", ({ person }) => person!.last);
const title = (header: string) => column(header, "contact.title", ({ person }) => person!.title);
const email = (header: string) =>
  column(
    header,
    "contact.email",
    ({ person }, random) => {
      const { email: address } = person!;
      return random.pick([address, address.toUpperCase(), ` ${address}`]);
    },
    { holes: false },
  );
const personPhone = (header: string, rank = 0) => phone(header, "contact.phone", ({ person }) => person!.phone, rank);
const yes = (flag: boolean): string => (flag ? "yes" : "no");
const consent = (header: string) => column(header, "contact.consent", ({ person }) => yes(person!.consent), { holes: false });
const optedOut = (header: string) =>
  column(header, "contact.optedOut", ({ person }) => (person!.optedOut ? "true" : "false"), { holes: false });
const profile = (header: string) => column(header, "contact.linkedin", ({ person }) => person!.page);
const hashed = (header: string, field: string | null, of: (row: Row) => string) =>
  column(header, field, (row) => sha256(of(row)), { holes: false, value: (row) => sha256(of(row)) });

/** Lists of people. A row without a company of its own finds it by the domain of its address. */
export const PEOPLE_SHAPES: readonly Shape[] = [
  {
    ...contacts,
    id: "LinkedIn contact list",
    fingerprint: "linkedin-contact",
    columns: [
      email("email"),
      first("firstname"),
      last("lastname"),
      title("jobtitle"),
      name("employeecompany"),
      column("country", "contact.country", ({ company }) => company.country, { holes: false }),
      ...noise("googleaid"),
    ],
  },
  {
    ...contacts,
    id: "Google Customer Match",
    fingerprint: "google-customer-match",
    columns: [
      email("Email"),
      first("First Name"),
      last("Last Name"),
      country("Country", "en", "contact.country"),
      ...noise("Zip", ({ company }) => company.postalCode),
      column("Email", "contact.email", () => undefined),
      ...noise("Zip"),
      personPhone("Phone"),
      column("Phone", "contact.phone", ({ company }) => company.phone, { rank: 1, value: ({ company }) => company.phone }),
    ],
  },
  {
    ...contacts,
    id: "Meta customer list",
    fingerprint: "meta-list",
    columns: [
      email("email"),
      column("email", "contact.email", () => undefined),
      column("email", "contact.email", () => undefined),
      personPhone("phone"),
      column("phone", "contact.phone", () => undefined),
      column("phone", "contact.phone", () => undefined),
      ...noise("madid", ({ person }) => `aaaaaaaa-${person!.id}`),
      first("fn"),
      last("ln"),
      ...noise("zip,ct,st"),
      country("country", "en", "contact.country"),
      ...noise("dob,doby,gen,age"),
      column("uid", "contact.id", ({ person }) => person!.id, { value: () => undefined }),
      ...noise("value", () => "12.50"),
    ],
  },
  {
    ...contacts,
    id: "TikTok, plain",
    fingerprint: "tiktok-list",
    columns: [email("Email"), column("Email", "contact.email", () => undefined), personPhone("Phone"), ...noise("MAID")],
  },
  {
    ...contacts,
    id: "ZoomInfo contacts",
    fingerprint: "zoominfo-contact",
    source: { origin: "broker" },
    columns: [
      column("ZoomInfo Contact ID", "contact.id", ({ person }) => person!.id, { value: () => undefined }),
      last("Last Name"),
      first("First Name"),
      ...noise("Middle Name,Salutation,Suffix"),
      title("Job Title"),
      column("Job Title Hierarchy Level", "contact.seniority", () => undefined),
      column("Management Level", "contact.seniority", () => undefined),
      ...noise("Job Start Date"),
      column("Job Function", "contact.department", () => undefined),
      column("Department", "contact.department", () => undefined),
      ...noise("Company Division Name"),
      personPhone("Direct Phone Number"),
      email("Email Address"),
      column("Email Domain", "emailDomain", ({ company }) => company.domain, {
        holes: false,
        value: ({ company }) => company.domain,
      }),
      column("Mobile phone", "contact.phone", () => undefined),
      ...noise(
        "Last Job Change Type,Last Job Change Date,Previous Job Title,Previous Company Name,Previous Company ZoomInfo Company ID,Previous Company LinkedIn Profile,Highest Level of Education,Contact Accuracy Score,Contact Accuracy Grade,ZoomInfo Contact Profile URL",
      ),
      profile("LinkedIn Contact Profile URL"),
      ...noise("Notice Provided Date", () => "2026-01-15"),
      ...noise("Person Street,Person City,Person State,Person Zip Code"),
      country("Country", "en", "contact.country"),
      ...ZOOMINFO_COMPANY,
      ...noise("Past 1 Year Employee Growth Rate,Est. IT Department Budget (in 000s USD)", () => "12"),
    ],
    style: { quoting: "all", lineEnds: ["\r\n"] },
  },
  {
    ...contacts,
    id: "Apollo contacts",
    fingerprint: "apollo-contact",
    source: { origin: "broker" },
    columns: [
      first("First Name"),
      last("Last Name"),
      title("Title"),
      name("Company Name"),
      column("Company Name for Emails", "name", () => undefined, { rank: 2 }),
      email("Email"),
      ...noise("Email Status", () => "Verified"),
      ...noise("Primary Email Source,Primary Email Verification Source", () => "Apollo"),
      ...noise("Email Confidence,Primary Email Catch-all Status,Primary Email Last Verified At"),
      column("Seniority", "contact.seniority", () => undefined),
      column("Departments", "contact.department", () => undefined),
      column("Sub Departments", "contact.department", () => undefined),
      ...noise("Contact Owner", () => "owner@seller.example"),
      personPhone("Work Direct Phone"),
      column("Home Phone", "contact.phone", () => undefined, { rank: 1 }),
      column("Mobile Phone", "contact.phone", () => undefined),
      phone("Corporate Phone", "phone", ({ company }) => company.phone, 1),
      column("Other Phone", "contact.phone", () => undefined, { rank: 1 }),
      optedOut("Do Not Call"),
      ...noise("Stage", () => "Cold"),
      ...noise("Lists,Last Contacted"),
      column("Account Owner", "accountOwner", ({ company }) => company.owner),
      profile("Person Linkedin Url"),
      ...noise("City,State", ({ company }) => company.city),
      country("Country", "en", "contact.country"),
      ...apolloCompany(true),
      ...noise("Email Sent,Email Open,Email Bounced,Replied,Demoed", () => "false"),
      column("Apollo Contact Id", "contact.id", ({ person }) => person!.id, { value: () => undefined }),
      column("Secondary Email", "contact.email", () => undefined, { rank: 1 }),
      ...noise("Secondary Email Source,Secondary Email Status,Secondary Email Verification Source"),
      column("Tertiary Email", "contact.email", () => undefined, { rank: 1 }),
      ...noise("Tertiary Email Source,Tertiary Email Status,Tertiary Email Verification Source"),
      column("Primary Intent Topic", "intentTopic", ({ company }) => company.keywords[0], {
        value: ({ company }) => company.keywords[0],
      }),
      ...noise("Primary Intent Score", () => "71"),
      ...noise("Secondary Intent Topic,Secondary Intent Score,Qualify Contact"),
    ],
  },
  {
    ...contacts,
    id: "Shopify customers",
    fingerprint: "shopify-customers",
    columns: [
      first("First Name"),
      last("Last Name"),
      email("Email"),
      consent("Accepts Email Marketing"),
      name("Company"),
      ...noise("Address1", ({ company }) => company.street),
      ...noise("Address2"),
      ...noise("City", ({ company }) => company.city),
      ...noise("Province,Province Code"),
      country("Country", "en", "contact.country", 1),
      column("Country Code", "contact.country", ({ company }) => company.country, { holes: false }),
      ...noise("Zip", ({ company }) => `'${company.postalCode}`),
      personPhone("Phone"),
      ...noise("Accepts SMS Marketing", () => "no"),
      ...noise("Total Spent", () => "120.00"),
      ...noise("Total Orders", () => "3"),
      ...noise("Tags,Note"),
      ...noise("Tax Exempt", () => "no"),
    ],
  },
];

/** Hashes alone name no company: such a list is refused as one of contacts and read as suppressions. */
export const HASHED_SHAPE: Shape = {
  ...contacts,
  id: "TikTok, hashed",
  fingerprint: "tiktok-list",
  kind: "suppressions",
  columns: [
    hashed("EMAIL_SHA256", "suppression.hash", ({ person }) => person!.email),
    ...noise("PHONE_SHA256,IDFA_SHA256,GAID_SHA256,FIRST_SHA256"),
  ],
};
