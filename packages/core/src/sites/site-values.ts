import type { Attributes, Cell } from "../account/attribute.ts";
import { blankAttributes } from "../account/blank-attributes.ts";
import type { Group, Groups, Statement } from "../account/item.ts";
import { type ListOrigin, mergeStatements } from "../account/merge.ts";
import { TOGETHER } from "../families/level.ts";
import { deriveFirmographics } from "../firmographics/derive.ts";
import type { Site } from "./sites.ts";

/** Whose value it is where no row of a site says it, as a contribution words it. */
const OF_THE_COMPANY = "of the company";

/** Of each group all or nothing, as at the level of parents; a street never meets another site's town. */
const GROUPS: typeof TOGETHER = [
  ...TOGETHER,
  [["country"], ["country", "region"]],
  [
    ["city", "postalCode"],
    ["street", "city", "state", "postalCode"],
  ],
];
const GROUPED: ReadonlySet<string> = new Set(GROUPS.flatMap(([, all]) => all));
/** What is said of one place is said of no other. */
const ONE_PLACE = ["siteEmployees", "locationType"] as const;

/** The attributes of an account as those of any of its sites that says nothing itself. */
function inherited(company: Attributes): Attributes {
  const all = blankAttributes();
  for (const name in company) {
    const cell = company[name];
    if (cell) all[name] = cell.of === undefined ? { ...cell, of: OF_THE_COMPANY } : cell;
  }
  for (const name of ONE_PLACE) all[name] = undefined;
  return all;
}

/** Lists that count the people of a site in a column of its own: what they call employees are those of the company. */
function countingApart(groups: Groups): Set<string> {
  const lists = new Set<string>();
  for (const { st } of groups) for (const { l, f } of st) if (f.siteEmployees !== undefined) lists.add(l);
  return lists;
}

function ownValues(
  site: Site,
  groupOf: ReadonlyMap<Statement, Group>,
  apart: ReadonlySet<string>,
  origins: ReadonlyMap<string, ListOrigin>,
): Attributes {
  const here = new Map<Group, Group>();
  for (const statement of site.statements) {
    const group = groupOf.get(statement)!;
    const part = here.get(group);
    if (part) part.st.push(statement);
    else here.set(group, { ...group, st: [statement] });
  }
  const own = mergeStatements([...here.values()], undefined, origins);
  const counted = own.employees;
  if (own.siteEmployees) own.employees = own.siteEmployees;
  else if (counted && apart.has(listOf(counted))) own.employees = undefined;
  deriveFirmographics(own);
  return own;
}

const listOf = ({ source }: Cell): string => source.slice(0, source.lastIndexOf("#"));

/**
 * The attributes of each site of an account, in the order of its sites: what survives of the rows of this site alone, and what follows from
 * it; for all else the company's, said to be so. `company`: the view of the account.
 */
export function siteAttributes(
  sites: readonly Site[],
  groups: Groups,
  company: Attributes,
  origins: ReadonlyMap<string, ListOrigin>,
): Attributes[] {
  const shared = inherited(company);
  const apart = countingApart(groups);
  const groupOf = new Map(groups.flatMap((group) => group.st.map((statement): [Statement, Group] => [statement, group])));
  return sites.map((site) => {
    const own = ownValues(site, groupOf, apart, origins);
    const seen: Attributes = { ...shared };
    for (const [leads, all] of GROUPS)
      if (leads.some((name) => own[name] !== undefined)) for (const name of all) seen[name] = own[name];
    for (const name in own) if (!GROUPED.has(name) && own[name] !== undefined) seen[name] = own[name];
    return seen;
  });
}
