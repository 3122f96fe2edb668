import { expect, test } from "vitest";
import { count, many, percent, short, valueWords, words } from "./wording.ts";

test("numbers for people", () => {
  expect([0, 999, 1000, 1234567, 1234.5, 0.005].map(count)).toEqual(["0", "999", "1,000", "1,234,567", "1,234.5", "0.01"]);
  expect([950, 12_400, 1_000_000, 81_640_000, 3_600_000_000].map(short)).toEqual(["950", "12,400", "1 m", "81.6 m", "3.6 bn"]);
  expect(many(1, "company", "companies")).toBe("1 company");
  expect(many(0, "row")).toBe("0 rows");
});

test("a share never reads as nothing or all while something is left", () => {
  expect(percent(0, 10)).toBe("0 %");
  expect(percent(1, 1000)).toBe("< 1 %");
  expect(percent(999, 1000)).toBe("> 99 %");
  expect(percent(1000, 1000)).toBe("100 %");
  expect(percent(0, 0)).toBe("–");
});

test("names and values as words", () => {
  expect(["company-size", "needs.priceSensitivity", "public_admin"].map(words)).toEqual([
    "company size",
    "price sensitivity",
    "public admin",
  ]);
  expect(valueWords([51, 200])).toBe("51 to 200");
  expect(valueWords([10_001, null])).toBe("10,001 or more");
  expect(valueWords([null, 9])).toBe("up to 9");
  expect(valueWords(0.5)).toBe("0.5");
  expect(valueWords(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more");
  expect(valueWords(null)).toBe("not known");
});
