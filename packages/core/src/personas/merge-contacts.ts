import type { Contact } from "../account/facts.ts";
import type { ContactRowClass, IncomingContact, StoredContact } from "./types.ts";

/** Fields that survive one by one; `address` is the e-mail together with its hash, which must not part. */
const PLAIN = ["title", "role", "department", "seniority", "country"] as const;
/** What a person is by their title; a version that states a title takes those of older ones with it. */
const OF_TITLE: ReadonlySet<string> = new Set(["role", "department", "seniority"]);
const PERSONAL = ["phone", "firstName", "lastName", "linkedin"] as const;

interface Claim {
  value: unknown;
  /** What decides among claims of one version: the longer text, then the smaller one. Never the row. */
  text: string;
  version: number;
}

/** Fields of one person in one list, and refusals, while rows are joined. */
interface Joining {
  first: number;
  rows: number[];
  claims: Map<string, Claim>;
  granted: boolean;
  denied: boolean;
  optedOut: boolean | undefined;
}

/**
 * Joins the contact rows that one version of a list has for one home to the stored ones. Neither argument is changed; contacts come back by
 * (contactId, list), classes by row. Field by field the higher version wins, in whichever order versions arrive; within a version the longer
 * text, then the one that sorts first, so that rows may come in any order. Role, department and seniority that are older than the title
 * give way to what the title says. A denied consent and an opt-out stand whatever a later version
 * says, until the list is withdrawn or a snapshot retracts them; a granted consent stands against one that is not stated.
 */
export function mergeContacts(
  existing: readonly StoredContact[],
  incoming: readonly IncomingContact[],
  from: { list: string; version: number },
): { contacts: StoredContact[]; classes: ContactRowClass[] } {
  const people = new Map<string, Joining>();
  for (const { row, contact } of incoming) {
    let joining = people.get(contact.contactId);
    if (joining === undefined) {
      joining = { first: row, rows: [], claims: new Map(), granted: false, denied: false, optedOut: undefined };
      people.set(contact.contactId, joining);
    }
    if (row < joining.first) joining.first = row;
    joining.rows.push(row);
    state(joining, contact, from.version, undefined);
  }
  const classes: ContactRowClass[] = [];
  for (const { row, contact } of incoming)
    classes.push({ row, class: people.get(contact.contactId)!.first === row ? "accepted" : "merged" });
  classes.sort((a, b) => a.row - b.row);

  const contacts: StoredContact[] = [];
  for (const stored of existing) {
    const joining = stored.list === from.list ? people.get(stored.contactId) : undefined;
    if (joining === undefined) {
      contacts.push(stored);
      continue;
    }
    people.delete(stored.contactId);
    state(joining, stored.contact, stored.version, stored.since);
    const rows =
      stored.version > from.version
        ? stored.rows
        : stored.version < from.version
          ? joining.rows
          : [...stored.rows, ...joining.rows];
    contacts.push(build(stored.contactId, from.list, Math.max(stored.version, from.version), rows, joining));
  }
  for (const [contactId, joining] of people) contacts.push(build(contactId, from.list, from.version, joining.rows, joining));
  contacts.sort(byKey);
  return { contacts, classes };
}

function state(joining: Joining, contact: Contact, version: number, since: Readonly<Record<string, number>> | undefined): void {
  for (const field of PLAIN) claim(joining, field, contact[field], contact[field], since?.[field] ?? version);
  const { personal, emailHash } = contact;
  if (personal !== undefined) {
    for (const field of PERSONAL) claim(joining, field, personal[field], personal[field], since?.[field] ?? version);
  }
  if (personal?.email !== undefined || emailHash !== undefined) {
    const text = personal?.email === undefined ? (emailHash as string) : `@${personal.email}`;
    claim(joining, "address", { email: personal?.email, emailHash }, text, since?.address ?? version);
  }
  if (contact.consent === "granted") joining.granted = true;
  if (contact.consent === "denied") joining.denied = true;
  if (contact.optedOut !== undefined) joining.optedOut = joining.optedOut === true || contact.optedOut;
}

function claim(joining: Joining, field: string, value: unknown, text: string | undefined, version: number): void {
  if (text === undefined || text === "") return;
  const standing = joining.claims.get(field);
  if (standing !== undefined) {
    if (standing.version > version) return;
    if (standing.version === version && !outranks(field, text, value, standing)) return;
  }
  joining.claims.set(field, { value, text, version });
}

function outranks(field: string, text: string, value: unknown, standing: Claim): boolean {
  if (field === "address") {
    const plain = text.startsWith("@");
    if (plain !== standing.text.startsWith("@")) return plain;
    if (text === standing.text) return hashOf(value) > hashOf(standing.value);
  }
  if (text.length !== standing.text.length) return text.length > standing.text.length;
  return text < standing.text;
}

function hashOf(value: unknown): string {
  return (value as { emailHash?: string }).emailHash ?? "";
}

function build(contactId: string, list: string, version: number, rows: number[], joining: Joining): StoredContact {
  const { claims } = joining;
  const since: Record<string, number> = {};
  let older = false;
  const contact: Contact = { contactId, consent: joining.denied ? "denied" : joining.granted ? "granted" : "unknown" };
  const note = (field: string, made: Claim): void => {
    if (made.version === version) return;
    since[field] = made.version;
    older = true;
  };
  const titled = claims.get("title")?.version ?? 0;
  for (const field of PLAIN) {
    const made = claims.get(field);
    if (made === undefined || (OF_TITLE.has(field) && made.version < titled)) continue;
    contact[field] = made.value as string;
    note(field, made);
  }
  if (joining.optedOut !== undefined) contact.optedOut = joining.optedOut;
  const personal: NonNullable<Contact["personal"]> = {};
  const address = claims.get("address");
  if (address !== undefined) {
    const { email, emailHash } = address.value as { email?: string; emailHash?: string };
    if (emailHash !== undefined) contact.emailHash = emailHash;
    if (email !== undefined) personal.email = email;
    note("address", address);
  }
  for (const field of PERSONAL) {
    const made = claims.get(field);
    if (made === undefined) continue;
    personal[field] = made.value as string;
    note(field, made);
  }
  if (Object.keys(personal).length > 0) contact.personal = personal;
  const stored: StoredContact = { contactId, list, version, rows: [...new Set(rows)].sort((a, b) => a - b), contact };
  if (older) stored.since = since;
  return stored;
}

function byKey(a: StoredContact, b: StoredContact): number {
  if (a.contactId !== b.contactId) return a.contactId < b.contactId ? -1 : 1;
  return a.list < b.list ? -1 : a.list > b.list ? 1 : 0;
}
