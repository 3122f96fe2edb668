import type { Attributes } from "../../account/attribute.ts";
import { type Groups, RANK, type Statement } from "../../account/item.ts";
import { type ListOrigin, mergeStatements } from "../../account/merge.ts";
import { DECIDED, factsOf, type Kin } from "../../families/kin.ts";
import { namesParent, type ParentReference, parentReference } from "../../families/reference.ts";
import { treeOf } from "../../families/tree.ts";
import type { Digest, Ports } from "../../ports.ts";
import type { Entry } from "../../resolve/batch.ts";
import { blockKey, blockOf } from "../../resolve/identity.ts";
import { currentFamilies, type FamilyTables, type FoundReference, readFamilies, writeFamilies } from "../families.ts";
import { type Decision, decisionsAfter } from "../match-companies/decisions.ts";
import type { PartitionRounds, RoundPartition } from "../open-round/open-round.ts";
import { type RunContext, workKey } from "../run-context.ts";
import { suppressedAbove, suppressedCompanies } from "./find-suppressed.ts";
import { type Bearer, StandingCompanies } from "./standing-companies.ts";

const referencesPrefix = (runId: string): string => workKey(runId, "parents/");

/** What the accounts of a partition say of their parents in a round, one line each; a bare id says nothing any more. */
export async function writeReferences(
  ports: Ports,
  context: RunContext,
  { partition, round, earlier }: RoundPartition,
  entries: Iterable<Entry>,
): Promise<void> {
  const origins = new Map(context.origins);
  const lines: string[] = [];
  for (const { id, was, target, groups, ref, attributes } of entries) {
    const reference = target === null ? referenceOf(groups, ref, attributes, origins, ports.digest) : null;
    if (reference) lines.push(`${JSON.stringify([id, reference])}\n`);
    else if (was !== "none" || earlier.length > 0) lines.push(`["${id}"]\n`);
  }
  const key = `${referencesPrefix(context.runId)}${String(round).padStart(2, "0")}/${partition}.jsonl`;
  if (lines.length > 0) await ports.objects.put(key, lines.join(""));
}

function referenceOf(
  groups: Groups,
  ref: readonly Statement[] | undefined,
  attributes: Attributes | undefined,
  origins: ReadonlyMap<string, ListOrigin>,
  digest: Digest,
): ParentReference | null {
  if (!namesParent(groups, ref)) return null;
  return parentReference(attributes ?? mergeStatements(groups, ref, origins), groups, digest);
}

/**
 * Finds out who belongs to whom once nothing moves any more, writes it down for the run, and answers the accounts whose family is another
 * than before. What was found in partitions in which nothing happened stands; a refresh looks everything up anew.
 */
export async function findFamilies(ports: Ports, context: RunContext, rounds: PartitionRounds): Promise<string[]> {
  const index = await currentFamilies(ports);
  const before = await readFamilies(ports, index);
  const standing = new StandingCompanies(ports, context, rounds);
  const afresh = context.type === "refresh" || index === null;
  const references = new Map(before.references);
  if (index === null && !context.emptyStore) await referencesOfStore(ports, context, references);
  const stated = await referencesOfRun(ports, context, references);
  const open = new Map<string, FoundReference>();
  for (const [id, each] of references) {
    const moved = [each.record, each.domain, each.block, each.to].some(
      (key) => typeof key === "string" && standing.tookPart(key),
    );
    if (afresh || moved || stated.has(id)) open.set(id, each);
  }
  await lookUp(standing, open, references);
  const links = new Map<string, string>();
  for (const [id, { own, to }] of references) {
    if (to !== null) links.set(id, to);
    else if (own) links.set(id, id);
  }
  const decided = await decidedLinks(ports, context, standing);
  for (const [child, parent] of decided) links.set(child, parent);
  const tree = treeOf(links, new Set(decided.keys()));
  const { parents, tops, children, selves, cycles } = tree;
  const kin = new Map<string, Kin>();
  let outside = 0;
  for (const id of new Set([...references.keys(), ...parents.keys(), ...children.keys()])) {
    const own: Kin = {};
    const reference = references.get(id);
    const parent = parents.get(id) ?? null;
    const named = reference !== undefined && !reference.own && reference.to === null && !links.has(id);
    if (parent !== null && decided.has(id)) own.parent = { id: parent, name: null, source: DECIDED, confidence: 1 };
    else if (reference && (parent !== null || named)) {
      const { name, source, confidence, asOf } = reference;
      own.parent = { id: parent, name, source, confidence, asOf };
    }
    if (named) outside++;
    const top = tops.get(id);
    if (parent !== null && top !== parent) own.top = top!;
    if (children.has(id)) own.children = children.get(id)!;
    if (links.get(id) === id) own.own = true;
    if (Object.keys(own).length > 0) kin.set(id, own);
  }
  const facts = await factsAbove(context, standing, kin, afresh ? new Map() : before.facts);
  const known = afresh || !index?.suppressions ? null : before;
  const suppressed = await suppressedCompanies(ports, context, standing, new Set(children.keys()), known);
  for (const id of parents.keys()) {
    const above = suppressedAbove(id, tree, suppressed, facts);
    if (above.length > 0) kin.get(id)!.suppressed = above;
  }
  const tables: FamilyTables = { references, kin, facts, suppressed };
  const counts = { children: parents.size, parents: children.size, outside, selves, cycles };
  await writeFamilies(ports, context.runId, tables, counts, index);
  return changed(before, tables);
}

/** Parents named in a store that was filled before anybody looked for them. */
async function referencesOfStore(ports: Ports, context: RunContext, into: Map<string, FoundReference>): Promise<void> {
  const origins = new Map(context.origins);
  for await (const { id, groups, ref } of ports.accounts.scan("", null, "all")) {
    const reference = referenceOf(groups, ref, undefined, origins, ports.digest);
    if (reference) into.set(id, { ...reference, to: null });
  }
}

/** Applies what the partitions of the run wrote, round by round; answers the accounts that name a parent now. */
async function referencesOfRun(ports: Ports, { runId }: RunContext, into: Map<string, FoundReference>): Promise<Set<string>> {
  const stated = new Set<string>();
  for (const key of await ports.objects.list(referencesPrefix(runId)))
    for (const line of Buffer.from(await ports.objects.get(key))
      .toString("utf8")
      .split("\n")) {
      if (line === "") continue;
      const [id, reference] = JSON.parse(line) as [string, ParentReference?];
      into.delete(id);
      stated.delete(id);
      if (!reference) continue;
      into.set(id, { ...reference, to: null });
      stated.add(id);
    }
  return stated;
}

async function lookUp(
  standing: StandingCompanies,
  open: ReadonlyMap<string, FoundReference>,
  into: Map<string, FoundReference>,
): Promise<void> {
  const keys = new Set<string>();
  for (const { record, domain, block } of open.values())
    for (const key of [record, domain, block]) if (key !== undefined) keys.add(key);
  const bearers = await standing.bearers(keys);
  const of = (key: string | undefined): Bearer[] => (key === undefined ? [] : (bearers.get(key) ?? []));
  for (const [id, reference] of open) {
    const { record, domain, block, country } = reference;
    const to = only(of(record)) ?? only(of(domain)) ?? named(of(block), id, country);
    into.set(id, { ...reference, to });
  }
}

const only = (bearers: readonly Bearer[]): string | null => (bearers.length === 1 ? bearers[0]!.account : null);

/** Of namesakes the account itself is meant, else the only one, else the only one of the same country. */
function named(bearers: readonly Bearer[], id: string, country: string): string | null {
  if (bearers.some(({ account }) => account === id)) return id;
  return only(bearers) ?? (country === "" ? null : only(bearers.filter(({ countries }) => countries.includes(country))));
}

/** What persons said, from child to parent; of several parents of one company the first by id counts. */
async function decidedLinks(ports: Ports, context: RunContext, standing: StandingCompanies): Promise<Map<string, string>> {
  const decisions = (await decisionsAfter(ports, context)).filter(({ relation }) => relation === "parent");
  if (decisions.length === 0) return new Map();
  const keyOf = ({ id, rank }: Decision["low"]): string => (rank === RANK.name ? blockKey(blockOf(id)) : id);
  const homes = new Set(decisions.flatMap(({ low, high }) => [low.id, high.id]));
  const accounts = await standing.accountsOf(homes);
  const bearers = await standing.bearers(new Set(decisions.flatMap(({ low, high }) => [keyOf(low), keyOf(high)])));
  const meant = (side: Decision["low"]): string | null => accounts.get(side.id) ?? only(bearers.get(keyOf(side)) ?? []);
  const links = new Map<string, string>();
  for (const { low, high } of decisions) {
    const [child, parent] = [meant(low), meant(high)];
    if (child === null || parent === null || child === parent) continue;
    const known = links.get(child);
    if (known === undefined || parent < known) links.set(child, parent);
  }
  return links;
}

/** What is known of every company above another: as before where nothing happened around it. */
async function factsAbove(
  context: RunContext,
  standing: StandingCompanies,
  kin: ReadonlyMap<string, Kin>,
  before: FamilyTables["facts"],
): Promise<FamilyTables["facts"]> {
  const facts: FamilyTables["facts"] = new Map();
  const wanted = new Set<string>();
  for (const { parent, top } of kin.values())
    for (const id of [parent?.id, top]) {
      if (typeof id !== "string" || facts.has(id)) continue;
      const known = before.get(id);
      if (known && !standing.tookPart(id)) facts.set(id, known);
      else wanted.add(id);
    }
  const origins = new Map(context.origins);
  await standing.evidence(wanted, (id, groups, ref) => facts.set(id, factsOf(mergeStatements(groups, ref, origins))));
  return facts;
}

/** The accounts whose family, as their view shows it, is another than before. */
function changed(before: FamilyTables, after: FamilyTables): string[] {
  const shown = ({ kin, facts }: FamilyTables, id: string): string => {
    const own = kin.get(id);
    if (!own) return "";
    const above = [own.parent?.id, own.top].map((each) => (typeof each === "string" ? (facts.get(each) ?? null) : null));
    return JSON.stringify([own, above]);
  };
  const ids = new Set([...before.kin.keys(), ...after.kin.keys()]);
  return [...ids].filter((id) => shown(before, id) !== shown(after, id)).sort();
}
