import { describe, expect, it } from "vitest";
import { EXAMPLE_POLICY } from "../icp/examples/policy.ts";
import { ORIGINS } from "../lists/kinds.ts";
import { compilePolicy, type PolicyFacts, readPolicy } from "./policy.ts";

const company: PolicyFacts = { platform: "linkedin", memberKind: "company", origin: "first-party", identifier: "domain" };

describe("the example policy", () => {
  const policy = compilePolicy(EXAMPLE_POLICY);
  it("allows companies of every declared origin and nothing else", () => {
    for (const origin of ORIGINS) {
      expect(policy.decide({ ...company, origin }).allow).toBe(origin !== "unknown");
      expect(policy.decide({ ...company, origin, memberKind: "person", consent: "granted" }).allow).toBe(false);
    }
    expect(policy.decide({ ...company, origin: undefined })).toMatchObject({ allow: false, rule: "undeclared-origin" });
    expect(policy.decide({ ...company, origin: "Undeclared" })).toMatchObject({ allow: false, rule: "no-matching-rule" });
    expect(policy.decide({ ...company, origin: "broker" })).toMatchObject({ allow: true, rule: "companies-broker" });
    expect(policy.notes).toEqual([]);
  });
});

describe("a policy", () => {
  const rule = (id: string, decision: string, more: string) =>
    `  - { id: ${id}, decision: ${decision}, reason: because, source: a page, ${more} }\n`;
  it("denies by default", () => {
    expect(compilePolicy("rules: []").decide(company)).toMatchObject({ allow: false, rule: "no-matching-rule" });
  });

  it("takes the first rule that applies", () => {
    const policy = compilePolicy(`rules:\n${rule("no-de", "deny", "country: [DE, at]")}${rule("all", "allow", "platform: any")}`);
    expect(policy.decide({ ...company, country: "AT" })).toEqual({ allow: false, rule: "no-de", reason: "because" });
    expect(policy.decide({ ...company, country: "US" })).toEqual({ allow: true, rule: "all", reason: "because" });
  });

  it("lets a denial stand where a missing fact leaves it open, and no allowance", () => {
    const denying = compilePolicy(
      `rules:\n${rule("no-de", "deny", "country: DE, memberKind: company")}${rule("all", "allow", "platform: linkedin")}`,
    );
    expect(denying.decide(company)).toMatchObject({ allow: false, rule: "no-de" });
    expect(denying.decide({ ...company, memberKind: "person" })).toMatchObject({ allow: true, rule: "all" });
    const allowing = compilePolicy(`rules:\n${rule("us", "allow", "region: NA")}`);
    expect(allowing.decide(company)).toMatchObject({ allow: false, rule: "no-matching-rule" });
  });

  it("turns an allowance without a source into a denial and says so", () => {
    const policy = compilePolicy("rules:\n  - { id: all, decision: allow, reason: why not }\n");
    expect(policy.decide(company)).toMatchObject({ allow: false, rule: "all" });
    expect(policy.notes).toEqual([{ path: "rules[0]", line: 2, message: '"all" names no source, so it denies' }]);
  });

  it("gives the same answer from memory, and tells facts apart", () => {
    const policy = compilePolicy(`rules:\n${rule("granted", "allow", "consent: granted")}`);
    const granted = policy.decide({ ...company, consent: "granted" });
    expect(policy.decide({ ...company, consent: "granted" })).toBe(granted);
    expect(policy.decide({ ...company, consent: "denied" }).allow).toBe(false);
    expect(policy.decide({ ...company, region: "granted" }).allow).toBe(false);
  });

  it.each<[string, string, number, string]>([
    [rule("a", "allow", "origin: unknown"), "rules[0].origin", 2, "never activated"],
    [rule("a", "allow", "origin: brocker"), "rules[0].origin", 2, "It can be: first-party"],
    [rule("a", "permit", "origin: broker"), "rules[0].decision", 2, "allow, deny"],
    [rule("a", "deny", "origins: broker"), "rules[0].origins", 2, 'Did you mean "origin"?'],
    [rule("a", "deny", "origin: broker") + rule("a", "deny", "origin: public"), "rules[1].id", 3, "used twice"],
  ])("is refused with the line: %j", (text, path, line, message) => {
    const { policy, problems } = readPolicy(`rules:\n${text}`);
    expect(policy).toBeNull();
    expect(problems[0]).toMatchObject({ path, line });
    expect(problems[0]!.message).toContain(message);
  });
});
