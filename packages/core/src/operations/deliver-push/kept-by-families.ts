import { type ListOrigin, mergeStatements } from "../../account/merge.ts";
import type { Audience } from "../../audiences/audiences.ts";
import type { Kin } from "../../families/kin.ts";
import { keptByFamily, type SuppressedAbove } from "../../families/suppressed-above.ts";
import type { Ports } from "../../ports.ts";
import { currentFamilies, FamilyReader } from "../families.ts";
import { suppressionKeys, suppressionOf } from "../suppression.ts";

/** Companies that are suppressed at this moment, by account id. */
async function suppressedNow(
  { accounts, digest }: Ports,
  companies: ReadonlySet<string>,
  origins: ReadonlyMap<string, ListOrigin>,
): Promise<Map<string, Pick<SuppressedAbove, "name" | "classes">>> {
  const found = new Map<string, Pick<SuppressedAbove, "name" | "classes">>();
  if (companies.size === 0 || (await accounts.suppressionCount()) === 0) return found;
  const asked = [...(await accounts.accounts([...companies].sort())).values()].map(({ id, groups, ref, result }) => ({
    id,
    name: result?.show.name ?? null,
    keys: suppressionKeys(id, groups, ref, mergeStatements(groups, ref, origins), digest),
  }));
  const entries = await accounts.suppressed([...new Set(asked.flatMap(({ keys }) => keys))].sort());
  for (const { id, name, keys } of asked) {
    const now = suppressionOf(keys, entries);
    if (now) found.set(id, { name, classes: now.classes });
  }
  return found;
}

/**
 * Why the companies above accounts keep them off an audience at the moment of sending, by account: those that the last closed run found
 * suppressed, and, asked once more, parent and ultimate parent.
 */
export async function keptByFamilies(
  ports: Ports,
  audience: Audience,
  accounts: Iterable<string>,
  origins: ReadonlyMap<string, ListOrigin>,
): Promise<Map<string, string>> {
  const kept = new Map<string, string>();
  if (audience.family !== "parent") return kept;
  const families = new FamilyReader(ports, await currentFamilies(ports));
  const kin = new Map<string, Kin>();
  for (const id of accounts) {
    const family = await families.of(id);
    if (family) kin.set(id, family.kin);
  }
  const companies = new Set(
    [...kin.values()].flatMap(({ parent, top }) => [parent?.id, top]).filter((id) => typeof id === "string"),
  );
  const now = await suppressedNow(ports, companies, origins);
  for (const [id, { parent, top, suppressed = [] }] of kin) {
    const asked = [
      { id: parent?.id, as: "parent" as const },
      { id: top, as: "ultimate parent" as const },
    ].flatMap((each): SuppressedAbove[] => {
      const found = typeof each.id === "string" ? now.get(each.id) : undefined;
      return found ? [{ id: each.id!, as: each.as, ...found }] : [];
    });
    const why = keptByFamily(audience, [...suppressed, ...asked]);
    if (why !== null) kept.set(id, why);
  }
  return kept;
}
