import fc from "fast-check";
import { expect, it } from "vitest";
import { WordFilter } from "./word-filter.ts";

const word = fc.oneof(fc.stringMatching(/^[a-d]{1,4}$/), fc.string({ unit: "grapheme" }));

it("never turns a word away", () => {
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const filter = new WordFilter(words);
      for (const each of words) expect(filter.mayBe(each)).toBe(true);
    }),
  );
});

it("turns away what no word begins or ends with at that length", () => {
  const filter = new WordFilter(["gmbh", "ag", "été"]);
  expect(["gmbh", "geh", "ax", "xg", "agag", "gh", "longer", "x"].map((text) => filter.mayBe(text))).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
  expect(filter.mayBe("été")).toBe(true);
});
