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
import { WordFilter } from "./word-filter.ts";

/**
 * What is known without the suffix list. `plain`: no second-level ICANN rules, a name of two labels is registrable as it stands.
 * `reserved` for documentation and tests (RFC 2606): no public suffix, but lists that must not name anybody real use them.
 */
const KNOWN_TLDS: ReadonlyMap<string, "plain" | "reserved"> = new Map([
  ...["com", "net", "org", "de", "info", "eu", "ch", "dk", "app", "dev", "cloud", "online", "shop", "tech"].map(
    (tld) => [tld, "plain"] as const,
  ),
  ...["example", "test"].map((tld) => [tld, "reserved"] as const),
]);
const LISTED = {
  extractHostname: false,
  validateHostname: false,
  mixedInputs: false,
  detectIp: false,
  allowPrivateDomains: true,
} as const;
const ICANN_ONLY = { ...LISTED, allowPrivateDomains: false } as const;

/** What a character means inside a lower-case cell; 0 needs the untidy path. */
const MEANING = new Uint8Array(128);
const LETTER_OR_DIGIT = 1;
const DOT = 2;
const HYPHEN = 3;
const ENDS_HOST = 4;
const AT = 5;
const COLON = 6;
const OTHER = 7;
for (const [meaning, characters] of [
  [LETTER_OR_DIGIT, "abcdefghijklmnopqrstuvwxyz0123456789"],
  [DOT, "."],
  [HYPHEN, "-"],
  [ENDS_HOST, "/?#\\"],
  [AT, "@"],
  [COLON, ":"],
  [OTHER, "_!$%&*+=^`{}~"],
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
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;

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
/** What those hosts and brands begin with. */
const KNOWN_LABELS = new WordFilter([...HOST_KINDS.keys(), ...BRAND_KINDS.keys()].map((host) => firstLabel(host)));

/**
 * The registrable domain of an ASCII lower-case host, null where there is none; its last dot and the one before it (-1 without one) are
 * given. Not remembered: looking it up again costs less than a memory of hosts that hardly ever come again.
 */
function registrableOf(host: string, lastDot: number, dotBefore: number): Registrable | null {
  if (lastDot > 0) {
    const known = KNOWN_TLDS.get(host.slice(lastDot + 1));
    if (known === "plain" && dotBefore < 0) return { domain: host, hosted: false };
    if (known === "reserved") return { domain: host.slice(dotBefore + 1), hosted: false };
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

/** The punycode form of a host with letters outside ASCII, also checks a host that already claims to be punycode. */
function toAscii(host: string): string | null {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return null;
  }
}

/** Where a token goes on behind its scheme or slashes. */
function behindScheme(token: string): number {
  if (token.startsWith("http")) {
    if (token.startsWith("://", 4)) return 7;
    if (token.startsWith("s://", 4)) return 8;
  } else if (!token.includes(":") && token.charCodeAt(0) !== 47 && token.charCodeAt(0) !== 92) return 0;
  return SCHEME.exec(token)?.[0].length ?? 0;
}

/**
 * Reads one trimmed, lower-case token in one walk. `cell` is the cell that it is the whole of, to be read as an untidy one where a character
 * asks for that; null for a token of an untidy cell.
 */
function addressOf(token: string, cell: string | null): Address | null {
  let start = behindScheme(token);
  let end = token.length;
  let colon = -1;
  let dot = -1;
  let dotBefore = -1;
  let plain = true;
  // Whether the host is one beyond doubt: labels of letters, digits and single hyphens inside.
  let sound = true;
  for (let i = start; i < token.length; i++) {
    const code = token.charCodeAt(i);
    const meaning = code < 128 ? (MEANING[code] as number) : 0;
    if (meaning === LETTER_OR_DIGIT) continue;
    if (meaning === 0 && cell !== null) return readUntidy(cell);
    if (i >= end) continue;
    if (meaning === DOT) {
      sound &&= isLabel(token, Math.max(start, dot + 1), i);
      dotBefore = dot;
      dot = i;
    } else if (meaning === ENDS_HOST) end = i;
    else if (meaning === AT) {
      start = i + 1;
      colon = dot = dotBefore = -1;
      plain = sound = true;
    } else if (meaning === COLON && colon < 0) colon = i;
    else {
      sound &&= meaning === HYPHEN && token.charCodeAt(i - 1) !== 45;
      if (code > 127) plain = false;
    }
  }
  const deep = end < token.length - 1 && token.charCodeAt(end) !== 35;
  if (colon >= 0) {
    for (let i = colon + 1; i < end; i++) if (token.charCodeAt(i) < 48 || token.charCodeAt(i) > 57) return null;
    end = colon;
  }
  sound &&= isLabel(token, Math.max(start, dot + 1), end);
  if (!sound) {
    while (end > start && token.charCodeAt(end - 1) === 46) end--;
    dot = token.lastIndexOf(".", end - 1);
  }
  if (token.startsWith("www.", start) && dot > start + 3) start += 4;
  const host = sound ? token.slice(start, end) : hostOf(token.slice(start, end), plain);
  if (host === null || host.length > MAX_HOST) return null;
  const registrable = sound
    ? registrableOf(host, dot - start, Math.max(dotBefore - start, -1))
    : registrableOf(host, host.lastIndexOf("."), host.lastIndexOf(".", host.lastIndexOf(".") - 1));
  if (registrable === null) return null;
  const { domain, hosted } = registrable;
  return sound || !domain.includes("_") ? { domain, hosted, host, deep } : null;
}

/** Whether `text[from, to)` is 1 to 63 characters with no hyphen at either end. */
function isLabel(text: string, from: number, to: number): boolean {
  return to > from && to - from <= MAX_LABEL && text.charCodeAt(from) !== 45 && text.charCodeAt(to - 1) !== 45;
}

/** A host in doubt as ASCII, null where it is none. */
function hostOf(written: string, plain: boolean): string | null {
  const host = plain && !written.includes("xn--") ? written : toAscii(written);
  return host?.split(".").every((label) => LABEL.test(label)) ? host : null;
}

/** Reads one cell; several addresses in it count when every one is valid, and the first speaks. */
function readAddress(raw: string): Address | null {
  return addressOf(raw.toLowerCase(), raw);
}

function readUntidy(raw: string): Address | null {
  const cell = raw
    .normalize("NFKC")
    .replace(INVISIBLE, "")
    .replace(WRAPPERS, "")
    .replace(SPACES_AROUND_MARKS, "$1")
    .toLowerCase();
  let first = SEPARATOR_SPACE.test(cell) ? null : addressOf(cell, null);
  if (first !== null) return first;
  for (const token of cell.split(SEPARATORS)) {
    if (token === "") continue;
    const address = addressOf(token.replace(WRAPPERS, ""), null);
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
  const known = KNOWN_LABELS.mayBe(label) ? (HOST_KINDS.get(domain) ?? BRAND_KINDS.get(label)) : undefined;
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
