import { createHash } from "node:crypto";
import type { Rejection, RowDraft } from "@bullseye/core/lists/draft";
import type { ListKind, SourceDeclaration } from "@bullseye/core/lists/kinds";
import { compileMapper, isRejection } from "@bullseye/core/lists/mapping/compile-mapper";
import type { ColumnMapping, ListMapping } from "@bullseye/core/lists/mapping/list-mapping";
import { mapColumns } from "@bullseye/core/lists/mapping/map-columns";
import { readRecords } from "@bullseye/core/lists/reading/record-reader";
import { firstDataRecord } from "@bullseye/core/lists/reading/row-number";
import { describeTable } from "@bullseye/core/lists/reading/table";

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What a list in a test came to. */
export interface ReadFixture {
  mapping: ListMapping;
  drafts: Array<RowDraft | Rejection>;
  /** Cells left out, by `header|reason`. */
  problems: Record<string, number>;
  column(header: string): ColumnMapping;
  /** A field of every row, undefined where a row does not say it. */
  values(field: string): unknown[];
}

/** Reads a list as text from bytes to drafts, as a run does. */
export function readFixture(text: string, options: { kind?: ListKind; source?: Partial<SourceDeclaration> } = {}): ReadFixture {
  const bytes = Buffer.from(text);
  const table = describeTable(bytes, bytes, bytes.length);
  const source: SourceDeclaration = { origin: "first-party", ...options.source };
  const mapping = mapColumns({
    header: table.header,
    sample: table.rows,
    source,
    ...(options.kind ? { kind: options.kind } : {}),
  });
  const mapper = compileMapper(mapping, { source, hash, sha256: hash, list: "fixture" });
  const drafts: Array<RowDraft | Rejection> = [];
  let record = 0;
  readRecords(bytes, { ...table.dialect, encoding: "utf-8" }, (cells) => {
    if (++record >= firstDataRecord(table.dialect) && cells.some((cell) => cell.trim() !== "")) drafts.push(mapper(cells));
  });
  if (table.footerRecords > 0) drafts.length -= table.footerRecords;
  return {
    mapping,
    drafts,
    problems: Object.fromEntries(mapper.cellProblems),
    column: (header) => {
      const found = mapping.columns.find((column) => column.header === header);
      if (found === undefined) throw new Error(`the fixture has no column "${header}"`);
      return found;
    },
    values: (field) => drafts.map((draft) => fieldOf(draft, field)),
  };
}

function fieldOf(draft: RowDraft | Rejection, field: string): unknown {
  if (isRejection(draft) || draft.kind === "suppressions" || draft.kind === "matches") return undefined;
  const [scope, name] = field.split(".") as [string, string | undefined];
  const parts: Record<string, unknown> = { ...draft };
  if (name !== undefined && scope in parts) {
    const part = parts[scope] as Record<string, unknown>;
    return part[name] ?? (part.personal as Record<string, unknown> | undefined)?.[name];
  }
  return draft.fields[field];
}
