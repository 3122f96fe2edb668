const PAGE =
  /^(?:[a-z]+:)?\/*(?:[a-z0-9-]+\.)*linkedin\.com\/(?:mwlite\/|sales\/|recruiter\/|organization-guest\/|pub\/)?(company|company-beta|organization|school|edu\/school|showcase)\/([^/?#\s]+)/;
const URN =
  /^urn:li:(?:fs_normalized_company|fsd_company|fs_miniCompany|fs_salesCompany|company|organization|organizationbrand|school|showcase):(\d{1,19})$/i;
const BARE = /^(company|school|showcase)\/([^/?#\s]+)\/?$/;
/** LinkedIn vanity names: letters (any script), digits, hyphens and the marks LinkedIn lets through. */
const SLUG = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}\p{So}\-_.&'’]{0,99}$/u;
/** What most slugs are made of; none of it has another form or an escape. */
const PLAIN_SLUG = /^[a-z0-9][a-z0-9_-]{0,99}$/;
const DIGITS = /^\d{1,19}$/;
const QUOTES = /^[\s"'<]+|[\s"'>,;]+$/g;

/**
 * The key of a LinkedIn page: `linkedin.com/company/<slug or id>`, `linkedin.com/school/...` or `linkedin.com/showcase/...` from any URL,
 * or `urn:1035` from an organisation URN. Lower case, percent-escapes decoded, language and tab parts dropped. Null for
 * personal profiles, jobs, search and whatever names no page. A slug and a number may be the same page; only LinkedIn can say so.
 */
export function linkedinKey(raw: string): string | null {
  const cell = isBare(raw) ? raw : raw.replace(QUOTES, "");
  if (cell === "") return null;
  const urn = (cell.charCodeAt(0) | 32) === 117 ? URN.exec(cell) : null;
  if (urn !== null) return `urn:${trimZeros(urn[1] as string)}`;
  const lower = cell.toLowerCase();
  const page = PAGE.exec(lower) ?? BARE.exec(lower);
  if (page === null) return null;
  const written = page[2] as string;
  const slug = PLAIN_SLUG.test(written) ? written : readSlug(written);
  if (slug === null) return null;
  const kind = page[1] as string;
  if (kind === "school" || kind === "edu/school") return `linkedin.com/school/${slug}`;
  if (kind === "showcase") return `linkedin.com/showcase/${slug}`;
  return `linkedin.com/company/${slug}`;
}

const PERSON = /linkedin\.com\/(?:in|pub)\/([^/?#\s]+)/i;

/** The name in the URL of a person's page, lower-case; null where the text names none. */
export function personPage(raw: string): string | null {
  return PERSON.exec(raw)?.[1]?.toLowerCase() ?? null;
}

/** Whether a cell begins and ends with a letter, a digit or (at its end) a slash: nothing is wrapped around it. */
function isBare(cell: string): boolean {
  const last = cell.charCodeAt(cell.length - 1);
  return isAlphanumeric(cell.charCodeAt(0)) && (last === 47 || isAlphanumeric(last));
}

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 122);
}

function trimZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "");
}

function readSlug(written: string): string | null {
  try {
    const slug = written.includes("%") ? decodeURIComponent(written).normalize("NFC").toLowerCase() : written.normalize("NFC");
    return SLUG.test(slug) ? slug : null;
  } catch {
    return null;
  }
}

/** The page a key names, as an https URL. */
export function linkedinPageUrl(key: string): string {
  if (key.startsWith("urn:")) return `https://www.linkedin.com/company/${key.slice(4)}`;
  const slash = key.lastIndexOf("/") + 1;
  return `https://www.${key.slice(0, slash)}${encodeURIComponent(key.slice(slash))}`;
}

/** `urn:li:organization:<id>` where the key carries the organisation's number (a URN or a numeric company URL), else null. */
export function linkedinOrganizationUrn(key: string): string | null {
  const id = key.startsWith("urn:") ? key.slice(4) : key.startsWith("linkedin.com/company/") ? key.slice(21) : "";
  return DIGITS.test(id) ? `urn:li:organization:${trimZeros(id)}` : null;
}
