import { afterAll, describe, expect, it } from "vitest";
import { cellF1 } from "./cell-score.ts";
import { InspectReader } from "./measure.ts";
import { PORTAL_FILES } from "./portal-files.ts";
import { Random } from "./random.ts";
import { REPORT_FILES } from "./report-files.ts";
import { TOOL_FILES } from "./tool-files.ts";

const reader = new InspectReader();
afterAll(() => reader.close());

const FILES = 6;

describe("documents as offices publish and tools write them", () => {
  it.each(Object.entries({ ...PORTAL_FILES, ...TOOL_FILES, ...REPORT_FILES }))("%s", async (_recipe, make) => {
    for (let seed = 0; seed < FILES; seed++) {
      const { bytes, expected } = make(new Random(seed * 97 + 5));
      expect(cellF1(expected, await reader.read(bytes))).toBeGreaterThanOrEqual(0.98);
    }
  });
});
