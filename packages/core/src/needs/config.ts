/** Every axis starts here and is kept within 0..100. The middle of the scale [design]. */
export const BASE_SCORE = 50;

/** Scores below the first are low, above the second high. Cuts 33 and 66, TAXONOMY 4.3. */
export const LEVEL_CUTS = { low: 33, high: 66 } as const;

/** Independent signals below which an axis abstains. TAXONOMY 4.3. */
export const MIN_SIGNALS = 2;

/** Confidence = cap of derived values x n / (n + this) for n independent signals. [design] */
export const CONFIDENCE_HALF = 1;

/**
 * Points of the signals [design]; what raises and what lowers an axis is TAXONOMY 4.3. Where a share decides, it is the points at full
 * strength. `full`: the share or count at which a signal has full strength; `min`: how much evidence it takes to speak at all.
 */
export const NEED_WEIGHTS = {
  customisation: {
    quotes: { points: 30, full: 0.4, min: 2 },
    text: { points: 30, full: 0.3, min: 1 },
    regulatedVertical: { points: 12 },
    software: { points: 12 },
    procurementSystem: { points: 15, min: 1 },
    allSelfServe: { points: -22, full: 1, min: 3 },
    description: { points: 12 },
    oneOff: { points: -12 },
  },
  serviceExpectation: {
    sla: { high: 28, medium: 6, low: -18 },
    priority: { high: 22, medium: 0, low: -20 },
    shipTo: { points: 20, full: 6, min: 3 },
    continuityVertical: { points: 15 },
    text: { points: 28, full: 0.2, min: 1 },
    repAssisted: { points: 15, full: 0.6, min: 2 },
    allSelfServe: { points: -28, full: 1, min: 3 },
    lostOnService: { points: 20, full: 0.5, min: 1 },
  },
  priceSensitivity: {
    discounted: { points: 30, full: 0.5, min: 3 },
    fullPrice: { points: -24, min: 5 },
    lostOnPrice: { points: 28, full: 0.5, min: 1 },
    lostOtherwise: { points: -12, min: 3 },
    publicTender: { points: 15 },
    thinMargin: { points: 8 },
    text: { points: 20, full: 0.2, min: 1 },
    marketplace: { points: 12, full: 0.5, min: 2 },
  },
  featureBreadth: {
    categories: { points: 30, full: 6, min: 3 },
    singleCategory: { points: -26, min: 3 },
    skus: { points: 18, full: 30, min: 10 },
    fewSkus: { points: -14, most: 2, min: 3 },
    shipTo: { points: 10, full: 3, min: 3 },
    netTerms: { points: 8, full: 0.5, min: 1 },
    purchaseOrders: { points: 8, full: 0.5, min: 1 },
    software: { points: 10 },
  },
} as const;

/** Verticals by what TAXONOMY 4.3 says of them: regulated = NAICS 62, 92; thin margins [design]. */
export const REGULATED_VERTICALS: ReadonlySet<string> = new Set(["healthcare", "public_admin"]);
export const CONTINUITY_VERTICALS: ReadonlySet<string> = new Set(["healthcare", "hospitality"]);
export const PUBLIC_VERTICALS: ReadonlySet<string> = new Set(["public_admin", "education"]);
export const THIN_MARGIN_VERTICALS: ReadonlySet<string> = new Set(["retail", "wholesale", "hospitality", "construction"]);
export const PUBLIC_OWNERSHIP: ReadonlySet<string> = new Set(["government", "educational"]);

/** Words of a service level or customer priority (Salesforce `SLA__c`, `CustomerPriority__c` and what others write), lower-case. [design] */
export const STATED_LEVELS: Readonly<Record<string, "high" | "medium" | "low">> = {
  platinum: "high",
  premium: "high",
  gold: "high",
  high: "high",
  enterprise: "high",
  "24x7": "high",
  critical: "high",
  silver: "medium",
  medium: "medium",
  standard: "medium",
  normal: "medium",
  bronze: "low",
  basic: "low",
  low: "low",
  none: "low",
};

/** Words in a company's own description or keywords that speak for made-to-measure goods. TAXONOMY 4.3 "free text". */
export const CUSTOM_WORDS =
  /\b(?:custom(?:i[sz]ed|[- ]made)?|bespoke|oem|private[- ]label|made[- ]to[- ](?:order|measure)|tailor[- ]?made)\b/;
