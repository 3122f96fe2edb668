import type { Attributes, Cell, Day } from "../account/attribute.ts";
import type { Groups, Statement } from "../account/item.ts";
import { TextStatement } from "../account/statement.ts";
import type { Digest } from "../ports.ts";
import { domainId, nameBlockId, sourceKeyId } from "../resolve/identity.ts";
import { normalizeCompanyName } from "../resolve/keys/company-name.ts";
import { canonicalDomain } from "../resolve/keys/domain.ts";

/** What the rows of an account say of its parent, as keys to look it up by. Strongest first; a key is there where the rows name it. */
export interface ParentReference {
  /** Key id of the parent's record in the system that names it. */
  record?: string;
  /** Key id of a domain, where the parent is named by one. */
  domain?: string;
  /** Block key of the name. */
  block?: string;
  /** ISO alpha-2 of the account itself, "" for none: of namesakes the one of the same country is meant. */
  country: string;
  /** The record, or else the name, is the account's own. */
  own?: true;
  /** As written; null where only a record is named. */
  name: string | null;
  source: string;
  confidence: number;
  asOf: Day;
}

/** Whether a statement says anything about a parent; unread text stays unread where it does not. */
function statesParent(statement: Statement): boolean {
  if (statement instanceof TextStatement && !statement.text.includes('"parent')) return false;
  return statement.f.parentId !== undefined || statement.f.parentName !== undefined;
}

/** Whether any row or reference of an account names a parent. */
export function namesParent(groups: Groups, ref: readonly Statement[] | undefined): boolean {
  for (const { st } of groups) if (st.some(statesParent)) return true;
  return ref?.some(statesParent) ?? false;
}

const text = (cell: Cell | undefined): string | undefined =>
  typeof cell?.value === "string" && cell.value !== "" ? cell.value : undefined;

/** The parent that an account's merged rows name; null where they name none. */
export function parentReference(attributes: Attributes, groups: Groups, digest: Digest): ParentReference | null {
  const id = text(attributes.parentId);
  const name = text(attributes.parentName);
  if (id === undefined && name === undefined) return null;
  const { source, confidence, asOf } = (id === undefined ? attributes.parentName : attributes.parentId)!;
  const country = text(attributes.country) ?? "";
  const records = new Set<string>();
  const names = new Set<string>();
  for (const { st } of groups)
    for (const { f } of st) {
      if (typeof f.sourceId === "string") records.add(sourceKeyId(f.sourceId, digest));
      const key = typeof f.name === "string" ? normalizeCompanyName(f.name, f.country as string | undefined)?.key : undefined;
      if (key !== undefined) names.add(key);
    }
  const reference: ParentReference = { country, name: name ?? null, source, confidence, asOf };
  const record = id === undefined ? undefined : sourceKeyId(id, digest);
  if (record !== undefined && records.has(record)) return { ...reference, own: true };
  if (record !== undefined) reference.record = record;
  const domain = name === undefined || name.includes(" ") ? null : canonicalDomain(name);
  if (domain !== null) {
    if (domain === attributes.domain?.value) reference.own = true;
    else reference.domain = domainId(domain, digest);
    return reference;
  }
  const key = name === undefined ? undefined : normalizeCompanyName(name, country || undefined)?.key;
  if (key === undefined) return reference;
  if (names.has(key)) reference.own = true;
  else reference.block = nameBlockId(key, digest);
  return reference;
}
