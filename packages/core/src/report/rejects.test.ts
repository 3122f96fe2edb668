import { expect, test } from "vitest";
import { csvLine } from "../lists/csv.ts";
import type { Ports } from "../ports.ts";
import { rejectGroups } from "./rejects.ts";

test("counts rejected rows by reason and column, whatever the cells hold", async () => {
  const hint = 'name a company in "Company", please';
  const body = Buffer.from(
    [
      csvLine(["Company", "Note", "_row", "_reason", "_column", "_hint", "_text"]),
      csvLine(["", 'two\nlines and "quotes"', "2", "no-identity", "Company", hint, ',"two\nlines"']),
      csvLine(["", "", "3", "too-many-cells", "", "quote cells", "a,b,c"]),
      csvLine(["", "", "9", "no-identity", "Company", hint, ","]),
    ].join(""),
  );
  const objects = {
    size: async () => body.length,
    range: async (_: string, start: number, end: number) => body.subarray(start, end),
  };
  expect(await rejectGroups({ objects } as unknown as Ports, "rejects/x.csv")).toEqual([
    { reason: "no-identity", column: "Company", hint, n: 2 },
    { reason: "too-many-cells", column: "", hint: "quote cells", n: 1 },
  ]);
});
