/** What a registration number is a number of. */
export type RegistrationKind = "duns" | "lei" | "vat" | "company-number";

/** VAT identification structures without the prefix; source: European Commission, VIES FAQ Q11, and the issuing authorities for CH, GB, NO. */
const VAT_BODIES: ReadonlyMap<string, RegExp> = new Map([
  ["AT", /^U\d{8}$/],
  ["BE", /^[01]\d{9}$/],
  ["BG", /^\d{9,10}$/],
  ["CY", /^\d{8}[A-Z]$/],
  ["CZ", /^\d{8,10}$/],
  ["DE", /^\d{9}$/],
  ["DK", /^\d{8}$/],
  ["EE", /^\d{9}$/],
  ["EL", /^\d{9}$/],
  ["ES", /^[A-Z0-9]\d{7}[A-Z0-9]$/],
  ["FI", /^\d{8}$/],
  ["FR", /^[A-HJ-NP-Z0-9]{2}\d{9}$/],
  ["HR", /^\d{11}$/],
  ["HU", /^\d{8}$/],
  ["IE", /^(?:\d{7}[A-W][A-I]?|\d[A-Z+*]\d{5}[A-W])$/],
  ["IT", /^\d{11}$/],
  ["LT", /^(?:\d{9}|\d{12})$/],
  ["LU", /^\d{8}$/],
  ["LV", /^\d{11}$/],
  ["MT", /^\d{8}$/],
  ["NL", /^\d{9}B\d{2}$/],
  ["PL", /^\d{10}$/],
  ["PT", /^\d{9}$/],
  ["RO", /^\d{2,10}$/],
  ["SE", /^\d{10}01$/],
  ["SI", /^\d{8}$/],
  ["SK", /^\d{10}$/],
  ["XI", /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/],
  ["GB", /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/],
  ["CHE", /^\d{9}$/],
  ["NO", /^\d{9}$/],
]);
const CH_NO_SUFFIX = /(?:MWST|TVA|IVA|MVA)$/;
/** A spreadsheet showed a long number in scientific notation: its last digits are gone. */
const PRECISION_LOST = /^[+-]?\d+(?:[.,]\d+)?E[+]?\d+$/;
const PUNCTUATION = /[\s.\-/_:'"’]/g;
const NOT_ALPHANUMERIC = /[^\p{L}\p{N}]/gu;
const LEI = /^[0-9A-Z]{18}\d{2}$/;
const GB_NUMBER =
  /^(?:\d{1,8}|(?:SC|NI|OC|SO|NC|FC|SF|NF|GE|LP|SL|NL|IP|SP|NP|RC|SR|NR|AC|SA|NA|IC|SI|CE|CS|RS|NO|ZC|GS|BR|ES|R0)\d{1,6})$/;
const DE_WITH_COURT = /(?<!\p{L})(HRA|HRB|GNR|PR|VR|GSR)[\s.:]*(?:NR\.?\s*)?(\d{1,6})(?:\s?([A-Z]{1,2})(?!\p{L}))?/u;
const SPACED_REGISTER = /(?<!\p{L})H\.?\s*R\.?\s*([AB])(?!\p{L})\.?\s*/u;
const ALL_SAME = /^(.)\1*$/;
const COURT_WORDS = /\b(?:AMTSGERICHT|REGISTERGERICHT|HANDELSREGISTER|NR|NO|AG)\b\.?/g;
/** Digits of national company numbers that are printed with and without leading zeros. */
const PADDED: ReadonlyMap<string, number> = new Map([
  ["FR", 9],
  ["DK", 8],
  ["NO", 9],
  ["FI", 8],
  ["BE", 10],
  ["NL", 8],
  ["PL", 10],
  ["CZ", 8],
  ["SK", 8],
  ["EE", 8],
  ["LV", 11],
  ["SE", 10],
  ["IT", 11],
  ["PT", 9],
  ["AU", 9],
]);

/**
 * The identity key of a registration number, with kind and country in its prefix: `vat:DE123456789`, `lei:<20>`, `duns:123456789`,
 * `co:GB:01234567`. Null where the number is malformed, has lost digits to scientific notation, or cannot be told apart: without `kind`
 * only a LEI (by checksum) and a VAT id with its prefix are recognised; a company number needs `country` (ISO alpha-2).
 */
export function registrationKey(raw: string, country?: string, kind?: RegistrationKind): string | null {
  const cell = raw.normalize("NFKC").trim().toUpperCase();
  if (cell === "" || PRECISION_LOST.test(cell.replace(/\s/g, ""))) return null;
  const compact = cell.replace(PUNCTUATION, "");
  if (compact === "" || ALL_SAME.test(compact)) return null;
  if (kind === "duns") return dunsKey(compact);
  if (kind === "lei") return leiKey(compact);
  if (kind === "vat") return vatKey(compact, country);
  if (kind === "company-number") return companyNumberKey(cell, compact, country);
  return (
    leiKey(compact) ?? vatKey(compact, undefined) ?? (country === undefined ? null : companyNumberKey(cell, compact, country))
  );
}

function dunsKey(compact: string): string | null {
  const digits = compact.replace(/^D?U?N?S/, "");
  return /^\d{7,9}$/.test(digits) && !ALL_SAME.test(digits) ? `duns:${digits.padStart(9, "0")}` : null;
}

/** ISO 17442: 18 characters and two check digits, modulus 97-10 of ISO 7064. */
function leiKey(compact: string): string | null {
  if (!LEI.test(compact)) return null;
  let remainder = 0;
  for (const character of compact) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1 ? `lei:${compact}` : null;
}

function vatKey(compact: string, country: string | undefined): string | null {
  const text = compact.replace(/^(?:VATNO|VATID|VAT|USTIDNR|USTID|TVA|IVA|BTW|PIVA)(?=[A-Z0-9])/, "");
  const national = country === "GR" ? "EL" : country === "CH" ? "CHE" : country;
  const prefix = text.startsWith("CHE") ? "CHE" : text.startsWith("GR") ? "GR" : text.slice(0, 2);
  const named = prefix === "GR" ? "EL" : prefix;
  const inText = VAT_BODIES.get(named);
  if (inText !== undefined) {
    const body = vatBody(named, text.slice(prefix.length));
    if (inText.test(body) && !ALL_SAME.test(body)) return `vat:${named}${body}`;
  }
  const declared = national === undefined ? undefined : VAT_BODIES.get(national);
  if (national === undefined || declared === undefined) return null;
  const body = vatBody(national, text);
  return declared.test(body) && !ALL_SAME.test(body) ? `vat:${national}${body}` : null;
}

function vatBody(prefix: string, body: string): string {
  const bare = prefix === "CHE" || prefix === "NO" ? body.replace(CH_NO_SUFFIX, "") : body;
  return prefix === "BE" && bare.length === 9 ? `0${bare}` : bare;
}

function companyNumberKey(cell: string, compact: string, country: string | undefined): string | null {
  if (country === undefined || !/^[A-Z]{2}$/.test(country)) return null;
  if (country === "GB") return britishKey(compact);
  if (country === "DE") return germanKey(cell);
  let number = compact.replace(NOT_ALPHANUMERIC, "");
  if (country === "CH") number = number.replace(/^CHE(?=\d)/, "").replace(CH_NO_SUFFIX, "");
  else if (number.startsWith(country) && /^\d/.test(number.slice(2))) number = number.slice(2);
  const width = PADDED.get(country);
  if (width !== undefined && /^\d+$/.test(number) && number.length < width) number = number.padStart(width, "0");
  return /\d/.test(number) && number.length >= 3 && number.length <= 30 && !ALL_SAME.test(number)
    ? `co:${country}:${number}`
    : null;
}

/** Companies House: eight characters, digits padded behind an optional two-letter register prefix. */
function britishKey(compact: string): string | null {
  if (!GB_NUMBER.test(compact)) return null;
  const prefix = /^\d/.test(compact) ? "" : compact.slice(0, 2);
  const number = prefix + compact.slice(prefix.length).padStart(8 - prefix.length, "0");
  return /^0+$/.test(number) ? null : `co:GB:${number}`;
}

/** German registers number per court, so the court stays in the key as text; a number without its court is no identity. */
function germanKey(cell: string): string | null {
  const source = cell.replace(SPACED_REGISTER, "HR$1 ");
  const found = DE_WITH_COURT.exec(source);
  if (found === null) return null;
  const court = source
    .replace(found[0], " ")
    .replace(COURT_WORDS, " ")
    .replace(NOT_ALPHANUMERIC, " ")
    .trim()
    .replace(/\s+/g, "-");
  return court === "" ? null : `co:DE:${court}:${found[1]}${(found[2] as string).replace(/^0+(?=\d)/, "")}${found[3] ?? ""}`;
}
