import type { Deal, OrderLine } from "../account/facts.ts";
import type { Histogram } from "../base/histogram.ts";

/** One version of one list. For one home all lines of a version come in one call. */
export interface ListVersion {
  list: string;
  /** Grows with every version of the list; the higher one wins, whatever was written later. */
  version: number;
}

/** A row of an order list. `row` is the record number (DESIGN.md), unique within the version. */
export interface IncomingLine {
  row: number;
  line: OrderLine;
}

/** A row of a deal list. */
export interface IncomingDeal {
  row: number;
  deal: Deal;
}

/** How a row of a fact list counts: `accepted` = the first row of its order or deal in this version, `merged` = a further one. */
export interface RowClass {
  row: number;
  class: "accepted" | "merged";
}

/** The lines of one article in one order, all from the same version: the unit that a higher version replaces as a whole. */
export interface StoredPart {
  /** Empty for lines without an article number: they are one part. */
  sku: string;
  version: number;
  /** A multiset in canonical order: equal lines are kept. */
  lines: OrderLine[];
}

/** One order as one list states it. Keyed by (orderId, list). */
export interface StoredOrder {
  orderId: string;
  list: string;
  /** The highest version among its parts. */
  version: number;
  /** By article, ascending. Never empty. */
  parts: StoredPart[];
}

/** One deal as one list states it, keyed by (dealId, list); a higher version replaces it as a whole. */
export interface StoredDeal {
  dealId: string;
  list: string;
  version: number;
  deal: Deal;
}

/** How an order reached the seller (TAXONOMY 4.2). */
export type Channel = "self_serve_online" | "rep_assisted" | "procurement_system" | "marketplace" | "offline" | "other";

/** When an order is paid (TAXONOMY 4.5). */
export type PaymentTerms = "prepaid" | "card" | "net15" | "net30" | "net45" | "net60" | "net90" | "other";

/** Why a deal was lost. */
export type LostReason = "price" | "competitor" | "product" | "timing" | "no_decision" | "service" | "other";

/**
 * What the placed orders of a home (or, merged, of an account) amount to. Small JSON, mergeable (`mergeSummaries`), free of the clock.
 * Read it through the accessors of `summary.ts` and `order-view.ts`; fields without evidence are absent. Currency `""` = not stated.
 */
export interface OrderSummary {
  v: 1;
  /** Placed orders, of any date. */
  orders: number;
  /** Placed lines. */
  lines: number;
  /** By currency: orders, orders with known money, revenue in minor units. */
  money: Record<string, [orders: number, priced: number, revenue: number]>;
  /** By currency: dated orders as a packed day series (`day-series.ts`). */
  days: Record<string, string>;
  /** By currency: orders without a date: count, of them with known money, revenue. */
  undated?: Record<string, [orders: number, priced: number, revenue: number]>;
  /** Units per placed line (whole units, at least one) where the quantity is stated. */
  unitsPerLine?: Histogram;
  /** Days from due to paid of orders where both are known; negative = early. */
  daysBeyondDue?: Histogram;
  /** Lines that state a discount (zero included), of them with one. */
  discount?: [stated: number, discounted: number];
  /** Orders that say whether they carry a purchase order number, of them with one. */
  po?: [stated: number, withPo: number];
  /** Orders with a channel or a text, of them with a word for a quote in it. */
  quotes?: [known: number, quoted: number];
  channels?: Partial<Record<Channel, number>>;
  terms?: Partial<Record<PaymentTerms, number>>;
  /** Lines with text, of them with a word for customisation, service, price. */
  text?: [lines: number, customisation: number, service: number, price: number];
  /** Distinct sketches (`distinct.ts`). */
  categories?: string;
  skus?: string;
  buyers?: string;
  shipTo?: string;
  /** What stays out of orders and revenue. */
  apart?: ApartCounts;
}

/** Lines that are no placed lines, counted apart. */
export interface ApartCounts {
  /** Orders without a placed line and with a cancelled one. */
  cancelledOrders: number;
  cancelledLines: number;
  /** Lines returned, or of negative quantity or money. */
  returnedLines: number;
  /** Lines of zero quantity or money. */
  zeroLines: number;
  /** By currency: money of returned lines and refunds on placed ones, minor units, positive. */
  returnedAmount: Record<string, number>;
}

/** What the deals of a home (or, merged, of an account) amount to. Small JSON, mergeable (`mergeDealSummaries`), free of the clock. */
export interface DealSummary {
  v: 1;
  won: DealTotals;
  lost: DealTotals;
  open: DealTotals;
  /** Days from created to closed of won deals that state both. */
  wonCycle?: Histogram;
  /** Distinct roles of won deals that state any. */
  wonRoles?: Histogram;
  /** Day numbers (`day-number.ts`). */
  lastWon?: number;
  lastLost?: number;
  /** Packed day series of the creation of open deals. */
  openSince?: string;
  /** By currency: the largest open deal, minor units. */
  largestOpen?: Record<string, number>;
  lostReasons?: Partial<Record<LostReason, number>>;
}

/** Deals of one outcome. */
export interface DealTotals {
  deals: number;
  /** By currency: deals with an amount, their sum in minor units. */
  amount: Record<string, [deals: number, sum: number]>;
}
