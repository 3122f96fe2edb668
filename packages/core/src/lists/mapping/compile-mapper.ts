import type { FieldValues } from "../../account/fields.ts";
import { unguardedCell } from "../csv.ts";
import type { Identity, Rejection, RowDraft } from "../draft.ts";
import type { SourceDeclaration } from "../kinds.ts";
import { isMissing } from "../values/missing.ts";
import { CellReader, type CompiledColumn, compileColumns } from "./cell-reader.ts";
import { CompanyReader, type CompanySettings } from "./company-reader.ts";
import { ContactReader } from "./contact-reader.ts";
import { DealReader } from "./deal-reader.ts";
import { headerKey } from "./header.ts";
import type { ListMapping } from "./list-mapping.ts";
import { IDENTITY_FIELDS } from "./mapping-checks.ts";
import { MatchReader } from "./match-reader.ts";
import { type OpenOrder, OrderReader } from "./order-reader.ts";
import { shapeById } from "./shapes.ts";
import { SuppressionReader } from "./suppression-reader.ts";

/** Headers of orders that name whoever ordered, a private person perhaps (`headerKey` form). */
const CUSTOMER_NAMES: ReadonlySet<string> = new Set(
  ["name", "customer name", "billing name", "shipping name", "buyer name", "bill to name", "ship to name"].map(headerKey),
);

/** What a mapper needs besides the mapping. */
export interface MapperSettings {
  source: SourceDeclaration;
  /** Keyed hash, for ids of contacts and buyers and for ids made from content. */
  hash: (text: string) => string;
  /** Lower-case hex SHA-256, for e-mail hashes. */
  sha256: (text: string) => string;
  /** Stable id of the list; scopes ids that mean something only within it. */
  list: string;
}

/**
 * Turns the cells of one record into what it means, or says why it cannot. Cells are read by position; short rows are padded. `open` is the
 * order that a line without a customer would continue.
 */
export interface RowMapper {
  (cells: readonly string[], open?: OpenOrder): RowDraft | Rejection;
  /** Cells left out so far, counted under `header|reason`; they never reject a row. */
  readonly cellProblems: ReadonlyMap<string, number>;
}

/** Whether a mapper's answer is a rejection. */
export function isRejection(answer: RowDraft | Rejection): answer is Rejection {
  return !("kind" in answer);
}

/**
 * Compiles a mapping once for all rows of a list. Rejections: `too-many-cells` (filled cells beyond the header), `no-identity` (nothing names
 * a company), `no-company` and `no-person` (contacts), `repeated-header` (the cells of the header once more). An order line with an id but without a customer comes back with an empty identity:
 * it continues the order of that id.
 */
export function compileMapper(mapping: ListMapping, settings: MapperSettings): RowMapper {
  const columns = compileColumns(mapping);
  const reader = new CellReader();
  const width = mapping.columns.length;
  const map = mapperOf(mapping, settings, columns, reader);
  const dropped = mapping.columns.filter(
    ({ header, field, guess }) => field === null && guess === undefined && mapping.dropped.includes(header),
  );
  const header: string[] = new Array(width).fill("");
  for (const column of mapping.columns) header[column.position] = column.header;
  const mapper = (written: readonly string[], open?: OpenOrder): RowDraft | Rejection => {
    const cells = unguarded(written);
    if (cells.length > width) {
      const last = cells.findLastIndex((cell) => cell.trim() !== "");
      if (last >= width)
        return {
          reason: "too-many-cells",
          column: null,
          hint: `the header names ${width} columns, this row has ${last + 1}; quote cells that contain the delimiter`,
        };
    }
    if (isHeader(written, header)) return REPEATED_HEADER;
    for (const column of dropped)
      if (!isMissing((cells[column.position] ?? "").trim())) reader.note(column.header, "personal-left-out");
    return map(cells, open);
  };
  return Object.assign(mapper, { cellProblems: reader.problems });
}

function mapperOf(
  mapping: ListMapping,
  settings: MapperSettings,
  columns: readonly CompiledColumn[],
  reader: CellReader,
): (cells: readonly string[], open?: OpenOrder) => RowDraft | Rejection {
  const { source } = settings;
  const { kind } = mapping;
  const company: CompanySettings = {
    list: settings.list,
    system: mapping.system,
    country: shapeById(mapping.shape).country ?? source.defaultCountry,
    currency: mapping.currency ?? source.currency,
    recurring: kind === "contacts" || kind === "orders" || kind === "deals",
  };
  const naming = kind === "orders" ? orderNames(columns) : { columns, customer: false };
  const nothing = rejectionFor(mapping, naming.columns, "no-identity", "a company");
  if (kind === "suppressions") {
    const suppressions = new SuppressionReader(columns, reader, settings.sha256, company);
    return (cells) => {
      const entries = suppressions.read(cells);
      if ("reason" in entries) return entries;
      return entries.length === 0 ? nothing : { kind, entries };
    };
  }
  if (kind === "matches") {
    const matches = new MatchReader(columns, company.country);
    return (cells) => {
      const match = matches.read(cells);
      return "reason" in match ? match : { kind, match };
    };
  }
  const companies = new CompanyReader(naming.columns, reader, company);
  switch (kind) {
    case "contacts": {
      const contacts = new ContactReader(columns, reader, settings, source.defaultCountry);
      const nobody = rejectionFor(mapping, columns, "no-person", "a person");
      const homeless = rejectionFor(mapping, columns, "no-company", "the person's company (free e-mail addresses name none)");
      return (cells) => {
        const identity: Identity = {};
        const fields: FieldValues = {};
        companies.read(cells, identity, fields);
        const contact = contacts.read(cells, identity, fields);
        if (contact === null) return nobody;
        return isSomeone(identity) ? { kind, identity, fields, contact } : homeless;
      };
    }
    case "orders": {
      const { customer } = naming;
      const orders = new OrderReader(columns, reader, settings.hash, company.currency);
      return (cells, open) => {
        const identity: Identity = {};
        const fields: FieldValues = {};
        companies.read(cells, identity, fields);
        if (customer && fields.name !== undefined) fields.nameFrom = "customer";
        const order = orders.read(cells, identity, open);
        if (isSomeone(identity)) return { kind, identity, fields, order };
        return orders.hasId(cells) ? { kind, identity: {}, fields, order } : nothing;
      };
    }
    case "deals": {
      const deals = new DealReader(columns, reader, settings.hash, company.currency);
      return (cells) => {
        const identity: Identity = {};
        const fields: FieldValues = {};
        companies.read(cells, identity, fields);
        return isSomeone(identity) ? { kind, identity, fields, deal: deals.read(cells, identity) } : nothing;
      };
    }
    default:
      return (cells) => {
        const identity: Identity = {};
        const fields: FieldValues = {};
        companies.read(cells, identity, fields);
        return isSomeone(identity) ? { kind, identity, fields } : nothing;
      };
  }
}

/**
 * The columns that name the company of an order: those named like a customer only where no other column does. `customer` says that they
 * do; the drafts then carry `fields.nameFrom` = `customer`.
 */
function orderNames(columns: readonly CompiledColumn[]): { columns: readonly CompiledColumn[]; customer: boolean } {
  const isCustomer = (column: CompiledColumn): boolean => column.field === "name" && CUSTOMER_NAMES.has(headerKey(column.header));
  if (!columns.some(isCustomer)) return { columns, customer: false };
  const named = columns.some((column) => column.field === "name" && !isCustomer(column));
  return named ? { columns: columns.filter((column) => !isCustomer(column)), customer: false } : { columns, customer: true };
}

const REPEATED_HEADER: Rejection = Object.freeze({
  reason: "repeated-header",
  column: null,
  hint: "the header came again; nothing to do",
});

/** The cells without the apostrophes by which we, or whoever follows OWASP, kept a spreadsheet from running them. */
function unguarded(cells: readonly string[]): readonly string[] {
  for (let at = 0; at < cells.length; at++) if (cells[at]!.charCodeAt(0) === 39) return cells.map(unguardedCell);
  return cells;
}

/** Whether the record is the header itself, cell by cell as written; missing cells at the end are blank ones. */
function isHeader(cells: readonly string[], header: readonly string[]): boolean {
  for (let at = 0; at < header.length; at++) if ((cells[at] ?? "") !== header[at]) return false;
  return header.some((name) => name !== "");
}

function isSomeone(identity: Identity): boolean {
  return (
    identity.domain !== undefined ||
    identity.name !== undefined ||
    identity.registration !== undefined ||
    identity.linkedin !== undefined ||
    identity.sourceId !== undefined ||
    identity.emailDomain !== undefined
  );
}

/** Fields by which a person is known; a title or a telephone number alone is nobody. */
const PERSON_FIELDS: ReadonlySet<string> = new Set(
  ["id", "email", "emailHash", "firstName", "lastName", "fullName", "linkedin"].map((field) => `contact.${field}`),
);

/** One frozen answer per mapper: what is missing and which columns could say it. */
function rejectionFor(mapping: ListMapping, columns: readonly CompiledColumn[], reason: string, what: string): Rejection {
  const wanted = reason === "no-person" ? PERSON_FIELDS : IDENTITY_FIELDS[mapping.kind];
  const headers = columns.filter((column) => wanted.has(column.field)).map((column) => column.header);
  return Object.freeze({
    reason,
    column: headers[0] ?? null,
    hint:
      headers.length === 0
        ? `no column of this file names ${what}; bullseye inspect shows what each is read as`
        : `name ${what} in ${headers.map((header) => `"${header}"`).join(" or ")}`,
  });
}
