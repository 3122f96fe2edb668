import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guardedCsvCell, guardedCsvLine, unguardedCell } from "./csv.ts";
import { readRecords } from "./reading/record-reader.ts";

const RUNS = [..."=+-@\t\r\n＝＋－＠"];
/** Text as lists have it, and text that a spreadsheet would run. */
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom("=", "+", "-", "@", "'", '"', ",", "\r", "\n", "\t", "0", "7", ".", " ", "x") }),
  fc.tuple(fc.constantFrom(...RUNS, "'", "\0"), fc.string()).map(([first, rest]) => first + rest),
);

/** The cells of one record as a run reads them. */
function readBack(line: string): string[] {
  const records: string[][] = [];
  readRecords(Buffer.from(line), { delimiter: ",", quote: '"', escape: "double", encoding: "utf-8" }, (cells) => {
    records.push([...cells]);
  });
  expect(records).toHaveLength(1);
  return records[0]!;
}

describe("a guarded cell", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+49 30 901820", "+49 30 901820"],
    ["+1 (415) 555-0199", "+1 (415) 555-0199"],
    ["+49 30 901820 ext 4", "'+49 30 901820 ext 4"],
    ["+1-2-3", "'+1-2-3"],
    ["-5", "-5"],
    ["+1.250,75", '"+1.250,75"'],
    ["-3%", "-3%"],
    ["-2+3", "'-2+3"],
    ["-1e5", "'-1e5"],
    ["-", "'-"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["＝1+1", "'＝1+1"],
    ["\t=1", "'\t=1"],
    ["\r=1", '"\'\r=1"'],
    ['=HYPERLINK("a","b")', `"'=HYPERLINK(""a"",""b"")"`],
    ["'=1", "''=1"],
    ["'s-Hertogenbosch", "'s-Hertogenbosch"],
    ["0015e00002AbCdEAAV", "0015e00002AbCdEAAV"],
    [-12.5, "-12.5"],
    [null, ""],
    ["a=b", "a=b"],
  ])("%j is written %j", (cell, written) => expect(guardedCsvCell(cell)).toBe(written));

  it("never begins as a formula does, but for numbers and telephone numbers, which hold no letter", () => {
    fc.assert(
      fc.property(text, (cell) => {
        const [written] = readBack(`${guardedCsvCell(cell)},end`);
        if (RUNS.includes(written!.charAt(0))) expect(written).toMatch(/^[+-][\d ().,/%-]*\d[\d ().,/%-]*$/);
      }),
    );
  });

  it("comes back as it was, whatever it holds and however the record ends", () => {
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.constantFrom("\n" as const, "\r\n" as const),
        (cells, end) => {
          // The last cell keeps a record of one blank cell from being a blank line.
          const written = guardedCsvLine([...cells, "end"], end);
          expect(readBack(written).map(unguardedCell)).toEqual([...cells.map((cell) => cell.replaceAll("\0", "")), "end"]);
        },
      ),
    );
  });
});

it("a guarded record keeps its numbers", () => {
  expect(guardedCsvLine(["=A", -5, null, "b,c"])).toBe(`'=A,-5,,"b,c"\n`);
});
