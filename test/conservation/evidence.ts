import type { AccountItem, FactItem } from "@bullseye/core/account/item";
import type { Everything } from "../workflow/store-content.ts";

/**
 * What lists said, by home, as text: statements, vouchers and facts, of every version in the place that it has among those of its list that
 * stand, so that two homes agree whatever was dropped and withdrawn in between.
 */
export function evidenceIn({ store }: Everything): string[] {
  const placeOf = placesOf(store.lists ?? []);
  const found: string[] = [];
  for (const table of ["accounts", "parked"])
    for (const row of store[table] ?? []) {
      const { id, groups } = JSON.parse(objectIn(row)) as Pick<AccountItem, "id" | "groups">;
      const placed = groups.map(({ st, ...group }) => ({
        ...group,
        st: st.map((each) => ({ ...each, v: placeOf(each.l, each.v), d: "" })),
      }));
      found.push(JSON.stringify([table, id, placed]));
    }
  for (const row of store.facts ?? []) {
    const { list, version, since, parts, rows, ...item } = JSON.parse(objectIn(row)) as FactItem & {
      since?: Record<string, number>;
      parts?: Array<{ version: number }>;
      rows?: number[];
    };
    const [home] = row.split("|");
    const place = (each: number): number => placeOf(list, each);
    const placed = {
      ...item,
      list,
      rows,
      version: place(version),
      since: Object.entries(since ?? {}).map(([field, each]) => [field, place(each)]),
      parts: parts?.map((part) => ({ ...part, version: place(part.version) })),
    };
    found.push(JSON.stringify(["facts", home, placed]));
  }
  for (const row of store.aliases ?? []) {
    // The version that vouched first says nothing of what stands.
    const [key, target, list, , ...rest] = row.split("|");
    found.push(JSON.stringify(["aliases", key, target, list, ...rest]));
  }
  return found.sort();
}

const objectIn = (row: string): string => row.slice(row.indexOf("{"), row.lastIndexOf("}") + 1);

/** The place of a version among those of its list that stand. */
function placesOf(lists: readonly string[]): (list: string, version: number) => number {
  const places = new Map<string, number>();
  for (const row of lists) {
    const { id, versions } = JSON.parse(objectIn(row)) as {
      id: string;
      versions: Array<{ version: number; status: string }>;
    };
    for (const [place, { version }] of versions.filter(({ status }) => status === "standing").entries())
      places.set(`${id} ${version}`, place);
  }
  return (list, version) => places.get(`${list} ${version}`) ?? -1;
}
