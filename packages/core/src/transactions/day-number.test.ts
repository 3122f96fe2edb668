import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayNumber, dayOf } from "./day-number.ts";

describe("day numbers", () => {
  it("agree with the calendar of the runtime in both directions", () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (number) => {
        const day = new Date(number * 86_400_000).toISOString().slice(0, 10);
        expect(dayOf(number)).toBe(day);
        expect(dayNumber(day)).toBe(number);
      }),
      { numRuns: 2000 },
    );
  });

  it("are NaN for what is no day", () => {
    for (const text of [
      "",
      "2024-02-30",
      "2023-02-29",
      "2024-13-01",
      "2024-00-10",
      "2024-01-00",
      "24-01-01",
      "2024/01/01",
      "2024-1-011",
      "abcd-ef-gh",
    ]) {
      expect(dayNumber(text)).toBeNaN();
    }
    expect(dayNumber("2024-02-29")).toBe(19_782);
    expect(dayNumber("1900-02-29")).toBeNaN();
  });
});
