import { hash } from "node:crypto";
import { keyedHash } from "@bullseye/core/keyed-hash";
import type { Digest } from "@bullseye/core/ports";

/**
 * Digests with the keyed hash of a home. The key of a laptop home is fixed unless `hashKey` is configured: equal lists then give equal
 * ids in every home, and the store lies on the same disk as the lists anyway.
 */
export function createDigest(hashKey: string): Digest {
  const keyed = keyedHash(hashKey);
  return {
    id: (text) => hash("sha256", text, "hex").slice(0, 20),
    sha256: (text) => hash("sha256", text, "hex"),
    keyed: (text) => keyed(text).slice(0, 20),
  };
}
