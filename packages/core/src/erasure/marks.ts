import type { Identity } from "../lists/draft.ts";
import { parseEmail } from "../lists/values/identifier.ts";
import type { Digest } from "../ports.ts";
import { domainId, keysOf, linkedinId, nameBlockId, registrationId, sourceKeyId } from "../resolve/identity.ts";
import { personPage } from "../resolve/keys/linkedin.ts";

/** A mark is one thing by which a row names somebody. Tombstones hold its keyed hash only. */
export type Mark = string;

/** By the SHA-256 of the normalised address, so that the address and its hash are one mark. */
export const emailMark = (sha256: string): Mark => `email:${sha256}`;
/** By the name in the URL of a personal page. */
export const pageMark = (page: string): Mark => `page:${page}`;
/** By the keyed hash that stands for a person in contacts, and for a buyer in orders. */
export const contactMark = (contactId: string): Mark => `contact:${contactId}`;
/** By the id of a registration number, domain, LinkedIn page or record id. */
export const companyMark = (keyId: string): Mark => `company:${keyId}`;
/** By a name as such, in a country; {@link ANY_COUNTRY} for rows that name none. */
export const nameMark = (blockId: string, country: string): Mark => `name:${blockId}:${country}`;
/** The country under which rows that name no country ask for a name. */
export const ANY_COUNTRY = "*";

/** A mark as tombstones hold it. */
export const markHash = (mark: Mark, digest: Digest): string => digest.keyed(`erased ${mark}`);

const HASH = /^[0-9a-f]{64}$/i;
const ADDRESSES = /[^\s@<>,;:()"'|]+@[^\s@<>,;:()"'|]+/gu;

/** The marks of people in a cell: addresses, hashes of addresses, personal pages. */
export function personMarksIn(cell: string, digest: Digest): Mark[] {
  const marks: Mark[] = [];
  if (cell.includes("@"))
    for (const [found] of cell.matchAll(ADDRESSES)) {
      const email = parseEmail(found);
      if (email !== undefined) marks.push(emailMark(digest.sha256(email)));
    }
  else if (cell.length >= 64 && HASH.test(cell.trim())) marks.push(emailMark(cell.trim().toLowerCase()));
  const page = personPage(cell);
  if (page !== null) marks.push(pageMark(page));
  return marks;
}

/** The marks by which a row names a company. A name counts where nothing stronger is named. */
export function companyMarks(identity: Identity, digest: Digest): Mark[] {
  const ids: string[] = [];
  if (identity.registration) ids.push(registrationId(identity.registration, digest));
  if (identity.domain) ids.push(domainId(identity.domain, digest));
  if (identity.emailDomain) ids.push(domainId(identity.emailDomain, digest));
  if (identity.linkedin) ids.push(linkedinId(identity.linkedin, digest));
  if (identity.sourceId) ids.push(sourceKeyId(identity.sourceId, digest));
  const marks = ids.map(companyMark);
  const { name, country = "" } = identity;
  if (name && keysOf({ name, country }, digest)?.home.id === keysOf(identity, digest)?.home.id) {
    const block = nameBlockId(name, digest);
    if (country === "") marks.push(nameMark(block, ANY_COUNTRY));
    else marks.push(nameMark(block, country), nameMark(block, ""));
  }
  return marks;
}

/** The tombstones' marks, to be asked row by row. */
export class ErasedMarks {
  readonly #hashes: ReadonlySet<string>;
  readonly #digest: Digest;

  constructor(hashes: Iterable<string>, digest: Digest) {
    this.#hashes = new Set(hashes);
    this.#digest = digest;
  }

  any(marks: readonly Mark[]): boolean {
    return marks.some((mark) => this.#hashes.has(markHash(mark, this.#digest)));
  }

  /** Whether any cell holds the address, its hash, or the page of somebody who was erased. */
  inCells(cells: readonly string[]): boolean {
    return cells.some((cell) => cell !== "" && this.any(personMarksIn(cell, this.#digest)));
  }

  contact(contactId: string): boolean {
    return this.any([contactMark(contactId)]);
  }

  company(identity: Identity): boolean {
    return this.any(companyMarks(identity, this.#digest));
  }
}
