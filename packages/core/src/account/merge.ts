import type { Origin } from "../lists/kinds.ts";
import { normalizeCompanyName } from "../resolve/keys/company-name.ts";
import type { Attributes, AttributeValue, Cell } from "./attribute.ts";
import { isInterval } from "./attribute.ts";
import { blankAttributes } from "./blank-attributes.ts";
import type { Groups, Statement } from "./item.ts";
import { fieldsText } from "./statement.ts";

/** What survivorship needs to know of a list: where it comes from. Reference lists are enrichment and yield to what lists say. */
export interface ListOrigin {
  origin: Origin;
  reference: boolean;
}

/** Which origin is believed first, and how much [design]: what the company's own systems say outranks what is bought. */
export const ORIGIN_TRUST: Readonly<Record<Origin, { rank: number; confidence: number }>> = {
  "first-party": { rank: 0, confidence: 1 },
  partner: { rank: 1, confidence: 0.9 },
  unknown: { rank: 2, confidence: 0.8 },
  broker: { rank: 3, confidence: 0.8 },
  public: { rank: 4, confidence: 0.7 },
};

/** Reference values rank behind every list and are believed at most this much [design]. */
const REFERENCE = { rank: 10, confidence: 0.7 };

/** Fields that make sense only together with another come from the statement that won the other. */
const FOLLOWS: Readonly<Record<string, string>> = {
  currency: "revenue",
  nameFrom: "name",
  street: "city",
  postalCode: "city",
  state: "city",
};

interface Standing {
  statement: Statement;
  trust: { rank: number; confidence: number };
  reference: boolean;
  /** Rows that bear the account's own key, and did not join it. */
  own: boolean;
}

const UNKNOWN_LIST: ListOrigin = { origin: "unknown", reference: false };

function trustOf(statement: Statement, origins: ReadonlyMap<string, ListOrigin>, own: boolean): Standing {
  const known = origins.get(statement.l) ?? UNKNOWN_LIST;
  return { statement, trust: known.reference ? REFERENCE : ORIGIN_TRUST[known.origin], reference: known.reference, own };
}

const sourceOf = (standing: Standing): string =>
  `${standing.reference ? "reference:" : ""}${standing.statement.l}#${standing.statement.r[0]}`;

function cellOf(standing: Standing, value: AttributeValue): Cell {
  return {
    value,
    confidence: standing.trust.confidence,
    method: "observed",
    source: sourceOf(standing),
    asOf: standing.statement.d,
  };
}

/** A value that says more comes first: a point before an interval, a longer list before a shorter one, then by its text. */
function detail(value: AttributeValue): number {
  if (isInterval(value)) return 1;
  if (Array.isArray(value)) return -value.length;
  return 0;
}

/**
 * Which of several values of a field stands. In this order: rows about companies before rows about people and orders; the more trusted
 * origin; the higher version within a list; the later day; the value that more rows state; the more detailed one; its text. Nothing
 * depends on the order in which rows or lists came.
 */
function choose(field: string, candidates: Standing[]): Standing {
  if (candidates.length === 1) return candidates[0]!;
  const [first, second] = candidates as [Standing, Standing];
  // Most often two rows say the same; then the more trusted, newer or lower row stands for both, whichever way round they come.
  const texts = new Map<Standing, string>();
  const textOf = (each: Standing): string => {
    let text = texts.get(each);
    if (text === undefined) {
      const value = each.statement.f[field];
      text = typeof value === "string" ? `"${value}` : JSON.stringify(value);
      texts.set(each, text);
    }
    return text;
  };
  let standing = candidates;
  if (candidates.length > 2 || (first.statement.l === second.statement.l && first.statement.v !== second.statement.v)) {
    const newest = new Map<string, number>();
    for (const { statement } of candidates) {
      const version = newest.get(statement.l);
      if (version === undefined || statement.v > version) newest.set(statement.l, statement.v);
    }
    standing = candidates.filter(({ statement }) => statement.v === newest.get(statement.l));
  }
  const votes = new Map<string, number>();
  for (const each of standing) votes.set(textOf(each), (votes.get(textOf(each)) ?? 0) + each.statement.r.length);
  let best = standing[0]!;
  for (let index = 1; index < standing.length; index++)
    if (precedes(field, standing[index]!, best, textOf, votes)) best = standing[index]!;
  return best;
}

/** A row that joined because its name is similar may spell it otherwise: it has no say where rows with the account's own key name it. */
function asTheOwnRowsCallIt(candidates: Standing[]): Standing[] {
  const keyOf = ({ statement: { f } }: Standing): string | undefined =>
    typeof f.name === "string" ? normalizeCompanyName(f.name, f.country as string | undefined)?.key : undefined;
  const first = candidates[0]!.statement.f.name;
  if (candidates.every(({ statement }) => statement.f.name === first)) return candidates;
  const keys = new Set(candidates.filter(({ own }) => own).map(keyOf));
  const so = candidates.filter((each) => keys.has(keyOf(each)));
  return so.length > 0 ? so : candidates;
}

/** An amount in no currency can be counted as nothing: it has no say where another names its own. */
function inSomeCurrency(candidates: Standing[]): Standing[] {
  const so = candidates.filter(({ statement }) => statement.f.currency !== undefined);
  return so.length > 0 ? so : candidates;
}

/** Fields of which not every statement has a say. */
const WITH_A_SAY: Readonly<Record<string, (candidates: Standing[]) => Standing[]>> = {
  name: asTheOwnRowsCallIt,
  revenue: inSomeCurrency,
};

const kindRank = (each: Standing): number => (each.statement.k === "accounts" || each.reference ? 0 : 1);

function precedes(
  field: string,
  a: Standing,
  b: Standing,
  textOf: (each: Standing) => string,
  votes: ReadonlyMap<string, number>,
): boolean {
  const kind = kindRank(a) - kindRank(b);
  if (kind !== 0) return kind < 0;
  if (a.trust.rank !== b.trust.rank) return a.trust.rank < b.trust.rank;
  if (a.statement.d !== b.statement.d) return a.statement.d > b.statement.d;
  const [leftText, rightText] = [textOf(a), textOf(b)];
  if (leftText !== rightText) {
    const [leftVotes, rightVotes] = [votes.get(leftText)!, votes.get(rightText)!];
    if (leftVotes !== rightVotes) return leftVotes > rightVotes;
    const more = detail(a.statement.f[field]!) - detail(b.statement.f[field]!);
    return more === 0 ? leftText < rightText : more < 0;
  }
  if (a.statement.l !== b.statement.l) return a.statement.l < b.statement.l;
  const [leftRow, rightRow] = [a.statement.r[0]!, b.statement.r[0]!];
  return leftRow !== rightRow ? leftRow < rightRow : fieldsText(a.statement) < fieldsText(b.statement);
}

/**
 * Survivorship: one cell for every field that any standing statement states. `origins` by list id.
 */
export function mergeStatements(
  groups: Groups,
  reference: readonly Statement[] | undefined,
  origins: ReadonlyMap<string, ListOrigin>,
): Attributes {
  const all: Standing[] = [];
  for (const group of groups) for (const statement of group.st) all.push(trustOf(statement, origins, group.via === undefined));
  if (reference) for (const statement of reference) all.push(trustOf(statement, origins, false));
  const attributes = blankAttributes();
  if (all.length === 1) {
    const only = all[0]!;
    const { f, d } = only.statement;
    const source = sourceOf(only);
    const { confidence } = only.trust;
    for (const field in f) {
      const value = f[field];
      if (value !== undefined) attributes[field] = { value, confidence, method: "observed", source, asOf: d };
    }
    return attributes;
  }
  const byField = new Map<string, Standing[]>();
  for (const each of all) {
    const { f } = each.statement;
    for (const field in f) {
      if (f[field] === undefined) continue;
      const candidates = byField.get(field);
      if (candidates) candidates.push(each);
      else byField.set(field, [each]);
    }
  }
  const winners = new Map<string, Standing>();
  for (const [field, candidates] of byField) winners.set(field, choose(field, WITH_A_SAY[field]?.(candidates) ?? candidates));
  for (const [field, winner] of winners) {
    const leader = FOLLOWS[field] === undefined ? undefined : winners.get(FOLLOWS[field]);
    const from = leader ?? winner;
    const value = from.statement.f[field];
    if (value !== undefined) attributes[field] = cellOf(from, value);
  }
  return attributes;
}

/** The origin of what a cell's source names; `rule:` sources have none. */
export function originOf(source: string, origins: ReadonlyMap<string, ListOrigin>): Origin | null {
  if (source.startsWith("rule:")) return null;
  const from = source.startsWith("reference:") ? 10 : 0;
  return origins.get(source.slice(from, source.lastIndexOf("#")))?.origin ?? "unknown";
}
