import type { SuppressionClass } from "../../account/facts.ts";
import { mergeStatements } from "../../account/merge.ts";
import type { CompanyFacts } from "../../families/kin.ts";
import type { SuppressedAbove } from "../../families/suppressed-above.ts";
import type { FamilyTree } from "../../families/tree.ts";
import type { Ports } from "../../ports.ts";
import type { FamilyTables } from "../families.ts";
import { sameHomes } from "../match-companies/same.ts";
import type { RunContext } from "../run-context.ts";
import { suppressionKeys, suppressionOf, withdrawnHere } from "../suppression.ts";
import type { StandingCompanies } from "./standing-companies.ts";

/**
 * Which of the companies right above others are suppressed, as it stands when the run is over. `before`: what was known, and still is of
 * those that were above others then and around which nothing happened; null where nothing was.
 */
export async function suppressedCompanies(
  ports: Ports,
  context: RunContext,
  standing: StandingCompanies,
  companies: ReadonlySet<string>,
  before: Pick<FamilyTables, "facts" | "suppressed"> | null,
): Promise<FamilyTables["suppressed"]> {
  const suppressed: FamilyTables["suppressed"] = new Map();
  if (companies.size === 0 || (await ports.accounts.suppressionCount()) === 0) return suppressed;
  const wanted = new Set<string>();
  for (const id of companies) {
    if (before === null || !before.facts.has(id) || standing.tookPart(id)) wanted.add(id);
    else if (before.suppressed.has(id)) suppressed.set(id, before.suppressed.get(id)!);
  }
  if (wanted.size === 0) return suppressed;
  const origins = new Map(context.origins);
  const same = await sameHomes(ports, context.runId);
  const keys = new Map<string, string[]>();
  await standing.evidence(wanted, (id, groups, ref) => {
    keys.set(id, same(suppressionKeys(id, groups, ref, mergeStatements(groups, ref, origins), ports.digest)));
  });
  const entries = await ports.accounts.suppressed([...new Set([...keys.values()].flat())].sort(), withdrawnHere(context));
  for (const [id, own] of keys) {
    const found = suppressionOf(own, entries);
    if (found) suppressed.set(id, found.classes);
  }
  return suppressed;
}

/** The suppressed companies above an account, the nearest first; of those of the same classes the nearest alone. */
export function suppressedAbove(
  id: string,
  { parents, tops }: Pick<FamilyTree, "parents" | "tops">,
  suppressed: FamilyTables["suppressed"],
  facts: ReadonlyMap<string, CompanyFacts>,
): SuppressedAbove[] {
  const above: SuppressedAbove[] = [];
  if (suppressed.size === 0) return above;
  const seen = new Set<SuppressionClass>();
  const parent = parents.get(id);
  for (let at = parent; at !== undefined; at = parents.get(at)) {
    const classes = suppressed.get(at)?.filter((each) => !seen.has(each)) ?? [];
    if (classes.length === 0) continue;
    for (const each of classes) seen.add(each);
    const name = facts.get(at)?.name?.value;
    const as = at === parent ? "parent" : at === tops.get(id) ? "ultimate parent" : "company above";
    above.push({ id: at, name: typeof name === "string" ? name : null, as, classes });
  }
  return above;
}
