import type { SuppressionClass } from "../account/facts.ts";

/** Whose suppressions keep an account off an audience: its own, or those of every company above it as well. */
export const SUPPRESSION_FAMILIES = ["company", "parent"] as const;
export type SuppressionFamily = (typeof SUPPRESSION_FAMILIES)[number];

/** A company above an account that a suppression list names. */
export interface SuppressedAbove {
  /** Account id. */
  id: string;
  name: string | null;
  /** What it is to the account. */
  as: "parent" | "ultimate parent" | "company above";
  classes: readonly SuppressionClass[];
}

const IS: Readonly<Record<SuppressionClass, string>> = {
  "opted-out": "opted out",
  competitors: "is a competitor",
  customers: "is a customer",
  "open-deals": "has an open deal",
  other: "is suppressed",
};

const WHO: Readonly<Record<SuppressedAbove["as"], string>> = {
  parent: "its parent",
  "ultimate parent": "its ultimate parent",
  "company above": "a company above it,",
};

/** What the company that is `at` (0: right above) of so many above an account is to it. */
export const placeAbove = (at: number, of: number): SuppressedAbove["as"] =>
  at === 0 ? "parent" : at === of - 1 ? "ultimate parent" : "company above";

/**
 * Why the companies above an account keep it off an audience, in words: `its ultimate parent Acme Group is a customer`. Null where they do
 * not: none is suppressed under a class that the audience respects, or it asks about the company alone.
 */
export function keptByFamily(
  { family, suppress }: { family: SuppressionFamily; suppress: readonly SuppressionClass[] },
  above: readonly SuppressedAbove[],
): string | null {
  if (family !== "parent") return null;
  for (const { id, name, as, classes } of above) {
    const kept = classes.find((each) => suppress.includes(each));
    if (kept !== undefined) return `${WHO[as]} ${name ?? id} ${IS[kept]}`;
  }
  return null;
}

/** {@link keptByFamily} as plans, explanations and members word it. */
export const keptWords = (why: string): string => `suppressed: ${why}`;

/** A text without these companies wherever it says, in the words of {@link keptByFamily}, that one of them keeps others out. */
export function withoutNames(text: string, names: readonly string[]): string {
  if (!Object.values(WHO).some((who) => text.includes(who))) return text;
  let left = text;
  for (const who of Object.values(WHO))
    for (const is of Object.values(IS))
      for (const name of names) left = left.replaceAll(`${who} ${name} ${is}`, `${who} (erased) ${is}`);
  return left;
}
