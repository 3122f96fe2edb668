import { RANK, type Rank } from "../account/item.ts";
import type { Digest } from "../ports.ts";
import { nameHomeId } from "./identity.ts";

/** A home as the order of homes sees it. */
export interface OrderedHome {
  id: string;
  rank: Rank;
}

/**
 * The order in which homes lead to each other: a stronger key is higher, a name with a country is higher than one without, and among equals
 * the smaller id. Vouchers of keys lead up it by themselves; decisions and similar names are pointed so, and therefore nothing ever goes in a
 * circle, whatever comes later. Negative where `a` is lower.
 */
export function compareHomes(a: OrderedHome, b: OrderedHome, digest: Digest): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.rank === RANK.name) {
    const placed = Number(hasCountry(a.id, digest)) - Number(hasCountry(b.id, digest));
    if (placed !== 0) return placed;
  }
  return a.id === b.id ? 0 : a.id < b.id ? 1 : -1;
}

/** The last digits of a name home spell its country; those without one all end alike. */
function hasCountry(id: string, digest: Digest): boolean {
  return !id.endsWith(nameHomeId("", "", digest).slice(16));
}
