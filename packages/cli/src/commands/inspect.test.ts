import { describe, expect, it } from "vitest";
import { desk } from "../cli.testing.ts";
import { InspectDocument, RowLine } from "../contract.ts";

const here = desk();

const inspect = async (file: string, ...more: string[]) => InspectDocument.parse(await here.json("inspect", file, ...more));

const rowsOf = async (file: string) => {
  const said = await here.run("inspect", file, "--rows", "--jsonl");
  expect([said.code, said.err]).toEqual([0, ""]);
  return said.out
    .trimEnd()
    .split("\n")
    .map((line) => RowLine.parse(JSON.parse(line)));
};

const MESSY = [
  "Account report",
  "",
  "Company;Website;Employees",
  " Alder GmbH ;alder.example;120",
  "Birch AG;birch.example",
  "",
  "Cedar Ltd;cedar.example;40;surplus",
  '"Dogwood; Sons";dogwood.example;7',
  "",
  "Copyright (c) 2026 All rights reserved.",
].join("\r\n");

describe("inspect", () => {
  it("tells preamble, header, data, blank, malformed and footer records apart", async () => {
    const file = here.file("report.csv", MESSY);
    const { dialect, kind, columns, rows } = await inspect(file);
    expect(dialect).toMatchObject({ encoding: "utf-8", delimiter: ";", headerRow: 3, footerRows: 1 });
    expect(kind).toBe("accounts");
    expect(columns.map(({ position, header, field }) => [position, header, field])).toEqual([
      [0, "Company", "name"],
      [1, "Website", "website"],
      [2, "Employees", "employees"],
    ]);
    expect(rows).toEqual({ data: 3, blank: 2, footer: 1, malformed: 1 });
  });

  it("prints the records as they are, numbered as people number them", async () => {
    expect(await rowsOf(here.file("report.csv", MESSY))).toEqual([
      { row: 1, cells: ["Company", "Website", "Employees"] },
      { row: 2, cells: [" Alder GmbH ", "alder.example", "120"] },
      { row: 3, cells: ["Birch AG", "birch.example"] },
      { row: 5, cells: ["Cedar Ltd", "cedar.example", "40", "surplus"] },
      { row: 6, cells: ["Dogwood; Sons", "dogwood.example", "7"] },
    ]);
  });

  it.each(["utf-8", "utf-16le", "latin1"] as const)("reads %s", async (encoding) => {
    const mark = encoding === "utf-16le" ? "\ufeff" : "";
    const file = here.file("names.csv", Buffer.from(`${mark}Company,City\nMüller GmbH,Köln\nÅngström AB,Malmö\n`, encoding));
    expect((await inspect(file)).dialect.encoding).toBe(encoding === "latin1" ? "windows-1252" : encoding);
    expect((await rowsOf(file)).slice(1)).toEqual([
      { row: 2, cells: ["Müller GmbH", "Köln"] },
      { row: 3, cells: ["Ångström AB", "Malmö"] },
    ]);
  });

  it("reads a file of many chunks as a small one, cells over line ends and chunk ends included", async () => {
    const lines = ["Company,Notes"];
    for (let row = 2; row <= 30_001; row++) lines.push(`Company ${row},"line ${"x".repeat(60)}\nline ${row} ü"`);
    const file = here.file("large.csv", `${lines.join("\n")}\n`);
    expect((await inspect(file)).rows).toEqual({ data: 30_000, blank: 0, footer: 0, malformed: 0 });
    const rows = await rowsOf(file);
    expect(rows.length).toBe(30_001);
    expect(
      rows.every(({ row, cells }, at) => row === at + 1 && (at === 0 || cells[1] === `line ${"x".repeat(60)}\nline ${row} ü`)),
    ).toBe(true);
  });

  it("works on a table of no known kind", async () => {
    const file = here.file("iris.csv", "petal,sepal\n1.4,5.1\n1.3,4.9\n");
    const { kind, columns, rows } = await inspect(file);
    expect([kind, rows.data, columns.map((column) => column.field)]).toEqual([null, 2, [null, null]]);
    expect((await here.run("inspect", file)).out).toContain("Run would refuse it");
  });

  it("says what is left out and why, what is asked, and how to answer", async () => {
    const file = here.file("report.csv", MESSY.replace("Employees", "Umsatz"));
    const { out } = await here.run("inspect", file);
    for (const line of [
      "above the table  2 records left out",
      "below the table  1 record left out",
      "too wide         1 row with more cells than the header",
      'Please look at 1 column: "Umsatz"',
      '--map "3=revenue:EUR"',
    ])
      expect(out).toContain(line);
    expect((await here.run("inspect", file, "--map", "3=revenue:EUR")).out).not.toContain("Please look at");
  });

  it("shows a value of every column, but none about people", async () => {
    const said = await here.run(
      "inspect",
      here.file("a.csv", "Company,Email,Phone\nAlder GmbH,who@alder.example,+49 30 123456\n"),
    );
    expect(said.out).toContain("Alder GmbH");
    expect(said.out).not.toContain("who@");
  });

  it("says where another table begins", async () => {
    const file = here.file("two.csv", "Company,City\nA GmbH,Bern\nB GmbH,Bonn\nC GmbH,Bath\n\nTown,People,Area\nBern,1,2\n");
    expect((await here.run("inspect", file)).out).toContain("from row 6 on there seems to be another table");
    const once = here.file("one.csv", "Company,City\nA GmbH,Bern\nB GmbH,Bonn\nC GmbH,Bath\n\nCompany,City\nD GmbH,Biel\n");
    expect((await here.run("inspect", once)).out).not.toContain("another table");
  });

  it("obeys a stated kind", async () => {
    const file = here.file("people.csv", "Company,Email\nAlder GmbH,buyer@alder.example\n");
    expect((await inspect(file, "--kind", "contacts")).kind).toBe("contacts");
  });

  it.each([
    ["an empty file", "empty.csv", "", /^empty\.csv: The file is empty/],
    [
      "a workbook",
      "book.csv",
      Uint8Array.from([0x50, 0x4b, 3, 4, 1, 2, 3, 4]),
      /^book\.csv: The zip archive is damaged or cut off/,
    ],
    ["binary data", "noise.csv", Uint8Array.from({ length: 4096 }, (_, at) => (at * 37) % 9), /^noise\.csv: .*binary/],
  ])("refuses %s in one line", async (_, name, content, said) => {
    const result = await here.run("inspect", here.file(name, content));
    expect(result.code).toBe(2);
    expect(result.err).toMatch(said);
    expect(result.err.trimEnd()).not.toContain("\n");
    expect(result.out).toBe("");
  });

  it("refuses --sheet for delimited text", async () => {
    const said = await here.run("inspect", here.file("a.csv", "Company\nAlder GmbH\n"), "--sheet", "1");
    expect([said.code, said.err]).toEqual([2, "a.csv is delimited text and has no sheets; leave --sheet out\n"]);
  });

  it("keeps control characters of a file out of the terminal", async () => {
    const said = await here.run("inspect", here.file("a.csv", "Company,\u001b[31mred\nAlder GmbH,x\n"));
    expect(said.out).toContain("red");
    expect(said.out).not.toContain("\u001b");
  });
});
