import { createHmac, hash } from "node:crypto";

/** Bytes that SHA-256 takes at a time, and of its answer (FIPS 180-4); what HMAC mixes into the key (RFC 2104). */
const BLOCK = 64;
const ANSWER = 32;
const INNER = 0x36;
const OUTER = 0x5c;

/** Characters of a text that need no room of its own [design]: addresses and ids are shorter. */
const SHORT = 512;
/** A UTF-16 character takes at most so many bytes of UTF-8. */
const BYTES_A_CHARACTER = 3;

/**
 * HMAC-SHA-256 under one key, as 64 hex digits of texts in UTF-8. The same as `createHmac` in half the time for short texts: the key is
 * mixed in once, and no object is made for each text.
 */
export function keyedHash(key: string): (text: string) => string {
  const bytes = Buffer.from(key);
  const block = Buffer.alloc(BLOCK);
  (bytes.length > BLOCK ? hash("sha256", bytes, "buffer") : bytes).copy(block);
  const inner = Buffer.alloc(BLOCK + SHORT * BYTES_A_CHARACTER);
  const outer = Buffer.alloc(BLOCK + ANSWER);
  for (let at = 0; at < BLOCK; at++) {
    inner[at] = block[at]! ^ INNER;
    outer[at] = block[at]! ^ OUTER;
  }
  return (text) => {
    if (text.length > SHORT) return createHmac("sha256", key).update(text).digest("hex");
    const end = BLOCK + inner.write(text, BLOCK);
    outer.write(hash("sha256", inner.subarray(0, end), "binary"), BLOCK, "latin1");
    return hash("sha256", outer, "hex");
  };
}
