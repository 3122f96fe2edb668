import { inflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SHORT_BYTES, ShortDeflate } from "./short-deflate.ts";

const DICTIONARY = Buffer.from('"name":"","domain":".com","country":"US","revenue":');
const short = new ShortDeflate(DICTIONARY);
const inflated = (packed: Uint8Array, dictionary: Uint8Array = DICTIONARY): string =>
  inflateRawSync(packed.subarray(1), { windowBits: 13, dictionary }).toString("utf8");

describe("a short deflate", () => {
  test("is read by any inflate, whatever the text", () => {
    const words = fc.array(fc.constantFrom('"name":"', "Acme", "ü€😀", '","country":"', "aaaaaaaa", "0123456789abcdef"), {
      maxLength: 120,
    });
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 400 }),
      words.map((each) => each.join("")),
      fc.json(),
      fc.tuple(fc.constantFrom("a", "ab", "abcd"), fc.nat(800)).map(([unit, times]) => unit.repeat(times)),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 255 }), (original, head) => {
        const packed = short.deflate(original, head)!;
        expect(packed[0]).toBe(head);
        expect(inflated(packed)).toBe(Buffer.from(original).toString("utf8"));
      }),
      { numRuns: 400 },
    );
  });

  test("copies every length and far distances from text and dictionary", () => {
    // Letters without a repetition of four, so that nothing but what is meant is copied.
    const noise = (count: number): string =>
      Array.from({ length: count }, (_, n) => String.fromCharCode(33 + ((n * n * 31 + n * 7) % 89))).join("");
    const large = new ShortDeflate(Buffer.from(noise(4_400)));
    for (let length = 1; length <= 520; length++) {
      const text = `${noise(4_400).slice(length, 2 * length)}|${"x".repeat(length)}|${noise(2_000)}`;
      expect(inflated(large.deflate(text, 1)!, Buffer.from(noise(4_400)))).toBe(text);
    }
  });

  test("is no longer than the text's letters, and shorter by what the dictionary knows", () => {
    expect(short.deflate('"name":"Acme","domain":"acme.com","country":"US"', 1)!.length).toBeLessThan(30);
    expect(short.deflate("", 1)!.length).toBe(3);
  });

  test("leaves texts that are too long to others, by bytes and not by letters", () => {
    expect(short.deflate("a".repeat(SHORT_BYTES), 1)).not.toBeNull();
    expect(short.deflate("a".repeat(SHORT_BYTES + 1), 1)).toBeNull();
    expect(short.deflate("€".repeat(Math.floor(SHORT_BYTES / 3)), 1)).not.toBeNull();
    expect(short.deflate("€".repeat(Math.floor(SHORT_BYTES / 3) + 1), 1)).toBeNull();
    const noise = String.fromCharCode(...Array.from({ length: SHORT_BYTES }, (_, n) => 150 + ((n * n) % 60)));
    expect(short.deflate(noise, 1)).toBeNull();
    const worst = noise.slice(0, SHORT_BYTES / 2);
    expect(inflated(short.deflate(worst, 1)!)).toBe(worst);
  });

  test("knows nothing of the text before", () => {
    const first = Buffer.from(short.deflate("one text of its own", 1)!);
    short.deflate("another text, quite another, with one text of its own", 1);
    expect(Buffer.from(short.deflate("one text of its own", 1)!)).toEqual(first);
    expect(inflated(first)).toBe("one text of its own");
  });
});
