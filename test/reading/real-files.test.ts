import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { InspectReader } from "./measure.ts";
import FILES from "./real-files.json" with { type: "json" };

/**
 * What real ugly files hold: counted and hashed from a reading by another program (Python's csv) under a hand-written note on each file, that
 * says its encoding, its separator, the lines above the header, the lines of the header and those below the table. `sha256`: the first 16
 * digits over the JSON of header and records without the blank ones; `cells`: those that are not empty.
 */
const DATA = process.env.BULLSEYE_DATA ?? join(import.meta.dirname, "../../../shared/data");
const reader = new InspectReader();
afterAll(() => reader.close());

describe.skipIf(!existsSync(DATA))("real files (needs BULLSEYE_DATA)", () => {
  it.each(FILES.map((each) => [each.file, each] as const))("%s", async (file, { header, records, cells, sha256 }) => {
    const found = await reader.read(readFileSync(join(DATA, file)), file.split("/").at(-1));
    const filled = found.flat().filter((cell) => cell !== "").length;
    expect({ records: found.length - (header ? 1 : 0), cells: filled }).toEqual({ records, cells });
    expect(createHash("sha256").update(JSON.stringify(found)).digest("hex").slice(0, 16)).toBe(sha256);
  });
});
