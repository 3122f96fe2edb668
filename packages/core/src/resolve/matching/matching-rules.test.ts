import { describe, expect, test } from "vitest";
import { FUZZY_OPTIONS } from "../fuzzy/options.ts";
import { compileMatching, EXAMPLE_MATCHING } from "./matching-rules.ts";

describe("a matching file", () => {
  test("is as the example where it says nothing", () => {
    expect(compileMatching("{}")).toEqual(compileMatching(EXAMPLE_MATCHING));
    expect(compileMatching("").names.name.same).toBe(FUZZY_OPTIONS.name.same);
  });

  test("changes what it names and leaves the rest", () => {
    const rules = compileMatching("names: { same: 0.9, review: 0.5 }\ncompareInRun: 7\n");
    expect(rules.names.name).toEqual({ same: 0.9, review: 0.5 });
    expect(rules.names.nameAndPlace.same).toBe(FUZZY_OPTIONS.nameAndPlace.same);
    expect(rules.mostInRun).toBe(7);
  });

  test.each([
    ["name: { same: 1, review: 0 }", /line 1 \(name\): "name" is not a setting known here\. Did you mean "names"\?/],
    ["namesAndPlace: { smae: 0.9, review: 0.4 }", /"smae" is not a setting known here\. Did you mean "same"\?/],
    ["names: { same: 0.3, review: 0.5 }", /review must not lie above same/],
    ["names: { same: 2, review: 0.5 }", /names\.same/],
    ["compareInRun: many", /line 1 \(compareInRun\): this must be a number/],
  ])("says what is wrong with %s", (text, said) => {
    expect(() => compileMatching(text)).toThrow(said);
  });
});
