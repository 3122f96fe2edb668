import { InputError } from "../../errors.ts";
import { countryCode } from "../../firmographics/country.ts";
import { canonicalDomain } from "../../resolve/keys/domain.ts";
import type { ListKind, SourceDeclaration } from "../kinds.ts";
import { askForCurrency } from "./ask-currency.ts";
import { askForOutcomes } from "./ask-outcomes.ts";
import { candidatesFor } from "./candidates.ts";
import { hasDigitIds, planColumn } from "./column-plan.ts";
import { detectKind, NOTHING_SPEAKS } from "./detect-kind.ts";
import { planExtra } from "./extra-columns.ts";
import { FIELDS, type ValueType } from "./fields.ts";
import { guessColumns } from "./guess-columns.ts";
import { headerKey, headerSignature, headerSlug } from "./header.ts";
import type { Candidate, ColumnMapping, ListMapping } from "./list-mapping.ts";
import { doubtBareName, requireIdentity, settleDuplicates } from "./mapping-checks.ts";
import { applyAnswers, type MappingFile } from "./mapping-file.ts";
import { isOfExport, isOfRejects } from "./own-columns.ts";
import { isAccepted } from "./sensitive.ts";
import { detectShape, type Shape } from "./shapes.ts";
import { personalReason, SAMPLE_CELLS, sampleColumn, shareOf } from "./value-shape.ts";

/** What {@link mapColumns} looks at. */
export interface MapColumnsInput {
  /** Header cells in order; duplicates and empty ones allowed. */
  header: readonly string[];
  /** The first data rows (200 or so are enough). */
  sample: readonly (readonly string[])[];
  /** Obeyed where given; otherwise the header decides. */
  kind?: ListKind;
  fileName?: string;
  source: SourceDeclaration;
  /** What somebody decided about lists with this header; its kind counts where none is stated. */
  answers?: MappingFile | null;
}

/** Share of sampled cells that must look right for a mapping to stand without review [design, CSV notes 5.8]. */
const ENOUGH = 0.7;
/** Below this share of fitting cells (of five or more) the header is not believed: the column is kept as an extra one [design]. */
const STRANGERS = 0.1;
/** Identifiers are believed even when every sampled cell lost its digits: each row then says so. */
const KEEPS_DOUBT: ReadonlySet<ValueType> = new Set<ValueType>(["identifier", "registration", "phone"]);
const KEEPS_EXTRAS: ReadonlySet<ListKind> = new Set<ListKind>(["accounts", "reference", "deals"]);
const HASH = /^[0-9a-f]{64}$/i;
const LOOKS_PERSONAL = "personal: ";
const LEFT_OUT = "no known field";
const KEPT = "no known field; kept as an extra column";
const SET_ASIDE = "known, but no field of ours; kept as an extra column";
const CATEGORY = "a handful of words over many rows: a category, kept as an extra column";
const COUNTRIES = "its cells are countries, not companies; kept as an extra column";
/** Share of names that are countries, and cells that tell it, from which a "name" is one of countries [design]. */
const ALL_COUNTRIES = { share: 0.9, cells: 6 } as const;
const NOT_KNOWN: ReadonlySet<string> = new Set([LEFT_OUT, KEPT]);

/**
 * Decides what every column of a list means, by position. Throws InputError when no column can identify a company (or, for contacts, a
 * person), or when a list of people is dropped as accounts. Columns under `review` are used where their cells fit; those that Bullseye
 * added to a rejects file or an export are not read.
 */
export function mapColumns(input: MapColumnsInput): ListMapping {
  const { header, sample, source } = input;
  const own = header.filter((name) => !isOfRejects(name) && !isOfExport(name));
  const keys = own.map(headerKey);
  const shape = shapeOf(header, keys, input.fileName);
  const { kind, reason } = decideKind(input, own, keys, shape);
  if (shape.peopleOnly === true && (kind === "accounts" || kind === "reference")) {
    throw new InputError(`a ${shape.id} file lists people, not companies`, {
      hint: "drop it as contacts (rows with a company address) or as suppressions",
    });
  }
  const mapping: ListMapping = {
    v: 1,
    kind,
    kindReason: reason,
    shape: shape.id,
    signature: headerSignature(header, sample),
    columns: [],
    system: shape.system ?? source.system ?? "crm",
    warnings: [],
    dropped: [],
  };
  if (shape.forcedOrigin !== undefined) mapping.forcedOrigin = shape.forcedOrigin;
  const currency = shape.currency ?? source.currency;
  if (currency !== undefined) mapping.currency = currency;
  const websites = websitesOf(header, sample, kind, shape);
  const systemAt = header.findIndex((name) => headerKey(name) === shape.systemColumn);
  const open = new Set<number>();
  for (let position = 0; position < header.length; position++) {
    const cells = sampleColumn(sample, position);
    const column = mapColumn(header[position]!, position, cells, mapping, shape, source, websites);
    if (column.field === "sourceId" && systemAt >= 0) column.plan!.systemAt = systemAt;
    mapping.columns.push(column);
    if (NOT_KNOWN.has(column.reason) || (kind === "contacts" && column.reason.startsWith(LOOKS_PERSONAL))) open.add(position);
  }
  guessColumns(mapping, open, sample, source);
  if (reason === NOTHING_SPEAKS) doubtBareName(mapping, sample);
  if (input.answers) applyAnswers(mapping, input.answers, sample, source);
  for (const { field, reason, header: name, guess } of mapping.columns)
    if (field === null && guess === undefined && reason.startsWith("personal")) mapping.dropped.push(name);
  askForCurrency(mapping, sample);
  askForOutcomes(mapping, sample);
  settleDuplicates(mapping, sample);
  requireIdentity(mapping);
  return mapping;
}

/** The shape that the columns speak for without ours; an export of ours may have nothing else but record ids. */
function shapeOf(header: readonly string[], keys: readonly string[], fileName: string | undefined): Shape {
  const shape = detectShape(keys, fileName);
  if (shape.id !== "unknown" || keys.length === header.length) return shape;
  return detectShape(header.filter((name) => !isOfRejects(name)).map(headerKey), fileName);
}

function decideKind(
  input: MapColumnsInput,
  header: readonly string[],
  keys: readonly string[],
  shape: Shape,
): { kind: ListKind; reason: string } {
  if (input.kind !== undefined) return { kind: input.kind, reason: "stated with the file" };
  if (input.answers) return { kind: input.answers.kind, reason: `decided by you (version ${input.answers.version})` };
  if (shape.kind !== null) return { kind: shape.kind, reason: `a ${shape.id} file` };
  return detectKind(header, keys, input.fileName);
}

function mapColumn(
  header: string,
  position: number,
  cells: readonly string[],
  mapping: ListMapping,
  shape: Shape,
  source: SourceDeclaration,
  websites: number,
): ColumnMapping {
  if (isOfRejects(header) || isOfExport(header) || shape.added?.has(headerKey(header)))
    return left(header, position, "added by Bullseye", 1);
  const candidate = candidatesFor(header, mapping.kind, shape)[0];
  if (candidate === undefined || candidate.field === null) return unmapped(header, position, cells, candidate, mapping.kind);
  const noName = candidate.field === "name" ? noCompanies(cells, mapping.kind, websites) : null;
  if (noName !== null) {
    const column = unmapped(header, position, cells, candidate, mapping.kind);
    return column.field === null ? column : { ...column, reason: noName };
  }
  const field = redirect(candidate.field, cells, mapping.kind);
  if (field === null) return left(header, position, "personal: holds pages of people");
  const { type } = FIELDS.get(field)!;
  const share = shareOf(type, cells);
  if (share < STRANGERS && cells.length >= 5 && !KEEPS_DOUBT.has(type)) {
    const column = unmapped(header, position, cells, undefined, mapping.kind);
    return { ...column, review: true, reason: `none of the sampled cells looks like ${type}; ${column.reason}` };
  }
  const { plan, review } = planColumn(type, header, cells, source.defaultCountry ?? shape.country);
  if (field === "sourceId" || field === "parentId") plan.system = systemOf(header, shape, mapping.system);
  if (field === "order.id" && hasDigitIds(cells)) plan.cancelPrefix = true;
  if (field === "registration" && shape.country !== undefined) plan.country = shape.country;
  let { confidence, reason } = candidate;
  if (field !== candidate.field) reason = `${reason}; its cells are of another kind`;
  let doubt = review;
  if (share < ENOUGH) {
    confidence = Math.min(confidence, 0.5 + Math.round(share * 40) / 100);
    const lost =
      (type === "identifier" || type === "registration" || type === "phone") && cells.some((cell) => /\de\+\d/i.test(cell));
    doubt = lost
      ? "long numbers lost their last digits in a spreadsheet (1.23E+11); export the column as text"
      : `only ${Math.round(share * 100)} % of the sampled cells look like ${type}`;
  }
  return {
    position,
    header,
    field,
    confidence,
    reason: doubt === null ? reason : `${reason}; ${doubt}`,
    review: doubt !== null || !isAccepted(field, confidence),
    rank: candidate.rank,
    plan,
  };
}

/** Where the cells show that the header means its sibling; null where they hold people that the kind does not keep. */
function redirect(field: string, cells: readonly string[], kind: ListKind): string | null {
  if (cells.length === 0) return field;
  const share = (test: (cell: string) => boolean): number => cells.filter(test).length / cells.length;
  switch (field) {
    case "name":
      return share((cell) => /^[\d .-]+$/.test(cell)) >= ENOUGH && kind !== "suppressions" ? "sourceId" : field;
    case "contact.email":
      return share((cell) => HASH.test(cell)) >= ENOUGH ? "contact.emailHash" : field;
    case "suppression.email":
      return share((cell) => HASH.test(cell)) >= ENOUGH ? "suppression.hash" : field;
    case "contact.linkedin":
      return share((cell) => /linkedin\.com\/(?:company|school|showcase)\//i.test(cell)) >= ENOUGH ? "linkedin" : field;
    case "linkedin":
      if (share((cell) => /linkedin\.com\/(?:in|pub)\//i.test(cell)) < ENOUGH) return field;
      return kind === "contacts" ? "contact.linkedin" : null;
    default:
      return field;
  }
}

/** How many websites the rows name, where nearly each names one; 0 otherwise, for nothing is known of whom they are about. */
function websitesOf(header: readonly string[], sample: readonly (readonly string[])[], kind: ListKind, shape: Shape): number {
  for (const [position, name] of header.entries()) {
    const field = candidatesFor(name, kind, shape)[0]?.field;
    if (field !== "domain" && field !== "website") continue;
    const cells = sampleColumn(sample, position);
    if (cells.length < Math.min(sample.length, SAMPLE_CELLS) * ENOUGH || shareOf(FIELDS.get(field)!.type, cells) < ENOUGH)
      continue;
    return new Set(cells.map((cell) => canonicalDomain(cell))).size;
  }
  return 0;
}

/**
 * Why a column of "names" of accounts names none: a handful of values over many rows (`Client`: Current, New, Past), or countries. Rows that
 * name as many websites as names are about a handful of companies: branches of a chain.
 */
function noCompanies(cells: readonly string[], kind: ListKind, websites: number): string | null {
  if (kind !== "accounts" && kind !== "reference") return null;
  const names = new Set(cells).size;
  if (cells.length >= 50 && names <= Math.max(3, cells.length * 0.03) && names !== websites) return CATEGORY;
  const countries = cells.length < ALL_COUNTRIES.cells ? 0 : cells.filter((cell) => countryCode(cell) !== null).length;
  return countries > 0 && countries >= cells.length * ALL_COUNTRIES.share ? COUNTRIES : null;
}

function systemOf(header: string, shape: Shape, fallback: string): string {
  const key = headerKey(header);
  if (/salesforce|sfdc/.test(key)) return "salesforce";
  if (/hubspot|hsobject/.test(key)) return "hubspot";
  if (/zoominfo/.test(key)) return "zoominfo";
  if (/apollo/.test(key)) return "apollo";
  return shape.system ?? fallback;
}

function left(header: string, position: number, reason: string, confidence = 0): ColumnMapping {
  return { position, header, field: null, confidence, reason, review: false, rank: 0, plan: null };
}

function unmapped(
  header: string,
  position: number,
  cells: readonly string[],
  candidate: Candidate | undefined,
  kind: ListKind,
): ColumnMapping {
  if (candidate?.field === null && candidate.reason.startsWith("personal")) {
    return left(header, position, candidate.reason, candidate.confidence);
  }
  const personal = personalReason(header, cells);
  if (personal !== null) return left(header, position, `${LOOKS_PERSONAL}${personal}`);
  if (!KEEPS_EXTRAS.has(kind)) return left(header, position, candidate === undefined ? LEFT_OUT : "not used");
  return {
    position,
    header,
    field: `extra.${headerSlug(header, position)}`,
    confidence: 0,
    reason: candidate === undefined ? KEPT : SET_ASIDE,
    review: false,
    rank: 0,
    plan: planExtra(cells),
  };
}
