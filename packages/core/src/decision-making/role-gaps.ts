import type { Attributes } from "../account/attribute.ts";
import type { Role } from "../personas/title-roles.ts";
import { type ComplexityBand, complexityBand } from "./dmci.ts";

/** Whom a decision needs, the first ones most; order [design], roles of TAXONOMY 4.8. */
const NEEDED: readonly Role[] = ["decider", "user", "economic_buyer", "technical_evaluator", "buyer", "legal_compliance"];

/** How many of them by the kind of decision (`decision.band`). TAXONOMY 4.8 [design]. */
const ROLES_BY_BAND: Readonly<Record<ComplexityBand, number>> = { simple: 1, guided: 2, coordinated: 4, enterprise: 6 };

/** The kind of decision, or, where it may be one of several, the simplest of them: it needs at least those people. */
function leastBand(attributes: Attributes): ComplexityBand | null {
  const band = attributes["decision.band"]?.value;
  if (typeof band === "string" && Object.hasOwn(ROLES_BY_BAND, band)) return band as ComplexityBand;
  const low = attributes["decision.dmci"]?.range?.[0];
  return typeof low === "number" ? complexityBand(low) : null;
}

/**
 * Roles that the account's buying committee needs at least and for which no contact is known, the most needed first; null where too little
 * is known of how it decides to say whom it needs.
 */
export function roleGaps(attributes: Attributes): Role[] | null {
  const band = leastBand(attributes);
  if (band === null) return null;
  const known = attributes["contacts.roles"]?.value;
  const roles: readonly unknown[] = Array.isArray(known) ? known : [];
  return NEEDED.slice(0, ROLES_BY_BAND[band]).filter((role) => !roles.includes(role));
}
