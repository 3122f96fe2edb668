/** Half-width of an 80 % interval of the normal distribution in standard deviations. */
export const Z80 = 1.2815515655446004;

/** `[value, low, high]`, the interval at 80 %. */
export type PriorRow = readonly [value: number, low: number, high: number];

/** Committee by employees, lower bound of the class first. TAXONOMY 4.4 [design], from IDC 2010-12, CEB/Challenger, Gartner, Raconteur. */
export const COMMITTEE_PRIOR: ReadonlyArray<{ from: number; label: string; prior: PriorRow }> = [
  { from: 0, label: "under 10", prior: [1, 1, 2] },
  { from: 10, label: "10-49", prior: [2, 1, 3] },
  { from: 50, label: "50-99", prior: [3, 2, 4] },
  { from: 100, label: "100-499", prior: [4, 3, 6] },
  { from: 500, label: "500-999", prior: [6, 4, 9] },
  { from: 1000, label: "1,000+", prior: [8, 5, 13] },
];

/** Committee where the size is unknown and something was observed: as wide as all classes together. [design] */
export const COMMITTEE_VAGUE: PriorRow = [4, 0, 13];

/** Factor on the committee prior by typical order or deal value in whole units, upper bound first. TAXONOMY 4.4 [design]. */
export const VALUE_FACTORS: ReadonlyArray<readonly [below: number, factor: number]> = [
  [5000, 0.5],
  [50_000, 1],
  [250_000, 1.3],
  [Number.POSITIVE_INFINITY, 1.6],
];

/** Employees of the size classes where only the class is known. TAXONOMY 4.1. */
export const SIZE_CLASS_EMPLOYEES: Readonly<Record<string, readonly [number, number | null]>> = {
  micro: [1, 9],
  small: [10, 49],
  medium: [50, 249],
  large: [250, 999],
  enterprise: [1000, null],
};

/**
 * Standard deviations on the log scale [design]. A count on one deal is `perDeal` off the account's typical one; however many deals, their
 * mean stays `between` off. TAXONOMY's k = 3 (the prior weighs three deals) is what `perDeal` amounts to for 100-499 employees.
 */
export const COMMITTEE_NOISE = { between: 0.2, perDeal: 0.5, stated: 0.55, buyers: 0.8 } as const;

/** Cycle by typical order or deal value in whole units, upper bound first. TAXONOMY 4.4 (CRO Report, RevOps dictionary). */
export const CYCLE_PRIOR: ReadonlyArray<{ below: number; label: string; prior: PriorRow }> = [
  { below: 1000, label: "under 1k", prior: [3, 0, 14] },
  { below: 5000, label: "1-5k", prior: [14, 3, 30] },
  { below: 25_000, label: "5-25k", prior: [30, 14, 75] },
  { below: 100_000, label: "25-100k", prior: [75, 30, 150] },
  { below: 250_000, label: "100-250k", prior: [150, 75, 270] },
  { below: Number.POSITIVE_INFINITY, label: "over 250k", prior: [270, 120, 540] },
];

/** Cycle where the value is unknown and something was observed: as wide as all classes together. [design] */
export const CYCLE_VAGUE: PriorRow = [30, 3, 540];

/** As for the committee; days to close that a CRM states are never believed more than one deal. [design] */
export const CYCLE_NOISE = { between: 0.2, perDeal: 0.9, stated: 0.95 } as const;

/** Bands, upper bound first. TAXONOMY 4.4. */
export const COMMITTEE_BANDS = [
  [1, "solo"],
  [3, "small"],
  [6, "medium"],
  [10, "large"],
  [Number.POSITIVE_INFINITY, "very_large"],
] as const;
export const CYCLE_BANDS = [
  [14, "instant"],
  [45, "short"],
  [120, "medium"],
  [270, "long"],
  [Number.POSITIVE_INFINITY, "very_long"],
] as const;

/** Structure [design]: margin over the runner-up; contacts with a department from which "nobody in procurement" is evidence. */
export const STRUCTURE = {
  margin: 2,
  minPlaced: 3,
  smallEmployees: 50,
  leaderEmployees: 250,
  manySites: 10,
  manyPlaces: 3,
  manyBuyers: 3,
  cardShare: 0.5,
} as const;

/** Formality [design]: shares of orders from which a rule is in force, and orders without any sign of one that make it ad hoc. */
export const FORMALITY = { poShare: 0.3, termsShare: 0.5, minAdHocOrders: 3 } as const;

/** What each formality counts in the index. TAXONOMY 4.4. */
export const FORMALITY_SCORE = { ad_hoc: 0, approved_vendor: 0.5, tender_rfp: 1 } as const;

/** What each structure counts in the index. TAXONOMY 4.6. */
export const STRUCTURE_SCORE = { owner_led: 0, centralized: 0.4, decentralized: 0.6, center_led: 0.8 } as const;

/**
 * Decision-Making Complexity Index, TAXONOMY 4.6 [design]; weights out of 100. It abstains where the known inputs weigh less than `minKnown` (half) together,
 * its band where the range touches more than `maxBands`.
 */
export const DMCI = {
  weights: { committee: 35, cycle: 30, formality: 20, structure: 15 },
  committeeFull: 16,
  cycleFull: 540,
  minKnown: 50,
  maxBands: 2,
  bands: [
    [25, "simple"],
    [50, "guided"],
    [75, "coordinated"],
    [Number.POSITIVE_INFINITY, "enterprise"],
  ],
} as const;
