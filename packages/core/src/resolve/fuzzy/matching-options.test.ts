import { describe, expect, it } from "vitest";
import { InputError } from "../../errors.ts";
import { parseMatching } from "./matching-options.ts";
import { FUZZY_OPTIONS } from "./options.ts";

describe("parseMatching", () => {
  it.each(["", "# nothing\n", "{}"])("takes %j for the usual", (text) => {
    expect(parseMatching(text)).toEqual(FUZZY_OPTIONS);
  });

  it("takes what is said and leaves the rest as usual", () => {
    expect(parseMatching("name:\n  same: 0.9\nlevel: site\nlargestBlock: 100\n")).toEqual({
      ...FUZZY_OPTIONS,
      name: { same: 0.9, review: FUZZY_OPTIONS.name.review },
      level: "site",
      largestBlock: 100,
    });
  });

  it.each([
    ["name:\n  same: 0.1\n", /line 1 \(name\).*"same" must not be less than "review"/],
    ["nameAndPlace: {same: 1.5}", /line 1 \(nameAndPlace\.same\).*from 0 to 1/],
    ["level: company\nlargestBloc: 3", /line 2 \(largestBloc\).*"largestBloc" is not a setting.*largestBlock/],
    ["name: {sam: 0.5}", /"sam" is not a setting.*same/],
    ["largestBlock: 1.5", /whole number/],
    ["level: place", /must be one of: auto, company, site/],
    ["- name", /block of settings/],
    ["name: [", /not readable YAML/],
  ])("refuses %j in one line that says where", (text, message) => {
    let error: unknown;
    try {
      parseMatching(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain("\n");
  });
});
