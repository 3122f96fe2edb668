/** A company element as it came, after validation. */
export type CompanyElement = Record<string, string>;

const FIELDS = new Set([
  "action",
  "companyName",
  "companyWebsiteDomain",
  "companyEmailDomain",
  "companyPageUrl",
  "organizationUrn",
  "stockSymbol",
  "city",
  "state",
  "country",
  "postalCode",
]);
const HASHED = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/i;
const HOST = /^[\p{Ll}\p{Lo}\p{N}-]+(\.[\p{Ll}\p{Lo}\p{N}-]+)+$/u;
const ORGANIZATION = /^urn:li:organization:\d+$/;

/**
 * Why an element is refused, or undefined. Stricter than LinkedIn says it is where it says nothing: a domain must be a bare lower-case
 * host. The texts are ours, but for the one on organisation urns.
 */
export function refuseElement(element: unknown): string | undefined {
  if (typeof element !== "object" || element === null || Array.isArray(element)) return "Element is not an object";
  const fields = element as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    if (name === "industries" && Array.isArray(value)) continue;
    if (!FIELDS.has(name)) return `Unrecognized field ${name}`;
    if (typeof value !== "string" || value === "") return `Field ${name} is not a text`;
    if (HASHED.test(value)) return `Field ${name} looks hashed`;
  }
  const { action, companyName, companyWebsiteDomain, companyEmailDomain, companyPageUrl, organizationUrn, country } =
    fields as CompanyElement;
  if (action !== "ADD" && action !== "REMOVE") return "Invalid action";
  if (!(companyName ?? companyWebsiteDomain ?? companyEmailDomain ?? companyPageUrl ?? organizationUrn))
    return "No company identifier";
  if (companyWebsiteDomain !== undefined && !isHost(companyWebsiteDomain)) return "Invalid company website domain";
  if (companyEmailDomain !== undefined && !isHost(companyEmailDomain)) return "Invalid company email domain";
  if (organizationUrn !== undefined && !ORGANIZATION.test(organizationUrn)) return "Invalid organization urn";
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) return "Invalid country";
  return undefined;
}

/** What the sandbox knows a company by; LinkedIn's own matching is not published. */
export function identityOf(element: CompanyElement): string {
  return (
    element.companyWebsiteDomain ??
    element.organizationUrn ??
    element.companyPageUrl ??
    element.companyEmailDomain ??
    `${(element.companyName ?? "").toLowerCase()}|${element.country ?? ""}`
  );
}

function isHost(value: string): boolean {
  return HOST.test(value) && !value.startsWith("www.") && !HASHED.test(value.slice(0, value.indexOf(".")));
}
