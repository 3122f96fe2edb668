import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DISTINCT_CAP, distinctCount, distinctOf, mergeDistinct } from "./distinct.ts";

const texts = fc.array(fc.string({ maxLength: 6 }), { maxLength: 50 });

describe("distinct sketches", () => {
  it("merge associatively, commutatively and idempotently to the sketch of all texts", () => {
    fc.assert(
      fc.property(texts, texts, texts, (x, y, z) => {
        const [a, b, c] = [x, y, z].map(distinctOf) as [string, string, string];
        expect(mergeDistinct(a, b)).toBe(mergeDistinct(b, a));
        expect(mergeDistinct(mergeDistinct(a, b), c)).toBe(mergeDistinct(a, mergeDistinct(b, c)));
        expect(mergeDistinct(a, a)).toBe(a);
        expect(mergeDistinct(a, b)).toBe(distinctOf([...y, ...x]));
      }),
    );
  });

  it("count exactly below the cap", () => {
    for (let n = 0; n < DISTINCT_CAP; n++)
      expect(distinctCount(distinctOf(Array.from({ length: n }, (_, i) => `site ${i}`)))).toBe(n);
  });

  it("estimate above it without bias and within a fifth on average, in bounded room", () => {
    let ratio = 0;
    let error = 0;
    for (let trial = 0; trial < 200; trial++) {
      const sketch = distinctOf(Array.from({ length: 1000 }, (_, i) => `${trial}/${i}`));
      expect(sketch.length).toBe(4 * DISTINCT_CAP);
      ratio += distinctCount(sketch) / 1000 / 200;
      error += Math.abs(distinctCount(sketch) / 1000 - 1) / 200;
    }
    expect(ratio).toBeGreaterThan(0.95);
    expect(ratio).toBeLessThan(1.05);
    expect(error).toBeLessThan(0.2);
  });
});
