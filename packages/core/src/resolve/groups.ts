import { type Group, type Groups, RANK, type Rank } from "../account/item.ts";
import type { Entry } from "./batch.ts";

/** The group of the rows that name this home themselves. */
export function ownOf(entry: Entry): Group | undefined {
  const [first] = entry.groups;
  return first?.home === entry.id ? first : undefined;
}

/** The own group, made where there is none yet; its rank and country become the entry's. */
export function ownGroup(entry: Entry, rank: Rank, country: string): Group {
  let group = ownOf(entry);
  if (!group) {
    group = rank === RANK.name ? { home: entry.id, rank, country, st: [] } : { home: entry.id, rank, st: [] };
    entry.groups.unshift(group);
    entry.rank = rank;
    entry.country = country;
  }
  return group;
}

/** Whether rows of its own stand under a home. */
export function hasOwn(entry: Entry): boolean {
  const own = ownOf(entry);
  return own !== undefined && !isBare(own);
}

/** The groups without row numbers, versions and days: what they say and not where it is written. */
export function contentOf(groups: Groups): string {
  return JSON.stringify(groups, (key, value: unknown) => (key === "r" || key === "v" || key === "d" ? undefined : value));
}

function isBare(group: Group): boolean {
  return group.st.length === 0 && !group.orders && !group.deals && !group.contacts;
}

/** Takes out the account's own group when nothing is left in it. */
export function prune(entry: Entry): void {
  const own = ownOf(entry);
  if (own && isBare(own)) entry.groups.shift();
}

/** Own group first, the others by home, so that equal groups are equal bytes. */
export function sortGroups(entry: Entry): void {
  const key = (group: Group): string => (group.home === entry.id ? "" : group.home);
  entry.groups.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Whether a list knows a home only by the name of a customer, who may be a person. */
export function isOnlyCustomer(entry: Entry, own: Group, list: string): boolean {
  return entry.rank <= RANK.name && own.st.every(({ l, f }) => l !== list || f.nameFrom === "customer");
}
