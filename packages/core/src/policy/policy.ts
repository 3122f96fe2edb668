import * as z from "zod";
import { ORIGINS } from "../lists/kinds.ts";
import { type Problem, type RulesDocument, readDocument, readShape, refuse } from "../rules/document.ts";

/** What is known about one identifier that may be told to a platform. Absent = nobody said. */
export interface PolicyFacts {
  platform: string;
  memberKind: "company" | "person";
  /** Origin class of the list that the identifier came from; absent or `unknown` is denied whatever the rules say. */
  origin?: string;
  /** `name`, `domain`, `email-sha256`, … as the platform's connector calls it. */
  identifier: string;
  /** ISO alpha-2. */
  country?: string;
  region?: string;
  /** `granted`, `denied` or `unknown`. */
  consent?: string;
}

/** A verdict with the rule that gave it. */
export interface PolicyDecision {
  allow: boolean;
  rule: string;
  reason: string;
}

/** A policy, compiled. */
export interface Policy {
  /** The first rule that applies decides; decisions are remembered per distinct facts. */
  decide(facts: PolicyFacts): PolicyDecision;
  /** Rules that were turned into denials because they name no source. */
  notes: readonly Problem[];
}

const FACTS = ["platform", "memberKind", "origin", "identifier", "country", "region", "consent"] as const;
type Fact = (typeof FACTS)[number];

const values = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).optional();

const PolicyRule = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: "ids are lower-case words joined by dashes, like companies-first-party" }),
  decision: z.enum(["allow", "deny"]),
  reason: z.string().min(1),
  /** The law, contract or platform page that was read for this rule. An `allow` without one denies. */
  source: z.string().min(1).optional(),
  platform: values,
  memberKind: values,
  origin: values,
  identifier: values,
  country: values,
  region: values,
  consent: values,
});

/** The shape of a policy file. */
export const PolicyDocument = z.strictObject({
  version: z.union([z.string(), z.number()]).optional(),
  rules: z.array(PolicyRule),
});
export type PolicyDocument = z.infer<typeof PolicyDocument>;

const NAMES = ["version", "rules", ...Object.keys(PolicyRule.shape)];
const VOCABULARY: Partial<Record<Fact, readonly string[]>> = {
  memberKind: ["company", "person"],
  origin: ORIGINS,
  consent: ["granted", "denied", "unknown"],
};
const UNDECLARED: PolicyDecision = {
  allow: false,
  rule: "undeclared-origin",
  reason: "nobody declared where this list comes from",
};
const NO_RULE: PolicyDecision = { allow: false, rule: "no-matching-rule", reason: "no rule of the policy allows this" };
/** Decisions remembered before the memory is emptied; far above the number of distinct facts of a real base. [design] */
const MOST_REMEMBERED = 50_000;

interface CompiledRule {
  allows: boolean;
  decision: PolicyDecision;
  /** Said when a denial cannot be ruled out for want of a fact. */
  doubtful: PolicyDecision;
  demands: readonly { fact: Fact; values: ReadonlySet<string> }[];
}

/** "yes", "no", or "maybe" where a fact that the rule asks for is not known and the others fit. */
function applies(rule: CompiledRule, facts: PolicyFacts): "yes" | "no" | "maybe" {
  let answer: "yes" | "maybe" = "yes";
  for (const { fact, values } of rule.demands) {
    const value = facts[fact];
    if (value === undefined || value === "") answer = "maybe";
    else if (!values.has(value.toLowerCase())) return "no";
  }
  return answer;
}

function compileRule(document: RulesDocument, notes: Problem[], rule: PolicyDocument["rules"][number], at: number): CompiledRule {
  const demands: { fact: Fact; values: ReadonlySet<string> }[] = [];
  for (const fact of FACTS) {
    const written = rule[fact];
    if (written === undefined || written === "any") continue;
    const list = [written].flat();
    const vocabulary = VOCABULARY[fact];
    for (const value of list)
      if (vocabulary !== undefined && !vocabulary.includes(value))
        document.report(["rules", at, fact], `"${value}" is not known here. It can be: ${vocabulary.join(", ")}, any`);
    if (fact === "origin" && rule.decision === "allow" && list.includes("unknown"))
      document.report(
        ["rules", at, fact],
        "lists without a declared origin are never activated; declare the origin of the list instead",
      );
    demands.push({ fact, values: new Set(list.map((value) => value.toLowerCase())) });
  }
  const sourced = rule.decision === "deny" || rule.source !== undefined;
  if (!sourced) notes.push({ ...document.place(["rules", at]), message: `"${rule.id}" names no source, so it denies` });
  const reason = sourced ? rule.reason : `${rule.reason} (denied: the rule names no source)`;
  return {
    allows: rule.decision === "allow" && sourced,
    decision: { allow: rule.decision === "allow" && sourced, rule: rule.id, reason },
    doubtful: { allow: false, rule: rule.id, reason: `cannot be ruled out, a fact is missing: ${rule.reason}` },
    demands,
  };
}

function decideBy(rules: readonly CompiledRule[], facts: PolicyFacts): PolicyDecision {
  if (facts.origin === undefined || facts.origin === "" || facts.origin === "unknown") return UNDECLARED;
  for (const rule of rules) {
    const answer = applies(rule, facts);
    if (answer === "yes") return rule.decision;
    if (answer === "maybe" && !rule.allows) return rule.doubtful;
  }
  return NO_RULE;
}

/** Reads a policy and says all that is wrong with it; `policy` is null when anything is. Pure. */
export function readPolicy(text: string): { policy: Policy | null; problems: Problem[] } {
  const document = readDocument(text);
  const shape = document.problems.length > 0 ? null : readShape(document, PolicyDocument, document.value, NAMES);
  if (shape === null) return { policy: null, problems: document.problems };
  const notes: Problem[] = [];
  const rules = shape.rules.map((rule, at) => compileRule(document, notes, rule, at));
  for (const [at, { id }] of shape.rules.entries())
    if (shape.rules.findIndex((other) => other.id === id) !== at)
      document.report(["rules", at, "id"], `the id "${id}" is used twice`);
  if (document.problems.length > 0) return { policy: null, problems: document.problems };
  const remembered = new Map<string, PolicyDecision>();
  const decide = (facts: PolicyFacts): PolicyDecision => {
    const key = `${facts.platform}|${facts.memberKind}|${facts.origin ?? ""}|${facts.identifier}|${facts.country ?? ""}|${facts.region ?? ""}|${facts.consent ?? ""}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    const decision = decideBy(rules, facts);
    remembered.set(key, decision);
    return decision;
  };
  return { policy: { decide, notes }, problems: [] };
}

/** Compiles a policy. Throws InputError that names the line and what to write instead. */
export function compilePolicy(text: string): Policy {
  const { policy, problems } = readPolicy(text);
  refuse("policy", problems);
  return policy!;
}
