import type { Groups, Statement } from "../account/item.ts";
import type { Digest } from "../ports.ts";
import { recordOf } from "../resolve/keys/record-id.ts";
import { onePlaceEach, type PlaceName, placeKey, placeNameOf } from "./places.ts";

/** A place as a row writes it; null where it does not say. */
export interface SitePlace {
  street: string | null;
  city: string | null;
  state: string | null;
  postalCode: string | null;
  /** ISO alpha-2. */
  country: string | null;
}

/** A row that names a site, with the record that it carries. */
export interface SiteRecord {
  list: string;
  row: number;
  system: string | null;
  id: string | null;
}

/** One place of a company. */
export interface Site {
  /** Hash of account and place: the same whatever names the place, and in whatever order. */
  id: string;
  place: SitePlace;
  /** What rows of lists of accounts say that name this place. */
  statements: Statement[];
}

/** Rows of lists of accounts are about a company at a place; people, orders and deals have addresses of their own. */
const isPlaced = ({ k, f }: Statement): boolean =>
  k === "accounts" && (f.city !== undefined || f.postalCode !== undefined || f.street !== undefined);

/** Whether rows could name more than one place; a look that costs nothing. */
export function mayHaveSites(groups: Groups): boolean {
  let placed = 0;
  for (const { st } of groups) for (const statement of st) if (isPlaced(statement) && ++placed > 1) return true;
  return false;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const inOrder = (a: Statement, b: Statement): number => compare(a.l, b.l) || a.r[0]! - b.r[0]! || b.v - a.v;

/** The places that rows of an account name, by id. An account whose rows name none has none. */
export function sitesOf({ id, groups }: { id: string; groups: Groups }, digest: Digest): Site[] {
  const places = new Map<string, PlaceName>();
  const named = new Map<string, Statement[]>();
  for (const { st } of groups)
    for (const statement of st) {
      if (!isPlaced(statement)) continue;
      const place = placeNameOf(statement.f);
      if (place === null) continue;
      const key = placeKey(place);
      const rows = named.get(key);
      if (rows) rows.push(statement);
      else {
        named.set(key, [statement]);
        places.set(key, place);
      }
    }
  // Of one postcode rows may write the town otherwise: whoever names the town alone finds it under the first by spelling.
  for (const [key, rows] of named) {
    if (rows.length === 1) continue;
    const towns = rows.map(({ f }) => placeNameOf(f)!).sort((a, b) => compare(a.city, b.city) || compare(a.state, b.state));
    places.set(key, towns.find(({ city }) => city !== "") ?? towns[0]!);
  }
  const sites = new Map<string, { fullest: Statement[]; all: Statement[] }>();
  for (const [key, belongs] of onePlaceEach(places)) {
    const site = sites.get(belongs) ?? { fullest: named.get(belongs)!, all: [] };
    site.all.push(...named.get(key)!);
    sites.set(belongs, site);
  }
  return [...sites]
    .map(([key, { fullest, all }]) => ({
      id: digest.id(`site|${id}|${key}`),
      place: writtenPlace([...fullest].sort(inOrder)[0]!),
      statements: all.sort(inOrder),
    }))
    .sort((a, b) => compare(a.id, b.id));
}

function writtenPlace({ f }: Statement): SitePlace {
  const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
  return {
    street: text(f.street),
    city: text(f.city),
    state: text(f.state),
    postalCode: text(f.postalCode),
    country: text(f.country),
  };
}

/** The rows that name a site, by list and row. */
export function recordsOfSite({ statements }: Pick<Site, "statements">): SiteRecord[] {
  return statements
    .flatMap(({ l, r, f }) => {
      const record = typeof f.sourceId === "string" ? recordOf(f.sourceId) : null;
      return r.map((row) => ({ list: l, row, system: record?.system ?? null, id: record?.id ?? null }));
    })
    .sort((a, b) => compare(a.list, b.list) || a.row - b.row);
}

/** A place in one line: `Kantstr. 1, 10623 Berlin, DE`. */
export function placeWords({ street, city, state, postalCode, country }: SitePlace): string {
  const town = [postalCode, city].filter((part) => part !== null).join(" ");
  return [street, town, state, country].filter((part) => part !== null && part !== "").join(", ");
}
