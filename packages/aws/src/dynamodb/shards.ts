/** Hex digits of an id that number its shard: 256 of them, so that no partition key gets hot while a base is written. */
const SHARD_DIGITS = 2;

/** The shard of an id. */
export function shardOf(id: string): string {
  return id.slice(0, SHARD_DIGITS);
}

/** All shards in text order. */
export const SHARDS: readonly string[] = Array.from({ length: 16 ** SHARD_DIGITS }, (_, n) =>
  n.toString(16).padStart(SHARD_DIGITS, "0"),
);

/** The shards that hold ids of the half-open range; `to` null is open. */
export function shardsBetween(from: string, to: string | null): string[] {
  return SHARDS.filter((shard) => `${shard}g` > from && (to === null || shard < to));
}
