import type { LabelledRecord } from "./pair-scores.ts";

/** A seeded stream of numbers (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 <= n < 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(p: number): boolean {
    return this.next() < p;
  }

  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  pick<T>(of: readonly T[]): T {
    return of[this.below(of.length)]!;
  }
}

const words = (text: string): string[] => text.trim().split(/\s+/);
const START = words(
  "Ba Bel Bran Cal Car Cor Dal Den Dor El En Fal Far Fin Gal Gar Hal Har Hol In Jen Kal Kar Kel Lan Lar Mal Mar Mel Mon Nor Or Pal Per Quin Ral Ran Ros Sal Sel Sor Tal Tan Tor Ul Val Var Vin Wal Win Zen",
);
const MIDDLE = words("a e i o u an en in on ar er or al el il ta te ti to ra re ri ro la le li lo na ne ni no da de di do");
const END = words(
  "bach berg by court dale don field ford gate ham hart ix land ley low man mark mer mont more net nix ridge rock sen son stead stone ster ton ta tec tex tis tron va ville vix ward well wick wood worth x za",
);
const COMMON = words(
  "Summit Pioneer Atlas Delta Liberty Phoenix Apex Horizon Pinnacle Sterling Heritage Crystal Eagle Falcon Evergreen Cascade Meridian Keystone Beacon Harbor Frontier Patriot Titan Nova Alpha Omega Vertex Zenith Orion Aurora",
);
const TRADES = words(
  "Systems Technologies Communications Insurance Industries Solutions Products Foods Networks Pharmaceuticals Laboratories Electronics Energy Software Engineering Manufacturing Logistics Motors Airlines Entertainment Media Healthcare Properties Capital Consulting Resources Construction Medical Therapeutics Semiconductor Materials Chemicals Petroleum Steel Packaging Apparel Furniture Equipment Publishing",
);
const STRUCTURE = words("Group Holdings International Worldwide Global Enterprises Partners");
const FORMS = [
  "Inc.",
  "Inc",
  "Corp.",
  "Corporation",
  "Ltd",
  "Limited",
  "LLC",
  "plc",
  "GmbH",
  "AG",
  "S.A.",
  "B.V.",
  "Co.",
  "Incorporated",
];
const PLACES = words("India Germany Canada Texas Europe America Japan Brazil");
const SHORT: Readonly<Record<string, string>> = {
  Technologies: "Tech",
  International: "Intl",
  Manufacturing: "Mfg",
  Group: "Grp",
  Holdings: "Hldgs",
  Systems: "Sys",
  Communications: "Comm",
  Insurance: "Ins",
  Engineering: "Eng",
  Industries: "Ind",
  Laboratories: "Labs",
  Pharmaceuticals: "Pharma",
  and: "&",
  Services: "Svcs",
  Construction: "Const",
  Corporation: "Corp",
  Center: "Ctr",
  Community: "Comm",
  Association: "Assn",
  School: "Sch",
  Street: "St",
  Avenue: "Ave",
  Boulevard: "Blvd",
  Road: "Rd",
  Drive: "Dr",
  Lane: "Ln",
  North: "N",
  South: "S",
  East: "E",
  West: "W",
};

function invented(dice: Dice): string {
  const middle = dice.pick(MIDDLE) + (dice.chance(0.4) ? dice.pick(MIDDLE) : "");
  return dice.pick(START) + middle + dice.pick(END);
}

/** One slip of the fingers in the longest word. */
export function slip(text: string, dice: Dice): string {
  const longest = text.split(" ").sort((a, b) => b.length - a.length)[0]!;
  if (longest.length < 5) return text;
  const at = 1 + dice.below(longest.length - 2);
  const letter = String.fromCharCode(97 + dice.below(26));
  const kind = dice.below(4);
  const damaged =
    kind === 0
      ? longest.slice(0, at) + longest.slice(at + 1)
      : kind === 1
        ? longest.slice(0, at) + letter + longest.slice(at)
        : kind === 2
          ? longest.slice(0, at) + longest[at + 1] + longest[at] + longest.slice(at + 2)
          : longest.slice(0, at) + letter + longest.slice(at + 1);
  return text.replace(longest, damaged);
}

const shorten = (text: string, dice: Dice): string =>
  text
    .split(" ")
    .map((word) => (SHORT[word] && dice.chance(0.7) ? SHORT[word] : word))
    .join(" ");

interface Name {
  brand: string;
  trade: string;
  structure: string;
  form: string;
  /** One of several companies of a brand: it never goes by the brand alone. */
  family?: boolean;
}

function nameOf(dice: Dice): Name {
  const kind = dice.next();
  const brand =
    kind < 0.45
      ? invented(dice)
      : kind < 0.6
        ? `${invented(dice)} ${invented(dice)}`
        : kind < 0.7
          ? `${invented(dice)} and ${invented(dice)}`
          : kind < 0.78
            ? `${dice.pick(["J.", "A. O.", "C.H.", "T."])} ${invented(dice)}`
            : kind < 0.9
              ? dice.pick(COMMON)
              : `${dice.pick(COMMON)} ${invented(dice)}`;
  const common = !/[a-z] /.test(brand) && COMMON.includes(brand);
  return {
    brand,
    trade:
      common || dice.chance(0.6) ? (dice.chance(0.25) ? `${dice.pick(TRADES)} ${dice.pick(TRADES)}` : dice.pick(TRADES)) : "",
    structure: dice.chance(0.35) ? dice.pick(STRUCTURE) : "",
    form: dice.pick(FORMS),
  };
}

const join = (...parts: string[]): string => parts.filter(Boolean).join(" ");

function written(name: Name, style: number, dice: Dice): string {
  const { brand, trade, structure, form } = name;
  if (style === 0) return join(brand, trade, structure) + (dice.chance(0.5) ? ", " : " ") + form;
  if (style === 1) {
    const distinct = !COMMON.includes(brand) && !name.family;
    const kept = distinct && dice.chance(0.35) ? "" : trade;
    const text = join(brand, kept, dice.chance(0.4) ? structure : "");
    return dice.chance(0.1) ? `The ${text}` : text;
  }
  let text = shorten(join(brand, trade, structure, dice.chance(0.6) ? dice.pick([form, form, dice.pick(FORMS)]) : ""), dice);
  if (dice.chance(0.12)) text = slip(text, dice);
  if (dice.chance(0.08)) text = text.replace(/ and /, " & ");
  if (dice.chance(0.06)) text = `${text} (${trade && structure ? structure : "USA"})`;
  if (dice.chance(0.05)) text = text.replace(" ", "");
  if (dice.chance(0.05)) text = `${invented(dice)} Trading d/b/a ${text}`;
  if (dice.chance(0.3)) text = text.toUpperCase();
  return text;
}

/**
 * Companies in three sources of different habits (registered name, brand, a typed list), each in about two of three; among them families of
 * one brand word in different trades, numbered ventures and daughters in other countries, which are different companies.
 */
export function threeSources(companies: number, seed: number): LabelledRecord[] {
  const dice = new Dice(seed);
  const names: Name[] = [];
  while (names.length < companies) {
    const name = nameOf(dice);
    names.push(name);
    if (name.trade && dice.chance(0.05)) {
      name.family = true;
      names.push({ ...name, trade: dice.pick(TRADES.filter((trade) => !name.trade.includes(trade))) });
    }
    const whole = { ...name, brand: join(name.brand, name.trade), trade: "", structure: "" };
    if (dice.chance(0.03)) names.push({ ...whole, brand: join(whole.brand, dice.pick(PLACES)) });
    if (dice.chance(0.03))
      for (const number of ["II", "III"]) names.push({ ...whole, brand: join(whole.brand, "Ventures", number) });
  }
  const records: LabelledRecord[] = [];
  for (const [index, name] of names.slice(0, companies).entries())
    for (let style = 0; style < 3; style++)
      if (dice.chance(0.66)) records.push({ name: written(name, style, dice), truth: String(index) });
  return records;
}

const STREETS = words(
  "Maple Oak Cedar Lincoln Washington Jackson Madison Franklin Halsted Ashland Western Pulaski Kedzie Harrison Monroe Clark Wells Archer Belmont Diversey Fullerton Addison Foster Division Grand Lake Roosevelt Cermak",
);
const KINDS = words("Street Avenue Boulevard Road Drive Lane");
const SIDES = words("North South East West");
const SERVICES = [
  "Child Care Center",
  "Learning Center",
  "Community Services",
  "Family Clinic",
  "Head Start",
  "Day Care",
  "Early Learning Academy",
  "Dental Clinic",
  "Youth Services",
  "Preschool",
  "Home Care",
  "Health Center",
  "Counseling Center",
];
const CITIES: ReadonlyArray<readonly [city: string, postcode: string]> = [
  ["Chicago", "606"],
  ["Evanston", "602"],
  ["Cicero", "608"],
  ["Oak Park", "603"],
];

/**
 * A directory of places that offer a service, put together from several: each place once to four times, its name and address written by
 * different hands, parts left out. Agencies have several places (which stay apart), and some houses hold two agencies.
 */
export function serviceDirectory(agencies: number, seed: number): LabelledRecord[] {
  const dice = new Dice(seed);
  const records: LabelledRecord[] = [];
  let truth = 0;
  let last: { number: number; side: string; street: string; kind: string; city: string; zip: string } | null = null;
  for (let agency = 0; agency < agencies; agency++) {
    const owner = dice.chance(0.25)
      ? `${dice.pick(COMMON)} ${dice.pick(["Kids", "Family", "Community", "Neighborhood"])}`
      : dice.chance(0.5)
        ? invented(dice)
        : `${invented(dice)} ${invented(dice)}`;
    const service = dice.pick(SERVICES);
    const places = dice.chance(0.7) ? 1 : 2 + dice.below(4);
    for (let place = 0; place < places; place++) {
      const [city, prefix] = dice.chance(0.7) ? CITIES[0]! : dice.pick(CITIES);
      const fresh = {
        number: 100 + dice.below(7000),
        side: dice.pick(SIDES),
        street: dice.chance(0.3) ? `${1 + dice.below(119)}th` : dice.pick(STREETS),
        kind: dice.pick(KINDS),
        city,
        zip: prefix + String(dice.below(60)).padStart(2, "0"),
      };
      const at: typeof fresh = last && place === 0 && dice.chance(0.06) ? last : fresh;
      last = at;
      const site = places > 1 && dice.chance(0.6) ? dice.pick([at.street, invented(dice)]) : "";
      const phone = `312${2000000 + dice.below(7999999)}`;
      const copies = 1 + (dice.chance(0.7) ? 1 : 0) + (dice.chance(0.3) ? 1 : 0) + (dice.chance(0.1) ? 1 : 0);
      for (let copy = 0; copy < copies; copy++) {
        let name = dice.chance(0.75) ? join(owner, service) : dice.chance(0.5) ? owner : join(owner, dice.pick(SERVICES));
        if (site && dice.chance(0.6))
          name = dice.pick([`${name} - ${site}`, `${site} ${name}`, `${name} / ${site} ${service}`, `${name} (${site})`]);
        if (dice.chance(0.3)) name = shorten(name, dice);
        if (dice.chance(0.12)) name = slip(name, dice);
        if (dice.chance(0.15)) name = `${name} ${dice.pick(["Inc", "Inc.", "LLC", "Ltd", "NFP"])}`;
        let street = join(String(at.number), at.side, at.street, at.kind);
        if (dice.chance(0.5)) street = shorten(street, dice);
        if (dice.chance(0.2)) street = street.replace(/ (?:Street|Avenue|Boulevard|Road|Drive|Lane|St|Ave|Blvd|Rd|Dr|Ln)$/, "");
        if (dice.chance(0.1)) street = street.replace(/ (?:North|South|East|West|N|S|E|W) /, " ");
        if (dice.chance(0.06)) street = slip(street, dice);
        if (dice.chance(0.1)) street = `${street}, Suite ${1 + dice.below(30)}`;
        const record: LabelledRecord = {
          name: dice.chance(0.3) ? name.toUpperCase() : name,
          street: dice.chance(0.3) ? street.toUpperCase() : street,
          truth: String(truth),
        };
        if (dice.chance(0.6)) record.postalCode = at.zip;
        if (dice.chance(0.4)) record.city = at.city;
        if (dice.chance(0.6)) record.phone = dice.chance(0.9) ? phone : `312${2000000 + dice.below(7999999)}`;
        records.push(record);
      }
      truth++;
    }
  }
  return records;
}
