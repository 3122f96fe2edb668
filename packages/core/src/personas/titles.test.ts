import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ROLES, roleFor } from "./title-roles.ts";
import { DEPARTMENTS, SENIORITIES } from "./title-words.ts";
import { TITLE_CASES } from "./titles.cases.ts";
import { classifyTitle } from "./titles.ts";

const CASES = TITLE_CASES.trim()
  .split("\n")
  .map((line) => {
    const [title, expected] = line.split(" > ") as [string, string];
    const [department, seniority, role] = expected.split(" ").map((word) => (word === "-" ? null : word));
    return { title, department, seniority, role };
  });

describe("classifyTitle", () => {
  it("has a table of more than 200 different titles", () => {
    expect(new Set(CASES.map((each) => each.title)).size).toBe(CASES.length);
    expect(CASES.length).toBeGreaterThan(200);
  });

  it.each(CASES)("$title", ({ title, department, seniority, role }) => {
    const found = classifyTitle(title);
    expect([found.department, found.seniority, found.role]).toEqual([department, seniority, role]);
  });

  it("answers from its vocabulary or null, the same for the same text, whatever was asked before", () => {
    const word = fc.constantFrom(
      ...CASES.flatMap(({ title }) => title.split(" ")),
      "",
      "/",
      "(",
      "Ω",
      "constructor",
      "__proto__",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.array(word, { maxLength: 8 }).map((words) => words.join(" ")),
        ),
        (title) => {
          const found = classifyTitle(title);
          expect(DEPARTMENTS.includes(found.department as never) || found.department === null).toBe(true);
          expect(SENIORITIES.includes(found.seniority as never) || found.seniority === null).toBe(true);
          expect(ROLES.includes(found.role as never) || found.role === null).toBe(true);
          expect(classifyTitle(title)).toEqual(found);
        },
      ),
    );
  });

  it("does not depend on case", () => {
    for (const { title } of CASES)
      expect(classifyTitle(title.toUpperCase().replaceAll("SS", "ss"))).toEqual(classifyTitle(title));
  });
});

describe("roleFor", () => {
  it("makes every owner outside procurement and law a decider, and nobody without department and rank anything", () => {
    for (const department of DEPARTMENTS)
      if (department !== "procurement" && department !== "legal") expect(roleFor(department, "owner")).toBe("decider");
    expect(roleFor(null, null)).toBe(null);
    expect(roleFor(null, "individual")).toBe(null);
  });
});
