import { expect, test } from "vitest";
import { RANK } from "../account/item.ts";
import { addStatements, type Incoming } from "./statements.ts";

const DAY = "2026-11-20";
const says = (row: number, fields: Record<string, unknown>): Incoming => ({
  kind: "accounts",
  rows: [row],
  json: JSON.stringify(fields),
});
const FEW = { sourceId: "crm:K3", domain: "c3.example", employees: 12 };
const MORE = { sourceId: "crm:K3", domain: "c3.example", employees: 250, notes: "met at the fair" };

test.each([
  ["before", [says(2, MORE), says(3, FEW)]],
  ["after", [says(3, FEW), says(2, MORE)]],
])("what a version says again stays when it says more %s it", (_, incoming) => {
  const group = { home: "a", rank: RANK.domain, st: [] };
  addStatements(group, [says(2, FEW)], "crm", 1, DAY);
  expect(addStatements(group, incoming, "crm", 2, DAY)).toBe(true);
  expect(rowsOf(group)).toEqual([
    [2, 2],
    [2, 3],
  ]);
});

test("what an older version said goes when a newer one says all of it anew, and not again", () => {
  const group = { home: "a", rank: RANK.domain, st: [] };
  addStatements(group, [says(2, FEW)], "crm", 1, DAY);
  addStatements(group, [says(5, MORE)], "crm", 2, DAY);
  expect(rowsOf(group)).toEqual([[2, 5]]);
});

function rowsOf({ st }: { st: ReadonlyArray<{ v: number; r: number[] }> }): number[][] {
  return st.flatMap(({ v, r }) => r.map((row) => [v, row])).sort((a, b) => a[1]! - b[1]!);
}
