import type { FieldValues } from "../account/fields.ts";
import { RANK, type Rank } from "../account/item.ts";
import type { Identity, MatchKey } from "../lists/draft.ts";
import type { Digest } from "../ports.ts";
import { normalizeCompanyName } from "./keys/company-name.ts";
import { nameAgreesWithDomain } from "./keys/name-domain.ts";
import { recordKey } from "./keys/record-id.ts";

/**
 * Key ids are 20 hex digits (80 bits: two of ten million companies collide with a probability of about 4e-11). Ids of one name share their
 * first sixteen digits, its *block*, so that all who bear a name meet in one partition.
 */
export interface Home {
  id: string;
  rank: Rank;
  /** ISO alpha-2 of a name home, "" where the row names none; "" for other ranks. */
  country: string;
}

/** What a row's identity amounts to: the home under which it is filed, and the weaker keys for which it vouches. */
export interface Keys {
  home: Home;
  /** Key ids that mean this home; a name is vouched for by its block, the domain of a mailbox that is no key by {@link mailKey}. */
  links: string[];
  /** Country under which the name link is vouched for. */
  linkCountry: string;
}

/** 64 bits of the name: two of ten million names share them with a probability of about 3e-6. */
const BLOCK_DIGITS = 16;
/** No hex digits, so that the key of a name as such is never taken for a company. */
const BLOCK_TAIL = "name";

/** The digits that all ids of a name share. */
export function blockOf(id: string): string {
  return id.slice(0, BLOCK_DIGITS);
}

/** Whether a key id stands for a name as such and not for a company. */
export function isBlock(id: string): boolean {
  return id.endsWith(BLOCK_TAIL);
}

/** The key id of the name that ids of a block bear. */
export const blockKey = (block: string): string => block + BLOCK_TAIL;

/** The id under which all who bear a name are vouched for. */
export function nameBlockId(nameKey: string, digest: Digest): string {
  return blockKey(blockOf(digest.id(`name:${nameKey}`)));
}

/** The id of the company that is known only by a name and perhaps a country (ISO alpha-2, "" for none): its last digits spell the country. */
export function nameHomeId(nameKey: string, country: string, digest: Digest): string {
  const spelt = /^[A-Z]{2}$/.test(country) ? Buffer.from(country).toString("hex") : digest.id(`country:${country}`).slice(0, 4);
  return blockOf(digest.id(`name:${nameKey}`)) + spelt;
}

/** The country that the id of a name home spells, "" for none. */
export function countryOfName(id: string): string {
  const spelt = Buffer.from(id.slice(BLOCK_DIGITS), "hex").toString("latin1");
  return /^[A-Z]{2}$/.test(spelt) ? spelt : "";
}

/** No hex digits, so that a mailbox is never taken for a company. */
const MAIL_TAIL = "mail";

/**
 * The key id under which a home is found that only a mailbox ties to a domain, by the id of that domain: it joins nothing, but who is
 * suppressed under the domain is found by it.
 */
export const mailKey = (id: string): string => id.slice(0, BLOCK_DIGITS) + MAIL_TAIL;

/** No hex digits, so that what kind of key a home is is never taken for a company. */
const KIND_TAIL = "kind";

/** What stands in the place of a target where a voucher only says what kind of key a home is, and {@link rankOfKind} its inverse. */
export const kindTarget = (rank: Rank): string => String(rank).padStart(BLOCK_DIGITS, "0") + KIND_TAIL;
export const rankOfKind = (target: string): Rank => Number(target.slice(0, BLOCK_DIGITS)) as Rank;

/** Rank and country of a home of which nothing but its id and its kind of key is known. */
export const keyOfKind = (id: string, rank: Rank): Pick<Home, "rank" | "country"> => ({
  rank,
  country: rank === RANK.name ? countryOfName(id) : "",
});

/** Key id of a registrable domain. */
export const domainId = (domain: string, digest: Digest): string => digest.id(`domain:${domain}`);
/** Key id of a LinkedIn page key. */
export const linkedinId = (key: string, digest: Digest): string => digest.id(`linkedin:${key}`);
/** Key id of a registration key. */
export const registrationId = (key: string, digest: Digest): string => digest.id(`registration:${key}`);
/** Key id of `system:id`, whichever way the id is written (`keys/record-id.ts`). */
export const sourceKeyId = (text: string, digest: Digest): string => digest.id(`source:${recordKey(text)}`);

/** Key id of a person's e-mail, by the SHA-256 of the normalised address. */
export const emailKeyId = (sha256: string, digest: Digest): string => digest.id(`email:${sha256}`);

/** The keys that a company's fields offer; the inverse of what import-list files under `fields`. */
export function identityOf(fields: FieldValues): Identity {
  const country = fields.country as string | undefined;
  const name = typeof fields.name === "string" ? normalizeCompanyName(fields.name, country)?.key : undefined;
  return {
    registration: fields.registration as string | undefined,
    domain: fields.domain as string | undefined,
    emailDomain: fields.emailDomain as string | undefined,
    linkedin: fields.linkedin as string | undefined,
    name,
    country,
    sourceId: fields.sourceId as string | undefined,
  };
}

/** Copies the identity into the fields that a statement keeps, so that {@link identityOf} finds it again; a record id stays as written. */
export function fileIdentity(identity: Identity, fields: FieldValues): void {
  if (identity.registration) fields.registration = identity.registration;
  if (identity.domain) fields.domain = identity.domain;
  else if (identity.emailDomain) fields.emailDomain = identity.emailDomain;
  if (identity.linkedin) fields.linkedin = identity.linkedin;
  if (identity.country) fields.country = identity.country;
  if (identity.sourceId) fields.sourceId ??= identity.sourceId;
}

/**
 * Where a row belongs by itself, or null when it names no company. The strongest key is the home. A domain that is known only from an
 * e-mail counts when no name contradicts it: people of an agency write about their clients.
 */
export function keysOf(identity: Identity, digest: Digest): Keys | null {
  const country = identity.country ?? "";
  const { name, emailDomain } = identity;
  let domain = identity.domain;
  if (!domain && emailDomain && (!name || nameAgreesWithDomain(name, emailDomain))) domain = emailDomain;
  const keys: Array<{ id: string; rank: Rank }> = [];
  if (identity.registration) keys.push({ id: registrationId(identity.registration, digest), rank: RANK.registration });
  if (domain) keys.push({ id: domainId(domain, digest), rank: RANK.domain });
  if (identity.linkedin) keys.push({ id: linkedinId(identity.linkedin, digest), rank: RANK.linkedin });
  let home: Home | null = keys.length > 0 ? { ...keys[0]!, country: "" } : null;
  const links: string[] = [];
  for (let index = 1; index < keys.length; index++) links.push(keys[index]!.id);
  if (name) {
    if (home) links.push(nameBlockId(name, digest));
    else home = { id: nameHomeId(name, country, digest), rank: RANK.name, country };
  }
  if (identity.sourceId) {
    const id = sourceKeyId(identity.sourceId, digest);
    if (home) links.push(id);
    else home = { id, rank: RANK.source, country: "" };
  }
  if (home && !domain && emailDomain) links.push(mailKey(domainId(emailDomain, digest)));
  return home && { home, links, linkCountry: country };
}

/** The home that a list of matches names. */
export function homeOfMatch(key: MatchKey, digest: Digest): { id: string; rank: Rank } {
  switch (key.type) {
    case "id":
      return { id: key.value, rank: key.rank };
    case "domain":
      return { id: domainId(key.value, digest), rank: RANK.domain };
    case "linkedin":
      return { id: linkedinId(key.value, digest), rank: RANK.linkedin };
    case "registration":
      return { id: registrationId(key.value, digest), rank: RANK.registration };
    case "name":
      return { id: nameHomeId(key.value, key.country, digest), rank: RANK.name };
  }
}

/** Number of the partition that owns an id when partitions are numbered by the first `bits` bits of it; the id begins at `at` of the text. */
export function partitionOf(id: string, bits: number, at = 0): number {
  if (bits === 0) return 0;
  return (
    ((hexDigit(id, at) << 12) | (hexDigit(id, at + 1) << 8) | (hexDigit(id, at + 2) << 4) | hexDigit(id, at + 3)) >>> (16 - bits)
  );
}

function hexDigit(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 58 ? code - 48 : code - 87;
}

/** The ids `[from, to)` of a partition in text order; `to` is null for the last one. */
export function partitionRange(partition: number, bits: number): { from: string; to: string | null } {
  const width = 2 ** (16 - bits);
  const hex = (value: number): string => value.toString(16).padStart(4, "0");
  const end = (partition + 1) * width;
  return { from: partition === 0 ? "" : hex(partition * width), to: end >= 65_536 ? null : hex(end) };
}

/** Bits for about `rowsPerPartition` rows each: the next power of two, at most 4,096 partitions. */
export function partitionBits(rows: number, rowsPerPartition: number): number {
  return Math.min(12, Math.max(0, Math.ceil(Math.log2(Math.max(1, rows / rowsPerPartition)))));
}
