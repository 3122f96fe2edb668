import type { ListKind, SourceDeclaration } from "@bullseye/core/lists/kinds";
import type { Random } from "../reading/random.ts";
import { type Style, writeLines, writeRecord } from "../reading/write-file.ts";
import type { Company, Deal, Line, Order, Person } from "./companies.ts";

/** A canonical value as the readers give it. */
export type Value = string | number | boolean | readonly (string | number | null)[];

/** What one row is about. */
export interface Row {
  company: Company;
  person?: Person;
  order?: Order;
  line?: Line;
  /** The first line of its order. */
  first?: boolean;
  deal?: Deal;
}

/** A cell and what it says, by canonical field; undefined: it says nothing. */
export interface Cell {
  text: string;
  says: Readonly<Record<string, Value | undefined>>;
}

/** One column of a shape. */
export interface Column {
  header: string;
  /** The canonical field that the column means; null where none of ours, or nothing that is kept. */
  field: string | null;
  /** Precedence among columns of one field where it is not that of the header. */
  rank: number;
  /** Must be asked about, whatever else it is: the file cannot say it. */
  asks: boolean;
  cell: (row: Row, random: Random) => Cell;
}

/** A vendor's way of writing the truth table. */
export interface Shape {
  id: string;
  /** What `mapColumns` calls it. */
  fingerprint: string;
  kind: ListKind;
  /** Counts for the recall floor. */
  vendor: boolean;
  source: SourceDeclaration;
  columns: readonly Column[];
  rows: (companies: readonly Company[]) => Row[];
  style?: Style;
  before?: readonly string[];
  after?: readonly string[];
  /** Written instead of UTF-8. */
  windows?: true;
}

/** Words for nothing (trap 11). */
const NOTHING = ["", "", "-", "N/A", "None", "null", "#N/A", "Unknown"];
/** Share of cells that a list leaves out. */
const HOLES = 0.05;

type Writer = (row: Row, random: Random) => string | Cell | undefined;

/**
 * A column that says what the truth says under `field`; the writer answers its text, a cell that says something else, or undefined where the
 * company has nothing to say. `holes: false` for columns that identify.
 */
export function column(
  header: string,
  field: string | null,
  write: Writer,
  options: { rank?: number; asks?: boolean; holes?: boolean; value?: (row: Row) => Value | undefined } = {},
): Column {
  const value = options.value ?? ((row: Row) => (field === null ? undefined : truth(row, field)));
  return {
    header,
    field,
    rank: options.rank ?? 0,
    asks: options.asks ?? false,
    cell(row, random) {
      const written = write(row, random);
      const hole = options.holes !== false && random.chance(HOLES);
      if (written === undefined || hole) {
        const text = written === undefined && options.holes === false ? "" : random.pick(NOTHING);
        return { text, says: field === null ? {} : { [field]: undefined } };
      }
      if (typeof written !== "string") return written;
      return { text: written, says: field === null ? {} : { [field]: written === "" ? undefined : value(row) } };
    },
  };
}

/** Columns that stay empty or say what nobody reads. */
export function noise(headers: string, write: Writer = () => undefined): Column[] {
  return headers.split(",").map((header) => column(header, null, write));
}

/** What is so, by canonical field. */
export function truth({ company, person, order, line, deal }: Row, field: string): Value | undefined {
  switch (field) {
    case "linkedin":
      return `linkedin.com/company/${company.page}`;
    case "registration":
      return `duns:${company.duns}`;
    case "currency":
      return "USD";
    case "accountOwner":
      return company.owner;
    case "accountType":
      return company.type;
    case "accountSource":
      return company.source;
    case "lastActivityAt":
      return company.touched;
    case "parentName":
      return company.parent?.name;
    case "contact.email":
      return person?.email;
    case "contact.firstName":
      return person?.first;
    case "contact.lastName":
      return person?.last;
    case "contact.fullName":
      return person && `${person.first} ${person.last}`;
    case "contact.title":
      return person?.title;
    case "contact.linkedin":
      return person?.page;
    case "contact.phone":
      return person?.phone;
    case "contact.country":
      return company.country;
    case "contact.consent":
      return person && (person.consent ? "granted" : "denied");
    case "contact.optedOut":
      return person?.optedOut;
    case "order.id":
      return order?.id;
    case "order.date":
      return order?.date;
    case "order.paidAt":
      return order?.paid;
    case "order.dueAt":
      return order?.due;
    case "order.paymentTerms":
      return order?.terms;
    case "order.total":
      return order?.total;
    case "order.status":
      return order?.status;
    case "order.currency":
    case "deal.currency":
      return "USD";
    case "order.sku":
      return line?.sku;
    case "order.text":
      return line?.text.toLowerCase();
    case "order.quantity":
      return line?.quantity;
    case "order.unitPrice":
      return line?.price;
    case "order.amount":
      return line && line.quantity * line.price;
    case "deal.id":
      return deal?.id;
    case "deal.name":
      return deal?.name;
    case "deal.stage":
      return deal?.stage;
    case "deal.outcome":
      return deal?.outcome;
    case "deal.amount":
      return deal?.amount;
    case "deal.createdAt":
      return deal?.created;
    case "deal.closedAt":
      return deal?.closed;
    case "deal.probability":
      return deal && deal.probability / 100;
    default:
      return (company as unknown as Record<string, Value | undefined>)[field];
  }
}

/** One row for each company. */
export const eachCompany = (companies: readonly Company[]): Row[] => companies.map((company) => ({ company }));
/** One row for each person. */
export const eachPerson = (companies: readonly Company[]): Row[] =>
  companies.flatMap((company) => company.people.map((person) => ({ company, person })));
/** One row for each line of each order. */
export const eachLine = (companies: readonly Company[]): Row[] =>
  companies.flatMap((company) =>
    company.orders.flatMap((order) => order.lines.map((line, at) => ({ company, order, line, first: at === 0 }))),
  );
/** One row for each deal. */
export const eachDeal = (companies: readonly Company[]): Row[] =>
  companies.flatMap((company) => company.deals.map((deal) => ({ company, deal })));

/** A file of the shape and what each of its data rows says, by canonical field. */
export interface WrittenShape {
  bytes: Buffer;
  rows: Row[];
  says: Array<Map<string, Value | undefined>>;
}

/** Writes the companies in a shape; of several columns for one field the first that says something speaks, by rank, then by place. */
export function writeShape(shape: Shape, companies: readonly Company[], random: Random): WrittenShape {
  const style = shape.style ?? {};
  const rows = shape.rows(companies);
  const lines = [
    ...(shape.before ?? []),
    writeRecord(
      shape.columns.map(({ header }) => header),
      style,
    ),
  ];
  const says: WrittenShape["says"] = [];
  const order = shape.columns.map((_, at) => at).sort((a, b) => shape.columns[a]!.rank - shape.columns[b]!.rank || a - b);
  for (const row of rows) {
    const cells = shape.columns.map((each) => each.cell(row, random));
    lines.push(
      writeRecord(
        cells.map(({ text }) => text),
        style,
      ),
    );
    const said = new Map<string, Value | undefined>();
    for (const at of order)
      for (const [field, value] of Object.entries(cells[at]!.says)) said.set(field, said.get(field) ?? value);
    says.push(said);
  }
  lines.push(...(shape.after ?? []));
  const text = writeLines(lines, style);
  return { bytes: Buffer.from(text, shape.windows ? "latin1" : "utf8"), rows, says };
}
