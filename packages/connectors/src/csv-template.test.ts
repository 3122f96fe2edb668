import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineFileTemplate } from "./csv-template.ts";

interface Named {
  id: string;
  name: string;
}

function template(limits: { maxRows: number; maxBytes: number }) {
  return defineFileTemplate<Named>({
    fileName: "list.csv",
    header: ["id", "name"],
    row: ({ id, name }) => [id, name],
    limits: { ...limits, source: "test" },
    memberKey: ({ name }) => name,
    refuse: ({ name }) => (name === "" ? "no-identifier" : undefined),
  });
}

it("guards cells that a spreadsheet would run", () => {
  const [part] = template({ maxRows: 5, maxBytes: 1_000 }).parts([{ id: "a0", name: "=1+1" }]);
  expect(part?.body).toBe("id,name\r\na0,'=1+1\r\n");
});

describe("parts", () => {
  const people = (names: string[]): Named[] => names.map((name, i) => ({ id: `a${i}`, name }));

  it("writes one part without a number, and one for an emptied audience", () => {
    const [only, ...none] = template({ maxRows: 5, maxBytes: 1_000 }).parts(people(["x", "y"]));
    expect(only).toMatchObject({ fileName: "list.csv", body: "id,name\r\na0,x\r\na1,y\r\n", rows: 2, ids: ["a0", "a1"] });
    expect(none).toEqual([]);
    expect([...template({ maxRows: 5, maxBytes: 1_000 }).parts([])]).toMatchObject([{ body: "id,name\r\n", rows: 0, ids: [] }]);
  });

  it("numbers several parts", () => {
    const names = [...template({ maxRows: 2, maxBytes: 1_000 }).parts(people(["a", "b", "c", "d", "e"]))];
    expect(names.map(({ fileName, rows }) => [fileName, rows])).toEqual([
      ["list-01.csv", 2],
      ["list-02.csv", 2],
      ["list-03.csv", 1],
    ]);
  });

  it("keeps both limits, writes each key once and accounts for every member", () => {
    const name = fc.oneof(fc.constantFrom("", "dup", "ä", '"'), fc.string({ maxLength: 12 }));
    fc.assert(
      fc.property(
        fc.array(name, { maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 60, max: 120 }),
        (names, maxRows, maxBytes) => {
          const members = people(names);
          const parts = [...template({ maxRows, maxBytes }).parts(members)];
          for (const part of parts) {
            expect(part.rows).toBeLessThanOrEqual(maxRows);
            expect(part.bytes).toBe(Buffer.byteLength(part.body));
            expect(part.bytes).toBeLessThanOrEqual(maxBytes);
          }
          const accounted = parts.flatMap(({ ids, refused }) => [...ids, ...refused.map(({ id }) => id)]);
          expect(accounted.sort()).toEqual(members.map(({ id }) => id).sort());
          const rows = parts.reduce((sum, part) => sum + part.rows, 0);
          expect(rows).toBe(new Set(names.filter((one) => one !== "")).size);
        },
      ),
    );
  });
});
