import fc from "fast-check";
import { expect, test } from "vitest";
import { type Group, RANK, type Rank } from "../account/item.ts";
import { type Entry, entriesOf, ResolvedBatch } from "./batch.ts";

const id = fc.integer({ min: 0, max: 0xffffff }).map((n) => n.toString(16).padStart(20, "0"));
const text = fc.string({ unit: "grapheme", maxLength: 12 });
const statement = fc.record({
  l: fc.constantFrom("crm", "erp"),
  v: fc.integer({ min: 1, max: 9 }),
  k: fc.constantFrom("accounts" as const, "orders" as const),
  r: fc.array(fc.integer({ min: 2, max: 99 }), { minLength: 1, maxLength: 3 }),
  f: fc.dictionary(fc.constantFrom("name", "domain", "extra.note"), text),
  d: fc.constant("2026-11-20"),
});
const group = (home: string): fc.Arbitrary<Group> =>
  fc.record({ home: fc.constant(home), rank: fc.constant<Rank>(RANK.domain), st: fc.array(statement, { maxLength: 3 }) });

const entry: fc.Arbitrary<Entry> = id.chain((own) =>
  fc.record({
    id: fc.constant(own),
    rank: fc.constant<Rank>(RANK.domain),
    country: fc.constant(""),
    groups: fc.oneof(
      group(own).map((only) => [only]),
      fc.tuple(group(own), group("f".repeat(20))).map(([first, second]) => [first, { ...second, via: "e".repeat(20) }]),
    ),
    target: fc.option(id, { nil: null }),
    was: fc.constantFrom("none" as const, "account" as const, "parked" as const),
    changed: fc.boolean(),
    dirty: fc.boolean(),
  }),
);

test("a batch is the same after it was written as lines and read back, whatever the texts in it", () => {
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: (each) => each.id, maxLength: 5 }), (entries) => {
      const batch = new ResolvedBatch();
      for (const each of entries) batch.entries.set(each.id, each);
      batch.aliases.set(`${"a".repeat(20)}\t${"b".repeat(20)}`, null);
      batch.rows.push([7, "accepted", "c".repeat(20)]);
      const lines = batch.toLines();
      expect(lines.every((line) => !line.includes("\n"))).toBe(true);
      const back = ResolvedBatch.fromLines(lines);
      const plain = (each: ResolvedBatch): unknown => JSON.parse(JSON.stringify([...each.entries.values()]));
      expect(plain(back)).toEqual(plain(batch));
      expect([...back.aliases]).toEqual([...batch.aliases]);
      expect(back.rows).toEqual(batch.rows);
      const wanted = entries[0]?.id;
      expect([...entriesOf(lines, (each) => each === wanted)].map((each) => each.id)).toEqual(wanted ? [wanted] : []);
    }),
  );
});

test("what a later round found out outranks an earlier one", () => {
  const [earlier, later] = [new ResolvedBatch(), new ResolvedBatch()];
  const base = { rank: RANK.domain as Rank, country: "", groups: [], was: "none" as const, changed: true, dirty: false };
  earlier.entries.set("a", { ...base, id: "a", target: null });
  earlier.entries.set("b", { ...base, id: "b", target: null });
  later.entries.set("a", { ...base, id: "a", target: "b" });
  earlier.absorb(later);
  expect([...earlier.entries.values()].map((each) => each.target)).toEqual(["b", null]);
});
