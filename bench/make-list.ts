import { closeSync, openSync, writeSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** A list of accounts as a CRM would export it, the same for the same seed: `node bench/make-list.ts FILE ROWS [SEED]`. */
export interface MadeList {
  rows: number;
  bytes: number;
  /** Rows that repeat an earlier company: by its domain with another spelling, and by its name and country alone. */
  duplicates: number;
  nameOnly: number;
  /** Rows with something wrong in them; not all of them are unusable. */
  dirty: number;
}

/** Shares of rows, of 1,000. The rest is one new company each. */
const PER_MILLE = { duplicates: 50, nameOnly: 20, dirty: 10 } as const;
const FLUSH_CHARACTERS = 1 << 20;

const HEADER =
  "Account ID,Account Name,Website,Industry,Employees,Annual Revenue (USD),Ownership,Billing Street,Billing City,Billing Zip/Postal Code,Billing Country,LinkedIn Company Page,Year Founded,Account Owner,Last Activity";
export const FIRST = words(
  "Nordlicht Brightwater Copperdale Falkenried Oakhurst Miraflores Belriva Zonnewijk Harrowgate Silverbrook Talblick Montefiore Kingfisher Pinecrest Eikenhof Larkfield",
);
export const SECOND = words(
  "Hydraulik Foods Packaging Clinics Hotels Stores Tools Systems Logistics Builders Supplies Plastics Software Capital Academy Media",
);
export const FORMS = ["GmbH", "Ltd", "Inc.", "S.A.", "B.V.", "LLC", "AG", "plc"];
const INDUSTRIES = [
  "Manufacturing",
  "Retail",
  "Hospitality",
  "Healthcare",
  "Wholesale",
  "Construction",
  "Education",
  "Finance",
  "Technology",
  "Consulting",
  "Transportation",
  "",
];
export const PLACES = [
  ["Germany", "Köln", "50667", "de"],
  ["United States", "Columbus", "43215", "com"],
  ["United Kingdom", "Leeds", "LS1 4AP", "co.uk"],
  ["France", "Nantes", "44000", "fr"],
  ["Netherlands", "Utrecht", "3511 AB", "nl"],
  ["Canada", "Calgary", "T2P 1J9", "com"],
  ["Japan", "Osaka", "530-0001", "co.jp"],
  ["Brazil", "São Paulo", "01310-100", "com.br"],
] as const;
const OWNERSHIP = ["Private", "Public", "Subsidiary", ""];
const TEAMS = ["Team North", "Team South", "Inside Sales", "Key Accounts"];

export function words(text: string): string[] {
  return text.split(" ");
}

/** 32 well mixed bits of a company (or row), a property and the seed. */
export function draw(index: number, property: number, seed: number): number {
  let bits = (Math.imul(index + 1, 0x9e3779b1) ^ Math.imul(property + 1, 0x85ebca6b) ^ seed) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

type Kind = "new" | "duplicate" | "name-only" | "dirty";

function kindOf(row: number, seed: number): Kind {
  if (row < 100) return "new";
  const at = draw(row, 0, seed) % 1000;
  if (at < PER_MILLE.duplicates) return "duplicate";
  if (at < PER_MILLE.duplicates + PER_MILLE.nameOnly) return "name-only";
  return at < PER_MILLE.duplicates + PER_MILLE.nameOnly + PER_MILLE.dirty ? "dirty" : "new";
}

/** The last row at or before `row` that brought a new company. */
function newRowBefore(row: number, seed: number): number {
  let at = row;
  while (kindOf(at, seed) !== "new") at--;
  return at;
}

/** The cells of one row, quoted where need be, joined. */
function lineOf(row: number, seed: number, kind: Kind): string {
  const repeats = kind === "duplicate" || kind === "name-only";
  const company = repeats ? newRowBefore(draw(row, 1, seed) % row, seed) : row;
  const pick = <Item>(items: readonly Item[], property: number): Item => items[draw(company, property, seed) % items.length]!;
  const [country, city, zip, suffix] = pick(PLACES, 2);
  const first = pick(FIRST, 3);
  const second = pick(SECOND, 4);
  const number = company.toString(36);
  const stem = `${first} ${second} ${number}`;
  const host = `${first.toLowerCase()}-${second.toLowerCase()}-${number}.${suffix}`;
  const employees = sizeOf(draw(company, 5, seed));
  const id = `0015e${row.toString(36).padStart(10, "0")}`;
  let name = `${stem} ${pick(FORMS, 6)}`;
  let website = [`https://www.${host}/`, host, `www.${host}`, host.toUpperCase()][draw(row, 7, seed) & 3]!;
  let size = draw(company, 8, seed) % 10 === 0 ? "" : String(employees);
  let extra = "";
  if (kind === "duplicate" && draw(row, 9, seed) & 1) name = stem.toUpperCase();
  if (kind === "name-only") website = "";
  if (kind === "dirty") {
    switch (draw(row, 10, seed) % 5) {
      case 0:
        extra = ",one cell too many";
        break;
      case 1:
        name = website = "";
        break;
      case 2:
        name = "N/A";
        website = "-";
        break;
      case 3:
        name = `"${stem},\n""the"" makers"`;
        break;
      default:
        size = "about a dozen";
    }
  }
  const linkedin =
    kind === "name-only" || draw(company, 11, seed) % 3 > 0
      ? ""
      : `https://www.linkedin.com/company/${host.replaceAll(".", "-")}`;
  const revenue = draw(company, 12, seed) % 6 === 0 ? "" : String(employees * (60 + (draw(company, 13, seed) % 130)) * 1000);
  const founded = draw(company, 14, seed) % 4 === 0 ? "" : String(1920 + (draw(company, 15, seed) % 100));
  const activity = draw(row, 16, seed);
  const day = `2026-${String(1 + (activity % 10)).padStart(2, "0")}-${String(1 + ((activity >>> 8) % 28)).padStart(2, "0")}`;
  const street = `"${second} Road ${company % 200}, Unit ${company % 9}"`;
  return `${id},${name},${website},${pick(INDUSTRIES, 17)},${size},${revenue},${pick(OWNERSHIP, 18)},${street},${city},${zip},${country},${linkedin},${founded},${pick(TEAMS, 19)},${activity % 5 === 0 ? "" : day}${extra}\n`;
}

/** Many small companies, few large ones: 1 to about 60,000 employees. */
function sizeOf(bits: number): number {
  return Math.floor(Math.exp((bits / 2 ** 32) ** 1.6 * 11)) || 1;
}

/** The list of accounts: `rows` rows under a header in `file`. */
export function makeList(file: string, rows: number, seed = 1): MadeList {
  const made: MadeList = { rows, bytes: 0, duplicates: 0, nameOnly: 0, dirty: 0 };
  made.bytes = writeRows(file, HEADER, rows, (row) => {
    const kind = kindOf(row, seed);
    if (kind === "duplicate") made.duplicates++;
    else if (kind === "name-only") made.nameOnly++;
    else if (kind === "dirty") made.dirty++;
    return lineOf(row, seed, kind);
  });
  return made;
}

/** Writes a header and `rows` lines to `file`, a megabyte at a time; answers the bytes of the lines. */
export function writeRows(file: string, header: string, rows: number, line: (row: number) => string): number {
  const out = openSync(file, "w");
  let bytes = 0;
  try {
    let text = "";
    writeAll(out, `${header}\n`);
    for (let row = 0; row < rows; row++) {
      text += line(row);
      if (text.length > FLUSH_CHARACTERS) {
        bytes += writeAll(out, text);
        text = "";
      }
    }
    bytes += writeAll(out, text);
  } finally {
    closeSync(out);
  }
  return bytes;
}

function writeAll(out: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(out, bytes, at);
  return bytes.length;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file, rows, seed] = process.argv.slice(2);
  if (file === undefined || !(Number(rows) > 0)) {
    process.stderr.write("usage: node bench/make-list.ts FILE ROWS [SEED]\n");
    process.exit(2);
  }
  process.stdout.write(`${JSON.stringify(makeList(file, Number(rows), Number(seed ?? 1)))}\n`);
}
