/** Confidence from which two companies are one (`same`), and from which a person should look (`review`); below they are two. */
export interface Thresholds {
  same: number;
  review: number;
}

/** What counts as one: a `company` has several sites; of a directory of places each `site` stands for itself; `auto` looks at the file. */
export type MatchLevel = "company" | "site" | "auto";

/** Thresholds by what two records can be compared on, and how far the search goes. */
export interface FuzzyOptions {
  /** Names and nothing else. */
  name: Thresholds;
  /** Names, and both say in which country. */
  nameAndCountry: Thresholds;
  /** Names and an address or a telephone number. */
  nameAndPlace: Thresholds;
  level: MatchLevel;
  /** Records that share one block key; larger blocks are split by a second word, and compared by neighbours in name order beyond that. */
  largestBlock: number;
}

/** [design] Settled on the development half of the pairs that `bench/resolve-pairs.ts` reads. */
export const FUZZY_OPTIONS: FuzzyOptions = {
  name: { same: 0.84, review: 0.2 },
  nameAndCountry: { same: 0.63, review: 0.2 },
  nameAndPlace: { same: 0.52, review: 0.2 },
  level: "auto",
  largestBlock: 60,
};

/**
 * [design] Turns added evidence into odds that hold: on the development halves, of pairs told 0.6 to 0.8 about as many were one company.
 */
export const CALIBRATION = { slope: 1.5, shift: -1.2 } as const;

/**
 * [design] Natural-log odds that evidence adds or takes. A word that hardly any company shares weighs 1, `Group` about 0.08.
 */
export const EVIDENCE = {
  start: 0.5,
  sharedWord: 3,
  mostShared: 1.35,
  surplusWord: 5,
  surplusBothSides: 10,
  placeSurplus: 1.7,
  numberSurplus: 3,
  distinctSurplus: 1.3,
  kindSurplus: 2,
  commonNames: 2,
  fewLetters: 1.6,
  slipShare: 1.8,
  slip: 10,
  /** The most that one slip in a whole name of enough letters takes. */
  oneSlip: { ofSeveralWords: 0.6, ofOneWord: 1 },
  order: 0.3,
  lostFirstWord: 1.2,
  otherForm: 0.3,
  otherName: { site: 2, company: 0.4 },
  initials: [0, 0, -0.8, 0.5, 1.4, 2, 2],
  qualifierApart: { site: 4, company: 1.5 },
  /** Two countries or regions behind the same name. */
  branchApart: 4,
  storeApart: 4,
  qualifierAlone: 0.3,
  tellingQualifier: { site: 2.5, company: 1.2 },
  nameFloor: -7,
  sameDomain: { site: 1, company: 5 },
  /** Of places; companies of two domains are two. */
  otherDomain: -1,
  domainAgrees: 1,
  sameCountry: 0.3,
} as const;

/** [design] As {@link EVIDENCE}, of addresses: `site` where each place stands for itself, `company` where a company may have several. */
export const PLACE_EVIDENCE = {
  sameAddress: 5.5,
  /** What is left of a name's odds against where the address or telephone is the same and a telling word is shared. */
  forgiven: 0.4,
  sameStreet: 1.5,
  otherNumber: { site: -4, company: -0.3 },
  otherStreet: { site: -7, company: -0.5 },
  /** House number and postcode agree and the street does not: its name is written otherwise. */
  sameNumber: 3.5,
  /** What is left of another street or house number where the telephone is the same: moved, or a slip. */
  samePhoneElsewhere: 0.4,
  /** What is left of another house number that is one slip away. */
  nearNumber: 0.5,
  samePostcode: 1,
  otherPostcode: { site: -1.5, company: -0.3 },
  /** What another postcode or telephone says of places of which neither address nor telephone is known to be the same. */
  nowhereNear: { otherPostcode: -5, otherPhone: -4 },
  sameCity: 0.7,
  otherCity: { site: -2, company: -0.7 },
  otherState: { site: -1.5, company: -0.5 },
  samePhone: 4,
  /** The telephone is known at other houses too. */
  sharedPhone: 1,
  otherPhone: { site: -0.7, company: -0.2 },
} as const;

/** [design] What a word weighs beside its rarity, and the most it may, by its role. */
export const ROLE_WEIGHT = {
  distinct: { factor: 1, most: 1.1 },
  number: { factor: 1, most: 0.9 },
  place: { factor: 0.8, most: 0.6 },
  trade: { factor: 0.6, most: 0.35 },
  structure: { factor: 0.25, most: 0.12 },
  joiner: { factor: 0.02, most: 0.02 },
} as const;
