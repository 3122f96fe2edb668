/** What a condition says: `NO`, `YES`, or `UNKNOWN` where the account's data cannot tell (Kleene's three values). */
export type Verdict = 0 | 1 | 2;
export const NO = 0;
export const YES = 1;
export const UNKNOWN = 2;

/** The opposite; unknown stays unknown. */
export function negate(verdict: Verdict): Verdict {
  return verdict === UNKNOWN ? UNKNOWN : verdict === YES ? NO : YES;
}
