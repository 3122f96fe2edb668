import type { AccountItem, ParkedItem } from "../account/item.ts";
import { encodeAccount, encodeParked, INDEXED_TIERS, suppressedAs, wantText } from "../account/stored-item.ts";

/**
 * Bytes of items as `packages/aws/src/dynamodb` writes them, names of attributes included ("DynamoDB item sizes and formats", Amazon
 * DynamoDB Developer Guide); a test there compares them.
 */

/** Digits of a key that choose the group in which its vouchers or suppressions lie packed: `packages/aws/src/dynamodb/rows.ts`. */
export const GROUP_DIGITS = 3;
export const GROUPS = 16 ** GROUP_DIGITS;

/** Shards of every kind of item: `packages/aws/src/dynamodb/shards.ts`. */
export const SHARDS = 256;

/** Averages of the bench's lists [design]: bytes of an account item and of a voucher packed in its group, vouchers of an account. */
export const TYPICAL = { account: 340, line: 26, lines: 2.4 } as const;

/** pk, sk of 20 digits, v, f and the name of the body. */
const ACCOUNT_ATTRIBUTES = 2 + 4 + 2 + 20 + 1 + 2 + 1 + 2 + 1;
/** pk, sk of 3 digits, v, f, rev, n and the name of the body. */
const GROUP_ATTRIBUTES = 2 + 4 + 2 + 3 + 1 + 2 + 1 + 2 + 3 + 2 + 1 + 2 + 1;
/** pk, sk, v, a and the name of the body, for a member of an audience with a name of common length [design]. */
const RECORD_ATTRIBUTES = 2 + 12 + 2 + 24 + 1 + 2 + 1;
/** lp and ls. */
const LISTING_ATTRIBUTES = 2 + 3 + 2 + 36;

/** Bytes of an account. */
export function accountBytes(item: AccountItem): number {
  return (
    ACCOUNT_ATTRIBUTES +
    encodeAccount(item).length +
    (isIndexed(item) ? LISTING_ATTRIBUTES : 0) +
    wantsBytes(item) +
    (item.dep ? 5 : 0)
  );
}

/** Bytes of a parked home. */
export function parkedBytes(item: ParkedItem): number {
  return ACCOUNT_ATTRIBUTES + encodeParked(item).length;
}

/** Bytes of a group of rows whose packed lines take so many. */
export function groupBytes(packed: number): number {
  return GROUP_ATTRIBUTES + packed;
}

/** Bytes of a record (a list, run, push, member) that is packed to so many: pk, sk and v beside it. */
export function recordBytes(packed: number): number {
  return RECORD_ATTRIBUTES + packed;
}

/** Units that the listing index takes when an account is saved: one for an entry that comes or goes, two for one that moves. */
export function indexUnits(item: AccountItem, before: AccountItem | undefined): number {
  const now = isIndexed(item) ? `${item.result!.tier} ${item.result!.score}` : null;
  const then = before && isIndexed(before) ? `${before.result!.tier} ${before.result!.score}` : null;
  return now === then ? 0 : (now === null ? 0 : 1) + (then === null ? 0 : 1);
}

function isIndexed({ result }: AccountItem): boolean {
  return result !== undefined && INDEXED_TIERS.has(result.tier);
}

/** What planning reads stands beside the body. */
function wantsBytes({ result }: AccountItem): number {
  if (!result || (result.audiences.length === 0 && !result.blocked)) return 0;
  const { audiences, blocked = [], keptOut, members = {} } = result;
  const head = wantText({ audiences, blocked, keptOut, suppressed: suppressedAs(result), fingerprint: null });
  let bytes = 1 + Buffer.byteLength(head);
  for (const [platform, [key, fingerprint]] of Object.entries(members))
    bytes += 3 + platform.length + key.length + fingerprint.length;
  return bytes;
}
