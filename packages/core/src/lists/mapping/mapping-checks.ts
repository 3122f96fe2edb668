import { InputError } from "../../errors.ts";
import { normalizeCompanyName } from "../../resolve/keys/company-name.ts";
import type { ListKind } from "../kinds.ts";
import { isMissing } from "../values/missing.ts";
import { FIELDS } from "./fields.ts";
import { headerKey } from "./header.ts";
import type { ColumnMapping, ListMapping } from "./list-mapping.ts";
import { sampleColumn } from "./value-shape.ts";

/** Two columns of equal rank that differ on more than this share of rows need a person [design, CSV notes 5.8]. */
const DISAGREE = 0.2;

/** Names two columns of one field in a warning, puts them under review when they disagree, and keeps the slugs of extra columns apart. */
export function settleDuplicates(mapping: ListMapping, sample: readonly (readonly string[])[]): void {
  const byPlace = new Map<string, ColumnMapping[]>();
  const slugs = new Map<string, number>();
  for (const column of mapping.columns) {
    const { field } = column;
    if (field === null) continue;
    if (field.startsWith("extra.")) {
      const seen = (slugs.get(field) ?? 0) + 1;
      slugs.set(field, seen);
      if (seen > 1) column.field = `${field}-${seen}`;
      continue;
    }
    if (FIELDS.get(field)!.several === true) continue;
    const place = `${field}|${column.rank}`;
    const group = byPlace.get(place);
    if (group === undefined) byPlace.set(place, [column]);
    else group.push(column);
  }
  for (const group of byPlace.values()) {
    if (group.length === 1) continue;
    const [first, ...rest] = group as [ColumnMapping, ...ColumnMapping[]];
    const names = group.map((column) => `"${column.header}" (column ${column.position + 1})`).join(" and ");
    mapping.warnings.push(`${names} both stand for ${first.field}; the first filled one is used`);
    for (const other of rest) {
      if (disagreement(first.position, other.position, sample) <= DISAGREE) continue;
      for (const column of [first, other]) {
        if (column.decided !== undefined) continue;
        column.review = true;
        if (!column.reason.includes("disagrees")) column.reason += `; disagrees with another column of the same meaning`;
      }
    }
  }
}

function disagreement(one: number, other: number, sample: readonly (readonly string[])[]): number {
  let both = 0;
  let differ = 0;
  for (const row of sample) {
    const a = row[one]?.trim() ?? "";
    const b = row[other]?.trim() ?? "";
    if (isMissing(a) || isMissing(b)) continue;
    both++;
    if (a.toLowerCase() !== b.toLowerCase()) differ++;
  }
  return both === 0 ? 0 : differ / both;
}

/** Fields that identify a company. */
export const COMPANY_KEYS = [
  "name",
  "domain",
  "website",
  "linkedin",
  "registration",
  "sourceId",
  "listId",
  "emailDomain",
] as const;
const PERSON_KEYS = [
  "contact.email",
  "contact.emailHash",
  "contact.linkedin",
  "contact.firstName",
  "contact.lastName",
  "contact.fullName",
  "contact.id",
];

/** Fields of which at least one must be mapped for a row of that kind to find its company. */
export const IDENTITY_FIELDS: Readonly<Record<ListKind, ReadonlySet<string>>> = {
  accounts: new Set(COMPANY_KEYS),
  reference: new Set(COMPANY_KEYS),
  deals: new Set(COMPANY_KEYS),
  contacts: new Set([...COMPANY_KEYS, "contact.email"]),
  orders: new Set([...COMPANY_KEYS, "order.buyerEmail", "order.id"]),
  suppressions: new Set([...COMPANY_KEYS, "suppression.email", "suppression.hash", "suppression.any"]),
  matches: new Set(["match.company"]),
};

const ACCEPTED = "company, domain, website, linkedin url, registration number, customer id or email";

/** Columns that things other than companies have as well. */
const ANYBODYS: ReadonlySet<string> = new Set(["name", "listId", "description"]);
/** Share of names with a legal form that speaks for companies [design]. */
const LEGAL_FORMS = 0.1;
/** Confidence of such a column where nothing speaks for companies [design]. */
const BARE = 0.7;

/** Puts columns that are called "name" or "id" and no more under review where nothing else in the list speaks of companies. */
export function doubtBareName(mapping: ListMapping, sample: readonly (readonly string[])[]): void {
  const others = mapping.columns.some(({ field }) => field !== null && !field.startsWith("extra.") && !ANYBODYS.has(field));
  if (others) return;
  const bare = mapping.columns.filter(
    ({ field, header }) => field === "listId" || (field === "name" && headerKey(header) === "name"),
  );
  if (mapping.columns.some((column) => column.field === "name" && (!bare.includes(column) || hasLegalForms(column, sample))))
    return;
  for (const column of bare) {
    column.review = true;
    column.confidence = Math.min(column.confidence, BARE);
    column.reason = `it says "${column.header.trim()}", and nothing else here speaks of companies`;
  }
}

function hasLegalForms(column: ColumnMapping, sample: readonly (readonly string[])[]): boolean {
  const cells = sampleColumn(sample, column.position);
  const legal = cells.filter((cell) => normalizeCompanyName(cell, undefined)?.legalForm != null).length;
  return legal > 0 && legal >= cells.length * LEGAL_FORMS;
}

/** Kinds whose rows are about people. */
const OF_PEOPLE: ReadonlySet<ListKind> = new Set(["contacts", "suppressions"]);

/** Throws InputError when no column of the list can identify what its kind is about. */
export function requireIdentity(mapping: ListMapping): void {
  const seen = (): string => {
    const names = mapping.columns
      .filter(({ header }) => header.trim() !== "")
      .slice(0, 20)
      // A list of people without a header has a person where the header would be.
      .map(({ header, position }) =>
        OF_PEOPLE.has(mapping.kind) ? `column ${position + 1}` : `"${header.replace(/\s+/g, " ").slice(0, 40)}"`,
      )
      .join(", ")
      .slice(0, 200);
    return names === "" ? "no header row was found" : `columns seen: ${names}`;
  };
  const has = (fields: Iterable<string>): boolean => {
    const wanted = new Set(fields);
    return mapping.columns.some((column) => column.field !== null && wanted.has(column.field));
  };
  if (!has(IDENTITY_FIELDS[mapping.kind])) {
    const guessed = mapping.kind !== "accounts" && mapping.kindReason.startsWith("columns");
    const doubt = guessed ? `; it was taken for ${mapping.kind} (${mapping.kindReason}): if it is none, state the kind` : "";
    throw new InputError(`no column identifies a company; ${seen()}`, { hint: `name one of them ${ACCEPTED}${doubt}` });
  }
  if (mapping.kind === "contacts" && !has(PERSON_KEYS)) {
    throw new InputError(`no column identifies a person; ${seen()}`, {
      hint: "name one of them email, first name, last name, contact name or person linkedin url; or drop the file as accounts",
    });
  }
}
