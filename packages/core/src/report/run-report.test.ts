import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderRunReport } from "./run-report.ts";
import type { RunReportData } from "./run-report-data.ts";

const data: RunReportData = {
  matching: {
    pieces: [],
    edges: [],
    joinedNow: 0,
    review: [
      {
        low: { id: "a".repeat(20), rank: 1, name: "Acme <Pumps>", domain: null, place: "Kiel, DE" },
        high: { id: "b".repeat(20), rank: 3, name: "Acme Pump Works", domain: "acme-pumps.example", place: null },
        confidence: 0.52,
        reasons: ["share acme"],
      },
    ],
    more: 0,
    count: 2,
    put: null,
  },
  run: {
    runId: "0123456789abcdef0123",
    type: "list",
    status: "done",
    list: "spring-fair",
    kind: "accounts",
    version: 2,
    input: { key: "inbox/accounts/spring-fair/fair.csv", versionId: "ff", asOf: "2026-11-20", configSha: "aa" },
    startedAt: "2026-11-20T10:00:00Z",
    rows: { in: 20, accepted: 12, merged: 3, rejected: 2, blank: 2, footer: 1 },
    accounts: { created: 10, updated: 2, unchanged: 0, removed: 0 },
    balanced: true,
    rejects: "rejects/spring-fair/0123.csv",
  },
  file: "fair.csv",
  origin: "first-party",
  mode: "append",
  scope: "list",
  accounts: 12,
  tiers: [
    { id: "A", n: 9 },
    { id: "X", n: 3 },
  ],
  segments: [{ id: "mid-market", name: "Mid-market", n: 6 }],
  rejects: [{ reason: "no-identity", column: "Company", hint: 'name a company in "Company"', n: 2 }],
  cellProblems: [{ what: "Website: not a domain", n: 4 }],
  best: [
    {
      id: "aa",
      name: "Ashgrove Labs LLC",
      domain: "ashgrove-labs.example",
      country: "US",
      tier: "A",
      score: 81.25,
      low: 60,
      high: 92,
      reasons: [{ what: "industry", value: "manufacturing", points: 14 }],
      suppressed: true,
    },
  ],
  coverage: [{ group: "Who they are", label: "Employees", lists: 6, reference: 3, derived: 0, estimated: 0 }],
  sample: 12,
  looked: null,
  audiences: [
    {
      id: "strategic",
      name: "Strategic accounts",
      platform: "linkedin",
      mode: "file",
      hash: "abcdef0123456789",
      desired: 9,
      told: 0,
      add: 9,
      remove: 0,
      awaitingApproval: true,
      approvalReasons: ["first push of this audience"],
      blocked: [{ rule: "suppressed", reason: "suppressed companies are never targeted", n: 1 }],
      exported: 0,
      withdrawn: 0,
      accepted: 0,
      confirmed: 0,
      rejected: 0,
      parked: 0,
      pending: 9,
      files: [],
    },
  ],
  usage: {
    "s3.put": 40,
    "dynamodb.write": 12_300,
    "lambda.request": 30,
    "lambda.gbSecond": 12.5,
    "stepFunctions.transition": 55,
  },
};

/** What a reader sees, line by line. */
function textOf(page: string): string {
  const body = page.slice(page.indexOf("<body>"));
  return body
    .replace(/<\/(p|h1|h2|h3|li|tr|div|section)>/g, "\n")
    .replace(/<[^>]+>/g, " ")
    .replace(/[ \t]+/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

describe("renderRunReport", () => {
  test("says where every row went, what stands out and what waits", () => {
    expect(textOf(renderRunReport(data))).toMatchSnapshot();
  });

  test("the parts of the bar are the classes, and their sum is said beside the rows", () => {
    const page = renderRunReport(data);
    const widths = [
      ...page.slice(page.indexOf('class="stack"'), page.indexOf('class="legend"')).matchAll(/width:([\d.]+)%/g),
    ].map((each) => Number(each[1]));
    expect(widths).toEqual([60, 15, 10, 10, 5]);
    expect(page).toContain("12 + 3 + 2 + 2 + 1 = 20 of 20 rows");
  });

  test("a failed run says why and what to do", () => {
    const failed: RunReportData = {
      ...data,
      run: { ...data.run, status: "failed", error: { name: "BugError", message: "rows are missing" } },
    };
    expect(textOf(renderRunReport(failed))).toContain("rows are missing");
    expect(textOf(renderRunReport(data))).not.toContain("This run failed");
  });

  test("a run whose usage was not counted says nothing of its cost", () => {
    expect(renderRunReport(data)).toContain("On AWS this run costs about");
    expect(renderRunReport({ ...data, usage: null })).not.toContain("On AWS");
  });

  test("an undeclared source is said to keep the list from platforms", () => {
    expect(renderRunReport({ ...data, origin: "unknown" })).toContain("never sent to an ad platform");
    expect(renderRunReport(data)).not.toContain("never sent to an ad platform");
  });

  test("no script, nothing from elsewhere, and no text of a file becomes markup", () => {
    const evil = `<script>alert(1)</script>" onload='x'&`;
    const page = renderRunReport({
      ...data,
      file: evil,
      rejects: [{ reason: evil, column: evil, hint: evil, n: 1 }],
      cellProblems: [{ what: evil, n: 1 }],
      segments: [{ id: "s", name: evil, n: 1 }],
      tiers: [{ id: evil, n: 1 }],
      best: [
        {
          ...data.best[0]!,
          name: evil,
          domain: evil,
          country: evil,
          tier: evil,
          reasons: [{ what: evil, value: evil, points: 1 }],
        },
      ],
      audiences: [
        {
          ...data.audiences[0]!,
          name: evil,
          id: evil,
          blocked: [{ rule: evil, reason: evil, n: 1 }],
          files: [evil],
          parkedReason: evil,
        },
      ],
    });
    expect(page).not.toMatch(/<script|https?:|src=|onload='/i);
    const tags = (text: string): number => text.match(/<[a-z]/gi)!.length;
    const tame = renderRunReport({
      ...data,
      segments: [{ id: "s", name: "x", n: 1 }],
      tiers: [{ id: "x", n: 1 }],
      audiences: [{ ...data.audiences[0]!, files: ["x"], parkedReason: "x" }],
    });
    expect(tags(page)).toBe(tags(tame));
  });

  test("whatever a company is called, the page keeps its tags", () => {
    const tags = (name: string): string[] =>
      renderRunReport({ ...data, best: [{ ...data.best[0]!, name }] }).match(/<\/?[a-z][a-z0-9]*/gi)!;
    const plain = tags("x");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(tags(name)).toEqual(plain);
      }),
      { numRuns: 50 },
    );
  });
});
