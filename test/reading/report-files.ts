import { allQuoted, filled, minimal, type Recipe, text } from "./portal-files.ts";
import type { Random } from "./random.ts";
import { encode } from "./write-file.ts";

const PLACES = ["Nordheim", "Port Aldren", "Kirchdorf", "Lower Wexcombe", "Vila Nova", "Castelvecchio", "Østby", "Saint-Rémy"];
const PAYEES = ["Harrow & Sons", "Brandt Bau GmbH", "Aguas del Sur SA", "Nordlys AS", "O'Dell Catering", 'Keller "Zur Post"'];
const SERIES = ["Air temperature anomalies", "Retail turnover", "New registrations", "Water level at the bridge"];

const day = (i: number): string => `2019-${String(1 + (i >> 4)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")}`;
const amount = (random: Random): string => (random.integer(-90_000, 900_000) / 100).toFixed(2);
const count = (random: Random): string => (random.chance(0.15) ? "" : String(random.integer(1, 99_999)));

/** Reports of machines, banks and counting offices: names wider than the rows, titles and facts above, lines of units and groups, tables of notes. */
export const REPORT_FILES: Readonly<Record<string, Recipe>> = {
  "names of more columns than the rows have": (random) => {
    const names = ["Account", "", "Date", "Payee", "Details", "Sum", "Currency", "D/C", "Entry no.", "Code"];
    const late = filled(random.integer(2, 5), (i) => `Field ${i + 1}`);
    const rows = filled(random.integer(6, 30), (i) => {
      const payee = random.chance(0.2) ? "" : random.pick(PAYEES).replaceAll('"', "");
      const row = ["XX79730001", random.pick(["10", "20", "82"]), day(i), payee, `Payment ${i}`, amount(random), "EUR"];
      return [
        ...row,
        random.pick(["D", "C"]),
        payee === "" ? "" : `20190${1000 + i}`,
        ...(random.chance(0.5) ? ["K"] : ["K", ""]),
      ];
    });
    const expected = [[...names, ...late], ...rows];
    const write = allQuoted(random.pick([",", ";"]));
    return { bytes: text(expected.map((cells) => write(cells))), expected };
  },
  "title cut at its comma above two columns": (random) => {
    const expected = [
      [random.pick(["Year", "Month"]), random.pick(["Value", "Index"])],
      ...filled(random.integer(8, 120), (i) => [String(1880 + i), amount(random)]),
    ];
    const above = [`${random.pick(SERIES)}, ${random.pick(["June", "whole country"])}`, "Units: Degrees Celsius"];
    const facts = ["Base Period: 1901-2000", "Missing: -999"].slice(random.integer(0, 2));
    const lines = [...above, ...facts, ...expected.map((cells) => cells.join(","))];
    return { bytes: text(lines, random.pick(["\n", "\r\n"])), expected };
  },
  "logger with units below its names": (random) => {
    const n = random.integer(2, 6);
    const names = ["TIMESTAMP", "RECORD", ...filled(n, (i) => `Temp_${i + 1}`), "State"];
    const units = ["TS", "RN", ...filled(n, () => "Deg C"), ""];
    const kinds = ["", "", ...filled(n + 1, () => random.pick(["Smp", "Avg"]))];
    const rows = filled(random.integer(4, 60), (i) => [
      `${day(0)} ${String(i % 24).padStart(2, "0")}:30:00`,
      String(400 + i),
      ...filled(n, () => (random.integer(-50, 400) / 10).toFixed(1)),
      random.pick(["IDLE", "RUN"]),
    ]);
    const device = ["LOG5", "Station 7", "LX3000", "3626", "LX3000.Std.09", "CPU:site.lx3", "11936", "Hourly"];
    const header = names.map((name, j) => [name, units[j]!, kinds[j]!].filter((cell) => cell !== "").join(" "));
    const write = (cells: readonly string[]): string =>
      cells.map((cell) => (/^-?[\d.]+$/.test(cell) ? cell : `"${cell}"`)).join(",");
    return {
      bytes: text([allQuoted(",")(device), ...[names, units, kinds].map(allQuoted(",")), ...rows.map(write)], "\r\n"),
      expected: [header, ...rows],
    };
  },
  "facts in pairs above a short table": (random) => {
    const header = ["Transaction date", "Value date", "Description", "Withdrawals", "Deposits"];
    const rows = filled(random.integer(2, 6), (i) =>
      i % 2 === 1
        ? ["", "", `card 4711 ${random.pick(PLACES)}`]
        : [
            day(i),
            day(i + 1),
            random.pick(["DEBIT PURCHASE", "CASH WITHDRAWAL"]),
            ...random.pick([
              ["12.50", ""],
              ["", "80.00"],
            ]),
          ],
    );
    const above = ["Account details for:,Savings 071-55", 'Available Balance,"1,250.00"', 'Ledger Balance,"1,250.00"'];
    const title = random.chance(0.5) ? ["", "Transaction History "] : [""];
    const lines = [...above, ...title, ...[header, ...rows].map(minimal(",")), ""];
    return { bytes: text(lines), expected: [header, ...rows] };
  },
  "groups of groups of counts": (random) => {
    const parties = ["Entitled", "Voters", "Invalid", "Valid", "Blue list", "Red list", "Free citizens"].slice(
      0,
      random.integer(4, 7),
    );
    const across = <T>(make: (party: string) => T[]): T[] => parties.flatMap(make);
    const lines = [
      ["No", "Area", "belongs", ...across((party) => [party, "", "", ""])],
      ["", "", "to", ...across(() => ["First votes", "", "Second votes", ""])],
      ["", "", "", ...across(() => ["Now", "Before", "Now", "Before"])],
    ];
    const header = lines[0]!.map((_, j) => lines.flatMap((cells) => (cells[j] === "" ? [] : [cells[j]!])).join(" "));
    const rows = filled(random.integer(8, 40), (i) => [
      String(i + 1),
      random.pick(PLACES),
      String(1 + (i >> 2)),
      ...across(() => filled(4, () => count(random))),
    ]);
    const write = (cells: readonly string[]): string => cells.join(";");
    const body = rows.flatMap((cells, i) => (i % 9 === 8 ? [write(cells), ""] : [write(cells)]));
    return {
      bytes: encode(`Count of 22 September\n Interim result\n${[...lines.map(write), ...body].join("\n")}\n`, "windows-1252"),
      expected: [header, ...rows],
    };
  },
  "codes and names of a census": (random) => {
    const codes = ["GEO.id", "GEO.id2", "GEO.display-label", "HD01_VD01", "HD02_VD01"];
    const names = ["Id", "Id2", "Geography", "Estimate; Total", "Margin of Error; Total"];
    const rows = filled(random.integer(4, 60), (i) => [
      `0500000US${56001 + i}`,
      String(56001 + i),
      `${random.pick(PLACES)} County, ${random.pick(PLACES)}`,
      String(random.integer(900, 90_000)),
      random.chance(0.7) ? "*****" : String(random.integer(1, 400)),
    ]);
    const expected = [codes.map((code, j) => `${code} ${names[j]}`), ...rows];
    return { bytes: text([codes, names, ...rows].map(minimal(","))), expected };
  },
  "notes with names of their own below": (random) => {
    const notes = random.integer(3, 30);
    const expected = [
      ["Country or Area", "Year", "Value", "Value Footnotes"],
      ...filled(random.integer(20, 90), (i) => [
        random.pick(PLACES),
        String(1991 + (i % 25)),
        random.chance(0.2) ? "" : (random.integer(10, 900) / 10).toFixed(1),
        random.pick([String(1 + (i % notes)), `${1 + (i % notes)},${notes}`]),
      ]),
    ];
    const below = [["footnoteSeqID", "Footnote"], ...filled(notes, (i) => [String(i + 1), `${1990 + i}-${1992 + i}`])];
    const write = allQuoted(",");
    return { bytes: text([...expected.map(write), "", ...below.map(write)], "\r\n"), expected };
  },
  "padded title above lines in quotes": (random) => {
    const n = random.integer(4, 10);
    const expected = [
      ["Yr", " Mn", ...filled(n, (i) => ` CO2 ${i + 1}`)],
      ...filled(random.integer(12, 40), (i) => [
        String(1958 + (i >> 2)),
        ` 0${1 + (i & 3)}`,
        ...filled(n, () => `  ${(random.integer(300, 400) + 0.5).toFixed(2)}`),
      ]),
    ];
    const pad = ",".repeat(n + 1);
    const facts = filled(
      random.integer(15, 45),
      (i) => `" These lines tell what was measured at ${random.pick(PLACES)}, by station ${i}   "`,
    );
    const lines = [`Quarterly report${pad}`, pad, ...facts, ...expected.map((cells) => cells.join(","))];
    return { bytes: text(lines), expected };
  },
  "source cut at its comma below two columns": (random) => {
    const expected = [
      ["Month", random.pick(SERIES)],
      ...filled(random.integer(8, 90), (i) => [`2019-${String(1 + (i % 12)).padStart(2, "0")}`, amount(random)]),
    ];
    const source = `Source: ${random.pick(["office of counts", "survey of shops"])}, own calculation`;
    return { bytes: text([...expected.map((cells) => cells.join(",")), ...(random.chance(0.5) ? [""] : []), source]), expected };
  },
};
