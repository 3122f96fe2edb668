import { Dice, slip } from "./generated-companies.ts";
import type { LabelledRecord } from "./pair-scores.ts";

/**
 * Child-care, health and social services of one region as four offices list them, each with habits of its own: a licence register (capitals,
 * cut-off names, owners by surname), a school district (`@ School`, persons turned round), a health department (abbreviations, site suffixes)
 * and a charity's guide (operators, nicknames of places). Written before the comparison was tuned and other than what it was tuned on.
 */

const list = (text: string): string[] => text.split("|");
const SURNAMES = list(
  "Abbott|Alvarez|Baptiste|Birch|Castellano|Dvorak|Eckhart|Fontaine|Gallagher|Hollis|Iverson|Jimenez|Kowalczyk|Lindqvist|Mbeki|Nakamura|Okafor|Petrov|Quintero|Rasmussen|Sandoval|Thibodeaux|Underwood|Vasquez|Whitaker|Yilmaz|Zamora|Hernandez|Nguyen|Jones|Lee|Brown",
);
const FIRST = list(
  "Alice|Bernard|Clara|Dolores|Edwin|Fatima|George|Helen|Ines|Joseph|Katherine|Luis|Margaret|Nathaniel|Olga|Patricia|Robert|Stella|Theodore|Wilma",
);
const NICKNAMES: Readonly<Record<string, string>> = {
  Katherine: "Kathy",
  Margaret: "Peggy",
  Robert: "Bob",
  Joseph: "Joe",
  Theodore: "Ted",
  Patricia: "Pat",
};
const OPERATORS = list(
  "Harborview Community Services|Catholic Social Services of the Bay|Tri-County Opportunities Council|Bright Futures Partnership|Volunteers of the North Shore|Jewish Family Alliance|Salvation Mission|Lakeland Visiting Nurses|Mennonite Outreach Network|Casa Esperanza|Urban Ministries of Port Lowell|Neighborhood House Association|Goodwill Workshop of the Valley|Southeast Asian Mutual Assistance|Port Lowell Public Schools|Easter Dawn Society",
);
const PLAYFUL = list(
  "Little Acorns|Tadpole Pond|Kinder Korner|Noah's Ark|Hop Scotch|Tiny Treasures|Peter Pan|Rising Stars|ABC 123|Garden of Dreams|Puddle Jumpers|Kid's Kingdom|Blue Balloon|Over the Rainbow|Cuddle Care|A Child's Place|Crayon Box|Kids First|Sunny Side Up|Mother Goose|The Learning Tree|Wonder Years|Honey Bear|Hand in Hand",
);
const PATRONS = list(
  "St. Columba|Saint Brigid|Our Lady of Grace|Mt. Zion|First Presbyterian|Bethany Lutheran|Calvary|Holy Redeemer|New Hope|Grace Chapel|Emmanuel|Mount Carmel|St. Vincent",
);
const AREAS = list(
  "Eastgate|Millbrook|Old Town|Fairhaven|Cedar Bluff|Harbor Point|Lower Falls|Pine Hollow|Westbury|Garfield Heights|Riverbend|South Commons",
);
const PRESIDENTS = list(
  "Abraham Lincoln|Harriet Tubman|Frederick Douglass|Jane Addams|Cesar Chavez|Marie Curie|Walt Whitman|Rachel Carson|Benjamin Banneker|Ida B. Wells|John Muir|Rosa Parks",
);
const CARE = list(
  "Child Care Center|Day Nursery|Early Learning Center|Preschool|Children's Center|Infant & Toddler Center|Learning Academy|Kindergarten",
);
const HELP = list(
  "Family Health Center|Counseling Center|Senior Center|Food Pantry|Women's Shelter|Community Clinic|Behavioral Health Services|Employment Services|Youth Development Program|Rehabilitation Center|Home Health Services|Legal Aid Office|Dental Clinic",
);
const ABBREVIATED: Readonly<Record<string, readonly string[]>> = {
  Child: ["Chld", "Ch"],
  Children: ["Chldrn", "Child"],
  "Children's": ["Childrens", "Childs", "Chldrns"],
  Center: ["Ctr", "Cntr", "Cen", "Centre"],
  Early: ["Erly", "E"],
  Learning: ["Lrng", "Learng", "Lrn"],
  Preschool: ["Pre-School", "Pre School", "Presch", "Pre-K"],
  Academy: ["Acad", "Acdmy"],
  Family: ["Fam", "Fmly"],
  Health: ["Hlth", "Hlt"],
  Services: ["Svcs", "Serv", "Srvcs"],
  Community: ["Comm", "Cmty", "Commun"],
  Counseling: ["Counslng", "Couns", "Counselling"],
  Senior: ["Sr", "Srs"],
  Development: ["Dev", "Devel"],
  Rehabilitation: ["Rehab"],
  Behavioral: ["Behav", "Behavioural"],
  Elementary: ["Elem", "El"],
  School: ["Sch", "Schl"],
  Association: ["Assn", "Assoc"],
  Program: ["Prog", "Pgm"],
  and: ["&", "+"],
  "&": ["and", "n"],
  Saint: ["St.", "St"],
  Mount: ["Mt.", "Mt"],
  First: ["1st"],
};
const STREETS = list(
  "Maple|Chestnut|Prospect|Franklin|Kossuth|Vine|Sycamore|Monument|Canal|Delancey|Bainbridge|Fort Hill|Mill Pond|Dr Martin Luther King Jr|Cesar E Chavez|St Clair|Old Post|Lake Shore|Pennsylvania|Washington|Jefferson|La Salle|College|County Line|Ridge",
);
const KINDS: ReadonlyArray<readonly string[]> = [
  ["Street", "St", "ST.", "Str", ""],
  ["Avenue", "Ave", "Av.", "AVE", ""],
  ["Boulevard", "Blvd", "Blvd.", "Boul"],
  ["Drive", "Dr", "Dr.", ""],
  ["Parkway", "Pkwy", "Pky"],
  ["Road", "Rd", "Rd.", ""],
  ["Court", "Ct", "Ct."],
  ["Turnpike", "Tpke", "Pike"],
];
const SIDES: ReadonlyArray<readonly string[]> = [
  ["North", "N", "N."],
  ["South", "S", "So."],
  ["East", "E", "E."],
  ["West", "W", "W."],
  [""],
];
const ORDINALS = list("First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth");
const SUFFIX = ["th", "st", "nd", "rd"];
const TOWNS: ReadonlyArray<readonly [town: string, short: string, prefix: string]> = [
  ["Port Lowell", "Pt Lowell", "0431"],
  ["East Harmon", "E Harmon", "0432"],
  ["Saint Albans Bay", "St. Albans Bay", "0433"],
  ["Grandville", "Grandvl", "0434"],
];
const NUMERALS: ReadonlyArray<readonly string[]> = [
  ["II", "2", "#2", "Two", "No. 2"],
  ["III", "3", "#3", "Three", "No 3"],
];

interface Site {
  owner: string;
  kind: string;
  operator: string;
  /** What tells a site of an operator from its others. */
  area: string;
  person: readonly [first: string, last: string] | null;
  school: string;
  numeral: readonly string[];
  address: Address;
  phone: string;
}

interface Address {
  number: number;
  side: readonly string[];
  street: string;
  kind: readonly string[];
  town: (typeof TOWNS)[number];
  zip: string;
}

const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();

function addressOf(dice: Dice): Address {
  const town = dice.chance(0.6) ? TOWNS[0]! : dice.pick(TOWNS);
  return {
    number: dice.chance(0.2) ? 1 + dice.below(98) : 100 + dice.below(9000),
    side: dice.pick(SIDES),
    street: dice.chance(0.15) ? dice.pick(ORDINALS) : dice.chance(0.1) ? String(13 + dice.below(80)) : dice.pick(STREETS),
    kind: dice.pick(KINDS),
    town,
    zip: town[2] + dice.below(8),
  };
}

const digits = (dice: Dice): string => `207${2_000_000 + dice.below(7_900_000)}`;

/** The sites there are. Operators keep several, some of them behind one telephone; some houses hold two of different operators. */
function sitesOf(operators: number, dice: Dice): Site[] {
  const sites: Site[] = [];
  for (let at = 0; at < operators; at++) {
    const way = dice.next();
    const person = way < 0.14 ? ([dice.pick(FIRST), dice.pick(SURNAMES)] as const) : null;
    const school = way > 0.86 ? dice.pick(PRESIDENTS) : "";
    const operator = person ? "" : school ? "Port Lowell Public Schools" : dice.chance(0.35) ? dice.pick(OPERATORS) : "";
    const kind = school ? "Elementary School" : person ? "Family Child Care" : dice.pick(dice.chance(0.55) ? CARE : HELP);
    const places = person || school ? 1 : dice.chance(0.22) ? 2 + dice.below(5) : 1;
    const owner = dice.pick(
      HELP.includes(kind) ? [...PATRONS, ...AREAS, ...SURNAMES] : [...PLAYFUL, ...PLAYFUL, ...PATRONS, ...AREAS],
    );
    const central = dice.chance(0.4) ? digits(dice) : "";
    const numbered = places > 1 && places < 4 && dice.chance(0.3);
    for (let place = 0; place < places; place++) {
      const shared = sites.length > 0 && place === 0 && dice.chance(0.06);
      sites.push({
        owner,
        kind,
        operator,
        person,
        school,
        area: places > 1 && !numbered ? dice.pick(AREAS) : "",
        numeral: numbered && place > 0 ? NUMERALS[place - 1]! : [],
        address: shared ? sites[sites.length - 1]!.address : addressOf(dice),
        phone: central || digits(dice),
      });
    }
  }
  return sites;
}

const abbreviated = (text: string, chance: number, dice: Dice): string =>
  text
    .split(" ")
    .map((word) => (ABBREVIATED[word] && dice.chance(chance) ? dice.pick(ABBREVIATED[word]) : word))
    .join(" ");

function nameAt(site: Site, office: number, dice: Dice): string {
  const { owner, kind, operator, person, school, area, numeral } = site;
  const number = numeral.length > 0 ? ` ${dice.pick(numeral)}` : "";
  if (person) {
    const [first, last] = person;
    const called = office > 1 && NICKNAMES[first] && dice.chance(0.4) ? NICKNAMES[first] : first;
    if (office === 0) return `${last}, ${first}${dice.chance(0.3) ? ` ${"ABCDEJLMR"[dice.below(9)]}.` : ""}`;
    return dice.pick([`${called} ${last}`, `${called} ${last} ${kind}`, `${last} ${kind}`, `${called} ${last}'s Home Daycare`]);
  }
  if (school) {
    const last = school.slice(school.lastIndexOf(" ") + 1);
    const turned = `${last}, ${school.slice(0, school.lastIndexOf(" "))}`;
    return dice.pick([
      `${school} ${kind}`,
      `${last} School`,
      turned,
      `${last} Elem`,
      `${operator} - ${last}`,
      `${operator} ${turned}`,
    ]);
  }
  const own = `${owner} ${kind}`;
  if (office === 0)
    return `${own}${area && dice.chance(0.5) ? ` ${area}` : ""}${number}${dice.chance(0.3) ? dice.pick([" INC", " LLC", ", INC."]) : ""}`;
  if (office === 1) {
    const at = area || dice.pick(["YMCA", "Main Campus", "Annex"]);
    return dice.chance(0.35) ? `${owner}${number} @ ${at}` : `${own}${number}${area && dice.chance(0.4) ? `-${area}` : ""}`;
  }
  if (office === 2) {
    const short = abbreviated(own, 0.7, dice) + number;
    if (area) return dice.pick([`${short} - ${area}`, `${short} (${area})`, `${area} ${short}`, short]);
    return dice.chance(0.12) ? `${short}${dice.pick([" - Main", " (Main Site)", " - Site 1", ", Suite 4"])}` : short;
  }
  if (operator === "") return dice.chance(0.15) && !/^(?:The|A) /.test(own) ? `The ${own}${number}` : `${own}${number}`;
  return dice.pick([
    `${operator} - ${own}${number}`,
    `${operator}: ${area || owner}${number}`,
    `${own}${number} (${operator})`,
    `${own}${number}, a program of ${operator}`,
    `${operator}/${own}${number}`,
    `${own}${number}`,
  ]);
}

function streetAt({ number, side, street, kind }: Address, dice: Dice): string {
  const ordinal = ORDINALS.indexOf(street) + 1;
  let name = street;
  if (ordinal > 0 && dice.chance(0.6)) name = `${ordinal}${SUFFIX[ordinal < 4 ? ordinal : 0]}`;
  else if (/^\d/.test(street) && dice.chance(0.85))
    name = `${street}${SUFFIX[street.endsWith("1") ? 1 : street.endsWith("2") ? 2 : street.endsWith("3") ? 3 : 0]}`;
  else if (street.startsWith("Dr Martin"))
    name = dice.pick(["Dr Martin Luther King Jr", "Martin Luther King", "M L King", "MLK Jr", "Dr. M.L. King Jr."]);
  else if (street.startsWith("Cesar")) name = dice.pick(["Cesar E Chavez", "Cesar Chavez", "Chavez"]);
  else if (street.startsWith("St ")) name = dice.pick(["St Clair", "Saint Clair", "St. Clair"]);
  else if (street.includes(" ") && dice.chance(0.15)) name = street.replace(" ", "");
  const ending = ordinal > 0 || /^\d/.test(street) ? dice.pick(kind.slice(0, 2)) : dice.pick(kind);
  const where = dice.chance(0.1) ? "" : dice.pick(side);
  let door = String(number);
  if (dice.chance(0.04)) door = `${number}-${number + 2}`;
  else if (dice.chance(0.03) && door.length > 2) door = door[0]! + door[2] + door[1] + door.slice(3);
  let text = dice.chance(0.07) ? `${door} ${name} ${ending} ${where}` : `${door} ${where} ${name} ${ending}`;
  if (dice.chance(0.05)) text = slip(text, dice);
  const inside = dice.pick([", Suite 210", " Ste B", " #14", " Rm 3", ", 2nd Fl", " Lower Level", ", Bldg C", " (rear)"]);
  return squeeze(text) + (dice.chance(0.12) ? inside : "");
}

function phoneAt(phone: string, dice: Dice): string {
  const line = phone.slice(3);
  const dashed = `${line.slice(0, 3)}-${line.slice(3)}`;
  if (dice.chance(0.05)) return `207${2_000_000 + dice.below(7_900_000)}`;
  if (dice.chance(0.03)) return `207-${dashed.slice(0, 6)}${dashed[7]}${dashed[6]}`;
  return dice.pick([
    phone,
    `(207) ${dashed}`,
    dashed,
    `207.${dashed.replace("-", ".")}`,
    `1-207-${dashed}`,
    `207/${dashed} ext. 12`,
  ]);
}

/** What four offices know of the sites of so many operators; the truth is the site. */
export function careDirectory(operators: number, seed: number): LabelledRecord[] {
  const dice = new Dice(seed);
  const records: LabelledRecord[] = [];
  for (const [number, site] of sitesOf(operators, dice).entries()) {
    for (let office = 0; office < 4; office++) {
      const listed = dice.chance(0.55) ? (dice.chance(0.12) ? 2 : 1) : 0;
      for (let copy = 0; copy < listed; copy++) {
        let name = nameAt(site, office, dice);
        if (dice.chance(0.05)) name = slip(name, dice);
        if (office === 0) name = name.toUpperCase().slice(0, 30).trim();
        const record: LabelledRecord = { name, truth: String(number) };
        const { town, zip } = site.address;
        if (dice.chance(0.94)) record.street = streetAt(site.address, dice);
        if (dice.chance(0.03)) record.street = `PO Box ${10 + dice.below(900)}`;
        if (office === 0 && record.street) record.street = record.street.toUpperCase();
        if (dice.chance(office === 1 ? 0.3 : 0.8))
          record.postalCode = dice.chance(0.03)
            ? `${zip.slice(0, 3)}${zip[4]}${zip[3]}`
            : office === 0 && dice.chance(0.4)
              ? `${zip}-${1000 + dice.below(8999)}`
              : zip.slice(dice.chance(0.1) ? 1 : 0);
        if (dice.chance(office === 3 ? 0.9 : 0.4)) record.city = dice.pick(town.slice(0, 2));
        if (dice.chance(office === 1 ? 0.5 : 0.75)) record.phone = phoneAt(site.phone, dice);
        records.push(record);
      }
    }
  }
  return records;
}
