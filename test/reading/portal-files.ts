import { Buffer } from "node:buffer";
import { officeFile } from "./code-pages.ts";
import type { Random } from "./random.ts";

/** A document as an office or a web site publishes it, and what a person copies out of it: header first (where there is one), then the records. */
export interface WildFile {
  bytes: Buffer;
  expected: string[][];
}

export type Recipe = (random: Random) => WildFile;

const PLACES = ["Nordheim", "Castelvecchio", "Port Aldren", "Saint-Rémy", "Østby", "Vila Nova", "Kirchdorf", "Lower Wexcombe"];
const ITEMS = ["Cereals", "Textiles and leather", "Basic metals", "Paper; pulp", "Food, drink, tobacco", "Machinery", "Glass"];
const FIRMS = ["Harrow & Sons Ltd", "Brandt Bau GmbH", "Aguas del Sur SA", "O'Dell Catering", "Nordlys AS", "MEDIATEK:UK LLP"];
const NOTES = [
  "Source: national accounts, own calculation, base year 2010",
  "Figures are rounded; sums may differ",
  "r = revised, p = provisional, .. = not available",
  "Last updated on 4 March 2019, next update in June",
  "Data before 1991 refer to the former territory",
];

export const filled = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
export const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
export const minimal =
  (delimiter: string) =>
  (cells: readonly string[]): string =>
    cells.map((cell) => (cell.includes(delimiter) || /["\n]/.test(cell) ? quoted(cell) : cell)).join(delimiter);
export const allQuoted =
  (delimiter: string) =>
  (cells: readonly string[]): string =>
    cells.map(quoted).join(delimiter);
export const text = (lines: readonly string[], end = "\n"): Buffer => Buffer.from(lines.map((line) => line + end).join(""));
const latin = (bytes: Buffer): Buffer => Buffer.from(bytes.toString("utf8"), "latin1");
const amount = (random: Random): string => (random.integer(100, 900_000) / 100).toFixed(2);
const figures = (random: Random, n: number, missing: readonly string[] = []): string[] =>
  filled(n, () =>
    missing.length > 0 && random.chance(0.12) ? random.pick(missing) : (random.integer(10, 99_999) / 10).toFixed(1),
  );
const years = (random: Random, n: number): string[] => {
  const first = random.integer(1960, 2000);
  return filled(n, (i) => String(first + i));
};
const pad = (cells: readonly string[], width: number): string[] => filled(width, (i) => cells[i] ?? "");

export const PORTAL_FILES: Readonly<Record<string, Recipe>> = {
  "indicator bank": (random) => {
    const header = ["Country Name", "Country Code", "Indicator Name", "Indicator Code", ...years(random, 40)];
    const rows = PLACES.map((place) => [
      place,
      place.slice(0, 3).toUpperCase(),
      "Rural population (% of total)",
      "SP.RUR",
      ...figures(random, 40, [""]),
    ]);
    const write = allQuoted(",");
    const above = ['"Data Source","Development Indicators",', "", '"Last Updated Date","2019-04-24",', ""];
    const lines = [...above, ...[header, ...rows].map((cells) => `${write(cells)},`)];
    return {
      bytes: Buffer.concat([Buffer.from("\uFEFF"), text(lines, "\r\n")]),
      expected: [header, ...rows].map((cells) => [...cells, ""]),
    };
  },
  "statistics by geo and time": (random) => {
    const header = [
      "unit,sex,geo\\time",
      ...years(random, 12)
        .reverse()
        .map((year) => `${year} `),
    ];
    const rows = filled(30, (i) => [
      `PC,${random.pick(["F", "M", "T"])},X${i}`,
      ...figures(random, 12).map((value) => random.pick([`${value} `, `${value} p`, ": ", `${value} b`])),
    ]);
    return { bytes: text([header, ...rows].map((cells) => cells.join("\t"))), expected: [header, ...rows] };
  },
  "office table with three header lines": (random) => {
    const regions = random.sample(PLACES, 3);
    const heads = [
      ["", ...regions.flatMap((region) => [region, "", ""])],
      ["", ...regions.flatMap(() => ["Men", "Women", "Total"])],
      ["Year", ...regions.flatMap(() => ["number", "number", "number"])],
    ];
    const rows = years(random, 25).map((year) => [year, ...figures(random, 9, ["-", "."])]);
    const joined = heads[2]!.map((_, j) =>
      heads
        .map((cells) => cells[j]!)
        .filter((cell) => cell !== "")
        .join(" "),
    );
    const write = (cells: readonly string[]): string => cells.join(";");
    const above = ["Table: 12411-0001", "Population by sex and region", "Intercensal update", ""].slice(random.integer(0, 2));
    const below = [
      "__________",
      "Number: as of 31.12.",
      "(C)opyright Office of Statistics, 2019",
      "Stand: 12.03.2019 / 10:22:01",
    ];
    return {
      bytes: latin(text([...above, ...heads.map(write), ...rows.map(write), ...below], "\r\n")),
      expected: [joined, ...rows],
    };
  },
  "table with a merged header and a second line of names": (random) => {
    const groups = ["Region", "Code", "2011", "", "2012", ""];
    const names = ["", "", "births", "deaths", "births", "deaths"];
    const rows = PLACES.map((place, i) => [place, `R${i}`, ...filled(4, () => String(random.integer(100, 9000)))]);
    const write = minimal(random.pick([",", ";", "\t"]));
    const joined = groups.map((group, j) => [group, names[j]!].filter((cell) => cell !== "").join(" "));
    return { bytes: text([groups, names, ...rows].map(write)), expected: [joined, ...rows] };
  },
  "payments with a total": (random) => {
    const header = ["Directorate", "Supplier Name", "Date", "Amount (£)", "Purpose"];
    const rows = filled(random.integer(8, 300), (i) => [
      random.pick(["Children", "Highways, parks", "Finance"]),
      random.pick(FIRMS),
      `${String((i % 28) + 1).padStart(2, "0")}/04/2015`,
      `${random.integer(1, 99)},${random.integer(100, 999)}.${random.integer(10, 99)}`,
      random.pick(["Repairs", "Equipment: IT", ""]),
    ]);
    const write = minimal(",");
    const above = [write(pad(["Payments over £500, April 2015"], 5)), write(pad([], 5))].slice(random.integer(0, 1));
    return { bytes: latin(text([...above, ...[header, ...rows].map(write)], "\r\n")), expected: [header, ...rows] };
  },
  "notes with bare commas below": (random) => {
    const header = ["Area", ...years(random, 6)];
    const rows = PLACES.map((place) => [place, ...figures(random, 6, ["..", "x"])]);
    const notes = random.sample(NOTES, random.integer(2, 4));
    return { bytes: text([...[header, ...rows].map((cells) => cells.join(",")), "", ...notes]), expected: [header, ...rows] };
  },
  "notes with bare commas above": (random) => {
    const header = ["Area", ...years(random, 6)];
    const rows = PLACES.map((place) => [place, ...figures(random, 6, ["..", "x"])]);
    const notes = random.sample(NOTES, random.integer(1, 4));
    return { bytes: text([...notes, "", ...[header, ...rows].map((cells) => cells.join(","))]), expected: [header, ...rows] };
  },
  "numbered footnotes and how to cite": (random) => {
    const header = ["Geography", "Age group", ...years(random, 5)];
    const rows = filled(24, (i) => [i % 4 === 0 ? PLACES[i / 4]! : "", `${i * 5} to ${i * 5 + 4} years`, ...figures(random, 5)]);
    const below = [
      "",
      '"Footnotes:",',
      '"1","Postcensal estimates are based on the last census, adjusted for undercoverage."',
      '"2","Preliminary postcensal estimates."',
      "",
      '"How to cite: Office of Statistics. Table 17-10-0005-01 Population estimates on July 1st"',
    ];
    const above = ['"Population estimates on July 1st, by age"', '"Annual"', '"Table: 17-10-0005-01"', ""];
    return { bytes: text([...above, ...[header, ...rows].map(allQuoted(",")), ...below]), expected: [header, ...rows] };
  },
  "sections in the body": (random) => {
    const header = ["Product", "Q1", "Q2", "Q3", "Q4"];
    const rows = ITEMS.flatMap((item) => [
      [item, "", "", "", ""],
      ...filled(3, (i) => [`  ${item.split(" ")[0]} ${i + 1}`, ...figures(random, 4, ["-"])]),
    ]);
    const write = minimal(",");
    const below = random.chance(0.5) ? ["", "Source: survey of industry 2014", "- = nil"] : [];
    return { bytes: text([...[header, ...rows].map(write), ...below]), expected: [header, ...rows] };
  },
  "notes in two columns below sections": (random) => {
    const header = ["", ...years(random, 7), ""];
    const rows = ITEMS.flatMap((item) => [
      [`  ${item} ...`, ...filled(7, () => "\u00a0\u00a0"), ""],
      ...filled(4, (i) => [`    part ${i + 1}`, ...figures(random, 7, [".", ""]), ""]),
    ]);
    const stars = "*".repeat(60);
    const write = (cells: readonly string[]): string => `${cells.slice(0, -1).map(quoted).join(";")};`;
    const below = [
      "",
      stars,
      "Footnotes",
      stars,
      "",
      '"1.";"Until 1992 only the western part."',
      '"2.";"As of 31.12. of the year."',
      "",
      stars,
      "Made on 15.05.2011 12:28",
      stars,
    ];
    return {
      bytes: text([
        "",
        "Staff by field of work (number)",
        stars,
        "Region:;All",
        "Sex:;Both",
        "",
        ...[header, ...rows].map(write),
        ...below,
      ]),
      expected: [header, ...rows],
    };
  },
  "blank columns between": (random) => {
    const header = ["Station", "", "Lat", "Lon", "", "Depth"];
    const rows = PLACES.map((place) => [
      place,
      "",
      (random.next() * 60).toFixed(4),
      (random.next() * 20).toFixed(4),
      "",
      String(random.integer(1, 90)),
    ]);
    const lines = [header, ...rows].map(minimal(random.pick([",", ";"])));
    return { bytes: text(lines.flatMap((line, i) => (i % 5 === 4 ? [line, ""] : [line]))), expected: [header, ...rows] };
  },
  "cases by day": (random) => {
    const header = ["Province/State", "Country/Region", "Lat", "Long", ...filled(30, (i) => `1/${i + 1}/20`)];
    const rows = filled(60, (i) => [
      i % 3 ? "" : `State ${i}`,
      PLACES[i % PLACES.length]!,
      (random.next() * 50).toFixed(2),
      (random.next() * 50).toFixed(2),
      ...filled(30, (d) => String(d * random.integer(0, 4))),
    ]);
    return { bytes: text([header, ...rows].map(minimal(","))), expected: [header, ...rows] };
  },
  "days of the month across": (random) => {
    const header = ["Site", ...filled(31, (i) => String(i + 1))];
    const rows = PLACES.map((place) => [place, ...filled(31, () => String(random.integer(0, 40)))]);
    return { bytes: text([header, ...rows].map(minimal(random.pick([",", "\t"])))), expected: [header, ...rows] };
  },
  "survey of long questions": (random) => {
    const header = [
      "Respondent",
      "Do you, or does anybody in your household, own a car?",
      "How often do you travel by train?",
      "Comment",
    ];
    const rows = filled(40, (i) => [
      `R-${i}`,
      random.pick(["Yes", "No", "Don't know"]),
      random.pick(["Daily", "Weekly", "Less often", "Never"]),
      random.pick(["", 'It\'s "fine"', "too slow,\nand too late"]),
    ]);
    return { bytes: text([header, ...rows].map(minimal(","))), expected: [header, ...rows] };
  },
  "ballots between bars": (random) => {
    const header = ["ID_ESTADO", "SECCION", "CASILLA", "LISTA", "VOTOS", "OBSERVACION"];
    const rows = filled(80, (i) => [
      String(i % 9),
      `'${1000 + i}`,
      random.pick(["B1", "C1", "E2"]),
      random.pick(["PAX", "ALDE", "-"]),
      String(random.integer(0, 500)),
      random.pick(["", "SIN DATO"]),
    ]);
    const above = ["CÓMPUTOS DISTRITALES 2012", "02/07/2012 20:00", "|||||", "TOTAL|ACTAS|%|||", "1000|998|99.8|||"].slice(
      0,
      random.integer(1, 5),
    );
    return {
      bytes: latin(text([...above, ...[header, ...rows].map((cells) => cells.join("|"))], "\r\n")),
      expected: [header, ...rows],
    };
  },
  "decimal commas": (random) => {
    const header = ["Município", "Código", "Área (km²)", "Densidade"];
    const rows = filled(50, (i) => [
      PLACES[i % 8]!,
      String(35000 + i),
      `${random.integer(1, 900)},${random.integer(10, 99)}`,
      `-${random.integer(0, 9)},5`,
    ]);
    return {
      bytes: latin(text([header, ...rows].map(random.chance(0.5) ? allQuoted(";") : (cells) => cells.join(";")), "\r\n")),
      expected: [header, ...rows],
    };
  },
  "rows that end in a delimiter": (random) => {
    const header = ["Date", "Station", "Max", "Min", "Rain"];
    const rows = filled(40, (i) => [
      `2012-03-${String((i % 28) + 1).padStart(2, "0")}`,
      random.pick(PLACES),
      ...figures(random, 3),
    ]);
    const write = minimal(";");
    return { bytes: text([write(header), ...rows.map((cells) => `${write(cells)};`)]), expected: [header, ...rows] };
  },
  "rows that leave out what is empty": (random) => {
    const header = ["Name", "Type", "Phone", "Fax", "Remark"];
    const rows = filled(40, (i) =>
      [`${random.pick(PLACES)} ${i}`, random.pick(["School", "Clinic"]), `0${random.integer(1e7, 9e7)}`, "12345", "open"].slice(
        0,
        random.integer(2, 5),
      ),
    );
    return { bytes: text([header, ...rows].map(minimal(","))), expected: [header, ...rows] };
  },
  "page heads again and again": (random) => {
    const header = ["No", "Firm", "Town", "Amount"];
    const page = (n: number): string[][] =>
      filled(12, (i) => [String(n * 12 + i), random.pick(FIRMS), random.pick(PLACES), amount(random)]);
    const records = filled(4, (n) => [header, ...page(n)]).flat();
    return { bytes: text(records.map(minimal(","))), expected: records };
  },
  "register of few rows": (random) => {
    const header = ["Name of body", "Web site", "Type"];
    const rows = filled(random.integer(1, 3), (i) => [`Council of ${PLACES[i]}`, `http://www.council${i}.example/`, "Local"]);
    return { bytes: text([header, ...rows].map(minimal(","))), expected: [header, ...rows] };
  },
  "registers all in text": (random) => {
    const header = ["Title", "Author", "Publisher", "Subject"];
    const rows = filled(60, (i) => [
      `On ${ITEMS[i % 7]!.toLowerCase()}, part ${i}`,
      `${random.pick(["Ada", "Jon", "Eva"])} ${random.pick(["Lind", "Moor"])}`,
      random.pick(FIRMS),
      random.pick(["trade; law", "history", "economy"]),
    ]);
    return { bytes: text([header, ...rows].map(minimal(random.pick([",", "\t", "|"])))), expected: [header, ...rows] };
  },
  "office code pages": (random) => officeFile(random),
};
