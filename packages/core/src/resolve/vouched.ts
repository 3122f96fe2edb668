import type { FieldValues } from "../account/fields.ts";
import type { Statement } from "../account/item.ts";
import type { Digest } from "../ports.ts";
import { identityOf, keysOf } from "./identity.ts";

/** For which keys statements of a list vouch, and `more` ones by the JSON of their fields: the countries by key, "" where none is named. */
export function vouchedBy(
  statements: readonly Statement[],
  list: string,
  digest: Digest,
  more: Iterable<string> = [],
): Map<string, Set<string>> {
  const vouched = new Map<string, Set<string>>();
  const add = (fields: FieldValues): void => {
    const keys = keysOf(identityOf(fields), digest);
    for (const key of keys?.links ?? []) vouched.set(key, (vouched.get(key) ?? new Set()).add(keys!.linkCountry));
  };
  for (const { l, f } of statements) if (l === list) add(f);
  for (const json of more) add(JSON.parse(json) as FieldValues);
  return vouched;
}
