import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EMPLOYEE_BANDS, employeeBand, revenueBand, SIZE_CLASSES, sizeClass } from "./bands.ts";

describe("sizeClass", () => {
  it.each([
    [1, "micro"],
    [9, "micro"],
    [10, "small"],
    [49, "small"],
    [50, "medium"],
    [249, "medium"],
    [250, "large"],
    [999, "large"],
    [1_000, "enterprise"],
    [0, "unknown"],
    [-5, "unknown"],
    [Number.NaN, "unknown"],
    [Number.POSITIVE_INFINITY, "unknown"],
    [null, "unknown"],
  ])("%j employees are %s", (employees, band) => {
    expect(sizeClass(employees).band).toBe(band);
  });

  it("answers a range by its class, or unknown with the classes it spans", () => {
    expect(sizeClass([51, 200])).toEqual({ band: "medium", possible: ["medium"] });
    expect(sizeClass([11, 50])).toEqual({ band: "unknown", possible: ["small", "medium"] });
    expect(sizeClass([10_001, Number.POSITIVE_INFINITY])).toEqual({ band: "enterprise", possible: ["enterprise"] });
    expect(sizeClass([200, 51])).toEqual({ band: "unknown", possible: [] });
  });

  it("never rules out the class or band of a number inside the range", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30_000 }), fc.nat(20_000), fc.nat(20_000), (inside, below, above) => {
        const range = [Math.max(1, inside - below), inside + above] as const;
        expect(sizeClass(range).possible).toContain(sizeClass(inside).band);
        expect(employeeBand(range).possible).toContain(employeeBand(inside).band);
        expect(sizeClass(inside).possible).toHaveLength(1);
      }),
    );
  });
});

describe("bands", () => {
  it("leaves no gap and no overlap", () => {
    for (const bands of [EMPLOYEE_BANDS, SIZE_CLASSES]) {
      bands.slice(1).forEach((band, i) => {
        expect(band.lo).toBe((bands[i]?.hi ?? 0) + 1);
      });
    }
  });

  it("places vendor ranges in their own band", () => {
    for (const { id, lo, hi } of EMPLOYEE_BANDS) expect(employeeBand([lo, hi]).band).toBe(id);
    expect(employeeBand(51).band).toBe("51-200");
    expect(employeeBand([11, 200])).toEqual({ band: "unknown", possible: ["11-50", "51-200"] });
  });

  it.each([
    [999_999, "<1M"],
    [1e6, "1-10M"],
    [1e9, ">1B"],
    [0, "unknown"],
    [-1, "unknown"],
    [[1e6, 1e7], "1-10M"],
    [[0, 1e6], "<1M"],
    [[1e9, Number.POSITIVE_INFINITY], ">1B"],
    [[5e6, 2e7], "unknown"],
    [null, "unknown"],
  ] as [Parameters<typeof revenueBand>[0], string][])("%j dollars are %s", (usd, band) => {
    expect(revenueBand(usd).band).toBe(band);
  });
});
