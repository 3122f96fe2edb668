import type { Department, Seniority } from "./title-words.ts";

/** Roles in a purchase, TAXONOMY 4.8. `champion`, `initiator` and `blocker` come from what lists say, never from a title. */
export const ROLES = [
  "initiator",
  "user",
  "influencer",
  "technical_evaluator",
  "champion",
  "economic_buyer",
  "decider",
  "buyer",
  "gatekeeper",
  "legal_compliance",
  "executive_sponsor",
  "blocker",
] as const;
export type Role = (typeof ROLES)[number];

const LEADING: ReadonlySet<Seniority> = new Set(["owner", "c_level", "partner", "vp", "director", "head", "lead", "manager"]);

/** Departments whose people take one role whatever their rank below vice president, TAXONOMY 4.8. */
const ROLE_OF_DEPARTMENT: Readonly<Partial<Record<Department, Role>>> = {
  it: "technical_evaluator",
  engineering: "technical_evaluator",
  operations: "user",
  other: "user",
  administrative: "gatekeeper",
};

/** The role that department and seniority together stand for (TAXONOMY 4.8); null where a title says nothing about one. */
export function roleFor(department: Department | null, seniority: Seniority | null): Role | null {
  if (department === "procurement") return "buyer";
  if (department === "legal") return "legal_compliance";
  if (seniority === "owner" || seniority === "partner") return "decider";
  if (department === "finance") return seniority !== null && LEADING.has(seniority) ? "economic_buyer" : "influencer";
  if (seniority === "c_level") return department === "executive" ? "decider" : "executive_sponsor";
  if (seniority === "vp") return "executive_sponsor";
  if (seniority === "junior") return null;
  if (department === null) return seniority === "director" ? "influencer" : null;
  const role = ROLE_OF_DEPARTMENT[department];
  if (role !== undefined) return role;
  return seniority !== null && LEADING.has(seniority) ? "influencer" : null;
}
