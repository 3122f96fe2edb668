import type { BasePins } from "../base/base.ts";
import { classifyDecision } from "../decision-making/decision.ts";
import { addKin, type FamilyOf } from "../families/kin.ts";
import { deriveFirmographics } from "../firmographics/derive.ts";
import type { AccountEvidence } from "../needs/evidence.ts";
import { classifyNeeds } from "../needs/needs.ts";
import { classifyContacts, mergeContactSummaries } from "../personas/contacts.ts";
import type { ContactSummary } from "../personas/types.ts";
import { classifyTransactions } from "../transactions/classify.ts";
import { mergeDealSummaries } from "../transactions/deals.ts";
import { mergeSummaries } from "../transactions/summary.ts";
import type { DealSummary, OrderSummary } from "../transactions/types.ts";
import type { Attributes, Day } from "./attribute.ts";
import type { Groups, Statement } from "./item.ts";
import { type ListOrigin, mergeStatements } from "./merge.ts";

/** What an account's homes say of its orders, deals and people, merged; null where nobody said anything. */
export interface Summaries {
  orders: OrderSummary | null;
  deals: DealSummary | null;
  contacts: ContactSummary | null;
}

/** Merges the summaries of all groups. */
export function summariesOf(groups: Groups): Summaries {
  let orders: OrderSummary | null = null;
  let deals: DealSummary | null = null;
  let contacts: ContactSummary | null = null;
  for (const group of groups) {
    if (group.orders) orders = orders ? mergeSummaries(orders, group.orders) : group.orders;
    if (group.deals) deals = deals ? mergeDealSummaries(deals, group.deals) : group.deals;
    if (group.contacts) contacts = contacts ? mergeContactSummaries(contacts, group.contacts) : group.contacts;
  }
  return { orders, deals, contacts };
}

/** What a view is built with besides the account itself. */
export interface ViewContext {
  origins: ReadonlyMap<string, ListOrigin>;
  base: BasePins;
  asOf: Day;
}

/**
 * All attributes of an account as of a day: what lists and reference say, what follows from it, and what its orders, deals and people
 * show. The same function serves the workflow and `explain`, so that what is explained is what was scored.
 */
export function viewAttributes(
  account: { groups: Groups; ref?: readonly Statement[] | undefined; attributes?: Attributes | undefined },
  context: ViewContext,
  family?: FamilyOf,
): Attributes {
  const { asOf } = context;
  const attributes = account.attributes ?? mergeStatements(account.groups, account.ref, context.origins);
  deriveFirmographics(attributes);
  const { orders, deals, contacts } = summariesOf(account.groups);
  if (orders || deals) Object.assign(attributes, classifyTransactions(orders, deals, context.base, asOf));
  if (contacts) Object.assign(attributes, classifyContacts(contacts, asOf));
  const evidence: AccountEvidence = { attributes, orders, deals, contacts, asOf };
  classifyNeeds(evidence, attributes);
  classifyDecision(evidence, attributes);
  if (family) addKin(attributes, family, asOf);
  return attributes;
}
