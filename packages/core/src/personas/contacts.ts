import type { Attributes, Cell, Day } from "../account/attribute.ts";
import { CONFIDENCE_CAP } from "../account/attribute.ts";
import type { Contact } from "../account/facts.ts";
import { departmentOf, roleOf, seniorityOf } from "./stated-words.ts";
import { ROLES, roleFor } from "./title-roles.ts";
import { DEPARTMENTS, type Department, SENIORITIES, type Seniority } from "./title-words.ts";
import { classifyTitle } from "./titles.ts";
import type { ContactSummary, StoredContact } from "./types.ts";

export { mergeContacts } from "./merge-contacts.ts";

/** What a contact is at the company: what its lists state, else what its title says. */
export interface Persona {
  role: string | null;
  department: Department | null;
  seniority: Seniority | null;
}

/** Role, department and seniority of a contact in the vocabulary of TAXONOMY 4.8: stated ones first, the title fills what they leave out. */
export function personaOf(contact: Contact): Persona {
  const title = classifyTitle(contact.title ?? "");
  const department = departmentOf(contact.department) ?? title.department;
  const seniority = seniorityOf(contact.seniority) ?? title.seniority;
  const role = roleOf(contact.role);
  if (role !== null) return { role, department, seniority };
  const asTitled = department === title.department && seniority === title.seniority;
  return { role: asTitled ? title.role : roleFor(department, seniority), department, seniority };
}

/** The summary of no contacts: the neutral element of {@link mergeContactSummaries}. */
export function emptyContactSummary(): ContactSummary {
  return {
    v: 1,
    people: 0,
    optedOut: 0,
    placed: 0,
    roles: {},
    departments: {},
    seniorities: {},
    countries: {},
    leaders: 0,
    procurementHeads: 0,
  };
}

/**
 * The people of one home in counts; the order of `contacts` does not matter. Somebody whom several lists name counts once: a refusal in
 * any list stands, every other field is the one of the list whose id sorts first among those that state it; role, department and seniority
 * come with the title, never from a list that states another one.
 */
export function summarizeContacts(contacts: readonly StoredContact[]): ContactSummary {
  const people = new Map<string, StoredContact[]>();
  for (const stored of contacts) {
    const known = people.get(stored.contactId);
    if (known === undefined) people.set(stored.contactId, [stored]);
    else known.push(stored);
  }
  const summary = emptyContactSummary();
  const procurementCountries: Record<string, number> = {};
  for (const statements of people.values()) {
    const contact = statements.length === 1 ? statements[0]!.contact : joined(statements);
    const { role, department, seniority } = personaOf(contact);
    summary.people++;
    if (contact.optedOut === true || contact.consent === "denied") summary.optedOut++;
    if (contact.country !== undefined) count(summary.countries, contact.country);
    if (role !== null) count(summary.roles, role);
    if (seniority !== null) count(summary.seniorities, seniority);
    if (department === null) {
      if (seniority === "owner") summary.leaders++;
      continue;
    }
    summary.placed++;
    count(summary.departments, department);
    if (seniority === "owner" || (department === "executive" && role === "decider")) summary.leaders++;
    if (department === "procurement") {
      if (seniority !== null && SENIORITIES.indexOf(seniority) <= SENIORITIES.indexOf("head")) summary.procurementHeads++;
      if (contact.country !== undefined) count(procurementCountries, contact.country);
    }
  }
  for (const key of COUNTED) summary[key] = sorted(summary[key]);
  if (Object.keys(procurementCountries).length > 0) summary.procurementCountries = sorted(procurementCountries);
  return summary;
}

/** The summary of the people of both homes: associative and commutative, byte for byte. */
export function mergeContactSummaries(a: ContactSummary, b: ContactSummary): ContactSummary {
  const merged: ContactSummary = {
    v: 1,
    people: a.people + b.people,
    optedOut: a.optedOut + b.optedOut,
    placed: a.placed + b.placed,
    roles: added(a.roles, b.roles),
    departments: added(a.departments, b.departments),
    seniorities: added(a.seniorities, b.seniorities),
    countries: added(a.countries, b.countries),
    leaders: a.leaders + b.leaders,
    procurementHeads: a.procurementHeads + b.procurementHeads,
  };
  if (a.procurementCountries !== undefined || b.procurementCountries !== undefined)
    merged.procurementCountries = added(a.procurementCountries ?? {}, b.procurementCountries ?? {});
  return merged;
}

/**
 * `contacts.count`, and where any is known `contacts.roles`, `contacts.departments`, `contacts.seniorities` (lists in the order of the
 * vocabulary). No cells without contacts: nobody known is not nobody there.
 */
export function classifyContacts(summary: ContactSummary | null, asOf: Day): Attributes {
  const into: Attributes = {};
  if (summary === null || summary.people === 0) return into;
  const evidence = [`${summary.people} ${summary.people === 1 ? "contact" : "contacts"}, department known of ${summary.placed}`];
  into["contacts.count"] = {
    value: summary.people,
    confidence: CONFIDENCE_CAP.observed,
    method: "observed",
    source: SOURCE,
    asOf,
    evidence,
  };
  list(into, "contacts.roles", ROLES, summary.roles, asOf);
  list(into, "contacts.departments", DEPARTMENTS, summary.departments, asOf);
  list(into, "contacts.seniorities", SENIORITIES, summary.seniorities, asOf);
  return into;
}

const SOURCE = "rule:contacts";
const COUNTED = ["roles", "departments", "seniorities", "countries"] as const;

function list(into: Attributes, name: string, vocabulary: readonly string[], counts: Record<string, number>, asOf: Day): void {
  const value: string[] = [];
  const evidence: string[] = [];
  for (const word of vocabulary) {
    const people = counts[word];
    if (people === undefined) continue;
    value.push(word);
    evidence.push(`${word} ${people}`);
  }
  if (value.length === 0) return;
  into[name] = {
    value,
    confidence: CONFIDENCE_CAP.mapped,
    method: "mapped",
    source: SOURCE,
    asOf,
    evidence: [evidence.join(", ")],
  } satisfies Cell;
}

function joined(statements: StoredContact[]): Contact {
  statements.sort((a, b) => (a.list < b.list ? -1 : a.list > b.list ? 1 : 0));
  const contact: Contact = { contactId: statements[0]!.contactId, consent: "unknown" };
  const title = statements.find((stored) => stored.contact.title !== undefined)?.contact.title;
  if (title !== undefined) contact.title = title;
  for (const stored of statements) {
    const other = stored.contact;
    if (other.title === undefined || other.title === title) {
      contact.role ??= other.role;
      contact.department ??= other.department;
      contact.seniority ??= other.seniority;
    }
    contact.country ??= other.country;
    if (other.consent === "denied") contact.consent = "denied";
    if (other.optedOut === true) contact.optedOut = true;
  }
  return contact;
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function added(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const sum: Record<string, number> = {};
  for (const key in a) sum[key] = a[key]!;
  for (const key in b) sum[key] = (sum[key] ?? 0) + b[key]!;
  return sorted(sum);
}

function sorted(counts: Record<string, number>): Record<string, number> {
  const result: Record<string, number> = {};
  for (const key of Object.keys(counts).sort()) result[key] = counts[key]!;
  return result;
}
