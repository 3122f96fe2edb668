import type { AccountItem, ParkedItem } from "../../account/item.ts";
import { InputError } from "../../errors.ts";
import { guardedCsvLine } from "../../lists/csv.ts";
import { DECISIONS } from "../../lists/kinds.ts";
import { matchCell } from "../../lists/mapping/match-reader.ts";
import type { Digest, Ports } from "../../ports.ts";
import { findAccount } from "../../queries/find-account.ts";
import { blockOf, domainId, nameBlockId } from "../../resolve/identity.ts";
import { normalizeCompanyName } from "../../resolve/keys/company-name.ts";
import { canonicalDomain } from "../../resolve/keys/domain.ts";
import type { OrderedHome } from "../../resolve/order.ts";
import { type Decision, decisionId, decisionOf, decisionsOfList } from "./decisions.ts";

/** A change of the standing decisions, not made yet. */
export interface Proposal {
  /** What was added or taken back. */
  decision: Decision;
  change: "added" | "withdrawn";
  /** All that stand afterwards. */
  decisions: Decision[];
}

/** The decisions that `merge`, `unmerge` and `review` made and that stand. */
export async function standingDecisions(ports: Ports): Promise<Decision[]> {
  return decisionsOfList(ports, await ports.runs.list(DECISIONS));
}

/** The home of an account, with its rank. */
export function homeOf({ id, groups }: Pick<AccountItem, "id" | "groups">): OrderedHome {
  const own = groups.find(({ home }) => home === id);
  if (!own) throw new InputError(`no row names ${id} itself any more`, { hint: "bullseye trace shows which rows joined it" });
  return { id, rank: own.rank };
}

/** That two accounts are one company. InputError where they are one already, NotFoundError where one is none. */
export async function proposeMerge(ports: Ports, first: string, second: string): Promise<Proposal> {
  const [a, b] = [await findAccount(ports, first), await findAccount(ports, second)];
  if (a.id === b.id)
    throw new InputError(`"${first}" and "${second}" are one account already: ${a.id}`, {
      hint: `bullseye trace ${a.id} shows what joined it`,
    });
  return added(ports, decisionOf("same", homeOf(a), homeOf(b), ports.digest));
}

/** The decisions that stand once another was added; what stands against it goes. */
export function proposed(standing: readonly Decision[], decision: Decision, digest: Digest): Decision[] {
  const { relation, low, high } = decision;
  const kept = standing.filter((each) => {
    const about = each.low.id === low.id && (each.high.id === high.id || each.relation === "alone" || relation === "alone");
    return !(about && each.relation !== relation) && decisionId(each, digest) !== decisionId(decision, digest);
  });
  return [...kept, decision];
}

async function added(ports: Ports, decision: Decision): Promise<Proposal> {
  return { decision, change: "added", decisions: proposed(await standingDecisions(ports), decision, ports.digest) };
}

/**
 * Takes a decision back, by its id or by what it merged; where no person merged it, that home stands alone from now on. NotFoundError where
 * nothing is meant, InputError where it is not merged or several decisions are meant.
 */
export async function proposeUnmerge(ports: Ports, words: string): Promise<Proposal> {
  const standing = await standingDecisions(ports);
  const withdrawn = (decision: Decision): Proposal => ({
    decision,
    change: "withdrawn",
    decisions: standing.filter((each) => each !== decision),
  });
  const named = standing.filter((each) => decisionId(each, ports.digest) === words.trim().toLowerCase());
  if (named.length === 1) return withdrawn(named[0]!);
  const parked = await parkedHomes(ports, words);
  if (parked.length === 1) {
    const home = parked[0]!;
    const mine = standing.find(({ relation, low }) => relation === "same" && low.id === home.id);
    if (mine) return withdrawn(mine);
    const own = homeOf(home);
    return added(ports, { relation: "alone", low: own, high: own });
  }
  if (parked.length > 1)
    throw new InputError(`"${words}" means ${parked.length} companies that joined others`, {
      hint: `name one by its id: ${await called(
        ports,
        parked.map(({ id }) => id),
      )}`,
    });
  const account = await findAccount(ports, words);
  const joined = standing.filter(({ relation, high }) => relation === "same" && high.id === account.id);
  if (joined.length === 1) return withdrawn(joined[0]!);
  if (joined.length > 1)
    throw new InputError(`${joined.length} decisions merged others into ${account.id}`, {
      hint: `name one: ${joined.map((each) => decisionId(each, ports.digest)).join(", ")}`,
    });
  const homes = account.groups.filter(({ home }) => home !== account.id).map(({ home }) => home);
  if (homes.length === 0)
    throw new InputError(`nothing was merged into ${account.id}`, { hint: "bullseye trace shows which rows it consists of" });
  throw new InputError(`${homes.length === 1 ? "a company" : `${homes.length} companies`} joined ${account.id}`, {
    hint: `name the one that goes by its id: ${await called(ports, homes)}`,
  });
}

/** Ids with the names people know them by. */
async function called(ports: Ports, ids: readonly string[]): Promise<string> {
  const names = await namesOf(ports, [...ids].sort());
  return ids.map((id) => (names.has(id) ? `${id} (${names.get(id)})` : id)).join(", ");
}

/** Homes that joined another account and that somebody means by an id, a domain or a name. */
async function parkedHomes(ports: Ports, words: string): Promise<ParkedItem[]> {
  const key = words.trim();
  const ids: string[] = [];
  if (/^[0-9a-f]{20}$/i.test(key)) ids.push(key.toLowerCase());
  const domain = key.includes(".") ? canonicalDomain(key) : null;
  if (domain !== null) ids.push(domainId(domain, ports.digest));
  const found = [...(await ports.accounts.parked(ids)).values()];
  if (found.length > 0) return found;
  const name = normalizeCompanyName(key);
  return name === null ? [] : (await ports.accounts.blocks([blockOf(nameBlockId(name.key, ports.digest))])).parked;
}

/** What {@link decisionsFile} writes above its rows; `company` and `other company` are read, the names are for people. */
export const DECISION_COLUMNS = ["company", "relation", "other company", "name", "other name"] as const;

/** Decisions as a list of matches, in one order whatever their own. */
export async function decisionsFile(ports: Ports, decisions: readonly Decision[]): Promise<string> {
  const ids = [...new Set(decisions.flatMap(({ low, high }) => [low.id, high.id]))].sort();
  const names = await namesOf(ports, ids);
  const rows = decisions.map(({ relation, low, high }) =>
    guardedCsvLine([
      matchCell(low.rank, low.id),
      relation,
      relation === "alone" ? "" : matchCell(high.rank, high.id),
      names.get(low.id) ?? "",
      relation === "alone" ? "" : (names.get(high.id) ?? ""),
    ]),
  );
  return [guardedCsvLine(DECISION_COLUMNS), ...rows.sort()].join("");
}

/** What homes are called, by id; those that have no name are left out. */
export async function namesOf(ports: Ports, ids: readonly string[]): Promise<Map<string, string>> {
  const items: Array<AccountItem | ParkedItem> = [
    ...(await ports.accounts.accounts(ids)).values(),
    ...(await ports.accounts.parked(ids)).values(),
  ];
  const names = new Map<string, string>();
  for (const { id, groups } of items) {
    const statements = groups.toSorted((a, b) => Number(b.home === id) - Number(a.home === id)).flatMap(({ st }) => st);
    const name = statements.map(({ f }) => f.name ?? f.domain).find((each) => typeof each === "string");
    if (name !== undefined) names.set(id, name as string);
  }
  return names;
}
