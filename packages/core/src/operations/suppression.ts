import type { Attributes } from "../account/attribute.ts";
import { classesOf, joinClasses, type SuppressionClass, type SuppressionEntry } from "../account/facts.ts";
import type { Groups, Statement } from "../account/item.ts";
import type { Digest, Suppression } from "../ports.ts";
import { domainId, emailKeyId, linkedinId, nameBlockId, registrationId, sourceKeyId } from "../resolve/identity.ts";
import { normalizeCompanyName } from "../resolve/keys/company-name.ts";
import type { RunContext } from "./run-context.ts";

/** The key id under which an entry lies. */
export function suppressionId({ type, value }: SuppressionEntry, digest: Digest): string {
  switch (type) {
    case "domain":
      return domainId(value, digest);
    case "linkedin":
      return linkedinId(value, digest);
    case "registration":
      return registrationId(value, digest);
    case "name":
      return nameBlockId(value, digest);
    case "source-id":
      return sourceKeyId(value, digest);
    default:
      return emailKeyId(value, digest);
  }
}

/** Why somebody is kept out, in words for people. */
export const SUPPRESSED_WORDS: Readonly<Record<SuppressionClass, string>> = {
  "opted-out": "suppressed as opted out; nobody is told of them",
  competitors: "suppressed as competitors",
  customers: "suppressed as customers",
  "open-deals": "suppressed for open deals",
  other: "suppressed companies are never targeted",
};

/** What a run withdraws of suppressions: close-run deletes it, and it must not count before. */
export function withdrawnHere({
  kind,
  type,
  list,
  withdraws,
}: RunContext): { list: string; versions: readonly number[] } | undefined {
  return kind === "suppressions" && type !== "erase" && withdraws.length > 0 ? { list: list!, versions: withdraws } : undefined;
}

/** What all lists together say of an account: the classes, and the reason given for the first of them. Null where it is not suppressed. */
export function suppressionOf(
  keys: readonly string[],
  known: ReadonlyMap<string, readonly Suppression[]>,
): { classes: SuppressionClass[]; reason: string } | null {
  const entries = keys.flatMap((key) => known.get(key) ?? []).map(({ entry }) => entry);
  if (entries.length === 0) return null;
  const classes = joinClasses(...entries.map((entry) => classesOf(entry.classes)));
  const reasons = entries.filter((entry) => classesOf(entry.classes).includes(classes[0]!)).map(({ reason }) => reason);
  return { classes, reason: reasons.sort()[0]! };
}

/** A suppression as traces and explanations word it. */
export function suppressionWords(reason: string, classes: readonly SuppressionClass[] | undefined): string {
  const named = classesOf(classes).filter((each) => each !== "other");
  return named.length === 0 ? reason : `${named.join(", ")}: ${reason}`;
}

/** All key ids under which an account may have been suppressed: its own, those of its homes, and those of everything its rows named. */
export function suppressionKeys(
  id: string,
  groups: Groups,
  ref: readonly Statement[] | undefined,
  attributes: Attributes,
  digest: Digest,
): string[] {
  const keys = new Set<string>([id]);
  const add = (value: unknown, key: (text: string, digest: Digest) => string): void => {
    if (typeof value === "string" && value !== "") keys.add(key(value, digest));
  };
  add(attributes.domain?.value, domainId);
  add(attributes.linkedin?.value, linkedinId);
  for (const { home } of groups) keys.add(home);
  for (const st of [...groups.map((group) => group.st), ref ?? []]) {
    for (const { f } of st) {
      add(f.domain, domainId);
      add(f.emailDomain, domainId);
      add(f.linkedin, linkedinId);
      add(f.registration, registrationId);
      add(f.sourceId, sourceKeyId);
      if (typeof f.name === "string") {
        const name = normalizeCompanyName(f.name, f.country as string | undefined);
        if (name) keys.add(nameBlockId(name.key, digest));
      }
    }
  }
  return [...keys].sort();
}
