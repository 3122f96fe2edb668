import { gzipSync } from "node:zlib";
import { plainTable } from "@bullseye/core/lists/unpacking/unpacked";
import { sourceOfParts, writeParts } from "@bullseye/core/operations/plain-parts";
import type { Ports } from "@bullseye/core/ports";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judged, TestHome } from "../workflow/support.ts";
import { makeZip } from "./make-zip.ts";

const ROWS = Array.from({ length: 400 }, (_, i) => [`Company ${i} Ltd`, `company${i}.example`, "DE", String(i * 7)]);
const HEADER = ["Company", "Website", "Country", "Employees"];
const CSV = [HEADER, ...ROWS].map((cells) => `${cells.join(",")}\n`).join("");
const LINES = ROWS.map((cells) => JSON.stringify(Object.fromEntries(cells.map((cell, j) => [HEADER[j], cell])))).join("\n");

/** Objects in memory, with what was written counted. */
function memory(): { ports: Ports; objects: Map<string, Uint8Array>; puts: string[] } {
  const objects = new Map<string, Uint8Array>();
  const puts: string[] = [];
  const store = {
    put: async (key: string, body: Uint8Array) => {
      puts.push(key);
      objects.set(key, Uint8Array.from(body));
    },
    range: async (key: string, start: number, end: number) => objects.get(key)!.subarray(start, end),
  };
  return { ports: { objects: store } as unknown as Ports, objects, puts };
}

describe("parts of a plain text", () => {
  it("read as the text itself, wherever they are cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(210),
        fc.nat(210),
        async (bytes, cuts, partBytes, a, b) => {
          const { ports, objects } = memory();
          async function* chunks() {
            for (let at = 0, i = 0; at < bytes.length; i++) {
              const size = cuts[i % cuts.length]!;
              yield bytes.subarray(at, at + size);
              at += size;
            }
          }
          const parts = await writeParts(ports, "run", chunks(), "plain/", partBytes);
          expect(parts.size).toBe(bytes.length);
          expect([...objects.values()].every((part) => part.length <= partBytes)).toBe(true);
          const [start, end] = [Math.min(a, b), Math.max(a, b)];
          expect(Buffer.from(await sourceOfParts(ports, parts).range(start, end))).toEqual(Buffer.from(bytes.slice(start, end)));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a packed list", () => {
  it("gives the accounts of the plain one, whatever it is packed in and however it is cut", async () => {
    const plain = new TestHome({ settings: { rangeBytes: 2000 } });
    const run = await plain.drop({ name: "list.csv", text: CSV, list: "list" });
    const expected = judged(await plain.accounts());
    expect(expected).toHaveLength(400);
    expect(run.rows).toMatchObject({ in: 400, accepted: 400 });
    const shapes: [string, Uint8Array][] = [
      ["list.csv.gz", gzipSync(CSV)],
      ["list.zip", makeZip([{ name: "list.csv", content: CSV }])],
      ["list.jsonl", Buffer.from(LINES)],
      ["list.csv", Buffer.from(`\uFEFF${CSV}`, "utf16le")],
      ["list-utf16.csv.gz", gzipSync(Buffer.from(`\uFEFF${CSV}`, "utf16le"))],
    ];
    for (const [name, text] of shapes) {
      const home = new TestHome({ settings: { rangeBytes: 2000 } });
      const other = await home.drop({ name, text, list: "list" });
      expect([name, other.rows]).toEqual([name, run.rows]);
      expect(judged(await home.accounts())).toEqual(expected);
    }
  });

  it("imported again is known by its bytes", async () => {
    const home = new TestHome();
    const list = { name: "list.csv.gz", text: gzipSync(CSV), list: "list" };
    expect((await home.dropped(list)).alreadyImported).toBe(false);
    expect((await home.dropped(list)).alreadyImported).toBe(true);
  });

  it("is unpacked in flat memory", async () => {
    const line = `${"x".repeat(99)}\n`;
    const bytes = gzipSync(`a\n${Array.from({ length: 600_000 }, (_, i) => `${i}${line}`.slice(-100)).join("")}`);
    let read = 0;
    let largest = 0;
    const source = { size: bytes.length, range: async (start: number, end: number) => bytes.subarray(start, end) };
    for await (const chunk of (await plainTable(source, "a.csv.gz"))!.open()) {
      read += chunk.length;
      largest = Math.max(largest, chunk.length);
    }
    expect(read).toBe(60_000_002);
    expect(largest).toBeLessThanOrEqual(1024 * 1024);
  });
});
