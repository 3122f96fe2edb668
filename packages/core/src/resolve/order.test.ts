import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RANK, type Rank } from "../account/item.ts";
import type { Digest } from "../ports.ts";
import { domainId, nameHomeId } from "./identity.ts";
import { compareHomes, type OrderedHome } from "./order.ts";

const sha256 = (text: string | Uint8Array): string => createHash("sha256").update(text).digest("hex");
const digest: Digest = { id: (text) => sha256(text).slice(0, 20), sha256, keyed: (text) => sha256(text).slice(0, 20) };

const home: fc.Arbitrary<OrderedHome> = fc.oneof(
  fc
    .constantFrom("a", "b", "c")
    .chain((name) =>
      fc.constantFrom("", "DE", "FR").map((country) => ({ id: nameHomeId(name, country, digest), rank: RANK.name as Rank })),
    ),
  fc.constantFrom("a.example", "b.example").map((domain) => ({ id: domainId(domain, digest), rank: RANK.domain as Rank })),
);

describe("the order of homes", () => {
  test("is total: nothing leads in a circle", () => {
    fc.assert(
      fc.property(home, home, home, (a, b, c) => {
        const order = (x: OrderedHome, y: OrderedHome): number => Math.sign(compareHomes(x, y, digest));
        expect(order(a, b)).toBe(-order(b, a) + 0);
        expect(order(a, b) === 0).toBe(a.id === b.id);
        if (order(a, b) < 0 && order(b, c) < 0) expect(order(a, c)).toBe(-1);
      }),
    );
  });

  test("goes up with the key, and from a name without a country to one with", () => {
    const bare = { id: nameHomeId("acme", "", digest), rank: RANK.name };
    const german = { id: nameHomeId("acme", "DE", digest), rank: RANK.name };
    const domain = { id: domainId("acme.example", digest), rank: RANK.domain };
    expect(compareHomes(bare, german, digest)).toBeLessThan(0);
    expect(compareHomes(german, domain, digest)).toBeLessThan(0);
  });
});
