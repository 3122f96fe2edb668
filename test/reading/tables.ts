import type { Random } from "./random.ts";

/** A table as it is meant: header cells and records of equal width. */
export interface Table {
  header: string[];
  rows: string[][];
}

interface Column {
  name: string;
  value: (random: Random, row: number) => string;
}

const WORDS =
  "Northern Harbour Granite Solar Cedar Valley Prime Atlas Urban Meadow River Summit Delta Crown Amber Falcon Union Pioneer Coastal Metro".split(
    " ",
  );
const FORMS = ["Ltd", "GmbH", "Inc.", ", Inc.", ", LLC", "S.A.", "& Sons", "AG", "Oy", "B.V.", "e.V.", "Group", "Council"];
const CITIES = [
  "Zürich",
  "Genève",
  "München",
  "London",
  "Málaga",
  "Bristol",
  "Århus",
  "Łódź",
  "San José",
  "St. Gallen",
  "New York",
];
const COUNTRIES = ["CH", "DE", "GB", "ES", "DK", "PL", "US"];
const CATEGORIES = ["Capital grants", "Temporary staff", "Legal fees; external", "Travel", "R&M consumables", "IT / software"];
const PROSE = [
  "Provision of services, as agreed; see annex B for the details",
  "Replacement of roof tiles, windows and doors",
  "Known locally as the old mill. Listed building, grade II",
  "No comment",
  "Awarded after an open tender: three bids, one of them late",
  "Prices exclude VAT; delivery within 10 days, or else a refund",
];
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const two = (n: number): string => String(n).padStart(2, "0");
const thousands = (n: number, mark: string): string => String(n).replace(/\B(?=(\d{3})+$)/g, mark);

const name = (random: Random): string => {
  const form = random.pick(FORMS);
  return `${random.pick(WORDS)} ${random.pick(WORDS)}${form.startsWith(",") ? "" : " "}${form}`;
};

const COLUMNS: readonly Column[] = [
  { name: "id", value: (_random, row) => String(1000 + row) },
  { name: "code", value: (random, row) => `${random.pick(["AB", "CX", "P"])}-${two(row % 100)}/${random.integer(10, 99)}` },
  { name: "supplier", value: name },
  { name: "company name", value: name },
  { name: "city", value: (random) => random.pick(CITIES) },
  { name: "country", value: (random) => random.pick(COUNTRIES) },
  { name: "category", value: (random) => random.pick(CATEGORIES) },
  {
    name: "address",
    value: (random) =>
      `${random.integer(1, 200)} ${random.pick(WORDS)} Street, ${random.pick(CITIES)} ${random.integer(1000, 9999)}`,
  },
  { name: "amount", value: (random) => (random.next() * 90_000).toFixed(2) },
  { name: "amount paid", value: (random) => `${thousands(random.integer(1, 9_000_000), ",")}.${two(random.integer(0, 99))}` },
  { name: "Betrag", value: (random) => `${thousands(random.integer(1, 900_000), ".")},${two(random.integer(0, 99))}` },
  { name: "decimal", value: (random) => `${random.integer(0, 99)},${random.integer(1, 9)}` },
  { name: "employees", value: (random) => String(random.integer(1, 30_000)) },
  { name: "share (%)", value: (random) => `${random.integer(0, 100)}%` },
  {
    name: "date",
    value: (random) => `20${two(random.integer(8, 24))}-${two(random.integer(1, 12))}-${two(random.integer(1, 28))}`,
  },
  {
    name: "paid on",
    value: (random) => `${two(random.integer(1, 28))}/${two(random.integer(1, 12))}/20${two(random.integer(8, 24))}`,
  },
  { name: "clearing", value: (random) => `${two(random.integer(1, 28))} ${random.pick(MONTHS)} 20${two(random.integer(8, 24))}` },
  {
    name: "updated at",
    value: (random) =>
      `2024-${two(random.integer(1, 12))}-${two(random.integer(1, 28))} ${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:00`,
  },
  {
    name: "website",
    value: (random, row) => `https://www.company${row}.example.com/p?x=${random.integer(1, 9)},${random.integer(1, 9)};y|z`,
  },
  { name: "domain", value: (_random, row) => `company${row}.example.org` },
  { name: "email", value: (_random, row) => `office${row}@example.com` },
  { name: "phone", value: (random) => `+44 ${random.integer(1000, 9999)} ${random.integer(100000, 999999)}` },
  { name: "position", value: (random) => `${(random.next() * 90).toFixed(4)}, ${(random.next() * 90).toFixed(4)}` },
  { name: "tags", value: (random) => random.sample(["retail", "b2b", "grid", "export"], random.integer(0, 3)).join(";") },
  { name: "active", value: (random) => random.pick(["Y", "N"]) },
  { name: "comment", value: (random) => random.pick(PROSE) },
  { name: "note", value: (random) => (random.chance(0.7) ? "" : random.pick(PROSE)) },
  { name: "empty", value: () => "" },
  { name: "size", value: (random) => (random.chance(0.5) ? `${random.integer(1, 20)}" pipe` : "n/a") },
  { name: "alias", value: (random) => (random.chance(0.5) ? `the "${random.pick(WORDS)}" house` : random.pick(WORDS)) },
  { name: "time", value: (random) => `${random.integer(0, 23)}:${two(random.integer(0, 59))}` },
];

/** A table of random columns; `columns` and `rows` give its size. */
export function madeTable(random: Random, columns: number, rows: number): Table {
  const chosen = random.sample(COLUMNS, columns);
  while (chosen.length < columns) chosen.push({ ...random.pick(COLUMNS), name: `measure ${chosen.length}` });
  const lead = chosen.findIndex(({ name: header }) => header === "note" || header === "empty" || header === "tags");
  if (lead === 0 && chosen.length > 1) chosen.push(chosen.shift()!);
  const style = random.integer(0, 3);
  const header = chosen.map(({ name: text }) =>
    style === 0
      ? text
      : style === 1
        ? text.toUpperCase()
        : style === 2
          ? text.replace(/^./, (c) => c.toUpperCase())
          : text.replaceAll(" ", "_"),
  );
  return { header, rows: Array.from({ length: rows }, (_, row) => chosen.map(({ value }) => value(random, row))) };
}

/** The same table with line breaks and quotes in its longer texts. */
export function withLineBreaks(table: Table, random: Random): Table {
  const broken = (cell: string): string =>
    cell.includes(" ") && cell.length > 14 && random.chance(0.5)
      ? cell.replace(/ (?=\S+$)|, /, random.pick(["\n", "\n\n", ",\n", "\r\n"]))
      : cell;
  return { header: table.header, rows: table.rows.map((cells) => cells.map(broken)) };
}
