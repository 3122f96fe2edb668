import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keyedHash } from "./keyed-hash.ts";

const hmac = (key: string, text: string): string => createHmac("sha256", key).update(text).digest("hex");

/** Characters of every length in UTF-8, halves of pairs too. */
const character = fc.constantFrom("a", "\0", "é", "€", "😀", "\ud800", "\udc00");
const text = fc.array(character, { maxLength: 40 }).map((characters) => characters.join(""));

test("is HMAC-SHA-256, whatever came before", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.array(text, { maxLength: 6 }), (key, texts) => {
      const keyed = keyedHash(key);
      for (const each of texts) expect(keyed(each)).toBe(hmac(key, each));
    }),
  );
});

test.each([63, 64, 65, 511, 512, 513, 5_000])("of a key and a text of %i characters too", (length) => {
  for (const each of ["k", "€"])
    expect(keyedHash(each.repeat(length))(each.repeat(length))).toBe(hmac(each.repeat(length), each.repeat(length)));
});
