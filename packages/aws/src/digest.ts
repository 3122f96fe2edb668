import { hash } from "node:crypto";
import { BugError } from "@bullseye/core/errors";
import { keyedHash } from "@bullseye/core/keyed-hash";
import type { Digest } from "@bullseye/core/ports";

/** Digests; the keyed one asks for the stage's hash key when it is needed and throws BugError while nobody has read it. */
export function createDigest(hashKey: () => string | undefined): Digest {
  let known: { key: string; keyed: (text: string) => string } | null = null;
  return {
    id: (text) => hash("sha256", text, "hex").slice(0, 20),
    sha256: (text) => hash("sha256", text, "hex"),
    keyed: (text) => {
      const key = hashKey();
      if (key === undefined) throw new BugError("a keyed hash was asked for before the stage's hash key was read");
      if (known?.key !== key) known = { key, keyed: keyedHash(key) };
      return known.keyed(text).slice(0, 20);
    },
  };
}
