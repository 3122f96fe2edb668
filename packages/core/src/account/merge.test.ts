import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Group, Statement } from "./item.ts";
import { RANK } from "./item.ts";
import { type ListOrigin, mergeStatements, originOf } from "./merge.ts";

const origins = new Map<string, ListOrigin>([
  ["crm", { origin: "first-party", reference: false }],
  ["bought", { origin: "broker", reference: false }],
  ["directory", { origin: "public", reference: true }],
]);
const said = (l: string, f: Statement["f"], more: Partial<Statement> = {}): Statement => ({
  l,
  v: 1,
  k: "accounts",
  r: [2],
  f,
  d: "2026-01-01",
  ...more,
});
const groups = (...st: Statement[]): Group[] => [{ home: "h", rank: RANK.domain, st }];
const value = (field: string, st: Statement[], reference?: Statement[]): unknown =>
  mergeStatements(groups(...st), reference, origins)[field]?.value;

describe("which value stands", () => {
  test.each([
    ["the more trusted origin", [said("bought", { employees: 10 }), said("crm", { employees: 20 })], 20],
    [
      "the higher version of a list, though it came earlier",
      [said("crm", { employees: 20 }, { v: 2, d: "2025-01-01" }), said("crm", { employees: 10 })],
      20,
    ],
    [
      "the later day",
      [said("crm", { employees: 10 }), said("erp", { employees: 20 }), said("erp2", { employees: 30 }, { d: "2026-02-01" })],
      10,
    ],
    ["what more rows say", [said("crm", { employees: 10 }), said("crm", { employees: 20 }, { r: [3, 4] })], 20],
    [
      "a number before a range",
      [said("crm", { employees: [10, 50] }, { r: [3, 4] }), said("crm", { employees: 20 }, { r: [5, 6] })],
      20,
    ],
    [
      "a row about the company before an order of it",
      [said("crm", { employees: 10 }, { k: "orders", r: [2] }), said("bought", { employees: 20 })],
      20,
    ],
  ])("%s", (_, statements, expected) => {
    expect(value("employees", statements)).toBe(expected);
  });

  test("reference values fill what no list says and outrank nothing", () => {
    const reference = [said("directory", { employees: 99, industry: "retail" }, { k: "reference" })];
    expect(value("employees", [said("bought", { employees: 20 })], reference)).toBe(20);
    expect(value("industry", [said("bought", { employees: 20 })], reference)).toBe("retail");
  });

  test("an amount in no currency yields to one in any, and stands where there is no other", () => {
    const bare = said("crm", { revenue: 22 }, { d: "2026-02-01", r: [2, 3] });
    const statements = [bare, said("bought", { revenue: 24, currency: "USD" })];
    for (const each of [statements, [...statements].reverse()])
      expect([value("revenue", each), value("currency", each)]).toEqual([24, "USD"]);
    expect(value("revenue", [bare, said("bought", { revenue: 9 })])).toBe(22);
  });

  test("an address is taken from one row, not from two", () => {
    const merged = mergeStatements(
      groups(
        said("crm", { city: "Kiel", postalCode: "24103" }),
        said("bought", { city: "Bremen", postalCode: "28195", state: "HB" }),
      ),
      undefined,
      origins,
    );
    expect(merged.city?.value).toBe("Kiel");
    expect(merged.postalCode?.value).toBe("24103");
    expect(merged.state).toBeUndefined();
  });
});

test("every cell names the list and row it comes from, with the trust of its origin", () => {
  const cell = mergeStatements(groups(said("bought", { employees: 20 }, { r: [17, 30] })), undefined, origins).employees;
  expect(cell).toMatchObject({ value: 20, source: "bought#17", confidence: 0.8, method: "observed", asOf: "2026-01-01" });
  expect(originOf("bought#17", origins)).toBe("broker");
  expect(originOf("reference:directory#3", origins)).toBe("public");
  expect(originOf("elsewhere#3", origins)).toBe("unknown");
  expect(originOf("rule:size-class", origins)).toBeNull();
});

test("the order of statements and groups changes nothing", () => {
  const statement = fc.record({
    l: fc.constantFrom("crm", "erp", "bought"),
    v: fc.integer({ min: 1, max: 3 }),
    k: fc.constantFrom("accounts" as const, "contacts" as const),
    r: fc.array(fc.integer({ min: 2, max: 9 }), { minLength: 1, maxLength: 2 }),
    f: fc.record(
      {
        name: fc.constantFrom("A", "B"),
        employees: fc.constantFrom(1, 2, [1, 5] as const),
        city: fc.constantFrom("X", "Y"),
        postalCode: fc.constantFrom("1", "2"),
      },
      { requiredKeys: [] },
    ),
    d: fc.constantFrom("2026-01-01", "2026-02-01"),
  });
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 6 }), (statements, cut) => {
      const list = statements as unknown as Statement[];
      const values = (sets: Statement[][]): unknown =>
        Object.fromEntries(
          Object.entries(
            mergeStatements(
              sets.map((st, at) => ({ home: `h${at}`, rank: RANK.domain, st })),
              undefined,
              origins,
            ),
          )
            .flatMap(([field, cell]) => (cell ? [[field, cell.value] as const] : []))
            .sort(),
        );
      const expected = values([list]);
      expect(values([list.toReversed()])).toEqual(expected);
      expect(values([list.slice(cut), list.slice(0, cut)])).toEqual(expected);
    }),
  );
});
