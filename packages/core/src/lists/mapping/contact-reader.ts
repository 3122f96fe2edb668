import type { Contact } from "../../account/facts.ts";
import type { FieldValues } from "../../account/fields.ts";
import { countryCode } from "../../firmographics/country.ts";
import { classifyTitle, type TitleClass } from "../../personas/titles.ts";
import { emailDomain } from "../../resolve/keys/domain.ts";
import { personPage } from "../../resolve/keys/linkedin.ts";
import type { Identity } from "../draft.ts";
import type { CellReader, CompiledColumn } from "./cell-reader.ts";
import { crmRole } from "./crm-roles.ts";

type Columns = readonly CompiledColumn[];
const HASH = /^[0-9a-f]{64}$/i;

/** Hashes the contact reader is given. */
export interface ContactHashes {
  /** Keyed hash: contact ids. */
  hash: (text: string) => string;
  /** Plain SHA-256, lower-case hex: what suppressions match. */
  sha256: (text: string) => string;
}

/** Reads the person of a contact row; the only place where plain personal data is picked up. */
export class ContactReader {
  readonly #reader: CellReader;
  readonly #hashes: ContactHashes;
  readonly #country: string | undefined;
  readonly #id: Columns;
  readonly #email: Columns;
  readonly #emailHash: Columns;
  readonly #firstName: Columns;
  readonly #lastName: Columns;
  readonly #fullName: Columns;
  readonly #phone: Columns;
  readonly #linkedin: Columns;
  readonly #title: Columns;
  readonly #seniority: Columns;
  readonly #department: Columns;
  readonly #role: Columns;
  readonly #personCountry: Columns;
  readonly #consent: Columns;
  readonly #optedOut: Columns;

  constructor(columns: Columns, reader: CellReader, hashes: ContactHashes, country: string | undefined) {
    const of = (field: string): Columns => columns.filter((column) => column.field === `contact.${field}`);
    this.#reader = reader;
    this.#hashes = hashes;
    this.#country = country;
    this.#id = of("id");
    this.#email = of("email");
    this.#emailHash = of("emailHash");
    this.#firstName = of("firstName");
    this.#lastName = of("lastName");
    this.#fullName = of("fullName");
    this.#phone = of("phone");
    this.#linkedin = of("linkedin");
    this.#title = of("title");
    this.#seniority = of("seniority");
    this.#department = of("department");
    this.#role = of("role");
    this.#personCountry = of("country");
    this.#consent = of("consent");
    this.#optedOut = of("optedOut");
  }

  /** The person, or null when the row names none. Adds the e-mail's company domain to `identity`. */
  read(cells: readonly string[], identity: Identity, fields: FieldValues): Contact | null {
    const reader = this.#reader;
    const email = reader.email(cells, this.#email);
    if (email !== undefined && identity.emailDomain === undefined) {
      const domain = emailDomain(email);
      if (domain !== null) identity.emailDomain = domain;
    }
    const hashed = email === undefined ? this.#hashCell(cells) : undefined;
    let firstName = reader.text(cells, this.#firstName);
    let lastName = reader.text(cells, this.#lastName);
    if (firstName === undefined && lastName === undefined) {
      const full = reader.text(cells, this.#fullName);
      const comma = full?.indexOf(",") ?? -1;
      const space = full?.indexOf(" ") ?? -1;
      if (full !== undefined && comma > 0) {
        lastName = full.slice(0, comma).trim();
        firstName = full.slice(comma + 1).trim() || undefined;
      } else if (full !== undefined && space > 0) {
        firstName = full.slice(0, space);
        lastName = full.slice(space + 1).trim();
      } else lastName = full;
    }
    const linkedin = reader.text(cells, this.#linkedin);
    const page = linkedin === undefined ? undefined : (personPage(linkedin) ?? undefined);
    const title = reader.text(cells, this.#title);
    const contactId = this.#contactId(cells, email, hashed, page, firstName, lastName, identity, fields);
    if (contactId === null) return null;

    const contact: Contact = { contactId, consent: reader.consent(cells, this.#consent) };
    const classified = title === undefined ? undefined : classifyTitle(title);
    if (title !== undefined) contact.title = title;
    // A role that somebody recorded beats one read out of the title; department and seniority keep one vocabulary for all lists.
    const stated = reader.text(cells, this.#role);
    const role = (stated === undefined ? undefined : crmRole(stated)) ?? classified?.role;
    const department = classified?.department ?? this.#vendorWords(cells, this.#department)?.department;
    const seniority = classified?.seniority ?? this.#vendorWords(cells, this.#seniority)?.seniority;
    if (role) contact.role = role;
    if (department) contact.department = department;
    if (seniority) contact.seniority = seniority;
    const countryText = reader.text(cells, this.#personCountry);
    const country = countryText === undefined ? this.#country : (countryCode(countryText) ?? this.#unknownCountry());
    if (country !== undefined) contact.country = country;
    const optedOut = reader.optedOut(cells, this.#optedOut);
    if (optedOut !== undefined) contact.optedOut = optedOut;
    const emailHash = email !== undefined ? this.#hashes.sha256(email) : hashed;
    if (emailHash !== undefined) contact.emailHash = emailHash;
    const phone = reader.phone(cells, this.#phone);
    if (email !== undefined || phone !== undefined || firstName !== undefined || lastName !== undefined || page !== undefined) {
      const personal: NonNullable<Contact["personal"]> = {};
      if (email !== undefined) personal.email = email;
      if (phone !== undefined) personal.phone = phone;
      if (firstName !== undefined) personal.firstName = firstName;
      if (lastName !== undefined) personal.lastName = lastName;
      if (page !== undefined) personal.linkedin = linkedin;
      contact.personal = personal;
    }
    return contact;
  }

  #contactId(
    cells: readonly string[],
    email: string | undefined,
    hashed: string | undefined,
    page: string | undefined,
    firstName: string | undefined,
    lastName: string | undefined,
    identity: Identity,
    fields: FieldValues,
  ): string | null {
    const { hash } = this.#hashes;
    if (email !== undefined) return hash(email);
    if (hashed !== undefined) return hash(hashed);
    if (page !== undefined) return hash(`linkedin.com/in/${page}`);
    if (firstName !== undefined || lastName !== undefined) {
      const home = identity.name ?? identity.domain ?? identity.sourceId ?? (fields.name as string | undefined) ?? "";
      return hash(`${firstName ?? ""} ${lastName ?? ""}|${home}`.trim().toLowerCase());
    }
    const id = this.#reader.identifier(cells, this.#id);
    return id === undefined ? null : hash(`id:${id}`);
  }

  /** A SHA-256 e-mail hash from a hash column, or from an e-mail column that holds hashes. */
  #hashCell(cells: readonly string[]): string | undefined {
    const text = this.#reader.text(cells, this.#emailHash);
    if (text === undefined) return undefined;
    if (HASH.test(text)) return text.toLowerCase();
    this.#reader.note(this.#emailHash[0]!.header, "not-a-sha256");
    return undefined;
  }

  #vendorWords(cells: readonly string[], columns: Columns): TitleClass | undefined {
    const text = this.#reader.text(cells, columns);
    return text === undefined ? undefined : classifyTitle(text);
  }

  #unknownCountry(): undefined {
    this.#reader.note(this.#personCountry[0]!.header, "not-a-country");
    return undefined;
  }
}
