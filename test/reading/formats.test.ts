import { gzipSync } from "node:zlib";
import { InputError, TransientError } from "@bullseye/core/errors";
import { sourceOf } from "@bullseye/core/lists/unpacking/byte-source";
import { plainTable } from "@bullseye/core/lists/unpacking/unpacked";
import { numberText, tableOfWorkbook } from "@bullseye/core/lists/unpacking/workbook";
import { zipEntries } from "@bullseye/core/lists/unpacking/zip";
import { afterAll, describe, expect, it } from "vitest";
import { makeWorkbook, makeZip } from "./make-zip.ts";
import { InspectReader } from "./measure.ts";

const reader = new InspectReader();
afterAll(() => reader.close());

const CSV = "name;city\nAcme;Bern\nBeta;Bath\n";
const ROWS = [
  ["name", "city"],
  ["Acme", "Bern"],
  ["Beta", "Bath"],
];

async function refusal(bytes: Uint8Array, name: string, sheet?: string): Promise<string> {
  try {
    await reader.read(bytes, name, sheet);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return `${(error as InputError).message} ${(error as InputError).hint}`;
  }
  throw new Error("it was read");
}

describe("packed tables", () => {
  it.each<[string, string, Uint8Array]>([
    ["gzip", "list.csv.gz", gzipSync(CSV)],
    ["gzip of two members", "list.csv.gz", Buffer.concat([gzipSync(CSV.slice(0, 12)), gzipSync(CSV.slice(12))])],
    ["gzip under another name", "list.csv", gzipSync(CSV)],
    ["UTF-16 in gzip", "list.csv.gz", gzipSync(Buffer.from(`\uFEFF${CSV}`, "utf16le"))],
    ["zip", "list.zip", makeZip([{ name: "list.csv", content: CSV }])],
    ["zip, stored, with a comment", "list.zip", makeZip([{ name: "list.csv", content: CSV, stored: true }], "made by a test")],
    [
      "zip with a folder, a note and what a Mac adds",
      "list.zip",
      makeZip([
        { name: "out/", content: "" },
        { name: "out/list.csv", content: CSV },
        { name: "__MACOSX/out/._list.csv", content: "x" },
        { name: "read me.pdf", content: "%PDF" },
      ]),
    ],
    ["gzip in zip", "list.zip", makeZip([{ name: "list.csv.gz", content: gzipSync(CSV) }])],
    ["zip in gzip", "list.zip.gz", gzipSync(makeZip([{ name: "list.csv", content: CSV }]))],
    ["JSON lines", "list.jsonl", Buffer.from('{"name":"Acme","city":"Bern"}\n{"name":"Beta","city":"Bath"}\n')],
    ["JSON lines in gzip", "list.jsonl.gz", gzipSync('{"name":"Acme","city":"Bern"}\n{"name":"Beta","city":"Bath"}')],
  ])("%s", async (_name, file, bytes) => {
    expect(await reader.read(bytes, file)).toEqual(ROWS);
  });

  it("takes the table that is named out of an archive of several", async () => {
    const bytes = makeZip([
      { name: "a/people.csv", content: "x,y\n1,2\n" },
      { name: "a/list.csv", content: CSV },
    ]);
    expect(await reader.read(bytes, "list.zip", "list.csv")).toEqual(ROWS);
    expect(await reader.read(bytes, "list.zip", "a/LIST.csv")).toEqual(ROWS);
    expect(await refusal(bytes, "list.zip")).toBe(
      'list.zip: The zip archive holds 2 tables. Tables: "a/people.csv", "a/list.csv"; name one with --sheet.',
    );
    expect(await refusal(bytes, "list.zip", "other.csv")).toContain('holds no table "other.csv"');
  });

  const good = makeZip([{ name: "list.csv", content: CSV }]);
  const flipped = Buffer.from(good);
  flipped[45] = flipped[45]! ^ 0xff;
  it.each<[string, string, Uint8Array, RegExp]>([
    [
      "an encrypted archive",
      "a.zip",
      makeZip([{ name: "list.csv", content: CSV, encrypted: true }]),
      /list\.csv in the zip archive has a password/,
    ],
    [
      "another method",
      "a.zip",
      makeZip([{ name: "list.csv", content: CSV, method: 12 }]),
      /by a method \(12\) other than deflate/,
    ],
    ["an empty archive", "a.zip", makeZip([]), /empty/],
    [
      "an archive of pictures",
      "a.zip",
      makeZip([
        { name: "a.png", content: "x" },
        { name: "b.png", content: "y" },
      ]),
      /holds no table/,
    ],
    ["an archive cut off", "a.zip", good.subarray(0, 60), /damaged or cut off/],
    ["an archive with a flipped bit", "a.zip", flipped, /damaged/],
    ["gzip cut off", "a.csv.gz", gzipSync(CSV.repeat(1000)).subarray(0, 60), /The gzip file is damaged or cut off/],
    ["gzip with a flipped byte", "a.csv.gz", flip(gzipSync(CSV.repeat(1000)), 40), /The gzip file is damaged or cut off/],
    ["gzip of nothing", "a.csv.gz", gzipSync(""), /empty/],
    ["JSON lines with a broken line", "a.jsonl", Buffer.from('{"a":1}\n{"a":\n'), /Line 2 is not JSON/],
    ["JSON lines with a number", "a.jsonl", Buffer.from('{"a":1}\n5\n'), /Line 2 is JSON, and no object/],
    ["a sheet of a text", "a.csv", Buffer.from(CSV), /no sheets/],
  ])("%s is refused with what to do", async (name, file, bytes, message) => {
    expect(await refusal(bytes, file, name === "a sheet of a text" ? "One" : undefined)).toMatch(message);
  });

  it("stops a bomb long before it is unpacked", async () => {
    const bytes = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 });
    expect(await refusal(bytes, "a.csv.gz")).toContain("unpacks to more than 500 times its size");
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  bytes[at] = bytes[at]! ^ 0xff;
  return bytes;
}

describe("JSON lines", () => {
  it("makes columns in the order in which keys appear, and keeps numbers, rows and blank lines as they are", async () => {
    const text = [
      '{"id":12345678901234567890,"name":"Acme, \\"Inc.\\"","tags":["a","b"],"open":true}',
      "",
      '{"name":"Beta","place":{"city":"Bern"},"id":1.50,"open":null}',
    ].join("\r\n");
    expect(await reader.read(Buffer.from(`\uFEFF${text}`), "a.jsonl")).toEqual([
      ["id", "name", "tags", "open", "place"],
      ["12345678901234567890", 'Acme, "Inc."', "a;b", "true", ""],
      ["1.50", "Beta", "", "", '{"city":"Bern"}'],
    ]);
  });
});

const book = makeWorkbook([
  {
    name: "Accounts &amp; more",
    rows: [
      `<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c><c r="B1" t="inlineStr"><is><t>since</t></is></c><c r="C1" t="inlineStr"><is><t>sales</t></is></c><c r="D1" t="inlineStr"><is><t>note</t></is></c></row>`,
      `<row r="2"><c r="A2" t="inlineStr"><is><t>Acme, Inc.</t></is></c><c r="B2" s="1"><v>45000</v></c><c r="C2"><f>1+2</f><v>0.30000000000000004</v></c><c r="D2" t="b"><v>1</v></c></row>`,
      `<row r="3"><c r="A3" t="inlineStr"><is><t>Beta</t></is></c><c r="B3" s="2"><v>45000.5</v></c><c r="C3"><v>1.23457E+11</v></c></row>`,
    ].join(""),
  },
  { name: "Empty", rows: "" },
]);

describe("workbooks", () => {
  it("writes numbers as people see them", () => {
    expect(["12500", "0.30000000000000004", "1.23457E+11", "12345678901234567890", "-1.50", "x"].map(numberText)).toEqual([
      "12500",
      "0.3",
      "123457000000",
      "12345678901234567890",
      "-1.5",
      "x",
    ]);
  });

  it("takes the first sheet or the one named from whatever reads workbooks, and says which there are", async () => {
    const source = sourceOf(book);
    const entries = await zipEntries(source);
    const asked: string[] = [];
    const read = async (_bytes: Uint8Array, sheet: string) => {
      asked.push(sheet);
      return sheet === "Empty"
        ? [[null]]
        : [
            ["a", new Date(Date.UTC(2023, 2, 15)), true, null],
            ["b,c", new Date(Date.UTC(2023, 2, 15, 12)), false, "5"],
          ];
    };
    const chunks: Uint8Array[] = [];
    for await (const chunk of await tableOfWorkbook(source, entries, undefined, read)) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('a,2023-03-15,TRUE,\n"b,c",2023-03-15 12:00:00,FALSE,5\n');
    await expect(tableOfWorkbook(source, entries, "empty", read)).rejects.toThrow('The sheet "Empty" is empty.');
    await expect(tableOfWorkbook(source, entries, "Other", read)).rejects.toMatchObject({
      message: 'The workbook has no sheet "Other".',
      hint: 'Sheets: "Accounts & more", "Empty"; name one with --sheet.',
    });
    expect(asked).toEqual(["Accounts & more", "Empty"]);
  });

  it("reads the first sheet that is not hidden, and a hidden one by its name", async () => {
    const rows = (text: string): string => `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`;
    const made = makeWorkbook([
      { name: "Lists", rows: rows("choices"), hidden: true },
      { name: "Data", rows: rows("company") },
    ]);
    expect(await reader.read(made, "book.xlsx")).toEqual([["company"]]);
    expect(await reader.read(made, "book.xlsx", "lists")).toEqual([["choices"]]);
  });

  it("reads dates, formulas' results, truth values and gaps", async () => {
    expect(await reader.read(book, "book.xlsx")).toEqual([
      ["name", "since", "sales", "note"],
      ["Acme, Inc.", "2023-03-15", "0.3", "TRUE"],
      ["Beta", "2023-03-15 12:00:00", "123457000000", ""],
    ]);
    expect(await refusal(book, "book.xlsx", "Empty")).toContain('The sheet "Empty" is empty.');
    expect(await reader.read(makeZip([{ name: "book.xlsx", content: book }]), "a.zip")).toHaveLength(3);
  });
});

it("says how a file was packed", async () => {
  expect((await plainTable(sourceOf(gzipSync(CSV)), "list.csv.gz"))!).toMatchObject({
    formats: ["gzip"],
    name: "list.csv",
    grammar: null,
  });
  expect(await plainTable(sourceOf(Buffer.from(CSV)), "list.csv")).toBeNull();
});

it.each<[string, Uint8Array]>([
  ["list.csv.gz", gzipSync(CSV)],
  ["list.zip", makeZip([{ name: "list.csv", content: CSV }])],
  ["list.jsonl", Buffer.from('{"name":"Acme","city":"Bern"}\n')],
  ["list.xlsx", makeWorkbook([{ name: "Data", rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }])],
])("%s: a read that fails for a moment is no fault of the file", async (name, bytes) => {
  const whole = sourceOf(bytes);
  const readAll = async (failing: number): Promise<number> => {
    let reads = 0;
    const range = async (start: number, end: number): Promise<Uint8Array> => {
      if (++reads === failing) throw new TransientError("the line is down");
      return whole.range(start, end);
    };
    for await (const _ of (await plainTable({ size: whole.size, range }, name))!.open());
    return reads;
  };
  for (let failing = await readAll(0); failing > 0; failing--)
    await expect(readAll(failing)).rejects.toMatchObject({ name: "TransientError", message: "the line is down" });
});
