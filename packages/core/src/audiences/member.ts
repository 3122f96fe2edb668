import type { Attributes } from "../account/attribute.ts";
import { domainCellOf } from "../account/domain-cell.ts";
import type { ListOrigin } from "../account/merge.ts";
import { originOf } from "../account/merge.ts";
import type { CompanyMember } from "../connector.ts";
import { regionOf } from "../firmographics/country.ts";
import type { Origin } from "../lists/kinds.ts";
import type { Policy, PolicyDecision } from "../policy/policy.ts";
import type { Digest } from "../ports.ts";
import { linkedinOrganizationUrn, linkedinPageUrl } from "../resolve/keys/linkedin.ts";

/** Why some identifier of an account may not be told to a platform. */
export interface Denial {
  rule: string;
  reason: string;
}

/** The member a platform may be told of, and why parts of it may not; `member` is null when nothing that identifies it is allowed. */
export interface Allowed {
  member: CompanyMember | null;
  denial: Denial | null;
}

/** Which attribute each identifier comes from, by the names that policies use. Those marked identify a company; the others only describe it. */
const PARTS: ReadonlyArray<{ attribute: string; identifier: string; identifies: boolean }> = [
  { attribute: "name", identifier: "name", identifies: true },
  { attribute: "domain", identifier: "domain", identifies: true },
  { attribute: "linkedin", identifier: "linkedin-page", identifies: true },
  { attribute: "ticker", identifier: "ticker", identifies: false },
  { attribute: "industry", identifier: "industry", identifies: false },
  { attribute: "city", identifier: "place", identifies: false },
  { attribute: "state", identifier: "place", identifies: false },
  { attribute: "country", identifier: "place", identifies: false },
  { attribute: "postalCode", identifier: "place", identifies: false },
];

/** The name of a customer of a shop may be a person's; only rows about companies name companies. */
const CUSTOMER_NAME: Denial = { rule: "customer-name", reason: "it is known only by a customer's name, which may be a person's" };

/** Decisions for every part of {@link PARTS} by policy and by platform, country and origin: most accounts ask the same. */
const judged = new WeakMap<Policy, Map<string, PolicyDecision[]>>();

function decisionsFor(
  policy: Policy,
  platform: string,
  country: string | undefined,
  origin: Origin | undefined,
): PolicyDecision[] {
  let known = judged.get(policy);
  if (!known) {
    known = new Map();
    judged.set(policy, known);
  }
  const key = `${platform}|${country ?? ""}|${origin ?? ""}`;
  let decisions = known.get(key);
  if (!decisions) {
    const region = country === undefined ? undefined : (regionOf(country) ?? undefined);
    decisions = PARTS.map(({ identifier }) =>
      policy.decide({ platform, memberKind: "company", origin, identifier, country, region }),
    );
    known.set(key, decisions);
  }
  return decisions;
}

/**
 * The company as one platform may know it: every identifier is judged by the origin of the list that stated it (DESIGN invariant 5).
 * An e-mail domain stands in where no website is known.
 */
export function allowedMember(
  id: string,
  attributes: Attributes,
  platform: string,
  policy: Policy,
  origins: ReadonlyMap<string, ListOrigin>,
): Allowed {
  const country = typeof attributes.country?.value === "string" ? attributes.country.value : undefined;
  const values: Record<string, string> = {};
  let denial: Denial | null = null;
  let identified = false;
  let source: string | null = null;
  let decisions: PolicyDecision[] = [];
  for (let at = 0; at < PARTS.length; at++) {
    const part = PARTS[at]!;
    const cell = part.attribute === "domain" ? domainCellOf(attributes) : attributes[part.attribute];
    if (typeof cell?.value !== "string" || cell.value === "") continue;
    if (part.attribute === "name" && attributes.nameFrom?.value === "customer") {
      denial ??= CUSTOMER_NAME;
      continue;
    }
    if (cell.source !== source) {
      source = cell.source;
      decisions = decisionsFor(policy, platform, country, originOf(source, origins) ?? undefined);
    }
    const decision = decisions[at]!;
    if (!decision.allow) {
      if (part.identifies) denial ??= { rule: decision.rule, reason: decision.reason };
      continue;
    }
    values[part.attribute] = cell.value;
    if (part.identifies) identified = true;
  }
  if (!identified)
    return {
      member: null,
      denial: denial ?? { rule: "no-identifier", reason: "the account has no name, domain or LinkedIn page" },
    };
  const { name = "", domain = "", linkedin, ...rest } = values;
  const member: CompanyMember = { id, name, domain, ...(linkedin ? linkedinParts(linkedin) : {}), ...rest };
  return { member, denial: null };
}

function linkedinParts(key: string): { linkedinUrl?: string; organizationUrn?: string } {
  const urn = linkedinOrganizationUrn(key);
  return urn === null ? { linkedinUrl: linkedinPageUrl(key) } : { linkedinUrl: linkedinPageUrl(key), organizationUrn: urn };
}

/** What a member's identifiers amount to; equal fingerprints mean that the platform need not be told anew. */
export function fingerprintOf(member: CompanyMember, digest: Digest): string {
  return digest.id(JSON.stringify({ ...member, id: "" }));
}
