import type { FieldValues } from "@bullseye/core/account/fields";
import { type AccountItem, RANK, type Rank } from "@bullseye/core/account/item";
import type { Digest } from "@bullseye/core/ports";
import type { FuzzyOptions } from "@bullseye/core/resolve/fuzzy/options";
import { levelOf, type ResolvableRecord, resolveNames } from "@bullseye/core/resolve/fuzzy/resolve-names";

/** Two rows of different companies that a person should look at. */
export interface RowPair {
  a: number;
  b: number;
  confidence: number;
  reasons: string[];
}

/** Which company a row belongs to once names and places have been compared. */
export interface MatchedRow {
  company: string;
  /** How the row found others of its company beyond its exact keys; null where it did not. */
  joined: { method: "name" | "name+place" | "fuzzy"; confidence: number } | null;
}

/** The rows of the homes of a file after names and places have been compared. */
export interface Matching {
  /** By home and row; {@link Matching.ofHome} where a home's rows are not told apart. */
  rows: ReadonlyMap<string, MatchedRow>;
  homes: ReadonlyMap<string, MatchedRow>;
  review: RowPair[];
  level: "company" | "site";
}

interface Statement {
  account: string;
  rank: Rank;
  home: string;
  rows: readonly number[];
  record: ResolvableRecord;
}

/** Rank of an account's strongest key. */
const rankOf = (item: AccountItem): Rank =>
  item.groups.reduce<Rank>((best, { rank }) => (rank > best ? rank : best), RANK.source);

const text = (value: FieldValues[string]): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

function recordOf(fields: FieldValues): ResolvableRecord | null {
  const name = text(fields.name);
  if (name === undefined) return null;
  return {
    name,
    domain: text(fields.domain),
    registration: text(fields.registration),
    street: text(fields.street),
    city: text(fields.city),
    state: text(fields.state),
    postalCode: text(fields.postalCode),
    country: text(fields.country),
    phone: text(fields.phone),
  };
}

/** The key of a row under its home. */
export const rowKey = (home: string, row: number): string => `${home} ${row}`;

/**
 * Compares the accounts that exact keys have made of a file by name and place, and joins those that are one company. Accounts with a key
 * stronger than a name stay whole; of a directory of places, where branches share the website of their mother, those with a registration.
 * A joined company goes by the id of its strongest account. Nothing depends on the order of rows.
 */
export function matchCompanies(items: Iterable<AccountItem>, digest: Digest, options: FuzzyOptions): Matching {
  const statements: Statement[] = [];
  for (const item of items) {
    const rank = rankOf(item);
    for (const { home, st } of item.groups)
      for (const { f, r } of st) {
        const record = recordOf(f);
        if (record) statements.push({ account: item.id, rank, home, rows: r, record });
      }
  }
  const settled = levelOf(
    statements.map(({ record }) => record),
    options.level,
  );
  const records = statements.map(({ account, rank, record }): ResolvableRecord => {
    const splits = settled === "site" ? rank < RANK.registration : rank <= RANK.name;
    return splits ? record : { ...record, group: account };
  });
  const { clusterOf, confidence, method, review } = resolveNames(records, { ...options, level: settled });
  const names = companyIds(statements, clusterOf, digest);
  const rows = new Map<string, MatchedRow>();
  const homes = new Map<string, MatchedRow>();
  for (const [index, { home, rows: own }] of statements.entries()) {
    const way = method[index]!;
    const joined = way === "new" || way === "group" ? null : { method: way, confidence: confidence[index]! };
    const matched: MatchedRow = { company: names[clusterOf[index]!]!, joined };
    if (!homes.has(home)) homes.set(home, matched);
    for (const row of own) rows.set(rowKey(home, row), matched);
  }
  return {
    rows,
    homes,
    level: settled,
    review: review
      .map(({ a, b, confidence: sure, reasons }) => ({
        a: statements[a]!.rows[0]!,
        b: statements[b]!.rows[0]!,
        confidence: sure,
        reasons,
      }))
      .filter(({ a, b }) => a > 0 && b > 0),
  };
}

/** The id of each cluster: its strongest account's where that account is whole in it, else one made of what it holds. */
function companyIds(statements: readonly Statement[], clusterOf: readonly number[], digest: Digest): string[] {
  const clusters = new Map<number, Statement[]>();
  const clustersOfAccount = new Map<string, Set<number>>();
  for (const [index, statement] of statements.entries()) {
    const id = clusterOf[index]!;
    const members = clusters.get(id);
    if (members) members.push(statement);
    else clusters.set(id, [statement]);
    const seen = clustersOfAccount.get(statement.account);
    if (seen) seen.add(id);
    else clustersOfAccount.set(statement.account, new Set([id]));
  }
  const ids: string[] = [];
  for (const [id, members] of clusters) {
    const strongest = members.reduce((best, each) =>
      each.rank > best.rank || (each.rank === best.rank && each.account < best.account) ? each : best,
    );
    if (clustersOfAccount.get(strongest.account)!.size === 1) ids[id] = strongest.account;
    else {
      const contents = members.map(({ record }) => JSON.stringify(record)).sort();
      ids[id] = digest.id(`place:${strongest.account}:${contents[0]}`);
    }
  }
  return ids;
}
