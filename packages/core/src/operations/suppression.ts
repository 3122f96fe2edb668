import type { Attributes } from "../account/attribute.ts";
import type { Groups, Statement } from "../account/item.ts";
import type { Digest } from "../ports.ts";
import { domainId, linkedinId, nameBlockId, registrationId, sourceKeyId } from "../resolve/identity.ts";
import { normalizeCompanyName } from "../resolve/keys/company-name.ts";

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
