import fc from "fast-check";
import { expect, test } from "vitest";
import { trimmed } from "./trim.ts";

test("is what trim gives", () => {
  const character = fc.constantFrom("a", "Z", "0", "~", " ", "\t", "\n", "\u00a0", "\u2003", "\ufeff", "\u007f", "é", "");
  fc.assert(
    fc.property(fc.array(character, { maxLength: 6 }), (characters) => {
      const text = characters.join("");
      expect(trimmed(text)).toBe(text.trim());
    }),
  );
});
