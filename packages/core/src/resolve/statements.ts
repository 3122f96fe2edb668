import type { Day } from "../account/attribute.ts";
import type { FieldValues } from "../account/fields.ts";
import type { Group, Statement } from "../account/item.ts";
import { fieldsText, TextStatement } from "../account/statement.ts";
import type { ListKind } from "../lists/kinds.ts";

/** Rows of this run that said the same about one company. */
export interface Incoming {
  kind: ListKind;
  rows: number[];
  /** JSON of the fields, by which equal statements are told. */
  json: string;
}

/** Fields that take part in telling which company a row means; a statement that names others is kept apart. */
const IDENTITY_FIELDS = ["registration", "domain", "emailDomain", "linkedin", "name", "country", "sourceId"] as const;

const byNumber = (a: number, b: number): number => a - b;

/** Sorts statements by content, so that a group is the same whatever the order in which its rows came. */
function sortStatements(statements: Statement[]): void {
  if (statements.length < 2) return;
  const keyed = statements.map((statement) => ({ statement, key: `${statement.l} ${statement.k} ${fieldsText(statement)}` }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : b.statement.v - a.statement.v));
  for (let index = 0; index < keyed.length; index++) statements[index] = keyed[index]!.statement;
}

function sameIdentity(a: FieldValues, b: FieldValues): boolean {
  for (const field of IDENTITY_FIELDS) if (a[field] !== b[field]) return false;
  return true;
}

/** Whether everything that `older` says is said anew by `newer`, so that it can never win again. */
function covers(newer: Statement, older: Statement): boolean {
  if (newer.l !== older.l || newer.k !== older.k || newer.v <= older.v || !sameIdentity(newer.f, older.f)) return false;
  for (const field in older.f) if (newer.f[field] === undefined) return false;
  return true;
}

function addFirst(st: Statement[], incoming: Iterable<Incoming>, list: string, version: number, day: Day): boolean {
  for (const { kind, rows, json } of incoming) {
    if (rows.length > 1) rows.sort(byNumber);
    st.push(new TextStatement(list, version, kind, rows, json, day));
  }
  sortStatements(st);
  return st.length > 0;
}

/** Adds what a version of a list says; answers whether anything new was said. Applying the same rows again changes nothing. */
export function addStatements(group: Group, incoming: Iterable<Incoming>, list: string, version: number, day: Day): boolean {
  const { st } = group;
  if (st.length === 0) return addFirst(st, incoming, list, version, day);
  const known = new Map<string, Statement>();
  let older = false;
  for (const each of st) {
    if (each.l !== list) continue;
    if (each.v < version) older = true;
    // What a later version says stays its own.
    if (each.v > version) continue;
    const key = `${each.k} ${fieldsText(each)}`;
    if (each.v >= (known.get(key)?.v ?? 0)) known.set(key, each);
  }
  // What is said again first: of this version now, it is older than nothing that is said beside it.
  const fresh: Incoming[] = [];
  for (const each of incoming) {
    const { kind, rows, json } = each;
    if (rows.length > 1) rows.sort(byNumber);
    const existing = known.get(`${kind} ${json}`);
    if (!existing) fresh.push(each);
    else if (existing.v === version) existing.r = [...new Set([...existing.r, ...rows])].sort(byNumber);
    else {
      existing.v = version;
      existing.r = rows;
      existing.d = day;
    }
  }
  for (const { kind, rows, json } of fresh) {
    const statement = new TextStatement(list, version, kind, rows, json, day);
    if (older) for (let index = st.length - 1; index >= 0; index--) if (covers(statement, st[index]!)) st.splice(index, 1);
    st.push(statement);
  }
  sortStatements(st);
  return fresh.length > 0;
}

/**
 * Takes back what versions of a list said that are withdrawn and is not said again (`again`, by the JSON of the fields); answers the
 * statements that went.
 */
export function dropStatements(
  group: Group,
  list: string,
  withdrawn: ReadonlySet<number>,
  again?: ReadonlyMap<string, unknown>,
): Statement[] {
  const gone: Statement[] = [];
  const kept: Statement[] = [];
  for (const statement of group.st) {
    const goes = statement.l === list && withdrawn.has(statement.v) && !again?.has(fieldsText(statement));
    (goes ? gone : kept).push(statement);
  }
  if (gone.length > 0) group.st = kept;
  return gone;
}
