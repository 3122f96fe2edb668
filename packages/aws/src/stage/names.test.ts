import { describe, expect, test } from "vitest";
import { checkStageName, executionArn, stageNames } from "./names.ts";

const names = stageNames({ stage: "staging", account: "123456789012", region: "eu-central-1", partition: "aws" });

describe("the names of a stage", () => {
  test("are all filled in, and told apart", () => {
    const texts = Object.values(names).flatMap((value) =>
      typeof value === "string" ? [value] : Array.isArray(value) ? value : [],
    );
    expect(texts.filter((each) => typeof each === "string" && each.includes("{"))).toEqual([]);
    expect(names.bucket).toBe("bullseye-staging-123456789012-eu-central-1");
    expect(names.stacks[0]).toBe("bullseye-staging-storage");
    expect(names.stateMachineAliasArn).toMatch(
      /^arn:aws:states:eu-central-1:123456789012:stateMachine:bullseye-staging-[a-z-]+:live$/,
    );
    expect(executionArn(names, "abc")).toMatch(/:execution:bullseye-staging-[a-z-]+:abc$/);
    expect(names.deadLetters).toContainEqual({ id: "push-linkedin-dead", from: "push-linkedin" });
    expect(names.deadLetters).toContainEqual({ id: "refresh-dead", from: null });
    expect(names.functionName("intake")).toBe("bullseye-staging-intake");
    expect(names.bucket.length).toBeLessThanOrEqual(63);
  });

  test("a stage is called in few plain letters, so that the longest name of a bucket still fits", () => {
    const longest = checkStageName("a123456789012345");
    const region = "ap-southeast-1";
    expect(stageNames({ stage: longest, account: "123456789012", region, partition: "aws" }).bucket.length).toBeLessThanOrEqual(
      63,
    );
    for (const wrong of ["", "A", "1a", "a_b", "a-", "a1234567890123456", "ü"])
      expect(() => checkStageName(wrong)).toThrow(/cannot name a stage/);
  });
});
