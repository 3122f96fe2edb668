import { Buffer } from "node:buffer";
import { allQuoted, filled, minimal, quoted, type Recipe, text } from "./portal-files.ts";
import type { Random } from "./random.ts";

const NAMES = ["alder", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "hazel", "iris", "juniper"];
const CITIES = ["Bern", "Porto", "Oulu", "Graz", "Cork", "Ghent"];
const WORDS = "the quick survey of rivers shows that water levels fell while rain came late in most years".split(" ");
const prose = (random: Random, n: number): string => filled(n, () => random.pick(WORDS)).join(" ");
const number = (random: Random): string => String(random.integer(1, 99_999));
const day = (i: number): string => `2017-05-${String((i % 28) + 1).padStart(2, "0")}`;
const visits = (random: Random): string[][] => [
  ["Page", "Pageviews", "Bounce Rate", "Avg. Time"],
  ...filled(25, (i) => [
    `/${NAMES[i % 10]}/${i}.html?a=1,2`,
    `${random.integer(1, 9)},${random.integer(100, 999)}`,
    `${random.integer(1, 99)}.5%`,
    `00:0${random.integer(0, 9)}:11`,
  ]),
];

export const TOOL_FILES: Readonly<Record<string, Recipe>> = {
  "web statistics": (random) => {
    const expected = visits(random);
    const dashes = `# ${"-".repeat(40)}`;
    return {
      bytes: text([
        dashes,
        "# All Web Site Data",
        "# Pages, by hits",
        "# 20170501-20170531",
        dashes,
        "",
        ...expected.map(minimal(",")),
      ]),
      expected,
    };
  },
  "advertising report": (random) => {
    const expected = [
      ["Campaign", "Budget", "Status", "Clicks", "Impr.", "CTR"],
      ...filled(20, (i) => [
        `Brand ${NAMES[i % 10]} ${i}`,
        "10.00",
        random.pick(["enabled", "paused"]),
        number(random),
        number(random),
        "1.2%",
      ]),
    ];
    return {
      bytes: text(["Campaign report", '"January 1, 2018 - January 31, 2018"', ...expected.map(minimal(","))], "\r\n"),
      expected,
    };
  },
  "network report in UTF-16": (random) => {
    const expected = [
      ["Start Date (in UTC)", "Account Name", "Campaign Name", "Impressions", "Clicks"],
      ...filled(15, (i) => [day(i), "Acme", `Campaign, ${NAMES[i % 10]}`, number(random), number(random)]),
    ];
    const above = [
      "Campaign Performance Report (in UTC)",
      '"Report Start: May 1, 2017, 12:00 AM"',
      '"Date Generated: May 31, 2017, 9:12 PM"',
      "",
    ];
    const all = [...above, ...expected.map((cells) => cells.join("\t"))].join("\r\n");
    return { bytes: Buffer.from(`\uFEFF${all}`, "utf16le"), expected };
  },
  "bank statement": (random) => {
    const header = ["Buchungstag", "Wertstellung", "Buchungstext", "Betrag (EUR)", ""];
    const rows = filled(30, (i) => [
      `${String((i % 28) + 1).padStart(2, "0")}.03.2016`,
      "04.03.2016",
      `Überweisung ${NAMES[i % 10]}`,
      `-${random.integer(1, 900)},${random.integer(10, 99)}`,
      "",
    ]);
    const write = (cells: readonly string[]): string => `${cells.slice(0, 4).map(quoted).join(";")};`;
    const above = [
      '"Kontonummer:";"DE00 / Girokonto";',
      "",
      '"Von:";"01.03.2016";',
      '"Bis:";"31.03.2016";',
      '"Kontostand vom 31.03.2016:";"1.234,56 EUR";',
      "",
    ];
    return {
      bytes: Buffer.from(text([...above, write(header), ...rows.map(write)], "\r\n").toString(), "latin1"),
      expected: [header, ...rows],
    };
  },
  "frame with row names": (random) => {
    const names = ["mpg", "cyl", "disp", "hp"];
    const rows = filled(30, (i) => [`${NAMES[i % 10]} ${i}`, ...filled(4, () => String(random.integer(1, 400) / 10))]);
    const space = random.chance(0.5);
    const write = (cells: readonly string[]): string => [quoted(cells[0]!), ...cells.slice(1)].join(space ? " " : ",");
    const header = space ? names : ["", ...names];
    return { bytes: text([header.map(quoted).join(space ? " " : ","), ...rows.map(write)]), expected: [header, ...rows] };
  },
  "frame with an index": (random) => {
    const expected = [
      ["", "id", "text", "label"],
      ...filled(40, (i) => [
        String(i),
        `t${random.integer(1, 1e6)}`,
        `${prose(random, 12)}, ${prose(random, 3)} "${prose(random, 2)}"`,
        random.pick(["pos", "neg"]),
      ]),
    ];
    return { bytes: text(expected.map(minimal(","))), expected };
  },
  "user database": (random) => {
    const expected = filled(25, (i) => [
      `${NAMES[i % 10]}${i}`,
      "x",
      String(1000 + i),
      String(random.integer(1, 100)),
      `${NAMES[i % 10]}, user`,
      `/home/${NAMES[i % 10]}`,
      "/bin/sh",
    ]);
    return { bytes: text(expected.map((cells) => cells.join(":"))), expected };
  },
  "query result with a row count": (random) => {
    const expected = [
      ["id", "name", "created", "total"],
      ...filled(12, (i) => [String(i), NAMES[i % 10]!, `${day(i)} 10:22:0${i % 10}`, number(random)]),
    ];
    return { bytes: text([...expected.map((cells) => cells.join("|")), `(${expected.length - 1} rows)`]), expected };
  },
  "double colons": (random) => {
    const expected = filled(60, (i) => [
      String(1 + (i % 7)),
      number(random),
      String(random.integer(1, 5)),
      `97830${random.integer(1000, 9999)}`,
    ]);
    return { bytes: text(expected.map((cells) => cells.join("::"))), expected };
  },
  "double bars": (random) => {
    const expected = [
      ["code", "name", "city", "amount"],
      ...filled(30, (i) => [`C|${i}`, `${NAMES[i % 10]}, ${i}`, random.pick(CITIES), number(random)]),
    ];
    return { bytes: text(expected.map((cells) => cells.join("||"))), expected };
  },
  "bars between tabs": (random) => {
    const expected = filled(50, (i) => [
      String(i + 1),
      String(random.integer(1, 50)),
      random.pick(["species", "genus", "no rank"]),
      "",
      `${prose(random, 2)}`,
    ]);
    return { bytes: text(expected.map((cells) => cells.join("\t|\t"))), expected };
  },
  "tildes as quotes": (random) => {
    const expected = filled(60, (i) => [`0${1000 + i}`, "0100", `${NAMES[i % 10]?.toUpperCase()},WITH SALT`, number(random), ""]);
    const write = (cells: readonly string[]): string => cells.map((cell, j) => (j < 3 ? `~${cell}~` : cell)).join("^");
    return { bytes: text(expected.map(write), "\r\n"), expected };
  },
  "tabs and quotes that mean nothing": (random) => {
    const expected = [
      ["tconst", "primaryTitle", "originalTitle", "startYear", "genres"],
      ...filled(80, (i) => [
        `tt${1000 + i}`,
        random.pick(['"Weird" tales', 'The 5" disc', `"${prose(random, 2)}`, prose(random, 4)]),
        random.pick(["\\N", prose(random, 3)]),
        String(1900 + i),
        "Drama,Short",
      ]),
    ];
    return { bytes: text(expected.map((cells) => cells.join("\t"))), expected };
  },
  "objects in cells": (random) => {
    const expected = [
      ["id", "payload", "at"],
      ...filled(30, (i) => [
        String(i),
        JSON.stringify({ name: NAMES[i % 10], tags: [1, 2, `x${random.integer(1, 9)}`], nested: { "a b": "c, d" } }),
        day(i),
      ]),
    ];
    return { bytes: text(expected.map(random.chance(0.5) ? minimal(",") : (cells) => cells.join("\t"))), expected };
  },
  "objects with backslashes": (random) => {
    const expected = [
      ["id", "payload", "at"],
      ...filled(30, (i) => [String(i), `{"name":"${NAMES[i % 10]}","n":${random.integer(1, 9)}}`, day(i)]),
    ];
    return { bytes: text(expected.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '\\"')}"`).join(","))), expected };
  },
  "markup in cells": (random) => {
    const expected = [
      ["url", "title", "body"],
      ...filled(20, (i) => [
        `https://site.example/${i}`,
        prose(random, 3),
        `<p class="a">${prose(random, 8)},\n<br/>\n${prose(random, 8)}</p>`,
      ]),
    ];
    return { bytes: text(expected.map(allQuoted(",")), random.pick(["\n", "\r\n"])), expected };
  },
  "very long shapes": (random) => {
    const shape = (): string =>
      `POLYGON((${filled(random.integer(5, 4000), () => `${(random.next() * 9).toFixed(5)} ${(random.next() * 9).toFixed(5)}`).join(", ")}))`;
    const expected = [["name", "area", "geometry"], ...filled(12, (i) => [NAMES[i % 10]!, number(random), shape()])];
    return { bytes: text(expected.map(minimal(","))), expected };
  },
  "flowers without a header": (random) => {
    const expected = filled(90, (i) => [...filled(4, () => (random.integer(1, 79) / 10).toFixed(1)), NAMES[Math.floor(i / 30)]!]);
    return { bytes: text(expected.map((cells) => cells.join(","))), expected };
  },
  "census rows without a header": (random) => {
    const rows = filled(90, () => [
      String(random.integer(18, 90)),
      random.pick(["Private", "Self-emp", "?"]),
      number(random),
      random.pick(["Bachelors", "HS-grad"]),
      random.pick(["Male", "Female"]),
      random.pick(["<=50K", ">50K"]),
    ]);
    return {
      bytes: text(rows.map((cells) => cells.join(", "))),
      expected: rows.map((cells) => cells.map((cell, j) => (j === 0 ? cell : ` ${cell}`))),
    };
  },
  "numbers without a header": (random) => {
    const delimiter = random.pick([",", "\t", " ", ";"]);
    const expected = filled(50, () => filled(6, () => (random.next() * 100 - 50).toFixed(3)));
    return { bytes: text(expected.map((cells) => cells.join(delimiter))), expected };
  },
  "type line of a shell": (random) => {
    const expected = [
      ["Name", "Length", "LastWriteTime"],
      ...filled(15, (i) => [`${NAMES[i % 10]}.txt`, number(random), `5/${i + 1}/2017 9:12:00 AM`]),
    ];
    return { bytes: text(["#TYPE Selected.System.IO.FileInfo", ...expected.map(allQuoted(","))], "\r\n"), expected };
  },
  "separator line in quotes": (random) => {
    const expected = [
      ["Name", "Wert", "Ort"],
      ...filled(15, (i) => [NAMES[i % 10]!, `${random.integer(1, 9)},5`, random.pick(CITIES)]),
    ];
    const first = random.pick(['"sep=;"', "sep=;", "SEP=;", "\uFEFFsep=;"]);
    return { bytes: text([first, ...expected.map((cells) => cells.join(";"))], "\r\n"), expected };
  },
  "variants with two kinds of comments": (random) => {
    const expected = [
      ["#CHROM", "POS", "ID", "REF", "ALT", "INFO"],
      ...filled(40, (i) => [String(1 + (i % 22)), number(random), ".", "A", random.pick(["G", "T,C"]), `DP=${i};AF=0.${i}`]),
    ];
    return {
      bytes: text([
        "##fileformat=VCFv4.2",
        '##INFO=<ID=DP,Number=1,Type=Integer,Description="Depth, total">',
        "##source=caller",
        ...expected.map((cells) => cells.join("\t")),
      ]),
      expected,
    };
  },
  "other line ends": (random) => {
    const expected = [
      ["name", "city", "n"],
      ...filled(20, (i) => [`${NAMES[i % 10]}, ${i}`, random.pick(CITIES), number(random)]),
    ];
    return { bytes: text(expected.map(minimal(",")), random.pick(["\r", "\n\r", "\r\r\n"])), expected };
  },
  "marks in the middle": (random) => {
    const part = (n: number): string[][] => filled(9, (i) => [`${NAMES[i]} ${n}`, random.pick(CITIES), number(random)]);
    const header = ["name", "city", "n"];
    const [a, b] = [part(1), part(2)];
    const bytes = Buffer.concat([
      Buffer.from("\uFEFF"),
      text([header, ...a].map(minimal(","))),
      Buffer.from("\uFEFF"),
      text(b.map(minimal(","))),
    ]);
    return { bytes, expected: [header, ...a, ...b] };
  },
  "very wide": (random) => {
    const wide = random.integer(500, 1200);
    const expected = [
      ["label", ...filled(wide, (i) => `${Math.floor(i / 28)}x${i % 28}`)],
      ...filled(random.integer(2, 12), () => filled(wide + 1, () => String(random.integer(0, 255)))),
    ];
    return { bytes: text(expected.map((cells) => cells.join(","))), expected };
  },
  "one column": (random) => {
    const make = random.pick<(i: number) => string>([
      (i) => `${NAMES[i % 10]}${i}@site.example`,
      (i) => `https://site.example/${i},${i}.html`,
      () => number(random),
      (i) => `${NAMES[i % 10]}, ${prose(random, 3)}`,
    ]);
    const values = filled(40, (i) => [make(i)]);
    const head = random.chance(0.6) ? [["entry"]] : [];
    const safe = values.every(([cell]) => !cell!.includes(","));
    return {
      bytes: text([...head, ...values].map(safe ? (cells) => cells[0]! : allQuoted(","))),
      expected: [...head, ...values],
    };
  },
  "lines in quotes": (random) => {
    const expected = [
      ["id", "name", "note"],
      ...filled(20, (i) => [
        String(i),
        NAMES[i % 10]!,
        random.pick([prose(random, 3), `${prose(random, 2)}, ${prose(random, 2)}`]),
      ]),
    ];
    return { bytes: text(expected.map((cells) => quoted(minimal(",")(cells)))), expected };
  },
  "single quotes": (random) => {
    const expected = [
      ["id", "title", "place"],
      ...filled(30, (i) => [String(i), random.pick(["it's, well, odd", prose(random, 3), "o'clock"]), random.pick(CITIES)]),
    ];
    return {
      bytes: text(
        expected.map((cells, i) =>
          cells.map((cell, j) => (i > 0 && j === 0 ? cell : `'${cell.replaceAll("'", "''")}'`)).join(","),
        ),
      ),
      expected,
    };
  },
  "cells cut off in the last line": (random) => {
    const expected = [
      ["id", "name", "note", "n"],
      ...filled(30, (i) => [String(i), NAMES[i % 10]!, prose(random, 5), number(random)]),
    ];
    expected.push(["30", "elm", "the qui"]);
    return { bytes: Buffer.from(expected.map(minimal(",")).join("\n")), expected };
  },
  tweets: (random) => {
    const expected = [
      ["created_at", "user", "text", "rt"],
      ...filled(40, (i) => [
        `Mon May ${i % 28} 10:0${i % 10}:00 +0000 2017`,
        `@${NAMES[i % 10]}`,
        random.pick(["RT @x: 😀 so\ngood", 'she said "no", really', "naïve café — 100%", "#tag; #tag2 | x"]),
        String(random.integer(0, 99)),
      ]),
    ];
    return { bytes: text(expected.map(random.chance(0.5) ? allQuoted(";") : minimal(";"))), expected };
  },
};
