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
  /** The telephone is an operator's, behind which several sites are: several houses of the file have it. */
  sharedPhone: boolean;
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
