import { afterAll, describe, expect, it } from "vitest";
import { BASELINES, cellF1 } from "./cell-score.ts";
import { InspectReader } from "./measure.ts";
import { FAMILY_NAMES, uglyFile } from "./ugly-files.ts";

const reader = new InspectReader();
afterAll(() => reader.close());

const FILES = 25;

/** Mean cell F1 that a family never falls below; those left out: 0.99. What is below is ambiguous in some files even for a person. */
const FLOORS: Record<string, number> = { "odd delimiter": 0.85, "space around": 0.95, "long preamble": 0.85 };

async function scoreOf(family: string, seed: number): Promise<number> {
  const { bytes, expected } = uglyFile(family, seed);
  try {
    return cellF1(expected, await reader.read(bytes));
  } catch {
    return 0;
  }
}

describe("files in ugly shapes", () => {
  it.each(FAMILY_NAMES)("%s", async (family) => {
    let sum = 0;
    for (let seed = 0; seed < FILES; seed++) sum += await scoreOf(family, 5000 + seed);
    expect(sum / FILES).toBeGreaterThanOrEqual(FLOORS[family] ?? 0.99);
  });

  it("are read better than by a delimiter sniffed from the first line", async () => {
    const naive = BASELINES.find(({ name }) => name === "naive sniff")!;
    let [ours, theirs, n] = [0, 0, 0];
    for (const family of FAMILY_NAMES) {
      for (let seed = 0; seed < 4; seed++) {
        const { bytes, expected } = uglyFile(family, 9000 + seed);
        n++;
        ours += await scoreOf(family, 9000 + seed);
        try {
          theirs += cellF1(expected, naive.read(bytes));
        } catch {
          // A reader that gives up has read nothing.
        }
      }
    }
    expect(theirs / n).toBeLessThan(0.9);
    expect(ours / n).toBeGreaterThan(0.98);
  });
});

describe("the score", () => {
  it("is 1 for the same cells, 0 for none, and between for a table cut otherwise", () => {
    const table = [
      ["a", "b"],
      ["1", "2"],
    ];
    expect(cellF1(table, table)).toBe(1);
    expect(cellF1(table, [["a,b"], ["1,2"]])).toBe(0);
    expect(cellF1(table, [["a", "b"]])).toBeCloseTo(2 / 3);
    expect(cellF1([["1", "2"], ...table], table)).toBeLessThan(1);
  });
});
