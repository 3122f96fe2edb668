import { describe, expect, it } from "vitest";
import { InputError } from "../errors.ts";
import { checkProfile, testProfile } from "./check.ts";
import { compileProfile } from "./compile.ts";
import { EXAMPLE_ICP } from "./examples/icp.ts";
import { scoreFast } from "./score.ts";

const HEAD = "id: p\nname: P\nversion: 1\ntiers: { A: 50, B: 0 }\n";
const RULE = "  - { id: size, dimension: firmographic, weight: 10, when: { employees: { atLeast: 10 } } }\n";

describe("checkProfile", () => {
  it.each<[string, string, string, number, string]>([
    [
      "a misspelt attribute",
      `${HEAD}rules:\n  - id: a\n    dimension: d\n    weight: 5\n    when:\n      employee: { atLeast: 5 }\n`,
      "rules[0].when.employee",
      10,
      'Did you mean "employees"?',
    ],
    ["a misspelt setting", `${HEAD}rules:\n${RULE}    \ndisqualfy: []\n`, "disqualfy", 8, 'Did you mean "disqualify"?'],
    [
      "negative points",
      `${HEAD}rules:\n  - id: a\n    dimension: d\n    attribute: vertical\n    map:\n      retail: -5\n`,
      "rules[0].map.retail",
      10,
      "cannot be negative",
    ],
    [
      "bands that fall",
      `${HEAD}rules:\n  - id: a\n    dimension: d\n    attribute: employees\n    bands:\n      - { from: 50, points: 1 }\n      - { from: 10, points: 2 }\n`,
      "rules[0].bands[1].from",
      11,
      "bands must rise",
    ],
    [
      "a level that does not exist",
      `${HEAD}rules:\n  - id: a\n    dimension: d\n    attribute: vertical\n    map: { manufactoring: 5 }\n`,
      "rules[0].map.manufactoring",
      9,
      'Did you mean "manufacturing"?',
    ],
    ["the same id twice", `${HEAD}rules:\n${RULE}${RULE}`, "rules[1].id", 7, "used twice"],
    ["tiers without a floor", `id: p\nname: P\nversion: 1\ntiers: { A: 50 }\nrules:\n${RULE}`, "tiers", 4, "begin at 0"],
    [
      "a tier that is kept",
      `id: p\nname: P\nversion: 1\ntiers: { A: 50, X: 0 }\nrules:\n${RULE}`,
      "tiers.X",
      4,
      "kept for accounts",
    ],
    ["a missing part", `name: P\nversion: 1\ntiers: { A: 0 }\nrules:\n${RULE}`, "id", 1, "this is missing"],
    [
      "two forms at once",
      `${HEAD}rules:\n  - { id: a, dimension: d, attribute: employees, weight: 5, when: { employees: 5 }, bands: [{ points: 5 }] }\n`,
      "rules[0].bands",
      6,
      'one of "when", "bands" and "map"',
    ],
    [
      "a rule that says nothing",
      `${HEAD}rules:\n  - { id: a, dimension: d, attribute: employees, bands: [{ points: 5 }] }\n`,
      "rules[0]",
      6,
      "same points",
    ],
    [
      "decay on something that is no day",
      `${HEAD}rules:\n  - { id: a, dimension: d, weight: 5, when: { employees: 5 }, decay: { halfLifeDays: 5, on: employees } }\n`,
      "rules[0].decay.on",
      6,
      "reads day",
    ],
    [
      "absence as evidence",
      `${HEAD}rules:\n  - { id: a, dimension: d, weight: 5, when: { employees: { exists: true } } }\n`,
      "rules[0].when.employees.exists",
      6,
      "never evidence",
    ],
    [
      "an override to nowhere",
      `${HEAD}rules:\n${RULE}overrides:\n  - { id: o, tier: S, reason: r, when: { employees: 5 } }\n`,
      "overrides[0].tier",
      8,
      'no tier "S"',
    ],
    [
      "an example of an unknown attribute",
      `${HEAD}rules:\n${RULE}examples:\n  - name: one\n    attributes: { sitez: 5 }\n    expect: {}\n`,
      "examples[0].attributes.sitez",
      9,
      'Did you mean "sites"?',
    ],
    ["broken YAML", `${HEAD}rules: [\n`, "", 6, "not readable YAML"],
    ["a repeated key", `id: p\nid: q\n`, "", 2, "not readable YAML"],
  ])("points at %s", (_what, text, path, line, message) => {
    const { ok, problems } = checkProfile(text);
    expect(ok).toBe(false);
    expect(problems[0]).toMatchObject({ path, line });
    expect(problems[0]!.message).toContain(message);
  });

  it("names the line in the error when a broken profile is used", () => {
    expect(() => compileProfile(`${HEAD}rules:\n${RULE}x: 1\n`)).toThrow(InputError);
    expect(() => compileProfile(`${HEAD}rules:\n${RULE}x: 1\n`)).toThrow(/line 7 \(x\)/);
  });

  it("takes columns that the profile declares", () => {
    const text = `${HEAD}attributes: { lead source: text, visits: number }\nrules:\n  - { id: a, dimension: d, attribute: lead source, map: { Fair: 5 } }\n  - { id: b, dimension: d, attribute: visits, bands: [{ points: 0 }, { from: 3, points: 5 }] }\n`;
    expect(checkProfile(text)).toEqual({ ok: true, problems: [] });
  });
});

describe("testProfile", () => {
  it("passes the example profile, all tiers reached and at least four examples", () => {
    const result = testProfile(EXAMPLE_ICP, "2026-06-30");
    expect(result.problems).toEqual([]);
    expect(result.ok).toBe(true);
    expect(new Set(result.examples.map((example) => example.tier))).toEqual(new Set(["A", "B", "D", "X", "unknown"]));
  });

  it("reaches every tier by firmographics alone, well above the minimum coverage", () => {
    const profile = compileProfile(EXAMPLE_ICP);
    const cell = (value: string | number) => ({
      value,
      confidence: 1,
      method: "observed" as const,
      source: "a#2",
      asOf: "2026-01-01",
    });
    const score = (vertical: string, employees: number, revenueUsd: number, region: string) =>
      scoreFast(
        profile,
        { vertical: cell(vertical), employees: cell(employees), revenueUsd: cell(revenueUsd), region: cell(region) },
        "2026-06-30",
      );
    const results = [
      score("manufacturing", 500, 1e8, "NA"),
      score("retail", 80, 12e6, "APAC"),
      score("wholesale", 60, 5e6, "LATAM"),
      score("professional", 4, 4e5, "MEA"),
    ];
    expect(results.map((result) => result.tier)).toEqual(["A", "B", "C", "D"]);
    for (const result of results) expect(result.coverage).toBeGreaterThan(0.25);
  });

  it("reports an example that comes out differently at its line", () => {
    const text = `${HEAD}rules:\n${RULE}examples:\n  - name: Tiny\n    attributes: { employees: 2 }\n    expect:\n      tier: A\n      score: { atLeast: 10 }\n`;
    const result = testProfile(text, "2026-06-30");
    expect(result.ok).toBe(false);
    expect(result.problems).toEqual([
      { path: "examples[0].expect.tier", line: 11, message: 'example "Tiny": expected tier A, got B (score 0)' },
      { path: "examples[0].expect.score", line: 12, message: 'example "Tiny": expected a score of at least 10, got 0' },
    ]);
  });
});
