import type { AccountItem } from "../account/item.ts";
import { suppressionOf, suppressionWords } from "../operations/suppression.ts";
import { personaOf } from "../personas/contacts.ts";
import type { StoredContact } from "../personas/types.ts";
import type { Ports, Suppression } from "../ports.ts";
import { emailKeyId } from "../resolve/identity.ts";
import type { RowReference } from "./accounts.ts";

/** One person at one account as `bullseye contacts` lists them. `personal` only where it was asked for. */
export interface ContactListing {
  id: string;
  accountId: string;
  /** As written. */
  title: string | null;
  role: string | null;
  department: string | null;
  seniority: string | null;
  /** `denied` where any list says so, the person opted out, or a suppression list has the address as opted out. */
  consent: "granted" | "denied" | "unknown";
  /** Why a suppression list names the address, by which this person is told to no platform; null where none does. */
  suppressed: string | null;
  sources: RowReference[];
  personal?: { firstName: string | null; lastName: string | null; email: string | null; phone: string | null };
}

/** Accounts whose contacts are read at a time. */
const PAGE = 200;

/**
 * All contacts by account and id: somebody whom several lists, or several names of one company, mention at an account is one line. What
 * they state is taken from the list whose id sorts first among those that state it; a refusal in any list stands.
 */
export async function* listContacts(
  ports: Pick<Ports, "accounts" | "digest">,
  options: { personal?: boolean } = {},
): AsyncGenerator<ContactListing> {
  let page: AccountItem[] = [];
  for await (const item of ports.accounts.scan("", null, "all")) {
    if (!homesOf(item).length) continue;
    page.push(item);
    if (page.length < PAGE) continue;
    yield* contactsOf(ports, page, options.personal === true);
    page = [];
  }
  yield* contactsOf(ports, page, options.personal === true);
}

const homesOf = (item: AccountItem): string[] =>
  item.groups.filter((group) => group.contacts !== undefined).map((group) => group.home);

async function* contactsOf(
  { accounts: store, digest }: Pick<Ports, "accounts" | "digest">,
  items: readonly AccountItem[],
  personal: boolean,
): AsyncGenerator<ContactListing> {
  const facts = await store.facts(items.flatMap(homesOf).sort(), "contact");
  const found: Array<{ account: string; people: Map<string, StoredContact[]> }> = [];
  const addresses = new Set<string>();
  for (const item of items) {
    const people = new Map<string, StoredContact[]>();
    for (const home of homesOf(item)) {
      for (const fact of facts.get(home) ?? []) {
        const stored = JSON.parse(fact.item) as StoredContact;
        if (stored.contact.emailHash !== undefined) addresses.add(emailKeyId(stored.contact.emailHash, digest));
        const known = people.get(stored.contactId);
        if (known) known.push(stored);
        else people.set(stored.contactId, [stored]);
      }
    }
    found.push({ account: item.id, people });
  }
  const suppressed = addresses.size === 0 ? new Map<string, Suppression[]>() : await store.suppressed([...addresses].sort());
  for (const { account, people } of found)
    for (const id of [...people.keys()].sort()) {
      const statements = people.get(id)!;
      const keys = statements.flatMap(({ contact: { emailHash } }) => (emailHash ? [emailKeyId(emailHash, digest)] : []));
      yield contactListing(account, statements, personal, suppressionOf(keys, suppressed));
    }
}

/** What the lists say of one person together. */
function contactListing(
  accountId: string,
  statements: StoredContact[],
  personal: boolean,
  suppression: ReturnType<typeof suppressionOf>,
): ContactListing {
  const ordered = statements.sort((a, b) => (a.list < b.list ? -1 : a.list > b.list ? 1 : a.rows[0]! - b.rows[0]!));
  const first = ordered[0]!.contact;
  const contact = { ...first };
  const known = { ...first.personal };
  for (const { contact: other } of ordered.slice(1)) {
    contact.title ??= other.title;
    contact.role ??= other.role;
    contact.department ??= other.department;
    contact.seniority ??= other.seniority;
    if (other.consent === "denied" || contact.consent === "unknown") contact.consent = other.consent;
    if (other.optedOut) contact.optedOut = true;
    known.email ??= other.personal?.email;
    known.phone ??= other.personal?.phone;
    known.firstName ??= other.personal?.firstName;
    known.lastName ??= other.personal?.lastName;
  }
  const persona = personaOf(contact);
  const sources = ordered.flatMap(({ list, rows }) => rows.map((row): RowReference => ({ list, row })));
  const listing: ContactListing = {
    id: first.contactId,
    accountId,
    title: contact.title ?? null,
    role: persona.role,
    department: persona.department,
    seniority: persona.seniority,
    consent: contact.optedOut || suppression?.classes.includes("opted-out") ? "denied" : contact.consent,
    suppressed: suppression === null ? null : suppressionWords(suppression.reason, suppression.classes),
    sources: sources.filter(
      (each, at) => sources.findIndex((other) => other.list === each.list && other.row === each.row) === at,
    ),
  };
  if (personal)
    listing.personal = {
      firstName: known.firstName ?? null,
      lastName: known.lastName ?? null,
      email: known.email ?? null,
      phone: known.phone ?? null,
    };
  return listing;
}
