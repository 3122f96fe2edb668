import type { SuppressionEntry } from "../account/facts.ts";
import type { AccountItem, FactItem, Group, Statement } from "../account/item.ts";
import type { StoredContact } from "../personas/types.ts";
import type { Ports } from "../ports.ts";
import { domainId, emailKeyId, identityOf, isBlock, keysOf, linkedinId, nameBlockId } from "../resolve/identity.ts";
import { personPage } from "../resolve/keys/linkedin.ts";
import type { Asked } from "./asked.ts";
import { ANY_COUNTRY, companyMark, contactMark, emailMark, type Mark, nameMark, pageMark } from "./marks.ts";

/** Everything that says where somebody is: kept under `personal/` until the erasure is through, so that a crash loses none of it. */
export interface Found {
  kind: "person" | "company";
  marks: Mark[];
  /** Texts by which people are found in files: addresses and their hashes. */
  emails: string[];
  hashes: string[];
  pages: string[];
  /** First and last name, both lower-case. */
  names: Array<[string, string]>;
  /** Ids of contacts, and the hashes under which the same people are buyers. */
  contacts: string[];
  buyers: string[];
  /** Homes of a company, the ids of the accounts that they made among them. */
  homes: string[];
  /** Ids of all keys of a company but its names. */
  ids: string[];
  /** Domains and LinkedIn pages of a company, and what it is called. */
  keys: string[];
  titles: string[];
  /** Companies at which a person was named, or ordered: they go where nothing else names them. */
  companies: Array<{ home: string; keys: string[]; titles: string[] }>;
  /** By list: what is to be forgotten of it. */
  lists: Record<string, string[]>;
  /** Rows of contacts that name the person, by list and version. */
  rows: Array<{ list: string; version: number; row: number }>;
  /** How much of what the store holds. */
  stored: Record<string, number>;
}

export const nothingFound = (kind: Found["kind"]): Found => ({
  ...{
    kind,
    marks: [],
    emails: [],
    hashes: [],
    pages: [],
    names: [],
    contacts: [],
    buyers: [],
    homes: [],
    ids: [],
    keys: [],
    titles: [],
  },
  ...{ companies: [], lists: {}, rows: [], stored: {} },
});

const union = <T>(...sets: ReadonlyArray<readonly T[]>): T[] =>
  [...new Map(sets.flat().map((each) => [JSON.stringify(each), each])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => each);

/** What an erasure that was cut short had found, and what is found now; counts are those of the first look. */
export function joinFound(before: Found | null, now: Found): Found {
  if (before === null) return now;
  const lists: Found["lists"] = {};
  for (const id of union(Object.keys(before.lists), Object.keys(now.lists)))
    lists[id] = union(before.lists[id] ?? [], now.lists[id] ?? []);
  return {
    kind: now.kind,
    marks: union(before.marks, now.marks),
    emails: union(before.emails, now.emails),
    hashes: union(before.hashes, now.hashes),
    pages: union(before.pages, now.pages),
    names: union(before.names, now.names),
    contacts: union(before.contacts, now.contacts),
    buyers: union(before.buyers, now.buyers),
    homes: union(before.homes, now.homes),
    ids: union(before.ids, now.ids),
    keys: union(before.keys, now.keys),
    titles: union(before.titles, now.titles),
    companies: union(before.companies, now.companies),
    lists,
    rows: union(before.rows, now.rows),
    stored: { ...now.stored, ...before.stored },
  };
}

function note(found: Found, list: string, home: string): void {
  found.lists[list] ??= [];
  if (!found.lists[list].includes(home)) found.lists[list].push(home);
}

function bump(found: Found, what: string): void {
  found.stored[what] = (found.stored[what] ?? 0) + 1;
}

const put = <T>(into: T[], value: T): void => void (into.includes(value) || into.push(value));

/** Looks up all that is stored of who is meant. */
export async function find(ports: Ports, asked: Asked): Promise<Found> {
  const found = nothingFound(asked.kind);
  found.marks.push(asked.mark);
  if (asked.kind === "person") await findPerson(ports, asked, found);
  else await findCompany(ports, asked, found);
  return found;
}

async function findPerson(ports: Ports, asked: Asked & { kind: "person" }, found: Found): Promise<void> {
  if (asked.email !== null) learnAddress(ports, found, asked.email, asked.emailHash!);
  else if (asked.emailHash !== null) learnHash(ports, found, asked.emailHash);
  if (asked.page !== null) learnPage(ports, found, asked.page);
  if (asked.contact !== null) put(found.contacts, asked.contact);
  for (const { fact } of await contactsOf(ports, found)) await learnContact(ports, found, fact);
  // Once more by what the first look taught: the same person under an address or a page alone.
  for (const { fact, stored } of await contactsOf(ports, found)) {
    note(found, fact.list, fact.home);
    put(found.contacts, stored.contactId);
    put(found.marks, contactMark(stored.contactId));
    bump(found, "contacts");
    for (const row of stored.rows) found.rows.push({ list: fact.list, version: stored.version, row });
  }
  found.buyers = union(found.buyers, found.contacts);
  for await (const fact of ports.accounts.scanFacts("order")) {
    if (!found.buyers.some((buyer) => fact.item.includes(`"${buyer}"`))) continue;
    note(found, fact.list, fact.home);
    bump(found, "buyers of orders");
    // What is known by a customer's name alone goes with the customer.
    if (!found.companies.some(({ home }) => home === fact.home)) await companiesAt(ports, found, fact.home);
  }
  await findSuppressions(
    ports,
    found,
    found.hashes.map((hash) => emailKeyId(hash, ports.digest)),
  );
}

function learnAddress(ports: Ports, found: Found, email: string, hash: string): void {
  put(found.emails, email);
  const id = ports.digest.keyed(email);
  put(found.buyers, id);
  put(found.marks, contactMark(id));
  learnHash(ports, found, hash);
}

function learnHash(ports: Ports, found: Found, hash: string): void {
  put(found.hashes, hash);
  put(found.marks, emailMark(hash));
  put(found.marks, contactMark(ports.digest.keyed(hash)));
}

function learnPage(ports: Ports, found: Found, page: string): void {
  put(found.pages, page);
  put(found.marks, pageMark(page));
  put(found.marks, contactMark(ports.digest.keyed(`linkedin.com/in/${page}`)));
}

/** Contacts that are the person by id, address or page. */
async function contactsOf(ports: Ports, found: Found): Promise<Array<{ fact: FactItem; stored: StoredContact }>> {
  const contacts: Array<{ fact: FactItem; stored: StoredContact }> = [];
  const texts = [...found.contacts, ...found.buyers, ...found.hashes, ...found.pages];
  for await (const fact of ports.accounts.scanFacts("contact")) {
    const text = fact.item.toLowerCase();
    if (!texts.some((each) => text.includes(each))) continue;
    const stored = JSON.parse(fact.item) as StoredContact;
    const { emailHash, personal } = stored.contact;
    const page = personal?.linkedin === undefined ? null : personPage(personal.linkedin);
    const same =
      found.contacts.includes(stored.contactId) ||
      found.marks.includes(contactMark(stored.contactId)) ||
      (emailHash !== undefined && found.hashes.includes(emailHash)) ||
      (page !== null && found.pages.includes(page));
    if (same) contacts.push({ fact, stored });
  }
  return contacts;
}

/** What a contact says of himself is what later rows may name him by. */
async function learnContact(ports: Ports, found: Found, fact: FactItem): Promise<void> {
  const { contactId, contact } = JSON.parse(fact.item) as StoredContact;
  put(found.contacts, contactId);
  const { email, firstName, lastName, linkedin } = contact.personal ?? {};
  if (email !== undefined) learnAddress(ports, found, email, ports.digest.sha256(email));
  if (contact.emailHash !== undefined) learnHash(ports, found, contact.emailHash);
  const page = linkedin === undefined ? null : personPage(linkedin);
  if (page !== null) learnPage(ports, found, page);
  const companies = await companiesAt(ports, found, fact.home);
  if (firstName === undefined && lastName === undefined) return;
  if (firstName && lastName && !found.names.some(([a, b]) => a === firstName.toLowerCase() && b === lastName.toLowerCase()))
    found.names.push([firstName.toLowerCase(), lastName.toLowerCase()]);
  // A row without an address or a page is known by the name at its company, in whatever way that is named (`lists/mapping/contact-reader.ts`).
  for (const at of companies)
    put(found.marks, contactMark(ports.digest.keyed(`${firstName ?? ""} ${lastName ?? ""}|${at}`.trim().toLowerCase())));
}

async function companiesAt(ports: Ports, found: Found, home: string): Promise<Set<string>> {
  const own = (await ports.accounts.accounts([home])).get(home) ?? (await ports.accounts.parked([home])).get(home);
  const names = new Set<string>();
  const company = { home, keys: [] as string[], titles: [] as string[] };
  for (const { f } of own?.groups.flatMap(({ st }) => st) ?? []) {
    const { name, domain, emailDomain, sourceId } = identityOf(f);
    for (const key of [domain, emailDomain]) if (key) put(company.keys, key);
    if (typeof f.name === "string") put(company.titles, f.name);
    for (const each of [name, domain, sourceId, f.name]) if (typeof each === "string" && each !== "") names.add(each);
  }
  if (!found.companies.some((each) => each.home === home)) found.companies.push(company);
  return names;
}

async function findCompany(ports: Ports, { account, domain }: Asked & { kind: "company" }, found: Found): Promise<void> {
  if (domain !== null) found.keys.push(domain);
  const keys = new Set(domain === null ? [] : [domainId(domain, ports.digest)]);
  if (account) await learnAccount(ports, found, account, keys);
  found.ids.push(...[...keys].filter((id) => !isBlock(id)));
  for (const id of found.ids) put(found.marks, companyMark(id));
  await findSuppressions(ports, found, found.ids);
  const reference = new Set((await ports.runs.lists()).filter(({ kind }) => kind === "reference").map(({ id }) => id));
  for (const [key, aliases] of await ports.accounts.aliases([...keys].sort()))
    for (const { list } of aliases) if (reference.has(list)) note(found, list, key);
}

async function learnAccount(ports: Ports, found: Found, account: AccountItem, keys: Set<string>): Promise<void> {
  const { digest } = ports;
  bump(found, "accounts");
  const show = account.result?.show;
  if (show?.name) put(found.titles, show.name);
  const learn = (statement: Statement, home: string | null): void => {
    const { l, f } = statement;
    if (home !== null) note(found, l, home);
    const identity = identityOf(f);
    const named = keysOf(identity, digest);
    for (const id of named ? [named.home.id, ...named.links] : []) keys.add(id);
    if (identity.domain) put(found.keys, identity.domain);
    if (identity.linkedin) put(found.keys, identity.linkedin);
    if (typeof f.name === "string") put(found.titles, f.name);
    if (!identity.name || home === null) return;
    const block = nameBlockId(identity.name, digest);
    put(found.marks, nameMark(block, identity.country ?? ""));
    put(found.marks, nameMark(block, ANY_COUNTRY));
  };
  for (const group of account.groups) {
    put(found.homes, group.home);
    for (const statement of group.st) learn(statement, group.home);
    await noteFacts(ports, found, group);
  }
  if (show?.domain) {
    put(found.keys, show.domain);
    keys.add(domainId(show.domain, digest));
  }
  for (const statement of account.ref ?? []) {
    if (typeof statement.f.linkedin === "string") keys.add(linkedinId(statement.f.linkedin, digest));
    learn(statement, null);
  }
  for (const home of found.homes) put(found.marks, companyMark(home));
}

async function noteFacts(ports: Ports, found: Found, { home }: Group): Promise<void> {
  for (const kind of ["order", "deal", "contact"] as const)
    for (const { list } of (await ports.accounts.facts([home], kind)).get(home) ?? []) {
      note(found, list, home);
      bump(found, `${kind}s`);
    }
}

/** Suppressions by these very keys hold a key themselves; the tombstone keeps out what they kept out. */
async function findSuppressions(ports: Ports, found: Found, keys: readonly string[]): Promise<void> {
  const holds = new Set<SuppressionEntry["type"]>(["domain", "email-hash", "linkedin", "registration", "source-id"]);
  for (const [key, rows] of await ports.accounts.suppressed([...keys].sort()))
    for (const { list, entry } of rows) {
      if (!holds.has(entry.type)) continue;
      note(found, list, key);
      bump(found, "suppressions");
    }
}
