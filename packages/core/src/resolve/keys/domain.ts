import { parse } from "tldts";
import {
  FREE_MAIL,
  FREE_MAIL_BRANDS,
  LANDLORDS,
  OWN_PATHS,
  OWN_SUBDOMAINS,
  REGISTRY_SUFFIXES,
  SHARED_SITES,
} from "./shared-hosts.ts";

/** Top-level domains without second-level ICANN rules: a name of two labels under them is registrable as it stands. */
const PLAIN_TLDS: ReadonlySet<string> = new Set([
  "com",
  "net",
  "org",
  "de",
  "info",
  "eu",
  "ch",
  "dk",
  "app",
  "dev",
  "cloud",
  "online",
  "shop",
  "tech",
]);
const LISTED = {
  extractHostname: false,
  validateHostname: false,
  mixedInputs: false,
  detectIp: false,
  allowPrivateDomains: true,
} as const;
const ICANN_ONLY = { ...LISTED, allowPrivateDomains: false } as const;

/** What a character means inside a cell: 0 needs the untidy path, 1 host, 2 dot, 3 hyphen, 4 ends the host, 5 `@`, 6 `:`, 7 upper case, 8 elsewhere only. */
const MEANING = new Uint8Array(128);
for (const [meaning, characters] of [
  [1, "abcdefghijklmnopqrstuvwxyz0123456789_"],
  [2, "."],
  [3, "-"],
  [4, "/?#\\"],
  [5, "@"],
  [6, ":"],
  [7, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
  [8, "!$%&*+=^`{}~"],
] as const) {
  for (const character of characters) MEANING[character.charCodeAt(0)] = meaning;
}
const SPACES_AROUND_MARKS = /\s*([./:@])\s*/g;
const SEPARATORS = /[\s,;|]+/;
const SEPARATOR_SPACE = /\s/;
const SCHEME = /^[a-z][a-z0-9+.-]*:[/\\]+|^https?[:/]+|^[/\\]+|^mailto:/;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
const WRAPPERS = /^[\s"'<([]+|[\s"'>)\],;]+$/g;
/** RFC 1035: 63 octets a label, 253 a name. */
const MAX_LABEL = 63;
const MAX_HOST = 253;

/** A registrable domain, and whether it lies under a hosting suffix (a private entry of the public-suffix list that is not sold like a top-level domain). */
interface Registrable {
  domain: string;
  hosted: boolean;
}

/** One cell taken apart: the registrable domain, the host it was found in and whether anything but `/` follows the host. */
interface Address extends Registrable {
  host: string;
  deep: boolean;
}

const HOST_KINDS = new Map<string, 1 | 2>();
const BRAND_KINDS = new Map<string, 1 | 2>();
for (const [host, kind] of LANDLORDS) (kind === "brand" ? BRAND_KINDS : HOST_KINDS).set(host, 2);
for (const host of SHARED_SITES) HOST_KINDS.set(host, 1);
for (const host of FREE_MAIL) HOST_KINDS.set(host, 1);
for (const brand of FREE_MAIL_BRANDS) BRAND_KINDS.set(brand, 1);
/** What those hosts and brands begin with: one look tells nearly all domains apart. */
const KNOWN_LABELS: ReadonlySet<string> = new Set([...HOST_KINDS.keys(), ...BRAND_KINDS.keys()].map((host) => firstLabel(host)));

/** Reserved for documentation and tests (RFC 2606): no public suffix, but lists that must not name anybody real use them. */
const RESERVED_TLDS: ReadonlySet<string> = new Set(["example", "test"]);

/**
 * The registrable domain of an ASCII lower-case host, null where there is none. Not remembered: looking it up again costs less than a
 * memory of hosts that hardly ever come again.
 */
function registrableOf(host: string): Registrable | null {
  const lastDot = host.lastIndexOf(".");
  if (lastDot > 0) {
    const dotBefore = host.lastIndexOf(".", lastDot - 1);
    const last = host.slice(lastDot + 1);
    if (dotBefore < 0 && PLAIN_TLDS.has(last)) return { domain: host, hosted: false };
    if (RESERVED_TLDS.has(last)) return { domain: host.slice(dotBefore + 1), hosted: false };
  }
  const { isIcann, isPrivate, domain, publicSuffix } = parse(host, LISTED);
  if ((isIcann || isPrivate) && domain) return { domain, hosted: isPrivate === true && isHosting(domain, publicSuffix) };
  if (!isPrivate) return null;
  const icann = parse(host, ICANN_ONLY);
  return icann.isIcann && icann.domain ? { domain: icann.domain, hosted: isHosted(icann.domain) } : null;
}

/** Whether a domain under a private suffix is one of a host's tenants; what has two labels is the host itself. */
function isHosting(domain: string, suffix: string | null): boolean {
  return domain.indexOf(".", domain.indexOf(".") + 1) >= 0 && suffix !== null && !REGISTRY_SUFFIXES.has(suffix);
}

function isHosted(domain: string): boolean {
  const listed = parse(domain, LISTED);
  return listed.isPrivate === true && isHosting(domain, listed.publicSuffix);
}

/** Whether every label is 1 to 63 of a-z, 0-9, `-`, `_`, with `-` inside only. */
function isHostName(host: string): boolean {
  if (host.length === 0 || host.length > MAX_HOST) return false;
  let start = 0;
  let previous = 2;
  for (let i = 0; i < host.length; i++) {
    const code = host.charCodeAt(i);
    const meaning = code < 128 ? (MEANING[code] as number) : 0;
    if (meaning === 2) {
      if (previous >= 2 || i - start > MAX_LABEL) return false;
      start = i + 1;
    } else if (meaning === 3) {
      if (previous === 2) return false;
    } else if (meaning !== 1) return false;
    previous = meaning;
  }
  return previous === 1 && host.length - start <= MAX_LABEL;
}

/** The punycode form of a host with letters outside ASCII, also checks a host that already claims to be punycode. */
function toAscii(host: string): string | null {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return null;
  }
}

/** Reads one trimmed, lower-case token. */
function addressOf(token: string): Address | null {
  let start = 0;
  if (token.startsWith("http")) {
    if (token.startsWith("://", 4)) start = 7;
    else if (token.startsWith("s://", 4)) start = 8;
    else start = SCHEME.exec(token)?.[0].length ?? 0;
  } else if (token.includes(":") || token.charCodeAt(0) === 47 || token.charCodeAt(0) === 92)
    start = SCHEME.exec(token)?.[0].length ?? 0;
  let end = token.length;
  let colon = -1;
  let plain = true;
  for (let i = start; i < end; i++) {
    const code = token.charCodeAt(i);
    const meaning = code < 128 ? (MEANING[code] as number) : 0;
    if (meaning < 4) {
      if (code > 127) plain = false;
    } else if (meaning === 4) end = i;
    else if (meaning === 5) {
      start = i + 1;
      colon = -1;
      plain = true;
    } else if (meaning === 6 && colon < 0) colon = i;
  }
  const deep = end < token.length - 1 && token.charCodeAt(end) !== 35;
  if (colon >= 0) {
    for (let i = colon + 1; i < end; i++) if (token.charCodeAt(i) < 48 || token.charCodeAt(i) > 57) return null;
    end = colon;
  }
  while (end > start && token.charCodeAt(end - 1) === 46) end--;
  if (token.startsWith("www.", start) && token.lastIndexOf(".", end - 1) > start + 3) start += 4;
  let host = token.slice(start, end);
  if (!plain || host.includes("xn--")) {
    const ascii = toAscii(host);
    if (ascii === null) return null;
    host = ascii;
  }
  if (!isHostName(host)) return null;
  const registrable = registrableOf(host);
  if (registrable === null) return null;
  const { domain, hosted } = registrable;
  if (domain.includes("_")) return null;
  return { domain, hosted, host, deep };
}

/** Reads one cell; several addresses in it count when every one is valid, and the first speaks. */
function readAddress(raw: string): Address | null {
  let upper = false;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    const meaning = code < 128 ? MEANING[code] : 0;
    if (meaning === 0) return readUntidy(raw);
    if (meaning === 7) upper = true;
  }
  return addressOf(upper ? raw.toLowerCase() : raw);
}

function readUntidy(raw: string): Address | null {
  const cell = raw
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(WRAPPERS, "")
    .replace(SPACES_AROUND_MARKS, "$1")
    .toLowerCase();
  let first = SEPARATOR_SPACE.test(cell) ? null : addressOf(cell);
  if (first !== null) return first;
  for (const token of cell.split(SEPARATORS)) {
    if (token === "") continue;
    const address = addressOf(token.replace(WRAPPERS, ""));
    if (address === null) return null;
    first ??= address;
  }
  return first;
}

/**
 * The registrable domain (lower case, punycode) named by a URL, host or e-mail address; null for IP addresses, single labels, unlisted
 * suffixes and words. Private suffixes count, so `acme.github.io` stays itself rather than become `github.io`; whether it may stand for
 * a company is `isSharedHost`'s answer. A bare private suffix answers by the ICANN rule.
 */
export function canonicalDomain(raw: string): string | null {
  return readAddress(raw)?.domain ?? null;
}

/** Whether a canonical domain is a mailbox provider's. */
export function isFreeMail(domain: string): boolean {
  return FREE_MAIL.has(domain) || FREE_MAIL_BRANDS.has(domain.slice(0, domain.indexOf(".")));
}

function firstLabel(host: string): string {
  const dot = host.indexOf(".");
  return dot < 0 ? host : host.slice(0, dot);
}

/** 1 shared, 2 a landlord, 0 neither. */
function tenancy({ domain, hosted }: Registrable): 0 | 1 | 2 {
  const label = firstLabel(domain);
  const known = KNOWN_LABELS.has(label) ? (HOST_KINDS.get(domain) ?? BRAND_KINDS.get(label)) : undefined;
  return known ?? (hosted ? 1 : 0);
}

/**
 * Whether a canonical domain stands for many unrelated companies: mailbox providers, social networks, link shorteners, site builders and
 * whatever lies under a hosting suffix. Marketplaces (`amazon.com`) are companies too and answer false: their tenants are told apart by
 * path and subdomain, which `companyDomain` sees and this does not.
 */
export function isSharedHost(domain: string): boolean {
  return tenancy({ domain, hosted: isHosted(domain) }) === 1;
}

/** Whether an address under a landlord's domain belongs to a tenant. */
function isTenant(address: Address): boolean {
  if (address.deep && !OWN_PATHS.has(address.domain)) return true;
  const { host, domain } = address;
  if (host.length <= domain.length) return false;
  const labels = host.slice(0, host.length - domain.length - 1);
  return !OWN_SUBDOMAINS.has(labels.slice(labels.lastIndexOf(".") + 1));
}

/**
 * The canonical domain where it may serve as a company's identity, else null: `amazon.com` and `https://www.amazon.com/` are keys,
 * `amazon.com/shops/x`, `stores.ebay.com/x`, `facebook.com/acme`, `acme.myshopify.com`, `sites.google.com/x` and free mail are not.
 */
export function companyDomain(raw: string): string | null {
  const address = readAddress(raw);
  if (address === null) return null;
  const kind = tenancy(address);
  return kind === 1 || (kind === 2 && isTenant(address)) ? null : address.domain;
}

/** The company domain behind an e-mail address (also `Name <a@b.c>`, `mailto:`); null for free mail, shared hosts and cells that hold no address. */
export function emailDomain(raw: string): string | null {
  const at = raw.lastIndexOf("@");
  if (at < 1 || at === raw.length - 1) return null;
  const address = readAddress(raw.slice(at + 1));
  return address === null || tenancy(address) === 1 ? null : address.domain;
}
