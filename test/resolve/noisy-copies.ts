import { Dice, slip } from "./generated-companies.ts";
import type { LabelledRecord } from "./pair-scores.ts";

/** Three sources made of names that real lists use, written anew, and a directory of providers: other noise than weights were settled on. */

const FORMS =
  "Inc|Inc.|Incorporated|Corp|Corp.|Corporation|Ltd|Ltd.|Limited|LLC|L.L.C.|PLC|GmbH|AG|SE|S.A.|SA|S.p.A.|SpA|S.r.l.|B.V.|N.V.|AB|A/S|Oy|Oyj|ASA|Pty Ltd|Pvt. Ltd.|Private Limited|Co., Ltd.|K.K.|Sp. z o.o.|S.A. de C.V.|Ltda|Co|Company|LP|L.P.".split(
    "|",
  );
const FORM =
  /,?\s+(?:incorporated|inc|corporation|corp|limited|ltd|llc|l\.l\.c|plc|gmbh|ag|se|s\.?a|n\.?v|b\.?v|ab|co|company|companies|cos|lp|l\.p)\.?$/i;
const STRUCTURE = /\s+(?:group|holdings?|international|worldwide|global|enterprises|hldgs)$/i;
const TRADE =
  /\s+(?:technologies|technology|systems|pharmaceuticals|therapeutics|communications|energy|resources|industries|solutions|software|networks|foods|products|semiconductors?)$/i;
const SHORT: Readonly<Record<string, string>> = {
  international: "Intl",
  technologies: "Techs",
  technology: "Tech",
  systems: "Sys.",
  pharmaceuticals: "Pharma",
  therapeutics: "Tx",
  communications: "Comms",
  industries: "Ind.",
  manufacturing: "Mfg.",
  financial: "Fin.",
  insurance: "Ins.",
  university: "Univ.",
  services: "Svcs",
  association: "Assoc.",
  national: "Natl",
  american: "Amer.",
  company: "Co.",
  corporation: "Corp.",
  holdings: "Hldgs",
  group: "Grp",
  management: "Mgmt",
  department: "Dept.",
  and: "&",
};
const OTHER_TRADES =
  "Logistics|Motors|Mobility|Dental|Steel|Airlines|Foods|Capital|Electronics|Pharma|Insurance|Media|Energy|Construction".split(
    "|",
  );
const COUNTRIES = "UK|India|Deutschland|France|Canada|Japan|Brasil|Australia|USA|Mexico|Poland".split("|");

const squeeze = (text: string): string => text.replace(/\s+/g, " ").trim();
const titled = (text: string): string => text.replace(/(?<![\p{L}'’])\p{Ll}/gu, (letter) => letter.toUpperCase());

/** A name as another source would write it. `brand`: that source goes by brands. */
function rewritten(name: string, brand: boolean, dice: Dice): string {
  let text = name.replace(/\s*\(the\)$/i, "").replace(/^the\s+/i, "");
  if (dice.chance(brand ? 0.9 : 0.5)) text = text.replace(FORM, "");
  if (dice.chance(brand ? 0.5 : 0.15)) text = text.replace(STRUCTURE, "");
  if (dice.chance(brand ? 0.12 : 0.03) && text.split(" ")[0]!.length > 5 && text.split(" ").length === 2)
    text = text.replace(TRADE, "");
  if (!brand && !FORM.test(text)) text = `${text}${dice.chance(0.2) ? "," : ""} ${dice.pick(FORMS)}`;
  if (dice.chance(0.25))
    text = text
      .split(" ")
      .map((word) => (dice.chance(0.6) ? (SHORT[word.toLowerCase().replace(/[.,]$/, "")] ?? word) : word))
      .join(" ");
  if (dice.chance(0.1)) text = text.replace(/ and /i, " & ");
  if (dice.chance(0.06)) text = text.replace("-", " ");
  if (dice.chance(0.04)) text = text.replaceAll(".", "");
  if (dice.chance(0.04)) text = `The ${text}`;
  if (dice.chance(0.03)) text = `${text} (${dice.pick(COUNTRIES)})`;
  if (dice.chance(0.04)) text = slip(text, dice);
  if (dice.chance(0.02) && text.length > 28) text = text.slice(0, 28).trim();
  const style = dice.next();
  return squeeze(style < 0.25 ? text.toUpperCase() : style < 0.4 ? text.toLowerCase() : titled(text));
}

/**
 * Three sources of the companies of `real`, each company in two of three: the names that lists have for it, each written anew. Beside some
 * stand others that share their name and are not the same: another trade, a daughter abroad, a second fund.
 */
export function rewrittenSources(real: readonly LabelledRecord[], seed: number): LabelledRecord[] {
  const dice = new Dice(seed);
  const byTruth = new Map<string, string[]>();
  for (const { name, truth } of real) byTruth.set(truth, [...(byTruth.get(truth) ?? []), name]);
  const records: LabelledRecord[] = [];
  for (const [truth, names] of byTruth) {
    for (let source = 0; source < 3; source++)
      if (dice.chance(0.66)) records.push({ name: rewritten(dice.pick(names), source === 1, dice), truth });
    const stem = names[0]!.replace(FORM, "");
    const rival = dice.chance(0.03)
      ? `${stem.split(" ")[0]} ${dice.pick(OTHER_TRADES)}`
      : dice.chance(0.03)
        ? `${stem} ${dice.pick(COUNTRIES)} ${dice.pick(FORMS)}`
        : dice.chance(0.02)
          ? `${stem} ${dice.pick(["Fund", "Capital", "Acquisition"])} ${dice.pick(["I", "II", "III", "IV"])}`
          : null;
    if (rival === null || rival.toLowerCase().startsWith(`${names[0]!.toLowerCase()} `) === rival.endsWith("Fund")) continue;
    for (let source = 0; source < 2; source++)
      if (dice.chance(0.7)) records.push({ name: rewritten(rival, false, dice), truth: `rival of ${truth}` });
  }
  return records;
}

const list = (text: string): string[] => text.split("|");
const AGENCIES = list(
  "Community Action Partners|Northside Family Services|Children's Home Society|Metropolitan Settlement House|Catholic Charities of the Valley|Lutheran Family Network|Easter House|United Neighborhood Organization|Board of Education|Young Women's Christian Union|Boys and Girls Association|Riverside Health Alliance|Salem Baptist Church|El Hogar del Nino|Chinese Mutual Aid Society|Erie Settlement|Public Schools|Park District|Housing Authority|Centers for New Horizons",
);
const OWNERS = list(
  "Little Angels|Kiddie Kampus|Bright Stars|Busy Bees|Rainbow|Precious Moments|ABC|Tiny Tots|Happy Days|Jelly Bean|Step by Step|Love & Learn|Kids 'R' Special|Wee Care|First Steps|New Beginnings|Sunshine|Teddy Bear|Imagination Station|Building Blocks|Children's World|Grandma's Hands|Discovery|Small World|Oakwood|Maple Grove|Riverside|Lakeview|St. Mark|St. Ann|Holy Family|Mt. Olive|Good Shepherd|Trinity|Salem",
);
const KINDS = list(
  "Day Care Center|Child Care|Learning Academy|Preschool|Child Development Center|Nursery School|Early Learning Center|Head Start|Montessori School|Family Health Center|Dental Clinic|Elementary School|Youth Center|Senior Services|Family Daycare Home",
);
const KIND_SHORT: Readonly<Record<string, string[]>> = {
  "Day Care Center": ["Daycare", "Day Care Ctr", "Day Care", "Daycare Ctr."],
  "Child Care": ["Childcare", "Child Care Ctr"],
  "Learning Academy": ["Lrng Academy", "Learning Acad."],
  "Child Development Center": ["CDC", "Child Dev Ctr", "Child Dev. Center", "Child Development"],
  "Nursery School": ["Nursery", "Nursery Sch"],
  "Early Learning Center": ["ELC", "Early Lrng Ctr", "Early Learning"],
  "Elementary School": ["Elem School", "Elementary", "School", "Elem."],
  "Family Health Center": ["Fam Health Ctr", "Health Center"],
  "Family Daycare Home": ["FDC Home", "Family Daycare", "Home Daycare"],
};
const STREETS = list(
  "Ashland|Halsted|Western|Pulaski|Kedzie|Cicero|Damen|Racine|Laramie|Stony Island|Cottage Grove|Martin Luther King|Michigan|Wabash|State|Clark|Broadway|Sheridan|Lincoln|Milwaukee|Archer|Ogden|Roosevelt|Cermak|Madison|Jackson|Harrison|Division|North|Fullerton|Diversey|Belmont|Irving Park|Lawrence|Foster|Devon|St. Louis|Saint Lawrence|Dr Martin",
);
const STREET_KINDS: ReadonlyArray<readonly string[]> = [
  ["Avenue", "Ave", "Ave.", "Av", ""],
  ["Street", "St", "St.", ""],
  ["Road", "Rd", "Rd.", ""],
  ["Boulevard", "Blvd", "Bl", ""],
  ["Place", "Pl", "Pl."],
  ["Drive", "Dr", ""],
];
const SIDES: ReadonlyArray<readonly string[]> = [
  ["North", "N", "N.", "No."],
  ["South", "S", "S.", "So"],
  ["East", "E", "E."],
  ["West", "W", "W."],
];

const initialsOf = (text: string): string =>
  text
    .split(/[\s']+/)
    .filter((word) => /^[A-Z]/.test(word))
    .map((word) => word[0])
    .join("");

/** A directory of providers out of several sources: agencies with sites, branches named by either, parts missing, moved or swapped. */
export function providerDirectory(sites: number, seed: number): LabelledRecord[] {
  const dice = new Dice(seed);
  const records: LabelledRecord[] = [];
  let last: { number: number; side: readonly string[]; street: string; kind: readonly string[]; zip: string } | null = null;
  for (let site = 0; site < sites; site++) {
    const agency = dice.chance(0.35) ? dice.pick(AGENCIES) : "";
    const kind = dice.pick(KINDS);
    const owner = dice.chance(0.12) ? `${dice.pick(OWNERS)} ${dice.pick(STREETS)}` : dice.pick(OWNERS);
    const numbered = dice.chance(0.05) ? ` ${dice.pick(["II", "III", "#2", "2"])}` : "";
    const fresh = {
      number: 1 + dice.below(9900),
      side: dice.pick(SIDES),
      street: dice.chance(0.35) ? `${1 + dice.below(110)}` : dice.pick(STREETS),
      kind: dice.pick(STREET_KINDS),
      zip: `606${String(dice.below(60)).padStart(2, "0")}`,
    };
    const at: typeof fresh = last !== null && dice.chance(0.05) ? last : fresh;
    last = at;
    const [area, line] = [dice.pick(["312", "773"]), String(2000000 + dice.below(7999999))];
    const copies = 1 + (dice.chance(0.65) ? 1 : 0) + (dice.chance(0.45) ? 1 : 0) + (dice.chance(0.25) ? 1 + dice.below(3) : 0);
    for (let copy = 0; copy < copies; copy++) {
      const short = KIND_SHORT[kind] && dice.chance(0.4) ? dice.pick(KIND_SHORT[kind]) : kind;
      const own = `${dice.chance(0.2) ? owner.replace("St. ", "Saint ").replace("Mt. ", "Mount ") : owner} ${dice.chance(0.1) ? "" : short}${numbered}`;
      const parent = dice.chance(0.1) ? initialsOf(agency) : agency;
      let name = own;
      if (agency !== "") {
        const way = dice.next();
        if (way < 0.3) name = `${parent} - ${own}`;
        else if (way < 0.4) name = `${own} / ${parent}`;
        else if (way < 0.5) name = `${parent}-${own}`;
        else if (way < 0.58) name = `${own} (${parent})`;
        else if (way < 0.66) name = `${parent} ${own}`;
        else if (way < 0.7) name = parent;
      }
      if (dice.chance(0.06)) name = slip(name, dice);
      if (dice.chance(0.05)) name = `${name}${dice.pick([", Inc.", " Inc", " NFP", " LLC"])}`;
      if (dice.chance(0.05)) name = name.slice(0, 35);
      const street = /^\d+$/.test(at.street) ? `${at.street}${dice.chance(0.85) ? "th" : ""}` : at.street;
      let address = squeeze(
        `${at.number} ${dice.chance(0.06) ? "" : dice.pick(at.side)} ${dice.chance(0.1) ? street.replace("St. ", "Saint ") : street} ${dice.pick(at.kind)}`,
      );
      if (dice.chance(0.05)) address = slip(address, dice);
      if (dice.chance(0.02)) address = address.replace(/^\d+/, (number) => String(Number(number) + dice.pick([2, -2, 10, 100])));
      if (dice.chance(0.08)) address += dice.pick([", Suite 200", " #3", " 2nd Floor", " Rm 12", ", Unit B", " Bldg 4"]);
      if (dice.chance(0.03)) address = `${address}, Chicago, IL`;
      if (dice.chance(0.02)) address = `P.O. Box ${100 + dice.below(9000)}`;
      const record: LabelledRecord = { name: dice.chance(0.3) ? name.toUpperCase() : name, truth: String(site) };
      if (dice.chance(0.96)) record.street = dice.chance(0.3) ? address.toUpperCase() : address;
      if (dice.chance(0.55)) record.postalCode = dice.chance(0.1) ? `${at.zip}-${1000 + dice.below(9000)}` : at.zip;
      if (dice.chance(0.3)) record.city = dice.pick(["Chicago", "Chicago", "CHICAGO", "Chciago", "Chgo"]);
      if (dice.chance(0.7))
        record.phone = dice.chance(0.06)
          ? String(2000000 + dice.below(7999999))
          : dice.pick([line, `${area}${line}`, `(${area}) ${line.slice(0, 3)}-${line.slice(3)}`, `${area}-${line} x12`]);
      records.push(record);
    }
  }
  return records;
}
