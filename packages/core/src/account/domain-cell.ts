import { normalizeCompanyName } from "../resolve/keys/company-name.ts";
import { nameAgreesWithDomain } from "../resolve/keys/name-domain.ts";
import type { Attributes, Cell } from "./attribute.ts";

/**
 * The domain of an account: the one its rows state, else that of its people's e-mails where its name does not contradict it. The same rule
 * files rows under homes (`resolve/identity.ts`): an agency's mailbox is not its client's domain.
 */
export function domainCellOf(attributes: Attributes): Cell | undefined {
  const { domain, emailDomain, name, country } = attributes;
  if (domain || !emailDomain) return domain;
  if (typeof name?.value !== "string") return emailDomain;
  const key = normalizeCompanyName(name.value, typeof country?.value === "string" ? country.value : undefined)?.key;
  return key === undefined || nameAgreesWithDomain(key, String(emailDomain.value)) ? emailDomain : undefined;
}
