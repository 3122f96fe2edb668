import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attributes, AttributeValue } from "../account/attribute.ts";
import { type AttributeType, createCatalogue } from "./catalogue.ts";
import { compileCondition, type Standing } from "./condition.ts";
import { dayNumber, dayOf } from "./day.ts";
import type { Path } from "./document.ts";
import { NO, UNKNOWN, YES } from "./verdict.ts";

const AS_OF = "2026-06-30";

function account(values: Record<string, AttributeValue>, expiresAt?: string): Attributes {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { value, confidence: 1, method: "observed" as const, source: "list#2", asOf: "2026-01-01", expiresAt },
    ]),
  );
}

function compile(raw: unknown, declared?: Record<string, AttributeType>, allowAbsence = true) {
  const problems: { path: string; message: string }[] = [];
  const report = (path: Path, message: string): void => {
    problems.push({ path: path.join("."), message });
  };
  const catalogue = createCatalogue(declared, { tiers: ["A", "B", "X", "unknown"], segments: ["mid-market"] });
  return { condition: compileCondition(raw, { catalogue, report, allowAbsence }, []), problems };
}

function ask(raw: unknown, values: Record<string, AttributeValue>, standing: Standing | null = null): number {
  const { condition, problems } = compile(raw);
  expect(problems).toEqual([]);
  return condition!.test(account(values), standing, AS_OF, dayNumber(AS_OF));
}

describe("operators", () => {
  it.each<[unknown, Record<string, AttributeValue>, number]>([
    [{ employees: { atLeast: 250 } }, { employees: 250 }, YES],
    [{ employees: { atLeast: 250 } }, { employees: 249 }, NO],
    [{ employees: { atLeast: 250 } }, {}, UNKNOWN],
    [{ employees: { atLeast: 50 } }, { employees: [11, 50] }, UNKNOWN],
    [{ employees: { atLeast: 11 } }, { employees: [11, 50] }, YES],
    [{ employees: { atLeast: 51 } }, { employees: [11, 50] }, NO],
    [{ employees: { atLeast: 20000 } }, { employees: [10001, null] }, UNKNOWN],
    [{ employees: { atMost: 10 } }, { employees: [null, 10] }, YES],
    [{ employees: { between: [50, 249] } }, { employees: [51, 200] }, YES],
    [{ employees: { between: [50, 249] } }, { employees: [201, 500] }, UNKNOWN],
    [{ employees: { between: [50, 249] } }, { employees: "unknown" }, UNKNOWN],
    [{ revenueUsd: { atLeast: "10M" } }, { revenueUsd: 9_999_999 }, NO],
    [{ revenueUsd: { atLeast: "1,500k" } }, { revenueUsd: 1_500_000 }, YES],
    [{ employees: 5 }, { employees: [5, 5] }, YES],
    [{ employees: 5 }, { employees: [1, 10] }, UNKNOWN],
    [{ employees: { notIn: [5, 6] } }, { employees: [7, 10] }, YES],
    [{ vertical: "retail" }, { vertical: "retail" }, YES],
    [{ vertical: ["retail", "healthcare"] }, { vertical: "other" }, NO],
    [{ vertical: { isNot: "retail" } }, { vertical: "other" }, YES],
    [{ ownership: "Private" }, { ownership: "private" }, YES],
    [{ sector: [31, 32] }, { sector: "32" }, YES],
    [{ technologies: { contains: "SAP Ariba" } }, { technologies: ["Slack", "sap ariba"] }, YES],
    [{ technologies: ["Coupa", "Ariba"] }, { technologies: ["Slack"] }, NO],
    [{ description: { matches: "procure*" } }, { description: "We PROCURE-to-pay" }, YES],
    [{ description: { matches: "art" } }, { description: "smart partners" }, NO],
    [{ description: { matches: ["*.+", "state of the art"] } }, { description: "state of the art." }, YES],
    [{ lastActivityAt: { withinDays: 30 } }, { lastActivityAt: "2026-05-31" }, YES],
    [{ lastActivityAt: { withinDays: 30 } }, { lastActivityAt: "2026-05-30" }, NO],
    [{ lastActivityAt: { olderThanDays: 30 } }, { lastActivityAt: "2026-05-30" }, YES],
    [{ lastActivityAt: { atLeast: "2026-01-01" } }, { lastActivityAt: "2025-12-31" }, NO],
    [{ lastActivityAt: { atLeast: "2026-01-01" } }, { lastActivityAt: "soon" }, UNKNOWN],
    [{ "extra.fleet": { atLeast: 3 } }, { "extra.fleet": 4 }, YES],
    [{ "extra.vip": true }, { "extra.vip": true }, YES],
    [{ employees: { exists: true } }, { employees: "unknown" }, YES],
    [{ employees: { exists: false } }, {}, YES],
    [{ employees: { unknown: true } }, { employees: "unknown" }, YES],
    [{ employees: { unknown: true } }, { employees: 5 }, NO],
  ])("%j about %j", (raw, values, verdict) => {
    expect(ask(raw, values)).toBe(verdict);
  });

  it("takes the recorded answer unknown for a level only where it is named", () => {
    expect(ask({ ownership: "private" }, { ownership: "unknown" })).toBe(UNKNOWN);
    expect(ask({ ownership: ["private", "unknown"] }, { ownership: "unknown" })).toBe(YES);
    expect(ask({ ownership: { isNot: "unknown" } }, { ownership: "unknown" })).toBe(NO);
    expect(ask({ ownership: "unknown" }, { ownership: "private" })).toBe(NO);
    expect(ask({ ownership: "unknown" }, {})).toBe(UNKNOWN);
  });

  it("forgets a cell on the day it expires", () => {
    const { condition } = compile({ employees: { atLeast: 10 } });
    const on = (asOf: string) => condition!.test(account({ employees: 50 }, "2026-06-30"), null, asOf, dayNumber(asOf));
    expect([on("2026-06-29"), on("2026-06-30")]).toEqual([YES, UNKNOWN]);
  });

  it("asks about score, tier and segments", () => {
    const standing = {
      score: null,
      low: 40,
      high: 80,
      tier: "unknown",
      coverage: 0.2,
      disqualified: null,
      segments: ["mid-market"],
    };
    expect(ask({ score: { atLeast: 50 } }, {}, standing)).toBe(UNKNOWN);
    expect(ask({ score: { atLeast: 40 } }, {}, standing)).toBe(YES);
    expect(ask({ tiers: ["A", "B"] }, {}, standing)).toBe(UNKNOWN);
    expect(ask({ tier: "unknown", segments: ["mid-market"], disqualified: false }, {}, standing)).toBe(YES);
  });
});

describe("combinators", () => {
  const [yes, no, open] = [{ employees: 1 }, { employees: 2 }, { revenue: 1 }];
  it.each<[unknown, number]>([
    [{ all: [yes, open] }, UNKNOWN],
    [{ all: [open, no] }, NO],
    [{ any: [open, yes] }, YES],
    [{ any: [open, no] }, UNKNOWN],
    [{ not: open }, UNKNOWN],
    [{ not: no }, YES],
    [{ employees: 1, not: { any: [no] } }, YES],
    [{ employees: { atLeast: 1, atMost: 0 } }, NO],
  ])("%j", (raw, verdict) => {
    expect(ask(raw, { employees: 1 })).toBe(verdict);
  });

  const leaf = fc.oneof(
    fc.integer({ min: 0, max: 9 }).map((n) => ({ employees: { atLeast: n } })),
    fc.integer({ min: 0, max: 9 }).map((n) => ({ sites: { atMost: n } })),
    fc.constantFrom("retail", "other").map((level) => ({ vertical: level })),
  );
  const tree = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie("node"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie("node").map((not) => ({ not })),
    ),
  })).node;
  const value = fc.record(
    {
      employees: fc.integer({ min: 0, max: 9 }),
      sites: fc.integer({ min: 0, max: 9 }),
      vertical: fc.constantFrom("retail", "other"),
    },
    { requiredKeys: [] },
  );

  it("never change a settled answer when more becomes known", () => {
    fc.assert(
      fc.property(tree, value, value, (raw, known, more) => {
        const before = ask(raw, known as Record<string, AttributeValue>);
        fc.pre(before !== UNKNOWN);
        expect(ask(raw, { ...more, ...known } as Record<string, AttributeValue>)).toBe(before);
      }),
      { numRuns: 300 },
    );
  });
});

describe("problems", () => {
  it.each<[unknown, string, string]>([
    [{ employee: 5 }, "employee", 'Did you mean "employees"?'],
    [{ employees: { atleast: 5 } }, "employees.atleast", 'Did you mean "atLeast"?'],
    [{ employees: { atLeast: "many" } }, "employees.atLeast", "a number like 250"],
    [{ name: { atLeast: 5 } }, "name.atLeast", "compares numbers or days"],
    [{ vertical: "Retail" }, "vertical", 'Did you mean "retail"?'],
    [{ tier: "C" }, "tier", "It can be: A, B"],
    [{ segments: ["midmarket"] }, "segments", 'Did you mean "mid-market"?'],
    [{ all: [{ employees: 5 }, { revenu: 5 }] }, "all.1.revenu", 'Did you mean "revenue"?'],
    [{ any: [] }, "any", "a list of conditions"],
    [{ employees: { between: [9, 3] } }, "employees.between", "must not be greater"],
    [{ technologies: { is: "SAP" } }, "technologies.is", 'use "contains"'],
    [{ lastActivityAt: { withinDays: 1.5 } }, "lastActivityAt.withinDays", "whole number of days"],
    [{ description: { matches: "a*b" } }, "description.matches", "beginning or the end"],
    [{}, "", "must be a condition"],
    [{ constructor: 1 }, "constructor", "not a known attribute"],
  ])("%j", (raw, path, message) => {
    const { condition, problems } = compile(raw);
    expect(condition).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]!.path).toBe(path);
    expect(problems[0]!.message).toContain(message);
  });

  it("refuses the absence of data as evidence in a score", () => {
    expect(compile({ employees: { exists: true } }, undefined, false).problems[0]!.message).toContain("never evidence");
  });

  it("lets a file declare its own columns", () => {
    expect(
      compile({ "lead score": { atLeast: 3 }, vertical: "Retail trade" }, { "lead score": "number", vertical: "text" }).problems,
    ).toEqual([]);
  });
});

describe("days", () => {
  it("count like the calendar", () => {
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (days) => {
        const day = dayOf(days);
        fc.pre(/^\d{4}-/.test(day));
        expect(dayNumber(day)).toBe(days);
      }),
    );
    expect(["2026-13-01", "2026-1-01", "20260101", null, 5].map((day) => dayNumber(day))).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });
});
