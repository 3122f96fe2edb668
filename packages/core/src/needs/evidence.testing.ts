import type { Attributes, AttributeValue } from "../account/attribute.ts";
import type { Contact, Deal, OrderLine } from "../account/facts.ts";
import { mergeContacts, summarizeContacts } from "../personas/contacts.ts";
import { mergeDeals, summarizeDeals } from "../transactions/deals.ts";
import { mergeOrderLines } from "../transactions/orders.ts";
import { summarizeOrders } from "../transactions/summary.ts";
import type { AccountEvidence } from "./evidence.ts";

/** What a test says about an account, in the form in which lists say it. */
export interface Told {
  fields?: Readonly<Record<string, AttributeValue>>;
  lines?: ReadonlyArray<Partial<OrderLine>>;
  deals?: ReadonlyArray<Partial<Deal>>;
  contacts?: ReadonlyArray<Partial<Contact>>;
}

/** Evidence made the way the workflow makes it, judged on 2026-01-01. Each line is an order of its own unless it names one. */
export function evidenceOf({ fields = {}, lines, deals, contacts }: Told): AccountEvidence {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(fields))
    attributes[name] = { value, confidence: 1, method: "observed", source: "crm#2", asOf: "2025-12-01" };
  const from = { list: "crm", version: 1 };
  const rows = <T, K extends string>(name: K, told: readonly Partial<T>[], base: (i: number) => Partial<T>) =>
    told.map((each, i) => ({ row: i + 2, [name]: { ...base(i), ...each } })) as Array<{ row: number } & Record<K, T>>;
  return {
    attributes,
    orders:
      lines === undefined
        ? null
        : summarizeOrders(
            mergeOrderLines(
              [],
              rows<OrderLine, "line">("line", lines, (i) => ({
                orderId: `o${i}`,
                status: "placed",
                date: "2025-06-01",
                amount: 10_000,
                currency: "EUR",
              })),
              from,
            ).orders,
          ),
    deals:
      deals === undefined
        ? null
        : summarizeDeals(
            mergeDeals(
              [],
              rows<Deal, "deal">("deal", deals, (i) => ({ dealId: `d${i}`, outcome: "won" })),
              from,
            ).deals,
          ),
    contacts:
      contacts === undefined
        ? null
        : summarizeContacts(
            mergeContacts(
              [],
              rows<Contact, "contact">("contact", contacts, (i) => ({ contactId: `c${i}`, consent: "unknown" })),
              from,
            ).contacts,
          ),
    asOf: "2026-01-01",
  };
}
