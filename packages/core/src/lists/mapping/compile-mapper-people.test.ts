import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drafts, hash, mapperFor, sha256 } from "./compile-mapper.testing.ts";

describe("contacts", () => {
  const header = "First name,Last name,Email,Job title,Company,Accepts marketing,Do not call,Phone,Country";
  const person = (...cells: string[]) => drafts(header, [cells], "contacts")[0]!;

  it("keeps personal data in the contact alone", () => {
    const draft = person(
      "Kim",
      "Miller",
      "Kim.Miller@Example.de",
      "Head of Procurement",
      "Acme Corporation",
      "yes",
      "",
      "+49 30 123456",
      "Germany",
    );
    expect(draft.contact).toMatchObject({
      contactId: hash("kim.miller@example.de"),
      title: "Head of Procurement",
      department: "procurement",
      seniority: "head",
      consent: "granted",
      country: "DE",
      emailHash: sha256("kim.miller@example.de"),
      personal: { email: "kim.miller@example.de", phone: "+49 30 123456", firstName: "Kim", lastName: "Miller" },
    });
    expect(draft.contact.optedOut).toBeUndefined();
    expect(draft.identity).toMatchObject({ emailDomain: "example.de" });
    expect(JSON.stringify([draft.identity, draft.fields])).not.toMatch(/kim|miller|@/i);
  });
  it("reads refusals", () => {
    expect(person("Kim", "Miller", "kim@example.com", "", "Acme", "no", "true", "", "").contact).toMatchObject({
      consent: "denied",
      optedOut: true,
    });
    expect(person("Kim", "Miller", "kim@example.com", "", "Acme", "", "no", "", "").contact).toMatchObject({
      consent: "unknown",
      optedOut: false,
    });
  });
  it("finds an id without an e-mail", () => {
    const named = person("Kim", "Miller", "not an address", "", "Acme", "", "", "", "");
    expect(named.contact.contactId).toBe(person("kim", "MILLER", "", "", "ACME Inc.", "", "", "", "").contact.contactId);
    expect(named.contact.emailHash).toBeUndefined();
    const [page] = drafts("linkedin profile,company", [["https://www.linkedin.com/in/Someone-1?x", "Acme"]], "contacts");
    expect(page?.contact.contactId).toBe(hash("linkedin.com/in/someone-1"));
  });
  it("rejects people without a company and rows without a person", () => {
    const mapper = mapperFor(header, [], "contacts");
    expect(mapper(["Kim", "Miller", "kim@gmail.com", "", "", "", "", "", ""])).toMatchObject({ reason: "no-company" });
    expect(mapper(["", "", "", "CEO", "Acme", "", "", "", ""])).toMatchObject({ reason: "no-person" });
  });
  it("asks for a person in columns that name one, not in those of titles, telephones and consent", () => {
    const named = mapperFor(
      "first name,email,job title,phone,opt in,company",
      [],
      "contacts",
    )(["", "", "CEO", "", "yes", "Acme"]);
    expect(named).toMatchObject({ reason: "no-person", hint: 'name a person in "first name" or "email"' });
  });
  it("leaves no personal value in a rejection", () => {
    const answer = mapperFor(header, [], "contacts")(["Kim", "Miller", "kim@gmail.com", "", "", "", "", "", ""]);
    expect(JSON.stringify(answer)).not.toMatch(/kim|miller/i);
  });
  it("takes the first filled of several e-mail columns", () => {
    const [draft] = drafts("email,email,company", [["", "kim@example.com", "Acme"]], "contacts");
    expect(draft?.contact.personal?.email).toBe("kim@example.com");
  });
});

describe("suppressions", () => {
  it("turns every key of a row into an entry, e-mails into hashes", () => {
    const [draft] = drafts(
      "Company,Domain,Email,Reason",
      [["Acme GmbH", "https://acme.com/x", "Kim@Example.com", "competitor"]],
      "suppressions",
    );
    expect(draft?.entries).toEqual([
      { type: "name", value: "acme", reason: "competitor", classes: ["competitors"] },
      { type: "domain", value: "acme.com", reason: "competitor", classes: ["competitors"] },
      { type: "email-hash", value: sha256("kim@example.com"), reason: "competitor", classes: ["competitors"] },
    ]);
  });
  it("reads mixed keys in one column", () => {
    const digest = sha256("x@example.com");
    const rows = [["acme.com"], [digest.toUpperCase()], ["x@example.com"], ["linkedin.com/company/acme"], ["Beta Works"]];
    expect(
      drafts("value", rows, "suppressions").flatMap((draft) => draft.entries.map(({ type, value }) => [type, value])),
    ).toEqual([
      ["domain", "acme.com"],
      ["email-hash", digest],
      ["email-hash", digest],
      ["linkedin", "linkedin.com/company/acme"],
      ["name", "beta works"],
    ]);
  });
  it("takes the class from the reason, else from the list's name, else none", () => {
    const classes = (header: string, row: string[], list = "l") =>
      drafts(header, [row], "suppressions", {}, list).flatMap((draft) => draft.entries.map((entry) => entry.classes));
    expect(classes("domain,reason", ["acme.com", "open deal"])).toEqual([["open-deals"]]);
    expect(classes("domain,reason", ["acme.com", "because"], "our-customers")).toEqual([["customers"]]);
    expect(classes("domain", ["acme.com"], "competitors")).toEqual([["competitors"]]);
    expect(classes("domain,reason", ["acme.com", "competitor"], "our-customers")).toEqual([["competitors"]]);
    expect(classes("domain", ["acme.com"])).toEqual([["other"]]);
  });
  it("refuses hashes that no address can be found by, and says which are read", () => {
    for (const digits of [32, 40, 56, 96, 128])
      for (const header of ["hash", "email", "value"])
        expect(mapperFor(header, [], "suppressions")(["a".repeat(digits)])).toMatchObject({
          reason: "hash-not-sha256",
          column: header,
          hint: expect.stringContaining("SHA-256"),
        });
    const mapper = mapperFor("domain,hash", [], "suppressions");
    expect(mapper(["acme.com", "b".repeat(32)])).toMatchObject({ entries: [{ type: "domain", value: "acme.com" }] });
    expect([...mapper.cellProblems]).toEqual([["hash|not-a-sha256", 1]]);
  });
  it("finds one person under every spelling of an address and under its hash", () => {
    const local = fc.stringMatching(/^[a-zäöüéñ][a-zäöüéñ0-9.]{0,8}(?:\+[a-z]{1,4})?$/);
    fc.assert(
      fc.property(local, fc.integer({ min: 0, max: 3 }), fc.boolean(), (name, spaces, capitals) => {
        const address = `${name}@mail.example`;
        const blank = "\u00a0 ".repeat(spaces);
        const written = blank + (capitals ? address.toUpperCase() : address).normalize("NFD") + blank;
        const rows = [
          [written],
          [`${blank}${sha256(address.normalize("NFC"))}`],
          [sha256(address.normalize("NFC")).toUpperCase()],
        ];
        const values = drafts("value", rows, "suppressions").flatMap((draft) => draft.entries.map(({ value }) => value));
        expect(new Set(values)).toEqual(new Set([sha256(address.normalize("NFC"))]));
        expect(values).toHaveLength(3);
      }),
    );
  });
  it("rejects a row without a key", () => {
    expect(mapperFor("domain,reason", [], "suppressions")(["-", "left"])).toMatchObject({
      reason: "no-identity",
      column: "domain",
    });
  });
});
