import { describe, expect, it } from "vitest";
import type { ListKind } from "../kinds.ts";
import { compileMapper } from "./compile-mapper.ts";
import { mapColumns } from "./map-columns.ts";
import {
  answerFor,
  applyAnswers,
  type ColumnAnswer,
  type MappingFile,
  mappingChanges,
  mappingKey,
  nextMapping,
  parseMappingFile,
} from "./mapping-file.ts";

const source = { origin: "first-party" } as const;
const SIGNATURE = "0123456789abcdef0123";
const header = ["Firma", "Kennung", "Revenue 2024", "Last activity date", "Helpdesk"];
const sample = [
  ["Alder GmbH", "A-1", "1.234", "03/04/2026", "help@alder.example"],
  ["Birch AG", "A-2", "2.345", "05/06/2026", "help@birch.example"],
];
const answer = (
  position: number,
  field: string,
  details: Partial<ColumnAnswer> = {},
  kind: ListKind = "accounts",
): ColumnAnswer => ({
  ...answerFor(kind, { position, header: header[position]! }, field),
  ...details,
});
const file = (...answers: ColumnAnswer[]): MappingFile => ({
  v: 1,
  signature: SIGNATURE,
  kind: "accounts",
  version: 3,
  at: "2026-11-20T10:00:00Z",
  answers,
});
const mapped = (answers: MappingFile | null) => mapColumns({ header, sample, source, answers });

describe("what was decided", () => {
  it("stands in place of what was found out, and is asked about no more", () => {
    const before = mapped(null);
    expect(before.columns.map(({ review }) => review)).toEqual([false, false, true, true, false]);
    const after = mapped(
      file(
        answer(1, "sourceId"),
        answer(2, "revenue", { currency: "EUR", decimal: "," }),
        answer(3, "lastActivityAt", { order: "dmy" }),
      ),
    );
    expect(after.columns[1]).toMatchObject({
      field: "sourceId",
      review: false,
      decided: 3,
      confidence: 1,
      plan: { system: "crm" },
    });
    expect(after.columns[2]).toMatchObject({ field: "revenue", review: false, plan: { currency: "EUR", decimal: "," } });
    expect(after.columns[2]).not.toHaveProperty("guess");
    expect(after.columns[3]).toMatchObject({ field: "lastActivityAt", review: false, plan: { order: "dmy" } });
    expect(after.columns[0]).not.toHaveProperty("decided");
  });

  it("leaves out, keeps, and never keeps what is personal", () => {
    const { columns, dropped } = mapped(file(answer(1, "none"), answer(2, "extra"), answer(4, "extra")));
    expect(columns[1]).toMatchObject({ field: null, reason: "left out, decided by you (version 3)" });
    expect(columns[2]).toMatchObject({ field: "extra.revenue-2024", review: false });
    expect(columns[4]).toMatchObject({ field: null, decided: 3 });
    expect(dropped).toEqual(["Helpdesk"]);
  });

  it("can name the company where nothing else does", () => {
    const nameless = { header: ["Wer", "Was"], sample: [["Alder", "x"]], source };
    expect(() => mapColumns(nameless)).toThrow(/no column identifies/);
    const named = { ...file(), answers: [answerFor("accounts", { position: 0, header: "Wer" }, "name")] };
    expect(mapColumns({ ...nameless, answers: named }).columns[0]).toMatchObject({ field: "name", review: false });
  });

  it("is about the columns of that header and kind, and says so where it is not", () => {
    const other = { ...answer(1, "sourceId"), header: "something else" };
    expect(mapped(file(other)).columns).toEqual(mapped(null).columns);
    const mapping = mapColumns({ header, sample, source, kind: "reference" });
    applyAnswers(mapping, file(answer(1, "sourceId")), sample, source);
    expect(mapping.columns[1]).not.toHaveProperty("decided");
    expect(mapping.warnings.at(-1)).toContain("a list of accounts");
  });

  it("decides the kind where none is stated", () => {
    expect(mapColumns({ header, sample, source, answers: { ...file(), kind: "reference" } }).kind).toBe("reference");
    expect(mapColumns({ header, sample, source, kind: "accounts", answers: { ...file(), kind: "reference" } }).kind).toBe(
      "accounts",
    );
  });
});

it("says which stages of deals mean won, where their words do not", () => {
  const deals = {
    header: ["Deal Name", "Deal Stage", "Company", "Amount"],
    sample: [
      ["A", "Phase 5", "Alder", "5"],
      ["B", "Filed away", "Birch", "6"],
    ],
    source,
  };
  expect(mapColumns(deals).columns[1]).toMatchObject({
    field: "deal.stage",
    review: true,
    reason: expect.stringContaining("known to mean won"),
  });
  const answers: MappingFile = {
    ...file(),
    kind: "deals",
    answers: [
      { ...answerFor("deals", { position: 1, header: "Deal Stage" }, "deal.stage"), won: ["phase 5"], lost: ["filed away"] },
    ],
  };
  const mapping = mapColumns({ ...deals, answers });
  expect(mapping.columns[1]).toMatchObject({ review: false });
  const mapper = compileMapper(mapping, { source, hash: String, sha256: String, list: "l" });
  const outcomes = ["Phase 5", "Filed away", "Phase 1"].map((stage) => mapper(["A", stage, "Alder", "5"]));
  expect(outcomes).toMatchObject([{ deal: { outcome: "won" } }, { deal: { outcome: "lost" } }, { deal: { outcome: "open" } }]);
});

describe("versions", () => {
  const given = { signature: SIGNATURE, kind: "accounts", version: 4, at: "2026-11-21T10:00:00Z" } as const;

  it("add to what was decided before, and there is none where nothing is new", () => {
    const before = file(answer(1, "sourceId"), answer(2, "extra"));
    const next = nextMapping(before, { ...given, answers: [answer(2, "revenue", { currency: "EUR" })] })!;
    expect(next.version).toBe(4);
    expect(next.answers).toEqual([answer(1, "sourceId"), answer(2, "revenue", { currency: "EUR" })]);
    expect(mappingChanges(before, next)).toEqual(['column 3 "revenue 2024": extra -> revenue (EUR)']);
    expect(nextMapping(next, { ...given, version: 5, answers: [answer(1, "sourceId")] })).toBeNull();
    expect(before.answers).toEqual([answer(1, "sourceId"), answer(2, "extra")]);
  });

  it("are read back as they were written, and nothing else is", () => {
    const one = file(answer(1, "sourceId"));
    expect(parseMappingFile(JSON.stringify(one), "x")).toEqual(one);
    expect(mappingKey(one)).toBe(`config/mappings/${SIGNATURE}/000003.json`);
    for (const wrong of [
      "",
      "{",
      JSON.stringify({ ...one, v: 2 }),
      JSON.stringify({ ...one, answers: [{ ...one.answers[0], field: "colour" }] }),
    ])
      expect(() => parseMappingFile(wrong, "x")).toThrow(/^x/);
  });

  it("take no field that the kind does not have", () => {
    expect(() => answer(1, "contact.email")).toThrow(/a list of accounts has no field "contact.email"/);
    expect(() => answerFor("orders", { position: 0, header: "x" }, "extra")).toThrow(/no field "extra"/);
    expect(() => answerFor("accounts", { position: 0, header: "x" }, "employee")).toThrow(/no field/);
  });
});
