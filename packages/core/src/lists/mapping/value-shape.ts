import { canonicalDomain } from "../../resolve/keys/domain.ts";
import { linkedinKey } from "../../resolve/keys/linkedin.ts";
import { unguardedCell } from "../csv.ts";
import { currencyOf } from "../values/currency.ts";
import { isOrderlessDate, parseDate, parseYear } from "../values/date.ts";
import { scanDecimal } from "../values/decimal.ts";
import { parseConsent, parseFlag, parseOptOut } from "../values/flag.ts";
import { isPrecisionLost, parseCode, parseEmail, parsePhone } from "../values/identifier.ts";
import { parseLocationType } from "../values/location-type.ts";
import { isMissing } from "../values/missing.ts";
import { parseCountRange, parseMoneyRange } from "../values/range.ts";
import type { ValueType } from "./fields.ts";

/** Cells looked at per column [design, CSV notes 5.8]. */
export const SAMPLE_CELLS = 200;
const HASH = /^[0-9a-f]{64}$/i;
const LETTER = /\p{L}/u;
/** Parts of the world and of a sales force: no state has such a name. */
const SALES_REGION =
  /^(?:emea|apac|apj|latam|noram|amer|americas?|anz|dach|mena|cee|nordics?|benelux|uk ?& ?i|europe|asia|africa|oceania|antarctica|(?:north|south|latin|central) america|asia[ -/]+pacific|middle east|world ?wide|global|international|(?:north|south)? ?(?:east|west)|north|south|central)$/i;
const PERSON_PAGE = /linkedin\.com\/(?:in|pub|sales\/(?:people|lead))\//i;

/** The first {@link SAMPLE_CELLS} cells of a column that say something, trimmed and without what guards them. */
export function sampleColumn(sample: readonly (readonly string[])[], position: number): string[] {
  const cells: string[] = [];
  for (const row of sample) {
    const cell = row[position];
    const text = cell === undefined ? undefined : unguardedCell(cell).trim();
    if (text !== undefined && !isMissing(text)) cells.push(text);
    if (cells.length === SAMPLE_CELLS) break;
  }
  return cells;
}

const ANY_FORMAT = { decimal: "." } as const;
const ANY_DATE = { order: "dmy", serial: true } as const;

/** Whether a trimmed, filled cell looks like what the type reads. Looser than the parsers: it judges columns, not cells. */
export function looksLike(type: ValueType, text: string): boolean {
  switch (type) {
    case "domain":
    case "website":
      return canonicalDomain(text) !== null;
    case "email-domain":
      return text.includes("@") ? parseEmail(text) !== undefined : canonicalDomain(text) !== null;
    case "linkedin":
      return linkedinKey(text) !== null || PERSON_PAGE.test(text);
    case "linkedin-person":
      return text.toLowerCase().includes("linkedin");
    case "email":
      return parseEmail(text) !== undefined || HASH.test(text);
    case "hash":
      return HASH.test(text);
    case "phone":
      return parsePhone(text) !== undefined && !LETTER.test(text.replace(/ext\.?|x/gi, ""));
    case "identifier":
    case "registration":
      return !isPrecisionLost(text) && text.length <= 120;
    case "code":
      return parseCode(text) !== undefined;
    case "name":
      return text.length <= 250 && !text.includes("@") && !/^https?:/i.test(text);
    case "state":
      return !SALES_REGION.test(text) && looksLike("country", text);
    case "country":
      return LETTER.test(text) && text.length <= 60 && !text.includes("@");
    case "place":
      return LETTER.test(text);
    case "integer":
    case "number":
    case "minor":
      return scanDecimal(text, ANY_FORMAT.decimal);
    case "count-range":
      return text === "0" || parseCountRange(text, ANY_FORMAT) !== undefined || scanDecimal(text, ".");
    case "money-range":
      return parseMoneyRange(text, ANY_FORMAT) !== undefined;
    case "share":
      return scanDecimal(text.replace(/\s*%$/, ""), ANY_FORMAT.decimal);
    case "year":
      return parseYear(text) !== undefined;
    case "date":
      return parseDate(text, ANY_DATE) !== undefined || isOrderlessDate(text);
    case "flag":
    case "is-public":
      return parseFlag(text) !== undefined;
    case "location-type":
      return parseLocationType(text) !== undefined;
    case "consent":
      return parseConsent(text) !== undefined;
    case "opt-out":
      return parseOptOut(text) !== undefined;
    case "currency":
      return currencyOf(text) !== undefined;
    default:
      return true;
  }
}

/** Share of the cells that look like the type, 1 for an empty sample. */
export function shareOf(type: ValueType, cells: readonly string[]): number {
  if (cells.length === 0) return 1;
  let fit = 0;
  for (const cell of cells) if (looksLike(type, cell)) fit++;
  return fit / cells.length;
}

const PERSON_HEADER =
  /(?:first|last|full|middle|given|family|contact|person|rep|agent|owner|manager|seller|buyer|ceo|cfo|cto|founder|director|president|assistant|recipient|attention|attn|salutation|surname|vorname|nachname|prenom|dirigeant|birth|dob|gender|age)/i;
/** A job is no name. */
const ROLE_HEADER = /title|role|function|position|department|level|type|status/i;
const PERSON_NAME =
  /^(?:(?:mr|mrs|ms|dr|prof|herr|frau|mme|m)\.?\s+)?\p{Lu}[\p{L}'’.-]*(?:\s+(?:de|la|van|von|der|den|di|da|bin|al|el))*(?:\s+\p{Lu}[\p{L}'’.-]*){1,4}$/u;

/** Share of cells from which a column counts as personal [design]. */
const PERSONAL_SHARE = 0.3;

/** Why the cells of an unmapped column look personal (e-mail addresses, phone numbers, names in a column named like one); null when they do not. */
export function personalReason(header: string, cells: readonly string[]): string | null {
  if (cells.length === 0) return null;
  let emails = 0;
  let phones = 0;
  let names = 0;
  let pages = 0;
  for (const cell of cells) {
    if (cell.includes("@") && /[^\s@]@[^\s@]+\.[^\s@]/.test(cell)) emails++;
    else if (PERSON_PAGE.test(cell)) pages++;
    else if (
      /^\+?[\d\s()./-]{9,24}$/.test(cell) &&
      /^(?:\+|00|\()|[\s()/-]\d/.test(cell) &&
      parseDate(cell, ANY_DATE) === undefined
    )
      phones++;
    else if (PERSON_NAME.test(cell)) names++;
  }
  const enough = Math.max(1, cells.length * PERSONAL_SHARE);
  if (emails > 0 && emails >= Math.min(enough, 3)) return "holds e-mail addresses";
  if (pages >= enough) return "holds pages of people";
  if (phones >= enough && (/phone|fax|tel|mobile|cell|number|contact/i.test(header) || phones >= cells.length * 0.7))
    return "holds phone numbers";
  if (names >= enough && PERSON_HEADER.test(header) && !ROLE_HEADER.test(header)) return "holds names of people";
  return null;
}
