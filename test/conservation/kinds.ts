import type { ListKind } from "@bullseye/core/lists/kinds";
import type { Random } from "../reading/random.ts";

/** Values of one row by field. */
export type Fields = Record<string, string>;

/** What the generator knows of a kind of list: how its rows look, and which of them can not be used. */
export interface KindOfList {
  /** Headers by the exports that people have; each names a field. */
  shapes: ReadonlyArray<Readonly<Record<string, string>>>;
  /** A row that must be used. */
  good(random: Random): Fields;
  /** A row that must be rejected: it names nobody. */
  nobody(random: Random): Fields;
  /** Fields that must be among the cells of a row that was cut short. */
  needed: readonly string[];
  /** The field of running text, where dirt goes. */
  text: string;
}

const LEGAL = ["", " GmbH", " Ltd", " Inc.", " BV", " S.A."];
const WORDS = ["Nordlicht", "Acme", "Beta", "Gamma & Söhne", "Delta", "Smith, Jones", 'The "Best"', "Ö", "Omega"];
const COUNTRIES = ["DE", "Germany", "France", "GB", "NL", ""];
const TRADES = ["Manufacturing", "Retail", "Hospitality", "Wholesale"];
const NOTHING = ["", "", "N/A", "-", "null"];

const company = (random: Random): number => random.integer(0, 12);
const domain = (n: number, random: Random): string =>
  random.pick([`c${n}.example`, `www.c${n}.example`, `https://www.C${n}.example/home`]);
const name = (n: number, random: Random): string => {
  const plain = `${WORDS[n % WORDS.length]} ${n}`;
  return `${random.chance(0.2) ? plain.toUpperCase() : plain}${random.pick(LEGAL)}`;
};
const page = (n: number, random: Random): string =>
  random.pick([`linkedin.com/company/c${n}`, `https://www.linkedin.com/company/C${n}/`]);
const nothing = (random: Random): string => random.pick(NOTHING);
const day = (random: Random): string => `2026-0${random.integer(1, 9)}-1${random.integer(0, 9)}`;

const accounts: KindOfList = {
  shapes: [
    {
      "Customer ID": "id",
      Company: "name",
      Website: "domain",
      LinkedIn: "linkedin",
      Country: "country",
      Employees: "employees",
      Industry: "industry",
      Notes: "notes",
    },
    {
      "Record ID": "id",
      "Company name": "name",
      "Company Domain Name": "domain",
      "LinkedIn Company Page": "linkedin",
      "Country/Region": "country",
      "Number of Employees": "employees",
      Industry: "industry",
      Description: "notes",
    },
    {
      Kundennummer: "id",
      Firma: "name",
      Webseite: "domain",
      LinkedIn: "linkedin",
      Land: "country",
      Mitarbeiter: "employees",
      Branche: "industry",
      Notizen: "notes",
    },
  ],
  good(random) {
    const n = company(random);
    const which = random.integer(1, 15);
    return {
      id: which & 1 ? `K${n}` : nothing(random),
      name: which & 2 ? name(n, random) : nothing(random),
      domain: which & 4 ? domain(n, random) : nothing(random),
      linkedin: which & 8 ? page(n, random) : nothing(random),
      country: random.pick(COUNTRIES),
      employees: random.pick(["12", "250", "1200", "11-50"]),
      industry: random.pick(TRADES),
      notes: random.pick(["", "met at the fair", "a,b;c", "line one\nline two", "=SUM(A1)"]),
    };
  },
  nobody: (random) => ({
    id: nothing(random),
    name: nothing(random),
    domain: nothing(random),
    linkedin: nothing(random),
    country: "DE",
    employees: "40",
    industry: random.pick(TRADES),
    notes: "",
  }),
  needed: ["id", "name", "domain", "linkedin"],
  text: "notes",
};

const contacts: KindOfList = {
  shapes: [
    {
      "First Name": "first",
      "Last Name": "last",
      Email: "email",
      "Job Title": "title",
      "Company Name": "name",
      Country: "country",
    },
    { Vorname: "first", Nachname: "last", "E-Mail": "email", Position: "title", Firma: "name", Land: "country" },
  ],
  good(random) {
    const n = company(random);
    const person = random.integer(0, 8);
    const mail = random.chance(0.7);
    return {
      first: `Test${person}`,
      last: "Beispiel",
      email: mail ? `t${person}@c${n}.example` : "",
      title: random.pick(["CEO", "Head of Purchasing", "Plant manager", ""]),
      name: mail && random.chance(0.3) ? "" : name(n, random),
      country: random.pick(COUNTRIES),
    };
  },
  nobody: (random) =>
    random.chance(0.5)
      ? { first: "", last: "", email: nothing(random), title: "CEO", name: "Acme 1", country: "DE" }
      : { first: "Ada", last: "Beispiel", email: "", title: "CFO", name: nothing(random), country: "DE" },
  needed: ["first", "last", "email", "name"],
  text: "title",
};

const orders: KindOfList = {
  shapes: [
    {
      "Order ID": "id",
      "Customer ID": "customer",
      "Order Date": "date",
      SKU: "sku",
      Quantity: "quantity",
      "Unit Price": "price",
      Note: "notes",
    },
    {
      Bestellnummer: "id",
      Kundennummer: "customer",
      Bestelldatum: "date",
      Artikelnummer: "sku",
      Menge: "quantity",
      Einzelpreis: "price",
      Notiz: "notes",
    },
  ],
  good: (random) => ({
    id: `O${random.integer(1, 15)}`,
    customer: `K${company(random)}`,
    date: day(random),
    sku: `s${random.integer(1, 3)}`,
    quantity: random.pick(["1", "3", "12"]),
    price: random.pick(["10.00", "5.50", "7.25"]),
    notes: random.pick(["", "urgent", "gift"]),
  }),
  nobody: (random) => ({
    id: random.chance(0.5) ? "" : `X${random.integer(1, 9)}`,
    customer: "",
    date: day(random),
    sku: "s1",
    quantity: "1",
    price: "1.00",
    notes: "",
  }),
  needed: ["id", "customer"],
  text: "notes",
};

const deals: KindOfList = {
  shapes: [
    {
      "Deal ID": "id",
      Company: "name",
      "Deal Stage": "stage",
      Amount: "amount",
      "Close Date": "date",
      "Deal Name": "notes",
    },
    {
      "Opportunity ID": "id",
      "Account Name": "name",
      Stage: "stage",
      Amount: "amount",
      "Close Date": "date",
      Description: "notes",
    },
  ],
  good: (random) => ({
    id: `D${random.integer(1, 20)}`,
    name: name(company(random), random),
    stage: random.pick(["Closed Won", "Closed Lost", "Proposal"]),
    amount: random.pick(["1000", "50.50", "20000"]),
    date: day(random),
    notes: random.pick(["new plant", "renewal", "spare parts"]),
  }),
  nobody: (random) => ({
    id: `D${random.integer(30, 40)}`,
    name: nothing(random),
    stage: "Proposal",
    amount: "5",
    date: day(random),
    notes: "nobody's",
  }),
  needed: ["id", "name"],
  text: "notes",
};

const reference: KindOfList = {
  shapes: [
    {
      name: "name",
      domain: "domain",
      industry: "industry",
      "size range": "size",
      country: "country",
      "linkedin url": "linkedin",
    },
  ],
  good(random) {
    const n = company(random);
    const which = random.integer(1, 3);
    return {
      name: name(n, random).toLowerCase(),
      domain: which & 1 ? `c${n}.example` : "",
      industry: random.pick(TRADES).toLowerCase(),
      size: random.pick(["11-50", "51-200", "10001+"]),
      country: random.pick(["germany", "france", "netherlands"]),
      linkedin: which & 2 ? `linkedin.com/company/c${n}` : "",
    };
  },
  nobody: (random) => ({
    name: name(company(random), random),
    domain: "",
    industry: "retail",
    size: "11-50",
    country: "france",
    linkedin: "",
  }),
  needed: ["domain", "linkedin"],
  text: "name",
};

const suppressions: KindOfList = {
  shapes: [{ Domain: "domain", Company: "name", Email: "email", Reason: "reason" }],
  good(random) {
    const n = random.integer(8, 14);
    const which = random.integer(1, 7);
    return {
      domain: which & 1 ? domain(n, random) : "",
      name: which & 2 ? name(n, random) : "",
      email: which & 4 ? `stop${n}@c${n}.example` : "",
      reason: random.pick(["competitor", "customer", "asked"]),
    };
  },
  nobody: (random) => ({ domain: nothing(random), name: nothing(random), email: "", reason: "asked" }),
  needed: ["domain", "name", "email"],
  text: "reason",
};

const matches: KindOfList = {
  shapes: [{ Company: "company", Relation: "relation", "Other Company": "other", Note: "note" }],
  good(random) {
    const n = random.integer(1, 7);
    return {
      company: `c${n}.example`,
      relation: random.pick(["same", "different", "alone"]),
      other: `c${n + random.integer(1, 7)}.example`,
      note: "looked at",
    };
  },
  nobody: (random) => ({ company: nothing(random), relation: "same", other: "c1.example", note: "looked at" }),
  needed: ["company", "other"],
  text: "note",
};

/** Every kind of list that can be dropped. */
export const KINDS: Readonly<Record<ListKind, KindOfList>> = {
  accounts,
  contacts,
  orders,
  deals,
  reference,
  suppressions,
  matches,
};
