import { type AliasRow, RANK, type Rank, VOUCHER } from "../account/item.ts";
import { InputError } from "../errors.ts";
import { rankOfKind } from "./identity.ts";
import type { PatchInbox } from "./inbox.ts";

/** What is known of one home when decisions say what kind of key it is. */
interface ClaimedKinds {
  id: string;
  /** The list of the run, and by kind of key the row of it that says so. */
  list: string;
  claims: ReadonlyMap<Rank, number>;
  /** Vouchers that stand for the home beside those of the run. */
  aliases: readonly AliasRow[];
  /** What the rows say that name the home themselves; undefined where none does. */
  own: Rank | undefined;
}

const WORDS: Readonly<Record<Rank, string>> = {
  [RANK.source]: "a customer id",
  [RANK.name]: "a name",
  [RANK.linkedin]: "a LinkedIn page",
  [RANK.domain]: "a domain",
  [RANK.registration]: "a registration number",
};

/**
 * Refuses decisions that call one home two kinds of key, or another kind than its rows do. Decisions lead up the order of homes (`order.ts`),
 * which begins with the kind of key: a file that somebody changed by hand could otherwise lead homes in a circle.
 */
export function refuseWrongKinds(
  list: string,
  { statements, claims, retracts }: PatchInbox,
  stored: ReadonlyMap<string, readonly AliasRow[]>,
  own: (home: string) => Rank | undefined,
): void {
  for (const id of new Set([...claims.keys(), ...statements.keys()])) {
    const aliases = stored.get(id) ?? [];
    refuseAt({
      id,
      list,
      claims: claims.get(id) ?? new Map(),
      // What this run takes back claims nothing any more.
      aliases: retracts.has(id) ? aliases.filter((alias) => alias.list !== list) : aliases,
      own: own(id) ?? statements.get(id)?.rank,
    });
  }
}

function refuseAt({ id, list, claims, aliases, own }: ClaimedKinds): void {
  const said: Array<{ rank: Rank; by: string }> = [...claims]
    .sort((a, b) => a[1] - b[1])
    .map(([rank, row]) => ({ rank, by: `row ${row} of the list "${list}"` }));
  for (const alias of aliases)
    if (alias.rank === VOUCHER.kind) said.push({ rank: rankOfKind(alias.target), by: `the list "${alias.list}"` });
  const [first] = said;
  const other = said.find(({ rank }) => rank !== first!.rank);
  if (own === undefined) {
    if (!other) return;
    throw new InputError(`${calls(first!, id)}, and ${other.by} calls it ${WORDS[other.rank]}`, {
      hint: "write the same number before the id in both, or name the company by its domain, page or name",
    });
  }
  const wrong = said.find(({ rank }) => rank !== own);
  if (wrong)
    throw new InputError(`${calls(wrong, id)}, and it is ${WORDS[own]}`, {
      hint: `write ${own}:${id} there, or name the company by its domain, page or name`,
    });
}

const calls = ({ by, rank }: { by: string; rank: Rank }, id: string): string => `${by} calls ${rank}:${id} ${WORDS[rank]}`;
