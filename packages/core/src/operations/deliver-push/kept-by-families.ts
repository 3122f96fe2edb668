import { type ListOrigin, mergeStatements } from "../../account/merge.ts";
import type { Audience } from "../../audiences/audiences.ts";
import type { Kin } from "../../families/kin.ts";
import { keptByFamily, placeAbove, type SuppressedAbove } from "../../families/suppressed-above.ts";
import type { Ports } from "../../ports.ts";
import { currentFamilies, FamilyReader } from "../families.ts";
import type { SameHomes } from "../match-companies/same.ts";
import { suppressionKeys, suppressionOf } from "../suppression.ts";

/** Companies that are suppressed at this moment, by account id. */
async function suppressedNow(
  { accounts, digest }: Ports,
  companies: ReadonlySet<string>,
  origins: ReadonlyMap<string, ListOrigin>,
  same: SameHomes | null,
): Promise<Map<string, Pick<SuppressedAbove, "name" | "classes">>> {
  const found = new Map<string, Pick<SuppressedAbove, "name" | "classes">>();
  if (companies.size === 0 || same === null) return found;
  const asked = [...(await accounts.accounts([...companies].sort())).values()].map(({ id, groups, ref, result }) => ({
    id,
    name: result?.show.name ?? null,
    keys: same(suppressionKeys(id, groups, ref, mergeStatements(groups, ref, origins), digest)),
  }));
  const entries = await accounts.suppressed([...new Set(asked.flatMap(({ keys }) => keys))].sort());
  for (const { id, name, keys } of asked) {
    const now = suppressionOf(keys, entries);
    if (now) found.set(id, { name, classes: now.classes });
  }
  return found;
}

/** The companies above an account, the nearest first. */
async function companiesAbove(families: FamilyReader, { parent, top }: Kin): Promise<string[]> {
  const above: string[] = [];
  for (let at = parent?.id; typeof at === "string" && !above.includes(at); at = (await families.of(at))?.kin.parent?.id)
    above.push(at);
  return top === undefined || above.includes(top) ? above : [...above, top];
}

/**
 * Why the companies above accounts keep them off an audience at the moment of sending, by account: those that the last closed run found
 * suppressed, and all of them asked once more. `same`: null where nobody is suppressed.
 */
export async function keptByFamilies(
  ports: Ports,
  audience: Audience,
  accounts: Iterable<string>,
  origins: ReadonlyMap<string, ListOrigin>,
  same: SameHomes | null,
): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  if (audience.family !== "parent") return kept;
  const families = new FamilyReader(ports, await currentFamilies(ports));
  const kin = new Map<string, { known: readonly SuppressedAbove[]; above: readonly string[] }>();
  for (const id of accounts) {
    const family = await families.of(id);
    if (family) kin.set(id, { known: family.kin.suppressed ?? [], above: await companiesAbove(families, family.kin) });
  }
  const companies = new Set([...kin.values()].flatMap(({ above }) => above));
  const now = await suppressedNow(ports, companies, origins, same);
  for (const [id, { known, above }] of kin) {
    const asked = above.flatMap((company, at): SuppressedAbove[] => {
      const found = now.get(company);
      return found ? [{ id: company, as: placeAbove(at, above.length), ...found }] : [];
    });
    const why = keptByFamily(audience, [...known, ...asked]);
    if (why !== null) kept.set(id, why);
  }
  return kept;
}
