import type { AccountItem } from "@bullseye/core/account/item";
import { INDEXED_TIERS, suppressedAs, wantedMember, wantText } from "@bullseye/core/account/stored-item";
import type { WantedMember } from "@bullseye/core/ports";
import type { Item } from "./table.ts";

/** Partition keys that a tier is spread over in the index. */
export const LISTING_SHARDS: readonly string[] = Array.from({ length: 16 }, (_, n) => n.toString(16));

/** The key of a tier's share in the index. */
export function listingShard(tier: string, shard: string): string {
  return `${tier}#${shard}`;
}

const double = new DataView(new ArrayBuffer(8));

/**
 * A score as text that sorts from the highest to the lowest, exactly; none counts as -1. The bits of a negative double sort from the highest
 * to the lowest by themselves, those of the others when they are turned over, all of them before the negative ones.
 */
export function descending(score: number | null): string {
  double.setFloat64(0, (score ?? -1) + 0);
  const [high, low] = [double.getUint32(0), double.getUint32(4)];
  return high >>> 31 === 1 ? hex(high) + hex(low) : hex(~(high | 0x80000000)) + hex(~low);
}

const hex = (bits: number): string => (bits >>> 0).toString(16).padStart(8, "0");

/** The keys of an account in the index; none for tiers that are not in it. */
export function listingKeys({ id, result }: AccountItem): Item {
  if (!result || !INDEXED_TIERS.has(result.tier)) return {};
  return {
    lp: { S: listingShard(result.tier, id.slice(-1)) },
    ls: { S: `${descending(result.score)}${id}` },
  };
}

/** Beginning of the cells of an account on one platform, where its member is known. */
const MEMBER = "\n";

/**
 * What planning reads, on accounts that some audience wants: a line for accounts without a member, then one with platform, key (empty where
 * it is the account's id) and fingerprint for each platform that has one.
 */
export function wantsCell({ id, result }: AccountItem): Item {
  if (!result || (result.audiences.length === 0 && !result.blocked)) return {};
  const { audiences, blocked = [], keptOut, members = {} } = result;
  const head = wantText({ audiences, blocked, keptOut, suppressed: suppressedAs(result), fingerprint: null });
  const lines = Object.entries(members).map(
    ([platform, [key, fingerprint]]) => `${platform}\t${key === id ? "" : key}\t${fingerprint}`,
  );
  return { w: { S: [head, ...lines].join(MEMBER) } };
}

/** A wanted account on a platform as one text that sorts by key and id, to be held in memory by the hundred thousand. */
export function wantRow(id: string, cell: string, platform: string): string {
  const [head = "", ...lines] = cell.split(MEMBER);
  const line = lines.find((each) => each.startsWith(`${platform}\t`));
  const [, key = "", fingerprint = ""] = line?.split("\t") ?? [];
  return `${key || id}\t${id}\t${fingerprint}${head}`;
}

/** What {@link wantRow} says. */
export function wantedOfRow(row: string): WantedMember {
  const first = row.indexOf("\t");
  const second = row.indexOf("\t", first + 1);
  return wantedMember(row.slice(0, first), row.slice(first + 1, second), row.slice(second + 1));
}
