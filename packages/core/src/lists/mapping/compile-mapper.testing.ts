import { createHash } from "node:crypto";
import type { RowDraft } from "../draft.ts";
import type { ListKind, SourceDeclaration } from "../kinds.ts";
import { compileMapper, isRejection, type RowMapper } from "./compile-mapper.ts";
import { mapColumns } from "./map-columns.ts";

/** 64 hex digits. */
export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
/** Stands for the keyed hash of a home. */
export const hash = (text: string): string => `k:${sha256(`key${text}`).slice(0, 12)}`;

/** The mapper of a header and some rows, as a run would compile it. */
export function mapperFor(
  header: string,
  rows: readonly (readonly string[])[],
  kind?: ListKind,
  declared: Partial<SourceDeclaration> = {},
  list = "demo",
): RowMapper {
  const source: SourceDeclaration = { origin: "first-party", ...declared };
  const mapping = mapColumns({ header: header.split(","), sample: rows, kind, source });
  return compileMapper(mapping, { source, hash, sha256, list });
}
/** A row as one kind of list reads it. */
export type DraftOf<K extends ListKind> = RowDraft & { kind: K };
/** The drafts of the rows; throws when one is rejected. */
export function drafts<K extends ListKind>(
  header: string,
  rows: readonly (readonly string[])[],
  kind: K,
  declared?: Partial<SourceDeclaration>,
  list?: string,
) {
  const mapper = mapperFor(header, rows, kind, declared, list);
  return rows.map((row) => {
    const answer = mapper(row);
    if (isRejection(answer)) throw new Error(`${answer.reason}: ${answer.hint}`);
    return answer as DraftOf<K>;
  });
}
