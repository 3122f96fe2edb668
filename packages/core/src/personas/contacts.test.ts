import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Contact } from "../account/facts.ts";
import {
  classifyContacts,
  emptyContactSummary,
  mergeContactSummaries,
  mergeContacts,
  personaOf,
  summarizeContacts,
} from "./contacts.ts";
import type { IncomingContact, StoredContact } from "./types.ts";

const maybe = <T>(arb: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arb, { nil: undefined });
const CONTACT: fc.Arbitrary<Contact> = fc.record(
  {
    contactId: fc.constantFrom("a", "b", "c"),
    consent: fc.constantFrom("granted", "denied", "unknown"),
    title: maybe(fc.constantFrom("CEO", "Buyer", "Head of IT", "Owner")),
    department: maybe(fc.constantFrom("Sales", "Purchasing")),
    country: maybe(fc.constantFrom("DE", "FR")),
    optedOut: maybe(fc.boolean()),
    emailHash: maybe(fc.constantFrom("h1", "h2")),
    personal: maybe(
      fc.record({ email: maybe(fc.constantFrom("x@example.com", "y@example.com")), phone: maybe(fc.constantFrom("1", "22")) }),
    ),
  },
  { requiredKeys: ["contactId", "consent"] },
);
const ROWS = fc
  .array(CONTACT, { maxLength: 6 })
  .map((contacts) => contacts.map((contact, i): IncomingContact => ({ row: i + 2, contact })));
const at = (version: number, list = "people") => ({ list, version });
const row = (number: number, contact: Partial<Contact>): IncomingContact => ({
  row: number,
  contact: { contactId: "a", consent: "unknown", ...contact },
});

describe("mergeContacts", () => {
  it("accepts the first row of a person and merges further ones into it, field by field", () => {
    const { contacts, classes } = mergeContacts(
      [],
      [
        row(5, { department: "Purchasing", personal: { phone: "1" } }),
        row(3, { title: "Buyer", personal: { email: "x@example.com" }, emailHash: "h" }),
      ],
      at(1),
    );
    expect(classes).toEqual([
      { row: 3, class: "accepted" },
      { row: 5, class: "merged" },
    ]);
    expect(contacts).toEqual([
      {
        contactId: "a",
        list: "people",
        version: 1,
        rows: [3, 5],
        contact: {
          contactId: "a",
          consent: "unknown",
          title: "Buyer",
          department: "Purchasing",
          emailHash: "h",
          personal: { email: "x@example.com", phone: "1" },
        },
      },
    ]);
  });

  it("lets the higher version win each field and keeps what it does not state", () => {
    const first = mergeContacts([], [row(2, { title: "Buyer", country: "DE" })], at(1)).contacts;
    const { contacts } = mergeContacts(first, [row(4, { title: "CEO" })], at(2));
    expect(contacts).toEqual([
      {
        contactId: "a",
        list: "people",
        version: 2,
        rows: [4],
        contact: { contactId: "a", consent: "unknown", title: "CEO", country: "DE" },
        since: { country: 1 },
      },
    ]);
  });

  it("lets role, department and seniority go with the title of an older version, and keeps newer ones", () => {
    const first = mergeContacts([], [row(2, { title: "Buyer", department: "Purchasing" })], at(1)).contacts;
    expect(mergeContacts(first, [row(2, { title: "Head of IT" })], at(2)).contacts[0]!.contact).toEqual({
      contactId: "a",
      consent: "unknown",
      title: "Head of IT",
    });
    expect(mergeContacts(first, [row(2, { department: "Sales" })], at(2)).contacts[0]!.contact).toMatchObject({
      title: "Buyer",
      department: "Sales",
    });
  });

  it("takes department and seniority of somebody in several lists from the one with the title", () => {
    const stored = (list: string, contact: Partial<Contact>) => mergeContacts([], [row(2, contact)], at(1, list)).contacts;
    const buyer = stored("b", { title: "Buyer", department: "Purchasing", seniority: "Manager" });
    expect(summarizeContacts([...stored("a", { title: "Head of IT" }), ...buyer])).toMatchObject({
      departments: { it: 1 },
      seniorities: { head: 1 },
    });
    expect(summarizeContacts([...stored("a", { department: "Sales" }), ...buyer]).departments).toEqual({ sales: 1 });
  });

  it("keeps a refusal, even against a later grant, and in another list leaves it alone", () => {
    const first = mergeContacts([], [row(2, { consent: "denied", optedOut: true })], at(1)).contacts;
    const later = mergeContacts(first, [row(2, { consent: "granted", optedOut: false })], at(2)).contacts;
    expect(later[0]!.contact).toMatchObject({ consent: "denied", optedOut: true });
    const other = mergeContacts(later, [row(2, { consent: "granted" })], at(1, "other")).contacts;
    expect(other.map((each) => [each.list, each.contact.consent])).toEqual([
      ["other", "granted"],
      ["people", "denied"],
    ]);
    expect(summarizeContacts(other)).toMatchObject({ people: 1, optedOut: 1 });
  });

  it("does not depend on the order of rows, and every row has one class", () => {
    fc.assert(
      fc.property(ROWS, fc.infiniteStream(fc.nat()), (rows, order) => {
        const shuffled = rows
          .map((each) => [order.next().value, each] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, each]) => each);
        const merged = mergeContacts([], rows, at(1));
        expect(mergeContacts([], shuffled, at(1))).toEqual(merged);
        expect(merged.classes.map((each) => each.row)).toEqual(rows.map((each) => each.row));
        expect(merged.classes.filter((each) => each.class === "accepted").length).toBe(merged.contacts.length);
        expect(mergeContacts(merged.contacts, rows, at(1)).contacts).toEqual(merged.contacts);
      }),
    );
  });

  it("does not depend on the order in which versions arrive", () => {
    const versions = fc.tuple(ROWS, ROWS, ROWS);
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [2, 0, 1],
      [1, 2, 0],
      [0, 2, 1],
    ];
    fc.assert(
      fc.property(versions, (rows) => {
        const results = orders.map((order) => {
          let contacts: StoredContact[] = [];
          for (const i of order) ({ contacts } = mergeContacts(contacts, rows[i]!, at(i + 1)));
          return JSON.stringify(contacts);
        });
        expect(new Set(results).size).toBe(1);
      }),
    );
  });

  it("never pairs an e-mail with the hash of another", () => {
    const rows = [
      row(2, { emailHash: "h1", personal: { email: "x@example.com" } }),
      row(3, { emailHash: "h2", personal: { email: "longer@example.com" } }),
    ];
    const { contact } = mergeContacts([], rows, at(1)).contacts[0]!;
    expect([contact.personal?.email, contact.emailHash]).toEqual(["longer@example.com", "h2"]);
  });
});

describe("summarizeContacts", () => {
  it("counts a person of two lists once and holds nobody's data", () => {
    const contacts = [
      ...mergeContacts(
        [],
        [row(2, { title: "Head of Procurement", country: "DE", personal: { email: "x@example.com", lastName: "Muster" } })],
        at(1, "a"),
      ).contacts,
      ...mergeContacts(
        [],
        [
          row(2, { country: "FR", consent: "denied" }),
          { row: 3, contact: { contactId: "z", consent: "granted", title: "Owner" } },
        ],
        at(1, "b"),
      ).contacts,
    ];
    const summary = summarizeContacts(contacts);
    expect(summary).toEqual({
      v: 1,
      people: 2,
      optedOut: 1,
      placed: 2,
      roles: { buyer: 1, decider: 1 },
      departments: { executive: 1, procurement: 1 },
      seniorities: { head: 1, owner: 1 },
      countries: { DE: 1 },
      leaders: 1,
      procurementHeads: 1,
      procurementCountries: { DE: 1 },
    });
    expect(JSON.stringify(summary)).not.toMatch(/example|Muster/);
    expect(summarizeContacts([...contacts].reverse())).toEqual(summary);
  });

  it("merges associatively and commutatively, byte for byte, with an empty neutral element", () => {
    const summaries = ROWS.map((rows) => summarizeContacts(mergeContacts([], rows, at(1)).contacts));
    fc.assert(
      fc.property(summaries, summaries, summaries, (a, b, c) => {
        const left = JSON.stringify(mergeContactSummaries(mergeContactSummaries(a, b), c));
        expect(JSON.stringify(mergeContactSummaries(a, mergeContactSummaries(c, b)))).toBe(left);
        expect(JSON.stringify(mergeContactSummaries(a, emptyContactSummary()))).toBe(JSON.stringify(a));
      }),
    );
  });
});

describe("personaOf", () => {
  it.each([
    [{ title: "Buyer" }, "buyer", "procurement", "individual"],
    [{ title: "Buyer", role: "Decision Maker" }, "decider", "procurement", "individual"],
    [{ title: "Buyer", role: "Other" }, "buyer", "procurement", "individual"],
    [{ role: "Budget Holder" }, "economic_buyer", null, null],
    [{ department: "C-Suite", seniority: "Founder" }, "decider", "executive", "owner"],
    [{ department: "Purchasing", seniority: "Manager" }, "buyer", "procurement", "manager"],
    [{ department: "business_development", seniority: "c_level" }, "executive_sponsor", "business_development", "c_level"],
    [{ seniority: "Entry", department: "constructor" }, null, null, "junior"],
    [{}, null, null, null],
  ])("%j", (contact, role, department, seniority) => {
    expect(personaOf({ contactId: "a", consent: "unknown", ...contact })).toEqual({ role, department, seniority });
  });
});

describe("classifyContacts", () => {
  it("says nothing without contacts", () => {
    expect(classifyContacts(null, "2026-01-01")).toEqual({});
    expect(classifyContacts(emptyContactSummary(), "2026-01-01")).toEqual({});
  });

  it("lists what is known in the order of the vocabulary", () => {
    const rows = ["Accountant", "CEO", "Buyer", "asdf"].map(
      (title, i): IncomingContact => ({ row: i, contact: { contactId: title, consent: "unknown", title } }),
    );
    const cells = classifyContacts(summarizeContacts(mergeContacts([], rows, at(1)).contacts), "2026-01-01");
    expect(Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, cell!.value]))).toEqual({
      "contacts.count": 4,
      "contacts.roles": ["influencer", "decider", "buyer"],
      "contacts.departments": ["executive", "finance", "procurement"],
      "contacts.seniorities": ["c_level", "individual"],
    });
    expect(cells["contacts.count"]!.evidence).toEqual(["4 contacts, department known of 3"]);
  });
});
