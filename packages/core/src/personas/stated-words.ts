import { ROLES, type Role } from "./title-roles.ts";
import { DEPARTMENTS, type Department, SENIORITIES, type Seniority } from "./title-words.ts";
import { classifyTitle } from "./titles.ts";

/** Contact roles of CRMs (HubSpot buying roles, Salesforce opportunity contact roles; mapping TAXONOMY 4.8). `other` says nothing. */
const CRM_ROLES: Readonly<Record<string, Role>> = {
  "decision maker": "decider",
  "economic decision maker": "decider",
  "executive decision maker": "decider",
  "economic buyer": "economic_buyer",
  "budget holder": "economic_buyer",
  "business user": "user",
  "end user": "user",
  evaluator: "buyer",
  procurement: "buyer",
  purchasing: "buyer",
  "technical buyer": "technical_evaluator",
  "technical evaluator": "technical_evaluator",
  technical: "technical_evaluator",
  "executive sponsor": "executive_sponsor",
  sponsor: "executive_sponsor",
  influencer: "influencer",
  champion: "champion",
  coach: "champion",
  gatekeeper: "gatekeeper",
  blocker: "blocker",
  detractor: "blocker",
  initiator: "initiator",
  "legal and compliance": "legal_compliance",
  legal: "legal_compliance",
};

/** Departments as vendors write them where the words of titles do not say it. */
const VENDOR_DEPARTMENTS: Readonly<Record<string, Department>> = {
  "c suite": "executive",
  executive: "executive",
  management: "executive",
  founder: "executive",
  "engineering and technical": "engineering",
  "information technology": "it",
  "medical and health": "other",
  support: "customer_support",
  consulting: "consulting",
  other: "other",
};

/** Seniorities as vendors write them where the words of titles do not say it. */
const VENDOR_SENIORITIES: Readonly<Record<string, Seniority>> = {
  founder: "owner",
  "c suite": "c_level",
  "c level": "c_level",
  cxo: "c_level",
  executive: "c_level",
  entry: "junior",
  "entry level": "junior",
  training: "junior",
  staff: "individual",
  "individual contributor": "individual",
  "non manager": "individual",
  mid: "individual",
};

/** The role that a list states, in the vocabulary; null when it states none that is known. */
export function roleOf(text: string | undefined): Role | null {
  const words = plain(text);
  if (words === "") return null;
  const id = words.replaceAll(" ", "_") as Role;
  return ROLES.includes(id) ? id : own(CRM_ROLES, words);
}

/** The department that a list states, in the vocabulary; null when it states none that is known. */
export function departmentOf(text: string | undefined): Department | null {
  const words = plain(text);
  if (words === "") return null;
  const id = words.replaceAll(" ", "_") as Department;
  if (DEPARTMENTS.includes(id)) return id;
  return own(VENDOR_DEPARTMENTS, words) ?? classifyTitle(text!).department;
}

/** The seniority that a list states, in the vocabulary; null when it states none that is known. */
export function seniorityOf(text: string | undefined): Seniority | null {
  const words = plain(text);
  if (words === "") return null;
  const id = words.replaceAll(" ", "_") as Seniority;
  if (SENIORITIES.includes(id)) return id;
  return own(VENDOR_SENIORITIES, words) ?? classifyTitle(text!).seniority;
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | null {
  return Object.hasOwn(table, key) ? table[key]! : null;
}

function plain(text: string | undefined): string {
  return text === undefined
    ? ""
    : text
        .trim()
        .toLowerCase()
        .replaceAll("&", " and ")
        .replaceAll(/[_\-/\s]+/g, " ");
}
