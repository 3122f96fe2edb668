import type { Channel, LostReason, PaymentTerms } from "./types.ts";

/** The window of `orders12m` and `revenue12m`: this many days, asOf included. 365 [design], TAXONOMY 4.5 "12-month". */
export const WINDOW_DAYS = 365;

/** Order days below which nothing is said about rhythm: four, TAXONOMY "Mend before use" (4). */
export const RHYTHM_MIN_DAYS = 4;

/** Coefficient of variation of the gaps: above `sporadic` sporadic, below `recurring` recurring, between regular. TAXONOMY 4.2 [design]. */
export const CADENCE_CV = { sporadic: 1, recurring: 0.5 } as const;

/**
 * Loyalty [design]. `atRiskTail` and `lapsedTail`: probability that the next gap of a buyer who orders at random (exponential gaps, rate
 * unknown) exceeds the threshold; e^-2 and e^-4 are what "two gaps" and "four gaps" of TAXONOMY 4.2 mean once the rate is known well.
 * `...FloorDays`: no earlier than that, since a closed fortnight is no farewell. Without a rhythm: at risk after a year, lapsed after
 * three, or after `...Gaps` mean gaps where those are longer. `loyalMinTimes`: order days (orders of one day are one decision).
 */
export const LOYALTY = {
  atRiskTail: Math.exp(-2),
  lapsedTail: Math.exp(-4),
  atRiskFloorDays: 14,
  lapsedFloorDays: 45,
  atRiskDays: 365,
  lapsedDays: 1095,
  atRiskGaps: 2,
  lapsedGaps: 8,
  loyalMinTimes: 4,
} as const;

/** `nextOrderBy`: the day by which the next order has come with this probability. 0.8 [design], the width of the other intervals. */
export const NEXT_ORDER_PROBABILITY = 0.8;

/** Median gap in days up to which usage is called so; above the last one, rare. [design], TAXONOMY 4.2 names the classes only. */
export const USAGE_GAPS = [
  [2, "daily"],
  [10, "weekly"],
  [45, "monthly"],
  [135, "quarterly"],
] as const;

/** Share of orders from which one channel is *the* channel, else mixed: 60 %, TAXONOMY 4.2 [design]. */
export const CHANNEL_SHARE = 0.6;

/** Absolute bands of the average order value, upper bounds in whole units. TAXONOMY 4.5. */
export const AOV_BANDS = [
  [100, "<100"],
  [500, "100-500"],
  [5000, "500-5k"],
  [50_000, "5-50k"],
  [Number.POSITIVE_INFINITY, ">50k"],
] as const;

/** Currencies worth about a dollar, to which the absolute bands apply without a rate of exchange [design]. */
export const BAND_CURRENCIES: ReadonlySet<string> = new Set(["USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD"]);

/** Digits after the point of currencies that do not have two (ISO 4217 minor units). */
export const CURRENCY_EXPONENT: Readonly<Record<string, number | undefined>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** Placed lines with a quantity below which nothing is said about bulk; paid invoices below which nothing about payment. [design] */
export const MIN_BULK_LINES = 3;
export const MIN_INVOICES = 2;

/** Closed deals below which there is no win rate. [design] */
export const MIN_CLOSED_DEALS = 3;

/**
 * A line of more minor units or more pieces is taken for a misread column: its money or quantity counts as not stated. Keeps sums of lines
 * exact (below 2^53). [design]
 */
export const MAX_AMOUNT = 1e14;
export const MAX_QUANTITY = 1e9;

/** Accounts with orders below which quintiles and medians of the base abstain. 20 [design]. */
export const MIN_BASE_ACCOUNTS = 20;

/** Orders that make a derived class half as sure as it can be: confidence = cap x n / (n + this). [design] */
export const CONFIDENCE_HALF = 2;

/** Median days beyond due up to which payment is called so; above the last one late_30_plus. TAXONOMY 4.5. */
export const PAYMENT_BANDS = [
  [-1, "early"],
  [0, "on_time"],
  [15, "late_1_15"],
  [30, "late_16_30"],
] as const;

/** Words in lower-case order text that speak for a need. TAXONOMY 4.3, column "Raises". */
export const NEED_SIGNALS = {
  customisation:
    /\b(?:custom(?:i[sz]ed|i[sz]ation|made)?|bespoke|oem|private[- ]label|made[- ]to[- ](?:order|measure)|specs?|specifications?)\b/,
  service: /\b(?:sla|uptime|account manager|same[- ]day)\b/,
  price: /\b(?:budget|cheap|cheaper|cheapest|tender|rfq)\b/,
} as const;

/** Words in lower-case text or channel that speak for an order made from a quote. TAXONOMY 4.3 "quote/RFQ used". */
export const QUOTE_WORDS = /\b(?:quotes?|quotation|rfq|rfp|proposal)\b/;

/** Channels by words in the channel column (lower-case, `_` read as a space), first match wins. Classes of TAXONOMY 4.2; words [design]. */
export const CHANNEL_WORDS: ReadonlyArray<readonly [RegExp, Channel]> = [
  [/\b(?:punch ?-?out|ariba|coupa|jaggaer|ivalua|oci|cxml|edi|e-?procurement|procurement(?: system)?)\b/, "procurement_system"],
  [/\b(?:marketplace|amazon|ebay|alibaba|faire|walmart|etsy)\b/, "marketplace"],
  [
    /\b(?:draft|rep|sales ?rep|rep assisted|sales ?person|phone|telephone|e-?mail|quotes?|agent|field|inside sales|telesales|account manager)\b/,
    "rep_assisted",
  ],
  [/\b(?:pos|in[- ]?store|branch|counter|offline|fax|trade ?show|walk[- ]?in)\b/, "offline"],
  [
    /\b(?:web|website|webshop|online|shop|shopify|e-?shop|e-?commerce|self[- ]?serv(?:e|ice)|app|mobile|portal|checkout)\b/,
    "self_serve_online",
  ],
];

/** Terms by words, after the number of days of `net 30`, `30 days`, `n30` was tried; first match wins. Classes of TAXONOMY 4.5; words [design]. */
export const TERMS_WORDS: ReadonlyArray<readonly [RegExp, PaymentTerms]> = [
  [/\b(?:pre-?paid|pre-?pay(?:ment)?|in advance|advance|pro ?-?forma|up ?-?front|vorkasse)\b/, "prepaid"],
  [/\b(?:card|credit ?card|visa|mastercard|amex|american express|stripe|paypal|shopify payments)\b/, "card"],
];

/** The number of days in a payment term. */
export const TERMS_DAYS = /\b(?:net|n)[ -]?(\d{1,3})\b|\b(\d{1,3}) ?-?(?:days?|d|tage|jours|días|giorni)\b/;

/** Days of the net terms that have a class. */
export const NET_DAYS: Readonly<Record<number, PaymentTerms | undefined>> = {
  15: "net15",
  30: "net30",
  45: "net45",
  60: "net60",
  90: "net90",
};

/** Reasons for a lost deal by words (lower-case), first match wins. [design] */
export const LOST_REASON_WORDS: ReadonlyArray<readonly [RegExp, LostReason]> = [
  [/\b(?:price|pricing|cost|costs|expensive|budget|discount|cheaper)\b/, "price"],
  [/\b(?:competitor|competition|incumbent|other vendor|other supplier)\b/, "competitor"],
  [/\b(?:no decision|no response|unresponsive|went dark|ghosted|stalled|no interest|not interested)\b/, "no_decision"],
  [/\b(?:timing|time|postponed|delayed|not now|later|too early)\b/, "timing"],
  [/\b(?:feature|features|product|functionality|fit|missing|quality|integration)\b/, "product"],
  [/\b(?:service|support|delivery|lead time)\b/, "service"],
];
