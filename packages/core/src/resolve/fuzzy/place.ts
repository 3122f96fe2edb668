import { PLACE_EVIDENCE } from "./options.ts";
import { contracts, editDistance, slipLikeness } from "./spelling.ts";
import { transliterate } from "./word-forms.ts";

/** Where a company is, as its row says it. */
export interface PlaceFields {
  street?: string;
  city?: string;
  state?: string;
  postalCode?: string;
  /** ISO alpha-2. */
  country?: string;
  phone?: string;
}

/** A place taken apart; empty strings and lists where nothing is said. */
export interface PlaceParts {
  /** House number without its letter. */
  number: string;
  letter: string;
  /** Words of the street without kind and direction; all of them where it has no other. */
  street: readonly string[];
  /** All letters of the street with its kind. */
  letters: string;
  city: string;
  state: string;
  postcode: string;
  /** A post box, which says nothing of where the door is. */
  box: boolean;
  /** Last nine digits, or what there is when seven or eight. */
  phone: string;
  /** The telephone is an operator's, behind which several sites are: see {@link sharedPhones}. */
  sharedPhone: boolean;
}

/** A word of evidence: log odds, and what a reader is told. */
export interface Finding {
  odds: number;
  why: string;
}

const KINDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    street: "st str strt strasse straße",
    avenue: "ave av aven avn avda avenida",
    boulevard: "blvd boul blv bvd bulevar",
    road: "rd",
    drive: "dr drv",
    lane: "ln",
    court: "ct crt",
    place: "pl plz plaza platz piazza praca",
    square: "sq",
    highway: "hwy hiway highwy",
    parkway: "pkwy pky parkwy",
    terrace: "ter terr tce",
    circle: "cir circ circuit cct",
    crescent: "cres cr crs",
    way: "wy",
    trail: "trl tr",
    expressway: "expy expwy",
    freeway: "fwy",
    turnpike: "tpke",
    alley: "aly",
    close: "cl",
    grove: "gr grv",
    heights: "hts",
    rue: "",
    via: "",
    calle: "c",
    rua: "r",
    weg: "",
    gasse: "",
    allee: "",
    ring: "",
    ufer: "",
    damm: "",
    straat: "",
    laan: "",
  }).flatMap(([kind, others]) => [kind, ...others.split(" ").filter(Boolean)].map((word): [string, string] => [word, kind])),
);
const DIRECTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    north: "n no",
    south: "s so",
    east: "e",
    west: "w",
    northeast: "ne",
    northwest: "nw",
    southeast: "se",
    southwest: "sw",
  }).flatMap(([word, short]) => [word, ...short.split(" ")].map((each): [string, string] => [each, word])),
);
const UNIT =
  /(?:,|\s)\s*(?:#|\b(?:suite|ste|unit|apt|apartment|floor|fl|flr|room|rm|bldg|building|level|lvl|etage|stock|og|piso|dept|mailstop|ms)\b\.?)\s*#?\s*[a-z]?\d*[a-z]?\b|\b\d+(?:st|nd|rd|th)\s+(?:floor|fl)\b/g;
const UNIT_LINE = /^(?:#|suite|ste|unit|apt|floor|fl|room|rm|bldg|building)\b/i;
const BOX =
  /^\W*(?:p\.?\s?o\.?\s?(?:box|b\b)|post\s?(?:office\s)?box|box\s+\d|postfach|postbus|apartado|apdo|casella postale|bo[iî]te postale|b\.?p\.?\s?\d)/i;
const ORDINAL = /^(\d+)(?:st|nd|rd|th)$/;
/** Digits with letters slipped in (`100ht`, `11j8th`). */
const DAMAGED_ORDINAL = /^\d+[a-z]{0,2}\d*[a-z]{1,3}$/;
const ORDINALS: ReadonlyMap<string, string> = new Map(
  "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    .split(" ")
    .map((word, at) => [word, String(at + 1)]),
);
/** Titles in the names of streets, which come and go. */
const TITLES: ReadonlySet<string> = new Set("dr rev gen pres jr sr doctor reverend general president".split(" "));
const GERMAN_KIND = /(?<=.{3})(?:strasse|str)$/;
const NUMBER = /^(\d+)([a-z]?)$/;
/** Two doors of one house (`123-125`). */
const RANGE = /^(\s*\d+)\s?[-–/]\s?\d+(?=\s)/;
const COUNTRY_CODE = /^(?:00)?(?:1|44|49|33|34|39|31|32|41|43|45|46|47|48|61)(?=\d{8,})/;

/** Takes a place apart; null where it says nothing that tells one place from another. */
export function placeParts(fields: PlaceFields): PlaceParts | null {
  const [line, town] = addressLines(fields.street ?? "");
  const { number, letter, street, letters } = streetParts(line);
  const parts: PlaceParts = {
    box: BOX.test(line),
    number,
    letter,
    street,
    letters,
    city: squeeze(fields.city ?? town),
    state: squeeze(fields.state ?? ""),
    postcode: postcodeOf(fields.postalCode ?? ""),
    phone: phoneOf(fields.phone ?? ""),
    sharedPhone: false,
  };
  return street.length === 0 && parts.city === "" && parts.postcode === "" && parts.phone === "" ? null : parts;
}

/** The line of the street, and the town where one cell holds both (`1 N Ogden Ave, Chicago, IL 60607`). */
function addressLines(text: string): [line: string, town: string] {
  const lines = text.split(/\s*[,\n]\s*/).filter((line) => line !== "" && !UNIT_LINE.test(line));
  let [line = "", ...others] = lines;
  if (/^\d+\s*[a-z]?$/i.test(line) && others.length > 0) line = `${line} ${others.shift()}`;
  else if (!/\d/.test(line) && /^\d+\s+\p{L}|\p{L}\s+\d+\s*[a-z]?$/u.test(others[0] ?? "")) line = others.shift() as string;
  const town = others.find((each) => /^[\p{L} .'-]{3,}$/u.test(each));
  return [line, town ?? ""];
}

function squeeze(text: string): string {
  return transliterate(text)
    .replace(/\bsaint\b/g, "st")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

function postcodeOf(text: string): string {
  const code = squeeze(text);
  const american = /^(\d{5})(?:\d{4})?$/.exec(code);
  if (american) return american[1]!;
  return /^\d{4}$/.test(code) ? `0${code}` : code;
}

function phoneOf(text: string): string {
  const digits = text
    .replace(/(?:ext|x)\.?\s*\d+\s*$/i, "")
    .replace(/\D+/g, "")
    .replace(COUNTRY_CODE, "")
    .replace(/^0+/, "");
  return digits.length < 7 || /^(\d)\1+$/.test(digits) ? "" : digits.slice(-9);
}

function streetParts(raw: string): Pick<PlaceParts, "number" | "letter" | "street" | "letters"> {
  const text = ` ${transliterate(raw)}`.replace(UNIT, " ").replace(RANGE, "$1");
  const tokens = text.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  let number = "";
  let letter = "";
  const names: string[] = [];
  const kinds: string[] = [];
  for (const [index, token] of tokens.entries()) {
    const found = NUMBER.exec(token);
    if (found) {
      if (number === "" && (index === 0 || index >= tokens.length - 2 || tokens.length <= 3)) {
        number = found[1]!.replace(/^0+(?=\d)/, "");
        letter = found[2]!;
      } else if (names.length === 0 || number === "" || KINDS.has(tokens[index + 1] ?? "")) names.push(found[1]!);
      continue;
    }
    const ordinal = ORDINAL.exec(token);
    if (ordinal) names.push(ordinal[1]!);
    else if (DAMAGED_ORDINAL.test(token)) names.push(token.replace(/\D/g, ""));
    else if (token === "st" && names.length === 0 && index < tokens.length - 1) names.push("st");
    else if (KINDS.has(token) || DIRECTIONS.has(token)) kinds.push(DIRECTIONS.get(token) ?? KINDS.get(token)!);
    else if (token === "saint") names.push("st");
    else names.push(ORDINALS.get(token) ?? token.replace(GERMAN_KIND, ""));
  }
  const named = names.filter((name) => !TITLES.has(name));
  return {
    number,
    letter,
    street: named.length > 0 ? named : names.length > 0 ? names : kinds,
    letters: tokens.filter((token) => !NUMBER.test(token) || token !== number + letter).join(""),
  };
}

/** How alike two streets are: share of the letters of the longer that is found in the other, slips allowed. */
function streetLikeness({ street: a, letters: lettersA }: PlaceParts, { street: b, letters: lettersB }: PlaceParts): number {
  if (lettersA === lettersB || a.join("") === b.join("")) return 1;
  const [fewer, long] = a.length <= b.length ? [a, b] : [b, a];
  const short = fewer.flatMap((word) => (word.length > 1 && isInitials(word, long) ? [...word] : [word]));
  const taken = new Set<number>();
  let shared = 0;
  let length = 0;
  for (const word of short) {
    let best = 0;
    let at = -1;
    for (const [index, other] of long.entries()) {
      if (taken.has(index)) continue;
      const likeness = word === other ? 1 : /\d/.test(word + other) ? 0 : wordLikeness(word, other);
      if (likeness > best) {
        best = likeness;
        at = index;
      }
    }
    if (at >= 0) taken.add(at);
    shared += best * word.length;
    length += word.length;
  }
  const squeezed = /\d/.test(lettersA + lettersB) ? 0 : slipLikeness(lettersA, lettersB);
  return Math.max(squeezed, (shared / Math.max(1, length)) * (short.length === long.length ? 1 : 0.9));
}

/** [design] How alike an initial and its word are taken to be in the name of a street. */
const INITIAL = 0.9;

const wordLikeness = (word: string, other: string): number =>
  (word.length === 1 && other.startsWith(word)) || (other.length === 1 && word.startsWith(other))
    ? INITIAL
    : slipLikeness(word, other);

/** Whether a word is the first letters of neighbours (`MLK`, `Martin Luther King`). */
function isInitials(word: string, words: readonly string[]): boolean {
  for (let from = 0; from + word.length <= words.length; from++)
    if ([...word].every((letter, at) => words[from + at]!.startsWith(letter) && words[from + at]!.length > 1)) return true;
  return false;
}

const SAME_STREET = 0.75;

/** Whether two numbers are one slip of the fingers apart: one digit, or two neighbours swapped. */
const slipped = (a: string, b: string): boolean => Math.min(a.length, b.length) > 1 && editDistance(a, b, 1) === 1;

const sorted = (text: string): string => [...text].sort().join("");

/** Doors of one telephone that are looked at [design]. */
const MOST_DOORS = 24;

/** Telephones (their last seven digits) that a file has at two houses of different streets and numbers. */
export function sharedPhones(places: Iterable<PlaceParts | null>): Set<string> {
  const doors = new Map<string, PlaceParts[]>();
  const shared = new Set<string>();
  for (const place of places) {
    if (!place || place.phone === "" || place.street.length === 0 || place.number === "" || place.box) continue;
    const phone = place.phone.slice(-7);
    const known = doors.get(phone);
    if (known === undefined) doors.set(phone, [place]);
    else if (!shared.has(phone) && known.length < MOST_DOORS) {
      if (known.some((other) => elsewhereThan(place, other))) shared.add(phone);
      known.push(place);
    }
  }
  return shared;
}

const elsewhereThan = (a: PlaceParts, b: PlaceParts): boolean =>
  a.number !== b.number && !slipped(a.number, b.number) && streetLikeness(a, b) < SAME_STREET;

/** What two places say for or against one company. */
export interface PlaceComparison {
  findings: Finding[];
  /** Whether both say a street and number and it is one door or two; null where that is not known. */
  door: "same" | "other" | null;
}

/** What two places say for or against one company (`site`: one place). */
export function comparePlaces(a: PlaceParts, b: PlaceParts, level: "company" | "site"): PlaceComparison {
  const found: Finding[] = [];
  const say = (odds: number, why: string): void => {
    found.push({ odds, why });
  };
  const evidence = PLACE_EVIDENCE;
  const phones = a.phone !== "" && b.phone !== "";
  const samePhone =
    phones &&
    (a.phone === b.phone ||
      (Math.min(a.phone.length, b.phone.length) < 9 && (a.phone.endsWith(b.phone) || b.phone.endsWith(a.phone))));
  const postcodes = a.postcode !== "" && b.postcode !== "";
  const samePostcode = postcodes && a.postcode === b.postcode;
  const nearPostcode = postcodes && !samePostcode && slipped(a.postcode, b.postcode);
  const cities = a.city !== "" && b.city !== "";
  const sameCity = cities && (a.city === b.city || slipLikeness(a.city, b.city) > 0 || contracts(a.city, b.city));
  // One other digit is the next town, two that changed places are a slip.
  const meantPostcode = samePostcode || (nearPostcode && sameCity && sorted(a.postcode) === sorted(b.postcode));
  const elsewhere = cities && !sameCity && postcodes && !samePostcode && !nearPostcode;
  const ownPhone = samePhone && (level === "company" || !(a.sharedPhone || b.sharedPhone));
  let near = ownPhone || level === "company";
  let door: PlaceComparison["door"] = null;
  if (a.street.length > 0 && b.street.length > 0 && a.box === b.box) {
    const likeness = streetLikeness(a, b);
    const numbers = a.number !== "" && b.number !== "";
    const sameNumber = numbers && a.number === b.number;
    const nearNumber = numbers && !sameNumber && slipped(a.number, b.number);
    if (likeness >= SAME_STREET && (!numbers || sameNumber) && !elsewhere) near = true;
    if (likeness < SAME_STREET) {
      const there = sameNumber && meantPostcode;
      if (!there) door = "other";
      // Two houses behind one telephone are two sites of an operator.
      const moved = ownPhone && (level === "company" || !numbers || sameNumber) ? evidence.samePhoneElsewhere : 1;
      say(evidence.otherStreet[level] * moved, "another street");
      if (there) say(evidence.sameNumber, "same house number and postcode");
    } else if (numbers && !sameNumber) {
      if (!ownPhone && !nearNumber) door = "other";
      say(
        evidence.otherNumber[level] *
          (ownPhone ? evidence.samePhoneElsewhere : 1) *
          (meantPostcode ? evidence.nearNumber : 1) *
          (nearNumber ? evidence.nearNumber : 1),
        "another house number",
      );
    } else if (elsewhere) say(0, "a street of the same name in another town");
    else if (numbers) {
      door = "same";
      say(evidence.sameAddress * likeness, "same address");
    } else say(evidence.sameStreet * likeness, "same street");
  }
  if (postcodes) {
    if (samePostcode) say(evidence.samePostcode, "same postcode");
    else if (!nearPostcode) say(near ? evidence.otherPostcode[level] : evidence.nowhereNear.otherPostcode, "another postcode");
    else if (!near) say(evidence.otherPostcode[level], "another postcode");
  }
  if (cities) {
    if (sameCity) say(evidence.sameCity, "same town");
    else say(evidence.otherCity[level], "another town");
  }
  if (a.state !== "" && b.state !== "" && a.state !== b.state) say(evidence.otherState[level], "another state");
  if (phones) {
    if (samePhone) say(ownPhone ? evidence.samePhone : evidence.sharedPhone, "same telephone");
    else if (slipped(a.phone, b.phone)) say(0, "a telephone one digit off");
    else say(near ? evidence.otherPhone[level] : evidence.nowhereNear.otherPhone, "another telephone");
  }
  return { findings: found, door };
}
