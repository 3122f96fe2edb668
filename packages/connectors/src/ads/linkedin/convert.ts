import type { AudienceStatus, CompanyMember } from "@bullseye/core/connector";
import { shortened } from "./classify.ts";

/** One element of `POST /dmpSegments/{id}/companies` ("DMP Segment Companies", learn.microsoft.com). Plain text, never hashed. */
export interface CompanyElement {
  action: "ADD" | "REMOVE";
  companyName?: string;
  companyWebsiteDomain?: string;
  companyEmailDomain?: string;
  companyPageUrl?: string;
  organizationUrn?: string;
  stockSymbol?: string;
  city?: string;
  state?: string;
  country?: string;
  postalCode?: string;
}

const DOMAIN_DECORATION = /^[a-z][a-z0-9+.-]*:\/\/|^www\.|[/?#:].*$/g;
const DOMAIN = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u;
const HASH = /^[0-9a-f]{32,}$/i;
const ORGANIZATION = /^(?:urn:li:organization:)*(\d+)$/i;
const EMAIL = /[^\s@]@[^\s@]+\.[^\s@]/;
const PHONE = /\+\d[\d\s().-]{7,}\d/;
const COUNTRY = /^[A-Za-z]{2}$/;

/** Lower-case host, without scheme, `www.`, port and path (our rule; LinkedIn documents none); undefined for what is no host, hashes included. */
export function cleanDomain(value: string | undefined): string | undefined {
  if (value === undefined || value === "") return undefined;
  // A scheme goes first, `www.` after it: two passes at most.
  let domain = value.trim().toLowerCase();
  if (!DOMAIN.test(domain) || domain.startsWith("www.")) {
    domain = domain.replace(DOMAIN_DECORATION, "").replace(DOMAIN_DECORATION, "");
    if (!DOMAIN.test(domain)) return undefined;
  }
  return HASH.test(domain.slice(0, domain.indexOf("."))) ? undefined : domain;
}

/** `urn:li:organization:` and the number, whatever prefixes the value came with; undefined for anything else. */
export function cleanOrganizationUrn(value: string | undefined): string | undefined {
  const number = value === undefined ? undefined : ORGANIZATION.exec(value.trim())?.[1];
  return number === undefined ? undefined : `urn:li:organization:${number}`;
}

/** ISO alpha-2 in capitals, or undefined. */
export function cleanCountry(value: string | undefined): string | undefined {
  return value !== undefined && COUNTRY.test(value) ? value.toUpperCase() : undefined;
}

/**
 * What LinkedIn tells companies apart by: the domain, else the organisation, its page, the e-mail domain, else name and country.
 * The domain comes first because it is known first: learning the organisation later must not make a second member.
 */
export function memberKey(member: CompanyMember): string {
  const domain = cleanDomain(member.domain);
  if (domain !== undefined) return `domain:${domain}`;
  const urn = cleanOrganizationUrn(member.organizationUrn);
  if (urn !== undefined) return urn;
  if (member.linkedinUrl) return `page:${member.linkedinUrl.trim().toLowerCase()}`;
  const emailDomain = cleanDomain(member.emailDomain);
  if (emailDomain !== undefined) return `email-domain:${emailDomain}`;
  return `name:${member.name.trim().toLowerCase()}|${cleanCountry(member.country) ?? ""}`;
}

/** `personal-data` (an e-mail address or phone number in a cell), `hashed-name`, `no-identifier`, or undefined. */
export function refuse(member: CompanyMember): string | undefined {
  if (
    looksPersonal(member.name) ||
    looksPersonal(member.domain) ||
    looksPersonal(member.emailDomain) ||
    looksPersonal(member.linkedinUrl) ||
    looksPersonal(member.city) ||
    looksPersonal(member.state) ||
    looksPersonal(member.industry) ||
    looksPersonal(member.ticker) ||
    looksPersonal(member.postalCode)
  )
    return "personal-data";
  if (HASH.test(member.name)) return "hashed-name";
  const identified =
    member.name.trim() !== "" ||
    cleanDomain(member.domain) !== undefined ||
    cleanOrganizationUrn(member.organizationUrn) !== undefined ||
    (member.linkedinUrl ?? "").trim() !== "" ||
    cleanDomain(member.emailDomain) !== undefined;
  return identified ? undefined : "no-identifier";
}

/**
 * The element to send; JSON leaves the undefined fields out. A removal carries identifiers only, and the name only where nothing else
 * identifies. `industries` is not sent: its type is not documented, and an optional field is no reason to lose a member.
 */
export function toElement(action: "add" | "remove", member: CompanyMember): CompanyElement {
  const companyName = member.name.trim() || undefined;
  const companyWebsiteDomain = cleanDomain(member.domain);
  const companyEmailDomain = cleanDomain(member.emailDomain);
  const companyPageUrl = member.linkedinUrl?.trim() || undefined;
  const organizationUrn = cleanOrganizationUrn(member.organizationUrn);
  const country = cleanCountry(member.country);
  if (action === "remove")
    return (companyWebsiteDomain ?? organizationUrn ?? companyPageUrl ?? companyEmailDomain)
      ? { action: "REMOVE", companyWebsiteDomain, companyEmailDomain, companyPageUrl, organizationUrn }
      : { action: "REMOVE", companyName, country };
  return {
    action: "ADD",
    companyName,
    companyWebsiteDomain,
    companyEmailDomain,
    companyPageUrl,
    organizationUrn,
    stockSymbol: member.ticker || undefined,
    city: member.city || undefined,
    state: member.state || undefined,
    country,
    postalCode: member.postalCode || undefined,
  };
}

/** The cells of the company list template, in the order of its header. `companycountry` is ISO alpha-2. */
export function toRow(member: CompanyMember): string[] {
  return [
    member.name.trim(),
    cleanDomain(member.domain) ?? "",
    cleanDomain(member.emailDomain) ?? "",
    member.linkedinUrl?.trim() ?? "",
    member.ticker ?? "",
    member.industry ?? "",
    member.city ?? "",
    member.state ?? "",
    cleanCountry(member.country) ?? "",
    member.postalCode ?? "",
  ];
}

/** A segment of the finder or of `GET /dmpSegments/{id}`, as far as we read it ("DMP Segments", learn.microsoft.com). */
export interface Segment {
  id: number | string;
  type?: string;
  sourceSegmentId?: string;
  destinations?: { destination?: string; status?: string; audienceSize?: number; matchedCount?: number; inputCount?: number }[];
  inputCount?: number;
}

const TARGETABLE = new Set(["BUILDING", "UPDATING", "READY", "ARCHIVED"]);

/** The LinkedIn destination's state. `matched` and `input` cover the last 7 days only; `size` is the reach. */
export function toStatus(segment: Segment): AudienceStatus {
  const destination = segment.destinations?.find((one) => one.destination === undefined || one.destination === "LINKEDIN");
  const state = destination?.status ?? "UNKNOWN";
  return {
    state: state.toLowerCase(),
    targetable: TARGETABLE.has(state),
    size: destination?.audienceSize,
    matched: destination?.matchedCount,
    input: segment.inputCount,
  };
}

/** The per-element answers of a batch, in request order; undefined where the body is not `expected` of them, so that no verdict is guessed. */
export function readVerdicts(body: unknown, expected: number): { status: number; message: string | undefined }[] | undefined {
  const elements = (body as { elements?: unknown } | undefined)?.elements;
  if (!Array.isArray(elements) || elements.length !== expected) return undefined;
  const verdicts: { status: number; message: string | undefined }[] = [];
  for (const element of elements as { status?: unknown; error?: { message?: unknown } }[]) {
    if (typeof element?.status !== "number") return undefined;
    verdicts.push({ status: element.status, message: shortened(element.error?.message) });
  }
  return verdicts;
}

/** The segment to use among those the finder gave: the oldest of type COMPANY (ids rise). The finder may answer with both types for one id. */
export function pickCompanySegment(segments: readonly Segment[]): string | undefined {
  let oldest: Segment | undefined;
  for (const segment of segments)
    if (segment.type === "COMPANY" && (oldest === undefined || Number(segment.id) < Number(oldest.id))) oldest = segment;
  return oldest === undefined ? undefined : String(oldest.id);
}

function looksPersonal(value: string | undefined): boolean {
  return value !== undefined && ((value.includes("@") && EMAIL.test(value)) || (value.includes("+") && PHONE.test(value)));
}
