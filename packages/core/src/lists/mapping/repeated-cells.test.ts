import fc from "fast-check";
import { expect, test } from "vitest";
import type { ListKind } from "../kinds.ts";
import { compileMapper, type RowMapper } from "./compile-mapper.ts";
import { mapColumns } from "./map-columns.ts";

const CELLS: Readonly<Record<string, readonly string[]>> = {
  "Order ID": ["SO-1", "SO-2", ""],
  "Customer ID": ["C1", "1.5E+12", ""],
  Company: ["Acme Pumps GmbH", "Foo, Ltd", "n/a", "#REF!"],
  Website: ["acme-pumps.example", "not a host", "facebook.com/x", ""],
  Email: ["a@acme-pumps.example", "B@foo.example", "nobody", "-", ""],
  "Contact Email": ["c@foo.example", ""],
  Country: ["Germany", "GB", "Nowhere", ""],
  Quantity: ["2", "many"],
  "Unit Price": ["10.50", "$7"],
  Currency: ["EUR", "money", ""],
  "Ship Country": ["DE", ""],
  "Ship City": ["Köln", ""],
  "Ship Postal Code": ["50667", "1.2E+11", ""],
};
const HEADER = Object.keys(CELLS);

/** What a mapper that has seen nothing before says of one row. */
function alone(make: () => RowMapper, row: string[], problems: Map<string, number>): unknown {
  const mapper = make();
  const draft = mapper(row);
  for (const [key, n] of mapper.cellProblems) problems.set(key, (problems.get(key) ?? 0) + n);
  return draft;
}

test.each(["orders", "contacts", "accounts"] as const)("a row of %s means the same whatever stood above it", (kind: ListKind) => {
  const sample = [HEADER.map((name) => CELLS[name]![0]!)];
  const source = { origin: "first-party" as const };
  const mapping = mapColumns({ header: HEADER, sample, kind, source, answers: null });
  const settings = { source, hash: (text: string) => `h${text}`, sha256: (text: string) => `s${text}`, list: "list" };
  const make = (): RowMapper => compileMapper(mapping, settings);
  const row = fc.tuple(...HEADER.map((name) => fc.constantFrom(...CELLS[name]!)));
  const again = fc.nat({ max: 2 });
  fc.assert(
    fc.property(fc.array(fc.tuple(row, again), { maxLength: 8 }), (drawn) => {
      const rows = drawn.flatMap(([cells, times]) => Array.from({ length: times + 1 }, () => [...cells]));
      const mapper = make();
      const problems = new Map<string, number>();
      for (const cells of rows) expect(mapper(cells)).toEqual(alone(make, cells, problems));
      expect(new Map(mapper.cellProblems)).toEqual(problems);
    }),
  );
});
