import { PLACE_EVIDENCE } from "./options.ts";
import type { PlaceParts } from "./place.ts";
import { contracts, editDistance, slipLikeness } from "./spelling.ts";

/** A word of evidence: log odds, and what a reader is told. */
export interface Finding {
  odds: number;
  why: string;
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
