import type { FieldValues } from "../../account/fields.ts";
import type { Rank } from "../../account/item.ts";
import type { Entry } from "../batch.ts";
import type { FuzzyRecord } from "../fuzzy/compare-companies.ts";

/** A name under which a home is known, with the home whose rows say so. */
export interface NamedHome {
  home: string;
  record: FuzzyRecord;
}

/** What the comparison of names knows of a company: every home that keys alone did not join to another has a card. */
export interface Card {
  id: string;
  rank: Rank;
  /** Homes of which it consists, those among them that a similar name has brought or had brought. */
  homes: string[];
  names: NamedHome[];
}

/** [design] Different names of one company that are compared. */
export const MOST_NAMES = 8;

const PLACE = ["domain", "registration", "street", "city", "state", "postalCode", "country", "phone"] as const;

const text = (fields: FieldValues, field: string): string | undefined => {
  const value = fields[field];
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** What a statement says a company is called and where it is; null where it names none, or a buyer who may be a person. */
export function recordOf(fields: FieldValues): FuzzyRecord | null {
  const name = text(fields, "name");
  if (name === undefined || fields.nameFrom === "customer") return null;
  const record: FuzzyRecord = { name };
  for (const field of PLACE) {
    const value = text(fields, field);
    if (value !== undefined) record[field] = value;
  }
  return record;
}

/** The names in the groups of a home, each once, sorted; of each home as many as are compared, for some of the homes may not count. */
function namesOf(groups: Entry["groups"]): NamedHome[] {
  const found = new Map<string, NamedHome>();
  for (const { home, st } of groups)
    for (const { f } of st) {
      const record = recordOf(f);
      if (record) found.set(`${home} ${JSON.stringify(record)}`, { home, record });
    }
  const counts = new Map<string, number>();
  return [...found]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([, named]) => named)
    .filter(({ home }) => counts.set(home, (counts.get(home) ?? 0) + 1).get(home)! <= MOST_NAMES);
}

/**
 * The card of a home that was looked at, as a line; one that says that it is gone where it is empty, or where anything but a similar name
 * joined it to another company.
 */
export function cardLine(
  { id, rank, groups, target }: Pick<Entry, "id" | "rank" | "groups" | "target">,
  similar: boolean,
): string {
  if (groups.length === 0 || (target !== null && !similar)) return goneCardLine(id);
  const homes = [...new Set(groups.map(({ home }) => home))];
  return `${JSON.stringify([id, rank, homes, namesOf(groups)])}\n`;
}

/** Says that a home is no company of its own any more. */
export const goneCardLine = (id: string): string => `["${id}"]\n`;

/** Reads lines of {@link cardLine} into cards by id, and answers the ids: a later line outranks an earlier one. */
export function readCards(lines: string, cards: Map<string, Card>): Set<string> {
  const ids = new Set<string>();
  for (const line of lines.split("\n")) {
    if (line === "") continue;
    const [id, rank, homes, names] = JSON.parse(line) as [string, Rank, string[], NamedHome[]];
    ids.add(id);
    if (rank === undefined) cards.delete(id);
    else cards.set(id, { id, rank, homes, names });
  }
  return ids;
}
