import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvCell, guardedCsvCell, guardedCsvLine } from "./csv.ts";

describe("a guarded cell", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+49 30 1", "'+49 30 1"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'\t=1"],
    ["\r=1", '"\'\r=1"'],
    ['=HYPERLINK("a","b")', `"'=HYPERLINK(""a"",""b"")"`],
    [-12.5, "-12.5"],
    [null, ""],
    ["a=b", "a=b"],
  ])("%j is written %j", (cell, written) => expect(guardedCsvCell(cell)).toBe(written));

  it("never begins as a formula does, and is the plain cell where the text does not", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom(..."=+-@\t\r").chain((first) => fc.string().map((rest) => first + rest)),
        ),
        (text) => {
          const formula = "=+-@\t\r".includes(text.charAt(0)) && text !== "";
          expect(guardedCsvCell(text)).toBe(formula ? csvCell(`'${text}`) : csvCell(text));
          expect(guardedCsvCell(text).replace(/^"/, "")).not.toMatch(/^[=+\-@\t\r]/);
        },
      ),
    );
  });
});

it("a guarded record keeps its numbers", () => {
  expect(guardedCsvLine(["=A", -5, null, "b,c"])).toBe(`'=A,-5,,"b,c"\n`);
});
