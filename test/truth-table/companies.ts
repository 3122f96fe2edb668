import { Random } from "../reading/random.ts";

/** A person of a {@link Company}. */
export interface Person {
  id: string;
  first: string;
  last: string;
  title: string;
  email: string;
  /** E.164. */
  phone: string;
  page: string;
  consent: boolean;
  optedOut: boolean;
}

/** One line of an {@link Order}. */
export interface Line {
  sku: string;
  text: string;
  quantity: number;
  /** Cents. */
  price: number;
}

/** An order of a {@link Company}; its total is what the lines come to. */
export interface Order {
  id: string;
  date: string;
  paid: string;
  due: string;
  terms: string;
  lines: Line[];
  /** Cents. */
  total: number;
  status: "placed" | "cancelled";
}

/** A deal with a {@link Company}. */
export interface Deal {
  id: string;
  name: string;
  stage: "Prospecting" | "Negotiation/Review" | "Closed Won" | "Closed Lost";
  outcome: "open" | "won" | "lost";
  /** Cents. */
  amount: number;
  created: string;
  closed: string;
  /** Hundredths. */
  probability: number;
}

/** One line of the truth table: what is so, whatever a vendor makes of it. Money is in US dollars. */
export interface Company {
  at: number;
  name: string;
  domain: string;
  page: string;
  ticker: string | undefined;
  industry: string;
  naics: string;
  sic: string;
  employees: number;
  revenue: number;
  ownership: "public" | "private";
  founded: number;
  street: string;
  city: string;
  /** Code; companies of countries without states in the table have none. */
  state: string | undefined;
  postalCode: string;
  country: string;
  phone: string;
  parent: Company | undefined;
  sites: number;
  technologies: string[];
  keywords: string[];
  description: string;
  lifecycle: string;
  owner: string;
  type: string;
  rating: string;
  source: string;
  duns: string;
  touched: string;
  /** Record ids by system. */
  ids: { salesforce: string; hubspot: string; zoominfo: string; apollo: string; netsuite: string };
  people: Person[];
  orders: Order[];
  deals: Deal[];
}

/** Head counts and the bands that vendors print for them. */
export const BANDS: readonly (readonly [low: number, high: number | null])[] = [
  [1, 10],
  [11, 50],
  [51, 200],
  [201, 500],
  [501, 1000],
  [1001, 5000],
  [5001, 10_000],
  [10_001, null],
];

const ONSETS = "b br c cl d dr f fl g gl h j k kr l m n p pl qu r s sk st t tr v w z".split(" ");
const VOWELS = "a e i o u ai ei io".split(" ");
const CODAS = "l n r s t x ck nd rk st".split(" ");
const TRADES: readonly (readonly [word: string, industry: string, naics: string, sic: string])[] = [
  ["Pumps", "Manufacturing", "333914", "3561"],
  ["Foods", "Food & Beverage", "311991", "2099"],
  ["Logistics", "Transportation", "484121", "4213"],
  ["Software", "Computer Software", "511210", "7372"],
  ["Hotels", "Hospitality", "721110", "7011"],
  ["Clinics", "Hospitals and Health Care", "621111", "8011"],
  ["Builders", "Construction", "236220", "1542"],
  ["Stores", "Retail", "452319", "5311"],
  ["Bank", "Financial Services", "522110", "6022"],
  ["Press", "Publishing", "511110", "2711"],
];
const FORMS: Readonly<Record<string, readonly string[]>> = {
  US: ["Inc.", "LLC", "Corp."],
  CA: ["Ltd.", "Inc."],
  GB: ["Ltd", "PLC"],
  DE: ["GmbH", "AG"],
  FR: ["SAS", "SA"],
  ES: ["S.L.", "S.A."],
  NL: ["B.V.", "N.V."],
};
/** City, state, postal code, dialling code by country. */
const PLACES: Readonly<Record<string, readonly (readonly [string, string, string, string])[]>> = {
  US: [
    ["Austin", "TX", "78701", "+1512"],
    ["Boston", "MA", "02108", "+1617"],
    ["San Diego", "CA", "92101", "+1619"],
    ["St. Paul", "MN", "55101", "+1651"],
  ],
  CA: [
    ["Toronto", "ON", "M5H 2N2", "+1416"],
    ["Vancouver", "BC", "V6B 1A1", "+1604"],
  ],
  GB: [
    ["Leeds", "", "LS1 4AP", "+44113"],
    ["Bristol", "", "BS1 5TR", "+44117"],
  ],
  DE: [
    ["München", "", "80331", "+4989"],
    ["Köln", "", "50667", "+49221"],
    ["Dresden", "", "01067", "+49351"],
  ],
  FR: [
    ["Lyon", "", "69002", "+334"],
    ["Bourg-en-Bresse", "", "01000", "+334"],
  ],
  ES: [
    ["Málaga", "", "29015", "+34952"],
    ["Vitoria", "", "01001", "+34945"],
  ],
  NL: [["Utrecht", "", "3511 AD", "+3130"]],
};
const COUNTRIES = ["US", "US", "US", "CA", "GB", "DE", "DE", "FR", "ES", "NL"];
const FIRST = "Ada Bea Cem Dora Emil Finn Greta Hugo Ines Jana Karl Lena Milo Nora Otto Pia".split(" ");
const LAST = "Amsel Birke Castor Dorn Eiche Fuchs Ginster Hasel Iltis Jasmin Klee Linde".split(" ");
const TITLES = ["Head of Procurement", "Chief Financial Officer", "IT Manager", "Operations Manager", "CEO"];
const TECHNOLOGIES = ["SAP", "Salesforce", "Coupa", "Shopify", "NetSuite", "Workday"];
const KEYWORDS = ["pumps", "valves", "cold chain", "spare parts", "field service"];
const DESCRIPTIONS = [
  'Makes pumps, valves and "special parts".\nFounded by two sisters',
  "Wholesale; retail; rental",
  "Cold chain, nationwide",
  "=SUM of all parts",
  "+1 for service",
];

const two = (value: number): string => String(value).padStart(2, "0");

function day(random: Random, year: number): string {
  return `${year}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`;
}

/** ISO day some days later. */
function later(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function word(random: Random): string {
  const part = (): string => random.pick(ONSETS) + random.pick(VOWELS);
  const text = part() + part() + random.pick(ONSETS) + random.pick(VOWELS) + random.pick(CODAS);
  return text[0]!.toUpperCase() + text.slice(1);
}

/** The 18 characters of a Salesforce id that belong to the first 15: Salesforce's checksum, one character for each five. */
function salesforceId(random: Random): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
  let id = "001";
  while (id.length < 15) id += random.pick([..."abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789"]);
  let check = "";
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let at = 0; at < 5; at++) if (/[A-Z]/.test(id[block * 5 + at]!)) bits |= 1 << at;
    check += letters[bits]!;
  }
  return id + check;
}

function order(random: Random, at: number, serial: number): Order {
  const date = day(random, 2025);
  const lines = Array.from({ length: random.integer(1, 4) }, (): Line => {
    const sku = random.integer(1, 40);
    return {
      sku: `0${1000 + sku}`,
      text: `Part ${sku}, 3" steel`,
      quantity: random.integer(1, 30),
      price: random.integer(199, 250_000),
    };
  });
  const total = lines.reduce((sum, line) => sum + line.quantity * line.price, 0);
  const status = random.chance(0.08) ? ("cancelled" as const) : ("placed" as const);
  const due = later(date, 30);
  return {
    id: `#${100_000 + at * 10 + serial}`,
    date,
    paid: later(date, random.integer(2, 40)),
    due,
    terms: "Net 30",
    lines,
    total,
    status,
  };
}

function deal(random: Random, at: number, serial: number): Deal {
  const [stage, outcome, probability] = random.pick([
    ["Prospecting", "open", 10],
    ["Negotiation/Review", "open", 90],
    ["Closed Won", "won", 100],
    ["Closed Lost", "lost", 0],
  ] as const);
  const created = day(random, 2025);
  const closed = later(created, random.integer(5, 200));
  const amount = random.integer(500, 400_000) * 100;
  return {
    id: `D-${at}-${serial}`,
    name: `Renewal ${at}-${serial}`,
    stage,
    outcome,
    probability,
    amount,
    created,
    closed,
  };
}

/** The truth table: so many companies, the same for the same seed. */
export function companies(n: number, seed: number): Company[] {
  const random = new Random(seed);
  const taken = new Set<string>();
  const all: Company[] = [];
  for (let at = 0; at < n; at++) {
    let brand = word(random);
    while (taken.has(brand)) brand = word(random);
    taken.add(brand);
    const [trade, industry, naics, sic] = random.pick(TRADES);
    const country = random.pick(COUNTRIES);
    const [city, state, postalCode, dial] = random.pick(PLACES[country]!);
    const low = random.pick(BANDS)[0];
    const slug = `${brand}-${trade}`.toLowerCase();
    const domain = `${slug}.example`;
    const employees = Math.max(1, Math.round(low * (1 + random.next() * 0.9)));
    const people = Array.from({ length: random.integer(1, 2) }, (_, serial): Person => {
      const first = random.pick(FIRST);
      const last = random.pick(LAST);
      const consent = random.chance(0.7);
      return {
        id: `P${at}-${serial}`,
        first,
        last,
        title: random.pick(TITLES),
        email: `${first}.${last}${serial}@${domain}`.toLowerCase(),
        phone: `${dial}${random.integer(2_000_000, 9_999_999)}`,
        page: `https://www.linkedin.com/in/${first}-${last}-${at}-${serial}`.toLowerCase(),
        consent,
        optedOut: !consent && random.chance(0.5),
      };
    });
    all.push({
      at,
      name: `${brand} ${trade} ${random.pick(FORMS[country]!)}`,
      domain,
      page: slug,
      ticker: random.chance(0.3) ? brand.slice(0, 4).toUpperCase() : undefined,
      industry,
      naics,
      sic,
      employees,
      revenue: employees * random.integer(60, 400) * 1000,
      ownership: random.chance(0.2) ? "public" : "private",
      founded: random.integer(1880, 2021),
      street: `${random.integer(1, 190)} Mill Lane, Unit ${random.integer(1, 40)}`,
      city,
      state: state === "" ? undefined : state,
      postalCode,
      country,
      phone: `${dial}${random.integer(2_000_000, 9_999_999)}`,
      parent: at > 20 && random.chance(0.15) ? all[random.integer(0, 9)] : undefined,
      sites: random.integer(1, 60),
      technologies: random.sample(TECHNOLOGIES, random.integer(1, 3)),
      keywords: random.sample(KEYWORDS, random.integer(1, 3)),
      description: random.pick(DESCRIPTIONS),
      lifecycle: random.pick(["Customer", "Lead", "Opportunity"]),
      owner: random.pick(["Team North", "Team South"]),
      type: random.pick(["Customer - Direct", "Prospect", "Channel Partner"]),
      rating: random.pick(["Hot", "Warm", "Cold"]),
      source: random.pick(["Web", "Partner Referral", "Phone Inquiry"]),
      duns: String(random.integer(10_000_000, 99_999_999)).padStart(9, "0"),
      touched: day(random, 2026),
      ids: {
        salesforce: salesforceId(random),
        hubspot: String(9_000_000_000 + at * 37),
        zoominfo: String(340_000_000 + at * 11),
        apollo: `5f${(at * 7919 + 0xabc123).toString(16).padStart(22, "0")}`,
        netsuite: String(2000 + at),
      },
      people,
      orders: Array.from({ length: random.integer(0, 3) }, (_, serial) => order(random, at, serial)),
      deals: Array.from({ length: random.integer(0, 2) }, (_, serial) => deal(random, at, serial)),
    });
  }
  return all;
}
