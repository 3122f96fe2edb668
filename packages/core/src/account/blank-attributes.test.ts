import { expect, test } from "vitest";
import { blankAttributes } from "./blank-attributes.ts";
import { ACCOUNT_FIELDS } from "./fields.ts";

test("every field that a list can state has its place, and nothing is known", () => {
  const blank = blankAttributes();
  expect(Object.keys(blank)).toEqual(expect.arrayContaining([...ACCOUNT_FIELDS]));
  expect(Object.values(blank).every((cell) => cell === undefined)).toBe(true);
});

test("each call gives an object of its own", () => {
  const blank = blankAttributes();
  blank.name = { value: "A", confidence: 1, method: "observed", source: "l#2", asOf: "2026-01-01" };
  expect(blankAttributes().name).toBeUndefined();
});
