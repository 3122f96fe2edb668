import type { ListKind } from "../kinds.ts";
import { aliasOf } from "./aliases.ts";
import { headerKey } from "./header.ts";
import { IDENTITY_FIELDS } from "./mapping-checks.ts";

/** The kind that the headers speak for, and why. */
export interface DetectedKind {
  kind: ListKind;
  reason: string;
}

/** Why a list is taken for one of accounts. */
export const NOTHING_SPEAKS = "nothing in the header speaks for orders, deals, contacts or suppressions";

const SUPPRESSION_FILE =
  /suppress|unsubscribe|opt-?outs?|block-?list|do-?not-?(?:contact|call|mail)|exclu(?:de|sion)|dnc|robinson/i;
const SUPPRESSION_REASON = /^(?:suppression|exclusion|optout|unsubscribe)?reason$/;
/** A list of whom not to reach has few columns; a wider one with a reason is about something else [design]. */
const SUPPRESSION_COLUMNS = 4;

/** A list of firms may give their own key first; what only people have; a name that says not whose. */
const OWN_KEY = /^(?:supplier|vendor|partner|dealer|reseller|member|client)(?:id|no|nr|number|code)$/;
const OF_A_PERSON =
  /^(?:age|gender|sex|salutation|dateofbirth|birthdate|birthday|dob|maritalstatus|salary|alter|geschlecht|geburtsdatum)$/;
const PLAIN_NAME = /^(?:name|fullname)$/;

/** Which of the kind's own fields the headers name, with the header that does; company fields do not count. */
function evidence(kind: ListKind, prefix: string, header: readonly string[], keys: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (let position = 0; position < keys.length; position++) {
    const alias = aliasOf(kind, keys[position]!);
    const field = alias?.field;
    // A bare "id" may be anybody's.
    if (alias !== undefined && field?.startsWith(prefix) && alias.rank < 2 && !found.has(field))
      found.set(field, header[position]!);
  }
  return found;
}

/** Kind of a list that is none of the known exports: by what only one kind has; accounts when nothing else is said. */
export function detectKind(header: readonly string[], keys: readonly string[], fileName: string | undefined): DetectedKind {
  const because = (kind: ListKind, ...headers: (string | undefined)[]): DetectedKind => ({
    kind,
    reason: `columns ${headers
      .filter((name) => name !== undefined)
      .map((name) => `"${name}"`)
      .join(", ")}`,
  });
  if (fileName !== undefined && SUPPRESSION_FILE.test(fileName)) return { kind: "suppressions", reason: "the file's name" };
  const why = keys.findIndex((key) => SUPPRESSION_REASON.test(key));
  if (why >= 0 && keys.length <= SUPPRESSION_COLUMNS) {
    const what = keys.findIndex((key) => IDENTITY_FIELDS.suppressions.has(aliasOf("suppressions", key)?.field ?? ""));
    if (what >= 0) return because("suppressions", header[what], header[why]);
  }

  const match = evidence("matches", "match.", header, keys);
  if (match.has("match.relation") && match.has("match.other"))
    return because("matches", match.get("match.relation"), match.get("match.other"));

  const order = evidence("orders", "order.", header, keys);
  const line = order.has("order.quantity") && (order.has("order.unitPrice") || order.has("order.amount"));
  const money = order.has("order.amount") || order.has("order.total") || order.has("order.unitPrice");
  if (order.has("order.id") && (line || money || order.has("order.date"))) {
    return because(
      "orders",
      order.get("order.id"),
      order.get("order.date") ?? order.get("order.quantity") ?? order.get("order.total"),
    );
  }
  if (line && (order.has("order.date") || order.has("order.sku")))
    return because("orders", order.get("order.quantity"), order.get("order.unitPrice"));

  const deal = evidence("deals", "deal.", header, keys);
  const stage = deal.get("deal.stage");
  const outcome = stage ?? deal.get("deal.isWon");
  const named = [deal.get("deal.id"), deal.get("deal.name")].find(
    (name) => name !== undefined && /^(?:opp|deal)/i.test(name.trim()),
  );
  const worth = deal.get("deal.amount") ?? deal.get("deal.closedAt");
  // Accounts have a status too; it takes more than that to be a deal.
  if (outcome !== undefined && worth !== undefined && (stage === undefined || headerKey(stage) !== "status"))
    return because("deals", outcome, worth);
  if (named !== undefined && outcome !== undefined) return because("deals", named, outcome);

  const person = evidence("contacts", "contact.", header, keys);
  const company = keys.some((key) => {
    const field = aliasOf("accounts", key)?.field;
    return field === "name" || field === "domain" || field === "website";
  });
  const split = person.has("contact.firstName") || person.has("contact.lastName");
  const addressed = person.has("contact.email") || person.has("contact.emailHash") || person.has("contact.linkedin");
  const customerBase = keys.some((key) => aliasOf("accounts", key)?.field === "sourceId") || OWN_KEY.test(keys[0] ?? "");
  if (split && (addressed || company))
    return because("contacts", person.get("contact.firstName"), person.get("contact.lastName"), person.get("contact.email"));
  if (addressed && person.has("contact.title") && person.has("contact.email"))
    return because("contacts", person.get("contact.email"), person.get("contact.title"));
  if (person.has("contact.title") && person.has("contact.fullName") && company && !customerBase) {
    return because("contacts", person.get("contact.fullName"), person.get("contact.title"));
  }
  if (person.has("contact.email") && person.has("contact.fullName") && !company)
    return because("contacts", person.get("contact.email"), person.get("contact.fullName"));
  const personal = keys.findIndex((key) => OF_A_PERSON.test(key));
  const plain = keys.findIndex((key) => PLAIN_NAME.test(key));
  if (personal >= 0 && plain >= 0) return because("contacts", header[plain], header[personal]);
  return { kind: "accounts", reason: NOTHING_SPEAKS };
}
