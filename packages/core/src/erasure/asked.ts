import type { AccountItem } from "../account/item.ts";
import { InputError, isKnownError } from "../errors.ts";
import { parseEmail } from "../lists/values/identifier.ts";
import type { StoredContact } from "../personas/types.ts";
import type { Ports } from "../ports.ts";
import { findAccount } from "../queries/find-account.ts";
import { domainId, linkedinId } from "../resolve/identity.ts";
import { companyDomain } from "../resolve/keys/domain.ts";
import { linkedinKey, personPage } from "../resolve/keys/linkedin.ts";
import { companyMark, contactMark, emailMark, type Mark, markHash, pageMark } from "./marks.ts";
import { tombstonesOf } from "./tombstones.ts";

/** Who is meant by a key that a person typed: somebody with these marks, known or not, or a company that is stored. */
export type Asked =
  | { kind: "person"; mark: Mark; email: string | null; emailHash: string | null; page: string | null; contact: string | null }
  | { kind: "company"; mark: Mark; account: AccountItem | null; domain: string | null };

const person = (mark: Mark, known: Partial<Asked & { kind: "person" }>): Asked => ({
  kind: "person",
  mark,
  email: null,
  emailHash: null,
  page: null,
  contact: null,
  ...known,
});

/** Digits of a telephone number, the country's way of dialling abroad left out. */
const digitsOf = (phone: string): string => phone.replace(/\D/g, "").replace(/^00/, "");

/**
 * Understands an e-mail address, the SHA-256 of one, a page on LinkedIn, a telephone number, the id of a contact or an account, a domain or a
 * company's name. What only names somebody who is stored (ids, numbers, names) is a NotFoundError where nobody is; an InputError where
 * several are meant.
 */
export async function whoIsMeant(ports: Ports, words: string): Promise<Asked> {
  const { digest } = ports;
  const key = words.trim();
  if (key.includes("@")) {
    const email = parseEmail(key);
    if (email === undefined) throw new InputError("that is no e-mail address", { hint: "write it as name@company.example" });
    const emailHash = digest.sha256(email);
    return person(emailMark(emailHash), { email, emailHash });
  }
  if (/^[0-9a-f]{64}$/i.test(key)) return person(emailMark(key.toLowerCase()), { emailHash: key.toLowerCase() });
  const page = personPage(key);
  if (page !== null) return person(pageMark(page), { page });
  const id = /^[0-9a-f]{20}$/i.test(key) ? key.toLowerCase() : null;
  if (id !== null && ((await isErased(ports, contactMark(id))) || (await isContact(ports, id))))
    return person(contactMark(id), { contact: id });
  if (id !== null && (await isErased(ports, companyMark(id))))
    return { kind: "company", mark: companyMark(id), account: null, domain: null };
  if (/^\+?[\d\s()./-]{7,30}$/.test(key) && digitsOf(key).length >= 7) return byPhone(ports, digitsOf(key));
  return company(ports, key);
}

async function isErased(ports: Ports, mark: Mark): Promise<boolean> {
  const hash = markHash(mark, ports.digest);
  return (await tombstonesOf(ports)).some(({ marks }) => marks.includes(hash));
}

async function isContact(ports: Ports, id: string): Promise<boolean> {
  for await (const { ref } of ports.accounts.scanFacts("contact")) if (ref === id) return true;
  return false;
}

/** A number may be a company's switchboard: it finds one person, and is no mark by which later rows are known. */
async function byPhone(ports: Ports, digits: string): Promise<Asked> {
  const found = new Set<string>();
  for await (const { item } of ports.accounts.scanFacts("contact")) {
    const { contactId, contact } = JSON.parse(item) as StoredContact;
    if (contact.personal?.phone !== undefined && digitsOf(contact.personal.phone) === digits) found.add(contactId);
  }
  const [contact] = found;
  if (contact === undefined)
    throw new InputError("nobody here has that telephone number", {
      hint: "give the e-mail address, by which later lists are checked",
    });
  if (found.size > 1)
    throw new InputError(`${found.size} people have that telephone number: ${[...found].slice(0, 5).join(", ")}`, {
      hint: "give the id of one of them",
    });
  return person(contactMark(contact), { contact });
}

async function company(ports: Ports, key: string): Promise<Asked> {
  const { digest } = ports;
  const page = linkedinKey(key);
  const domain = page === null && key.includes(".") && !key.includes(" ") ? companyDomain(key) : null;
  const id = page !== null ? linkedinId(page, digest) : domain !== null ? domainId(domain, digest) : null;
  try {
    const account = await findAccount(ports, page === null ? key : id!);
    return { kind: "company", mark: companyMark(id ?? account.id), account, domain };
  } catch (error) {
    // Who is not here yet can be kept out all the same, where the key says for sure who that is.
    if (id === null || !isKnownError(error) || error.name !== "NotFoundError") throw error;
    return { kind: "company", mark: companyMark(id), account: null, domain };
  }
}
