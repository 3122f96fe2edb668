import { createHash } from "node:crypto";
import type { RowDraft } from "@bullseye/core/lists/draft";
import { compileMapper, isRejection } from "@bullseye/core/lists/mapping/compile-mapper";
import type { ListMapping } from "@bullseye/core/lists/mapping/list-mapping";
import { mapColumns } from "@bullseye/core/lists/mapping/map-columns";
import { readRecords } from "@bullseye/core/lists/reading/record-reader";
import { firstDataRecord } from "@bullseye/core/lists/reading/row-number";
import { describeTable } from "@bullseye/core/lists/reading/table";
import type { Shape, Value, WrittenShape } from "./shape.ts";

/** What came back from one shape. */
export interface Score {
  shape: string;
  vendor: boolean;
  fingerprint: string;
  columns: number;
  /** Columns that mean one of our fields. */
  meant: number;
  /** Columns accepted without a question as one of our fields. */
  accepted: number;
  right: number;
  /** Columns that have to be asked about, and those of them that were. */
  toAsk: number;
  asked: number;
  rows: number;
  /** Values that the shape carries, and those of them that came back as they are. */
  values: number;
  equal: number;
  wrong: string[];
  mapping: ListMapping;
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The flat values of a draft under the names that the truth has. */
function flat(draft: RowDraft): Map<string, unknown> {
  const found = new Map<string, unknown>();
  if (draft.kind === "suppressions") {
    for (const { type, value } of draft.entries) found.set(`suppression.${type === "email-hash" ? "hash" : type}`, value);
    return found;
  }
  if (draft.kind === "matches") return found;
  for (const [field, value] of Object.entries(draft.fields)) found.set(field, value);
  if (draft.identity.emailDomain !== undefined) found.set("emailDomain", draft.identity.emailDomain);
  if (draft.kind === "contacts") {
    const { personal, ...rest } = draft.contact;
    for (const [field, value] of Object.entries({ ...rest, ...personal })) found.set(`contact.${field}`, value);
  }
  if (draft.kind === "orders") {
    for (const [field, value] of Object.entries(draft.order))
      found.set(`order.${field === "orderId" ? "id" : field === "orderTotal" ? "total" : field}`, value);
  }
  if (draft.kind === "deals")
    for (const [field, value] of Object.entries(draft.deal)) found.set(`deal.${field === "dealId" ? "id" : field}`, value);
  return found;
}

/** Maps and reads a written shape and holds it against the truth. */
export function scoreShape(shape: Shape, written: WrittenShape): Score {
  const { bytes } = written;
  const table = describeTable(bytes, bytes, bytes.length);
  const mapping = mapColumns({ header: table.header, sample: table.rows, kind: shape.kind, source: shape.source });
  const wrong: string[] = [];
  let meant = 0;
  let accepted = 0;
  let right = 0;
  let toAsk = 0;
  let asked = 0;
  for (const [at, column] of shape.columns.entries()) {
    const found = mapping.columns[at];
    if (found === undefined || found.header !== column.header)
      throw new Error(`${shape.id}: column ${at + 1} is "${found?.header}", not "${column.header}"`);
    const ours = found.field !== null && !found.field.startsWith("extra.");
    if (column.asks) {
      toAsk++;
      if (found.review) asked++;
      else wrong.push(`${column.header}: not asked about`);
      continue;
    }
    if (column.field !== null) meant++;
    if (!ours || found.review) {
      if (column.field !== null)
        wrong.push(`${column.header}: ${found.review ? `review (${found.reason})` : "not mapped"}, means ${column.field}`);
      continue;
    }
    accepted++;
    if (found.field === column.field) right++;
    else wrong.push(`${column.header}: taken for ${found.field}, means ${column.field ?? "nothing of ours"}`);
  }
  const { rows, values, equal } = compareValues(shape, written, table, mapping, wrong);
  return {
    shape: shape.id,
    vendor: shape.vendor,
    fingerprint: mapping.shape,
    columns: shape.columns.length,
    meant,
    accepted,
    right,
    toAsk,
    asked,
    rows,
    values,
    equal,
    wrong,
    mapping,
  };
}

function compareValues(
  shape: Shape,
  written: WrittenShape,
  table: ReturnType<typeof describeTable>,
  mapping: ListMapping,
  wrong: string[],
) {
  const { dialect } = table;
  const mapper = compileMapper(mapping, { source: shape.source, hash, sha256: hash, list: "table" });
  const first = firstDataRecord(dialect);
  const fields = new Set<string>();
  for (const says of written.says) for (const field of says.keys()) fields.add(field);
  // Read through another field: a list says ownership, an id of the row is kept hashed.
  for (const inner of [
    "isPublic",
    "place",
    "contact.id",
    "contact.seniority",
    "contact.department",
    "order.subtotal",
    "order.buyerEmail",
    "order.discountAmount",
    "order.refunded",
    "order.cancelledAt",
    "order.shipCity",
    "order.shipPostalCode",
    "order.shipCountry",
    "deal.isWon",
    "deal.isClosed",
  ])
    fields.delete(inner);
  if (!written.says.some((says) => says.get("emailDomain") !== undefined)) fields.delete("emailDomain");
  let record = 0;
  let row = 0;
  let values = 0;
  let equal = 0;
  const told = new Map<string, number>();
  const differs = (what: string): void => {
    told.set(what, (told.get(what) ?? 0) + 1);
  };
  readRecords(
    written.bytes,
    { ...dialect, encoding: dialect.encoding === "windows-1252" ? "windows-1252" : "utf-8" },
    (cells) => {
      record++;
      if (record < first || cells.every((cell) => cell.trim() === "") || row >= written.says.length) return;
      const says = written.says[row++]!;
      const draft = mapper(cells);
      const read = isRejection(draft) ? new Map<string, unknown>() : flat(draft);
      if (isRejection(draft)) differs(`rejected: ${draft.reason}`);
      for (const field of fields) {
        const expected = says.get(field);
        const found = read.get(field);
        if (expected === undefined && found === undefined) continue;
        values++;
        if (same(expected, found)) equal++;
        else
          differs(
            `${field}: ${expected === undefined ? "more" : found === undefined ? "less" : "other"} than said, e.g. ${JSON.stringify(found)} for ${JSON.stringify(expected)}`.replace(
              /, e\.g\..*/,
              (text) => (told.size < 8 ? text : ""),
            ),
          );
      }
    },
  );
  for (const [what, n] of [...told].slice(0, 12)) wrong.push(`${n} x ${what}`);
  return { rows: row, values, equal };
}

function same(expected: Value | undefined, found: unknown): boolean {
  if (expected === found) return true;
  return typeof expected === "object" && JSON.stringify(expected) === JSON.stringify(found);
}

/** The table that the test prints. */
export function scoreTable(scores: readonly Score[]): string {
  const share = (part: number, whole: number): string => (whole === 0 ? "-" : (part / whole).toFixed(3));
  const lines = scores.map((each) => [
    each.shape,
    String(each.columns),
    share(each.right, each.accepted),
    share(each.right, each.meant),
    `${each.asked}/${each.toAsk}`,
    String(each.rows),
    String(each.values),
    share(each.equal, each.values),
  ]);
  const head = ["shape", "columns", "precision", "recall", "asked", "rows", "values", "equal"];
  const widths = head.map((title, at) => Math.max(title.length, ...lines.map((line) => line[at]!.length)));
  const print = (line: readonly string[]): string =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join("  ");
  return [head, ...lines].map(print).join("\n");
}
