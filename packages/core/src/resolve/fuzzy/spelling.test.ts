import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contracts, editDistance, lettersDiffer, lettersOf, slipLikeness, soundOf } from "./spelling.ts";

/** The textbook table of optimal string alignment. */
function plainDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        rows[i]![j] = Math.min(rows[i]![j]!, rows[i - 2]![j - 2]! + 1);
    }
  return rows[a.length]![b.length]!;
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "d"), maxLength: 9 });

describe("editDistance", () => {
  it("is the textbook's, cut off above the limit", () => {
    fc.assert(
      fc.property(word, word, fc.nat(4), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(limit + 1, plainDistance(a, b)));
      }),
    );
  });

  it("is never ruled out by the letters where it is within the limit", () => {
    fc.assert(
      fc.property(word, word, fc.nat(3), (a, b, limit) => {
        if (plainDistance(a, b) <= limit) expect(lettersDiffer(lettersOf(a), lettersOf(b), limit)).toBe(false);
      }),
    );
  });
});

describe("slipLikeness", () => {
  it("lets no letter slip in short words, one in longer ones, two in long ones", () => {
    expect(slipLikeness("ibm", "ibn")).toBe(0);
    expect(slipLikeness("preschool", "prescohol")).toBeGreaterThan(0.85);
    expect(slipLikeness("carroll", "carholm")).toBe(0);
    expect(slipLikeness("schneider", "shneidr")).toBe(0);
    expect(slipLikeness("schneider", "snchneidr")).toBeGreaterThan(0);
  });
});

describe("contracts", () => {
  it.each([
    ["hlth", "health"],
    ["cntr", "center"],
    ["chgo", "chicago"],
    ["engrg", "engineering"],
    ["chld", "child"],
  ])("takes %s for %s", (short, long) => {
    expect(contracts(short, long)).toBe(true);
    expect(contracts(long, short)).toBe(true);
  });

  it.each([
    ["hlth", "wealth"],
    ["ct", "center"],
    ["marine", "maritime"],
    ["center", "center"],
    ["ctnr", "center"],
  ])("does not take %s for %s", (short, long) => expect(contracts(short, long)).toBe(false));
});

describe("soundOf", () => {
  it.each([
    ["khlebnikov", "hlebnikov"],
    ["schukin", "shchukin"],
    ["kristal", "crystal"],
    ["tannhaeuser", "tannhauser"],
    ["yunost", "iunost"],
  ])("is the same for %s and %s", (a, b) => expect(soundOf(a)).toBe(soundOf(b)));

  it("tells other words apart", () => expect(soundOf("carroll")).not.toBe(soundOf("carrell")));
});
