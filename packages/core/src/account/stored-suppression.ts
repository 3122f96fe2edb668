import type { SuppressionEntry } from "./facts.ts";

/** What one list says of a suppressed key, as stores keep it: by its latest version, and by the one before in case that run fails. */
export interface StoredSuppression {
  /** The version that said it last. */
  latest: number;
  entry: SuppressionEntry;
  before?: { latest: number; entry: SuppressionEntry };
}

/** What is stored once `version` has said `entry`; the same version may say it again. */
export function saidBy(version: number, entry: SuppressionEntry, stored: StoredSuppression | undefined): StoredSuppression {
  const before = stored?.latest === version ? stored.before : stored && { latest: stored.latest, entry: stored.entry };
  return { latest: version, entry, ...(before === undefined ? {} : { before }) };
}

/** What is stored once `version` is forgotten, which said it last but not first: `first` is the version that did. */
export function saidWithout(version: number, first: number, stored: StoredSuppression): StoredSuppression {
  if (stored.latest !== version) return stored;
  return stored.before ?? { latest: first, entry: stored.entry };
}
