/** Buying roles as HubSpot and Salesforce word them -> roles of the taxonomy (4.8); what is not here says nothing certain. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ["decision maker", "decider"],
  ["economic decision maker", "decider"],
  ["decider", "decider"],
  ["budget holder", "economic_buyer"],
  ["economic buyer", "economic_buyer"],
  ["end user", "user"],
  ["business user", "user"],
  ["user", "user"],
  ["technical buyer", "technical_evaluator"],
  ["technical evaluator", "technical_evaluator"],
  ["buyer", "buyer"],
  ["evaluator", "buyer"],
  ["influencer", "influencer"],
  ["champion", "champion"],
  ["initiator", "initiator"],
  ["gatekeeper", "gatekeeper"],
  ["blocker", "blocker"],
  ["legal and compliance", "legal_compliance"],
  ["legal compliance", "legal_compliance"],
  ["executive sponsor", "executive_sponsor"],
]);

/** The taxonomy's role for a role cell of a CRM (`BUDGET_HOLDER`, `Economic Buyer`, the first of several); undefined where it is unknown. */
export function crmRole(text: string): string | undefined {
  const first = text.split(/[;,]/, 1)[0]!;
  return ROLES.get(first.toLowerCase().replaceAll(/[_&-]/g, " ").replaceAll(/\s+/g, " ").trim());
}
