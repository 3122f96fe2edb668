import type { Attributes, Cell, Day } from "../account/attribute.ts";
import { blankAttributes } from "../account/blank-attributes.ts";
import { domainCellOf } from "../account/domain-cell.ts";
import { deriveFirmographics } from "../firmographics/derive.ts";
import type { SuppressedAbove } from "./suppressed-above.ts";

/** What is kept of a parent as its own rows say it; everything else follows from it. */
const STATED = [
  "name",
  "domain",
  "country",
  "industry",
  "naics",
  "sic",
  "employees",
  "revenue",
  "currency",
  "ownership",
  "founded",
] as const;

/** What is known of a parent under `parent.` and `ultimateParent.`: {@link STATED} and what is derived from it. */
export const PARENT_FACTS = [
  ...STATED,
  "naicsCode",
  "vertical",
  "sector",
  "sizeClass",
  "employeeBand",
  "revenueUsd",
  "revenueBand",
  "region",
] as const;

/** Prefixes of the attributes about the company right above, and about the one at the top. */
export const PARENT = "parent.";
export const ULTIMATE = "ultimateParent.";

/** What an account can be within its family; absent where no list says anything about parents. */
export const FAMILY_LEVELS = ["parent", "child", "alone"] as const;

/** The company above an account, as a list or a person named it. */
export interface ParentLink {
  /** Account id; null where the parent is not an account of ours. */
  id: string | null;
  /** As written; null where only a record id names it. */
  name: string | null;
  /** `list#row` */
  source: string;
  confidence: number;
  /** Absent for what a person decided: it holds on any day. */
  asOf?: Day;
}

/** The source of a link that a list of matches names. */
export const DECIDED = "rule:decided";

/** Where an account stands in its family. */
export interface Kin {
  parent?: ParentLink;
  /** Account id of the last company above it that is an account; absent where that is none or the parent. */
  top?: string;
  /** Stored accounts right below it; absent for none. */
  children?: number;
  /** A list names the company as its own parent. */
  own?: true;
  /** Companies above it that are suppressed, the nearest first; absent for none. */
  suppressed?: readonly SuppressedAbove[];
}

/** What its own rows say of a company, by name. */
export type CompanyFacts = Record<string, Cell>;

/** What the view of an account needs of its family. */
export interface FamilyOf {
  kin: Kin;
  /** What {@link unfolded} makes of a parent that is an account. */
  factsOf(id: string): Attributes | undefined;
}

/** The stated facts of a company. */
export function factsOf(attributes: Attributes): CompanyFacts {
  const facts: CompanyFacts = {};
  for (const name of STATED) {
    const cell = name === "domain" ? domainCellOf(attributes) : attributes[name];
    if (cell) facts[name] = cell;
  }
  return facts;
}

/** {@link factsOf} with everything that follows from it. */
export function unfolded(facts: CompanyFacts): Attributes {
  const attributes = Object.assign(blankAttributes(), facts);
  deriveFirmographics(attributes);
  return attributes;
}

const parentWords = ({ source, name }: ParentLink): string =>
  source === DECIDED ? "a list of matches says who its parent is" : `${source} names ${name ?? "a parent by its record id"}`;

function addFacts(attributes: Attributes, prefix: string, facts: Attributes, words: string): void {
  const name = typeof facts.name?.value === "string" ? facts.name.value : "no name";
  for (const fact of PARENT_FACTS) {
    const cell = facts[fact];
    if (cell) attributes[`${prefix}${fact}`] = { ...cell, of: `${words} ${name}` };
  }
}

/**
 * Adds what its family tells of an account: `family.level`, `family.children`, and under `parent.` and `ultimateParent.` what is known of
 * the companies above it.
 */
export function addKin(attributes: Attributes, { kin, factsOf: factsOfAccount }: FamilyOf, asOf: Day): void {
  const { parent, top, children } = kin;
  const level = parent ? "child" : children ? "parent" : "alone";
  const cell: Cell = {
    value: level,
    confidence: parent ? Math.min(0.8, parent.confidence) : 0.8,
    method: "derived",
    source: "rule:family",
    asOf: parent?.asOf ?? asOf,
    evidence: [
      ...(parent ? [parentWords(parent)] : []),
      ...(children ? [`${children} ${children === 1 ? "account names" : "accounts name"} it as parent`] : []),
      ...(kin.own ? ["a list names it as its own parent"] : []),
    ],
  };
  attributes["family.level"] = cell;
  if (children) attributes["family.children"] = { ...cell, value: children, asOf };
  if (!parent) return;
  const { source, confidence, asOf: on = asOf } = parent;
  const stated = (value: string): Cell => ({ value, confidence, method: "observed", source, asOf: on });
  if (parent.name !== null) attributes["parent.name"] = stated(parent.name);
  if (parent.id === null) return;
  attributes["parent.id"] = stated(parent.id);
  const above = factsOfAccount(parent.id);
  if (above) addFacts(attributes, PARENT, above, "of its parent");
  const highest = top === undefined ? above : factsOfAccount(top);
  if (highest) addFacts(attributes, ULTIMATE, highest, top === undefined ? "of its parent" : "of its ultimate parent");
}
