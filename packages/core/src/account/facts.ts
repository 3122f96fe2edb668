import type { Day } from "./attribute.ts";

/** One line of an order as a row states it. Money is in minor units (cents; integers) of `currency`. Absent = the row did not say. */
export interface OrderLine {
  orderId: string;
  /** The day of the order. */
  date?: Day;
  currency?: string;
  sku?: string;
  category?: string;
  quantity?: number;
  /** Price of one unit, minor units. */
  unitPrice?: number;
  /** Total of the line (quantity x price less discount), minor units. */
  amount?: number;
  /** Total of the whole order where the row carries it (Shopify: first row only), minor units. */
  orderTotal?: number;
  /** Share of discount 0..1, or true through a discount code. */
  discount?: number;
  /** `cancelled` and `returned` stay out of orders and revenue and are reported apart. */
  status: "placed" | "cancelled" | "returned";
  refunded?: number;
  channel?: string;
  paymentTerms?: string;
  paidAt?: Day;
  dueAt?: Day;
  poNumber?: boolean;
  /** Keyed hash of the buyer's e-mail, to count distinct buyers. */
  buyer?: string;
  /** Ship-to place, normalised `country|postal|city`, to count delivery sites. */
  shipTo?: string;
  /** Text of the line or its notes, lower-case, for need signals; never a person's data. */
  text?: string;
}

/** One deal (opportunity) as a row states it. */
export interface Deal {
  dealId: string;
  name?: string;
  stage?: string;
  outcome: "open" | "won" | "lost";
  /** Minor units of `currency`. */
  amount?: number;
  currency?: string;
  createdAt?: Day;
  closedAt?: Day;
  /** 0..1 */
  probability?: number;
  lostReason?: string;
  product?: string;
  /** Distinct contact roles stated for the deal. */
  roles?: readonly string[];
}

/** One person at a company. `personal` is the only place where plain personal data lives; it never leaves the contact item. */
export interface Contact {
  /** Keyed hash of the e-mail, else of the profile page, else of name + home. */
  contactId: string;
  title?: string;
  role?: string;
  department?: string;
  seniority?: string;
  country?: string;
  /** `granted`, `denied` or `unknown` as the list says; absence is unknown. */
  consent: "granted" | "denied" | "unknown";
  optedOut?: boolean;
  /** SHA-256 of the trimmed lower-case e-mail: lets suppressions by hash match without the plain address. */
  emailHash?: string;
  personal?: { email?: string; phone?: string; firstName?: string; lastName?: string; linkedin?: string };
}

/** Why somebody is kept out of audiences. `opted-out` holds for every audience, the others where the audience respects them. */
export const SUPPRESSION_CLASSES = ["opted-out", "competitors", "customers", "open-deals", "other"] as const;
export type SuppressionClass = (typeof SUPPRESSION_CLASSES)[number];

/** One thing not to be activated: a domain, an e-mail hash (sha256 of the normalised address), an account key, or a company name key. */
export interface SuppressionEntry {
  type: "domain" | "email-hash" | "linkedin" | "registration" | "name" | "source-id";
  value: string;
  reason: string;
  /** In the order of {@link SUPPRESSION_CLASSES}; absent in entries from before there were classes: `other`. */
  classes?: readonly SuppressionClass[];
}

/** The classes of an entry or of an account that is suppressed. */
export const classesOf = (classes: readonly SuppressionClass[] | undefined): readonly SuppressionClass[] => classes ?? ["other"];

/** Several classes as one list, each once, in the order of {@link SUPPRESSION_CLASSES}. */
export function joinClasses(...sets: ReadonlyArray<readonly SuppressionClass[]>): SuppressionClass[] {
  return SUPPRESSION_CLASSES.filter((each) => sets.some((set) => set.includes(each)));
}
