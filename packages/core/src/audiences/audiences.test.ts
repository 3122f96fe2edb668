import { describe, expect, it } from "vitest";
import type { Attributes, AttributeValue } from "../account/attribute.ts";
import { compileProfile } from "../icp/compile.ts";
import { EXAMPLE_AUDIENCES } from "../icp/examples/audiences.ts";
import { EXAMPLE_ICP } from "../icp/examples/icp.ts";
import { scoreFast } from "../icp/score.ts";
import { compileAudiences, readAudiences } from "./audiences.ts";

const AS_OF = "2026-06-30";
const account = (values: Record<string, AttributeValue>): Attributes =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { value, confidence: 1, method: "observed" as const, source: "a#2", asOf: AS_OF },
    ]),
  );

const profile = compileProfile(EXAMPLE_ICP);
const compiled = compileAudiences(EXAMPLE_AUDIENCES, { tiers: profile.tiers.map((tier) => tier.id), platforms: ["linkedin"] });

function run(values: Record<string, AttributeValue>) {
  const attributes = account(values);
  const standing = { ...scoreFast(profile, attributes, AS_OF) };
  const segments = compiled.segments.place(attributes, standing, AS_OF);
  return { segments, audiences: compiled.wants(attributes, { ...standing, segments }, AS_OF) };
}

describe("the example audiences", () => {
  it("place a prospect", () => {
    expect(run({ vertical: "manufacturing", employees: 600, revenueUsd: 8e7, region: "EU" })).toEqual({
      segments: ["mid-market", "core-industries", "new-logos"],
      audiences: ["strategic-accounts"],
    });
  });

  it("place a customer who went quiet, in one prospecting audience at most", () => {
    const quiet = {
      vertical: "retail",
      employees: 80,
      revenueUsd: 12e6,
      region: "EU",
      "transactions.orders": 9,
      "transactions.loyalty": "lapsed",
    };
    const { segments, audiences } = run(quiet);
    expect(segments).toContain("win-back");
    expect(segments).not.toContain("new-logos");
    expect(audiences).toEqual(["strategic-accounts", "win-back-customers"]);
  });

  it("leave out what cannot be told and what is disqualified", () => {
    expect(run({ region: "NA" })).toEqual({ segments: ["thin-data"], audiences: [] });
    expect(
      run({ vertical: "retail", employees: 1, revenueUsd: 9e4, region: "UK", customerPriority: "strategic" }).audiences,
    ).toEqual([]);
  });

  it("use both modes", () => {
    expect(compiled.all.map((audience) => [audience.id, audience.mode])).toEqual([
      ["strategic-accounts", "api"],
      ["growth-accounts", "file"],
      ["win-back-customers", "file"],
    ]);
  });
});

describe("an audiences file", () => {
  const file = (audience: string) =>
    `segments:\n  - { id: big, name: Big, when: { employees: { atLeast: 9 } } }\naudiences:\n  - id: a\n    name: A\n    mode: file\n${audience}`;
  it.each<[string, string, number, string]>([
    ["    platform: linkedin\n    include: { segments: [bigg] }\n", "audiences[0].include.segments", 8, 'Did you mean "big"?'],
    ["    platform: linkedin\n    include: { tiers: [Z] }\n", "audiences[0].include.tiers", 8, "It can be: A, B"],
    ["    platform: linkdin\n    include: { tiers: [A] }\n", "audiences[0].platform", 7, 'Did you mean "linkedin"?'],
    ["    platform: linkedin\n", "audiences[0].include", 4, "this is missing"],
    [
      "    platform: linkedin\n    include: { tiers: [A] }\n    limits: { removeShare: 10 }\n",
      "audiences[0].limits.removeShare",
      9,
      "between 0 and 1",
    ],
    [
      "    platform: linkedin\n    includes: { tiers: [A] }\n    include: { tiers: [A] }\n",
      "audiences[0].includes",
      8,
      'Did you mean "include"?',
    ],
  ])("is refused with the line: %j", (audience, path, line, message) => {
    const { audiences, problems } = readAudiences(file(audience), { tiers: ["A", "B"], platforms: ["linkedin"] });
    expect(audiences).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ path, line });
    expect(problems[0]!.message).toContain(message);
  });

  it("may be empty", () => {
    expect(compileAudiences("# nothing yet\n").all).toEqual([]);
  });

  it("sorts by priority and takes the first of a group", () => {
    const text = `audiences:
  - { id: b, name: B, platform: x, mode: api, include: { employees: { atLeast: 1 } }, group: g, priority: 2 }
  - { id: a, name: A, platform: x, mode: api, include: { employees: { atLeast: 1 } }, group: g, priority: 1, exclude: { region: UK } }`;
    const { wants } = compileAudiences(text);
    const standing = { score: 1, low: 1, high: 1, tier: "A", coverage: 1, disqualified: null };
    expect(wants(account({ employees: 5 }), standing, AS_OF)).toEqual(["a"]);
    expect(wants(account({ employees: 5, region: "UK" }), standing, AS_OF)).toEqual(["b"]);
  });
});

describe("whom an audience leaves out", () => {
  const audience = (suppress: string) =>
    readAudiences(`audiences: [{ id: a, name: A, platform: linkedin, mode: file, include: { employees: 1 }${suppress} }]`);
  const respects = (suppress: string): unknown => {
    const { suppress: classes, family } = audience(suppress).audiences!.all[0]!;
    return { classes, family };
  };
  const all = ["opted-out", "competitors", "customers", "open-deals", "other"];

  it("are all classes of the company itself, some of them, or also what is so of the companies above it", () => {
    expect(respects("")).toEqual({ classes: all, family: "company" });
    expect(respects(", suppress: [competitors]")).toEqual({ classes: ["opted-out", "competitors"], family: "company" });
    expect(respects(", suppress: { family: parent }")).toEqual({ classes: all, family: "parent" });
    expect(respects(", suppress: { classes: [customers], family: parent }")).toEqual({
      classes: ["opted-out", "customers"],
      family: "parent",
    });
  });

  it("is refused where there is no such policy", () => {
    for (const suppress of [", suppress: { family: group }", ", suppress: { families: parent }", ", suppress: parent"])
      expect(audience(suppress).problems).not.toEqual([]);
  });
});
