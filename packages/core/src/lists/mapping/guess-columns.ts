import { countryCode } from "../../firmographics/country.ts";
import { normalizeCompanyName } from "../../resolve/keys/company-name.ts";
import { canonicalDomain } from "../../resolve/keys/domain.ts";
import { linkedinKey } from "../../resolve/keys/linkedin.ts";
import type { ListKind, SourceDeclaration } from "../kinds.ts";
import { parseEmail } from "../values/identifier.ts";
import { planColumn } from "./column-plan.ts";
import { FIELDS, type ValueType } from "./fields.ts";
import { normalizeHeader } from "./header.ts";
import type { ColumnMapping, ListMapping } from "./list-mapping.ts";
import { COMPANY_KEYS, IDENTITY_FIELDS } from "./mapping-checks.ts";
import { SENSITIVE } from "./sensitive.ts";
import { similarHeaders } from "./similar-headers.ts";
import { sampleColumn, shareOf } from "./value-shape.ts";

/** Confidence of a guess: at most this where header and values speak for it, less where the values can say nothing [design, CSV notes 5.8]. */
const MOST = 0.8;
const MOST_BY_HEADER = 0.65;
/** Least share of cells that look right, least confidence that is shown, least cells that say anything [design, CSV notes 5.8]. */
const ENOUGH = 0.7;
const SHOWN = 0.5;
/** From this confidence a guess is used until somebody says otherwise; below it is only shown, unless the list would identify nobody [design]. */
const USED = 0.7;
const FEWEST_CELLS = 3;
/** Confidence of a guess by values alone [design]: shown, and far from accepted. */
const BY_VALUES = 0.55;
/** Confidence of a key beside a name [design]. */
const BESIDE_NAME = 0.65;
/** Share of names with a legal form from which a column of words is one of companies [design]. */
const LEGAL_FORMS = 0.2;

/** Types whose values look like nothing else in particular. */
const SHAPELESS: ReadonlySet<ValueType> = new Set<ValueType>([
  "text",
  "identifier",
  "filled",
  "items",
  "name",
  "place",
  "any-key",
  "state",
]);
/** Headers that somebody or some program put in for want of a better one. */
/** Share of different sites from which a column of addresses is one of companies, and cells that tell it [design]. */
const OWN_SITES = { share: 0.2, cells: 5 } as const;
const ADDRESSES: ReadonlySet<ValueType> = new Set<ValueType>(["domain", "website", "linkedin"]);
/** A header that ends so is a key, whatever it reminds of; types that hold keys. */
const KEY_HEADER = /(?:^|[^a-z])id$/;
const KEYS: ReadonlySet<ValueType> = new Set<ValueType>(["identifier", "registration", "any-key", "code"]);
const NO_HEADER = /^(?:\s*|(?:column|col|field|unnamed|spalte|colonne|columna|kolom|feld|f|x|var|v)[\s_:.-]*\d*)$/i;

const IDENTIFY: ReadonlySet<string> = new Set(COMPANY_KEYS);

interface Guess {
  column: ColumnMapping;
  field: string;
  rank: number;
  confidence: number;
  reason: string;
}

const BELONGS: Readonly<Record<string, ListKind>> = {
  order: "orders",
  deal: "deals",
  suppression: "suppressions",
  match: "matches",
  contact: "contacts",
};

function belongs(field: string, kind: ListKind): boolean {
  const dot = field.indexOf(".");
  return dot < 0 || BELONGS[field.slice(0, dot)] === kind;
}

/**
 * Guesses what columns mean that no table knows: by headers that remind of known ones times the look of the values, then, for headers that
 * say nothing (or lists that would identify nobody), by the values alone. At most 0.8, always under review, and only for fields that no
 * known column serves. Likely ones are used where their cells fit; others, and all about people, consent, money and outcomes, are only shown
 * (`guess`).
 */
export function guessColumns(
  mapping: ListMapping,
  open: ReadonlySet<number>,
  sample: readonly (readonly string[])[],
  source: SourceDeclaration,
): void {
  const served = new Set(mapping.columns.map(({ field }) => field));
  const cells = new Map([...open].map((position) => [position, sampleColumn(sample, position)]));
  const byHeader: Guess[] = [];
  for (const position of open) {
    const column = mapping.columns[position]!;
    const guess = headerGuess(column, cells.get(position)!, mapping.kind, served);
    if (guess !== null) byHeader.push(guess);
  }
  // A column that is empty as far as we see identifies nobody.
  const identified = (): boolean =>
    mapping.columns.some(
      ({ field, position }) =>
        field !== null && IDENTIFY.has(field) && (sample.length === 0 || sampleColumn(sample, position).length > 0),
    );
  const keyOfName = keyBesideName(mapping, open, cells, served);
  if (keyOfName !== null) byHeader.push(keyOfName);
  const taken = settle(byHeader, mapping, cells, source, served, !identified());
  const nameless = !identified();
  const byValues: Guess[] = [];
  for (const position of open) {
    const column = mapping.columns[position]!;
    if (taken.has(position) || !(nameless || NO_HEADER.test(column.header.trim()))) continue;
    const guess = valueGuess(column, cells.get(position)!, mapping.kind, served);
    if (guess !== null) byValues.push(guess);
  }
  settle(byValues, mapping, cells, source, served, nameless);
}

const NAME_HEADER = /^(.+?) name$/;
const KEY_WORDS = "(?:id|no|nr|number|code|key)";

/** The key that stands beside the name of what the list is about: `Vendor ID` beside `Vendor Name`. */
function keyBesideName(
  mapping: ListMapping,
  open: ReadonlySet<number>,
  cells: ReadonlyMap<number, readonly string[]>,
  served: ReadonlySet<string | null>,
): Guess | null {
  if (served.has("sourceId") || served.has("listId")) return null;
  for (const { field, header } of mapping.columns) {
    const noun = field === "name" ? NAME_HEADER.exec(normalizeHeader(header))?.[1] : undefined;
    if (noun === undefined) continue;
    const key = new RegExp(`^${noun.replace(/[^\p{L}\p{N} ]/gu, ".")} ${KEY_WORDS}$`, "u");
    for (const position of open) {
      const column = mapping.columns[position]!;
      if (!key.test(normalizeHeader(column.header)) || shareOf("identifier", cells.get(position)!) < ENOUGH) continue;
      return { column, field: "sourceId", rank: 0, confidence: BESIDE_NAME, reason: `it stands beside "${header}"` };
    }
  }
  return null;
}

function headerGuess(
  column: ColumnMapping,
  cells: readonly string[],
  kind: ListKind,
  served: ReadonlySet<string | null>,
): Guess | null {
  for (const { field, rank, similarity, like } of similarHeaders(column.header, kind)) {
    if (served.has(field) || !belongs(field, kind)) continue;
    const { type, personal } = FIELDS.get(field)!;
    if (column.reason.startsWith("personal") && personal !== true) continue;
    const share = shareOf(type, cells);
    if (cells.length > 0 && share < ENOUGH) continue;
    if (KEY_HEADER.test(normalizeHeader(column.header)) && !KEYS.has(type)) continue;
    if (ADDRESSES.has(type) && onOneSite(cells)) continue;
    const telling = !SHAPELESS.has(type) && cells.length >= FEWEST_CELLS;
    const confidence = Math.round((telling ? MOST * Math.sqrt(similarity * share) : MOST_BY_HEADER * similarity) * 100) / 100;
    if (confidence < SHOWN) continue;
    const looks = telling ? ` and ${Math.round(share * 100)} % of its cells look like ${type}` : "";
    return { column, field, rank, confidence, reason: `its header is like "${like}"${looks}` };
  }
  return null;
}

const VALUE_TESTS: readonly (readonly [field: string, least: number, test: (cell: string) => boolean, what: string])[] = [
  ["contact.email", ENOUGH, (cell) => parseEmail(cell) !== undefined, "addresses of people"],
  ["linkedin", ENOUGH, (cell) => cell.includes("linkedin") && linkedinKey(cell) !== null, "LinkedIn pages of companies"],
  ["website", ENOUGH, (cell) => !cell.includes("@") && !cell.includes(" ") && canonicalDomain(cell) !== null, "websites"],
  ["country", 0.9, (cell) => cell.length > 1 && countryCode(cell) !== null, "countries"],
  ["name", LEGAL_FORMS, (cell) => normalizeCompanyName(cell, undefined)?.legalForm != null, "names of companies"],
];

function valueGuess(
  column: ColumnMapping,
  cells: readonly string[],
  kind: ListKind,
  served: ReadonlySet<string | null>,
): Guess | null {
  if (cells.length < FEWEST_CELLS || kind === "suppressions" || kind === "matches") return null;
  for (const [field, least, test, what] of VALUE_TESTS) {
    if (served.has(field) || !belongs(field, kind)) continue;
    if (cells.filter(test).length < cells.length * least) continue;
    if (ADDRESSES.has(FIELDS.get(field)!.type) && onOneSite(cells)) continue;
    return { column, field, rank: 0, confidence: BY_VALUES, reason: `its cells look like ${what}` };
  }
  return null;
}

/** Whether the addresses are pages of a few sites (`https://news.example/1`, `/2`), so that none is a company's own. */
function onOneSite(cells: readonly string[]): boolean {
  if (cells.length < OWN_SITES.cells) return false;
  return new Set(cells.map((cell) => linkedinKey(cell) ?? canonicalDomain(cell))).size < cells.length * OWN_SITES.share;
}

/** Gives each field to its likeliest column; answers which columns got one. */
function settle(
  guesses: Guess[],
  mapping: ListMapping,
  cells: ReadonlyMap<number, readonly string[]>,
  source: SourceDeclaration,
  served: Set<string | null>,
  nameless: boolean,
): Set<number> {
  const taken = new Set<number>();
  guesses.sort((a, b) => b.confidence - a.confidence || a.column.position - b.column.position);
  for (const { column, field, rank, confidence, reason } of guesses) {
    if (served.has(field)) continue;
    served.add(field);
    taken.add(column.position);
    const asked = { confidence, review: true };
    const identifies = nameless && IDENTITY_FIELDS[mapping.kind].has(field);
    if (!SENSITIVE.has(field) && !identifies && confidence < USED) {
      mapping.columns[column.position] = { ...column, ...asked, guess: field, reason: `${reason}; not read until you say so` };
      continue;
    }
    if (SENSITIVE.has(field)) {
      mapping.columns[column.position] = {
        ...column,
        ...asked,
        guess: field,
        reason: `${reason}; nothing to guess about, so ${field} is not read until you say so`,
      };
      continue;
    }
    const { plan, review } = planColumn(
      FIELDS.get(field)!.type,
      column.header,
      cells.get(column.position)!,
      source.defaultCountry,
    );
    if (field === "sourceId" || field === "parentId") plan.system = mapping.system;
    mapping.columns[column.position] = {
      ...column,
      ...asked,
      field,
      rank,
      plan,
      reason: review === null ? reason : `${reason}; ${review}`,
    };
  }
  return taken;
}
