import type { AccountItem, Groups, ParkedItem, Statement } from "../../account/item.ts";
import { RANK } from "../../account/item.ts";
import type { Ports } from "../../ports.ts";
import type { Entry } from "../../resolve/batch.ts";
import { blockKey, blockOf, isBlock, partitionOf } from "../../resolve/identity.ts";
import { findEarlier } from "../batches.ts";
import type { PartitionRounds } from "../open-round/open-round.ts";
import type { RunContext } from "../run-context.ts";

/** Homes that lead to homes: more steps than decisions of persons will ever make [design]. */
const MOST_STEPS = 40;
/** Homes that are looked up at once [design]. */
const CHUNK = 2_000;

/** An account behind a key, with the countries (ISO alpha-2, "" for none) for which the key means it. */
export interface Bearer {
  account: string;
  countries: string[];
}

/** What stands under a home. */
interface Standing {
  target: string | null;
  country: string;
  groups: Groups;
  ref: readonly Statement[] | undefined;
}

interface Found {
  homes: Map<string, Standing>;
  /** Vouchers that this run withdraws, by `key<tab>target`. */
  withdrawn: ReadonlySet<string>;
}

const ownCountry = (id: string, groups: Groups): string => groups.find(({ home }) => home === id)?.country ?? "";

function ofEntry({ id, target, groups, ref }: Entry): Standing {
  return { target, country: ownCountry(id, groups), groups, ref };
}

function ofItem(item: AccountItem | ParkedItem): Standing {
  const target = "target" in item ? item.target : null;
  const ref = "ref" in item ? item.ref : undefined;
  return { target, country: ownCountry(item.id, item.groups), groups: item.groups, ref };
}

/** Who is who once nothing moves any more in a run: what its partitions found out, and the store where they did not look. */
export class StandingCompanies {
  readonly #ports: Ports;
  readonly #context: RunContext;
  readonly #rounds: PartitionRounds;

  constructor(ports: Ports, context: RunContext, rounds: PartitionRounds) {
    this.#ports = ports;
    this.#context = context;
    this.#rounds = rounds;
  }

  /** Whether the run looked at anything in the partition of a key. */
  tookPart(id: string): boolean {
    return this.#rounds[partitionOf(id, this.#context.bits)] !== undefined;
  }

  /** The accounts that keys of records, domains and names mean, each once, by id. */
  async bearers(keys: ReadonlySet<string>): Promise<Map<string, Bearer[]>> {
    const homes = new Map<string, Array<{ home: string; countries: readonly string[] }>>();
    const add = (key: string, home: string, countries: readonly string[]): void => {
      const known = homes.get(key);
      if (known) known.push({ home, countries });
      else homes.set(key, [{ home, countries }]);
    };
    for (const part of chunks([...keys].sort())) {
      const blocks = new Set(part.filter(isBlock).map(blockOf));
      const { homes: found, withdrawn } = await this.#look(
        part.filter((key) => !isBlock(key)),
        blocks,
      );
      for (const [home, { country }] of found) {
        if (keys.has(home)) add(home, home, [""]);
        if (blocks.has(blockOf(home))) add(blockKey(blockOf(home)), home, [country]);
      }
      for (const [key, rows] of await this.#ports.accounts.aliases(part))
        for (const { target, list, rank, countries } of rows) {
          if (rank > RANK.registration || (isBlock(key) && rank <= RANK.name)) continue;
          if (list === this.#context.list && withdrawn.has(`${key}\t${target}`)) continue;
          add(key, target, countries);
        }
    }
    const accounts = await this.accountsOf(new Set([...homes.values()].flat().map(({ home }) => home)));
    const bearers = new Map<string, Bearer[]>();
    for (const [key, found] of homes) {
      const byAccount = new Map<string, Set<string>>();
      for (const { home, countries } of found) {
        const account = accounts.get(home);
        if (account === undefined) continue;
        const known = byAccount.get(account) ?? new Set();
        for (const country of countries) known.add(country);
        byAccount.set(account, known);
      }
      bearers.set(
        key,
        [...byAccount].map(([account, countries]) => ({ account, countries: [...countries].sort() })).sort(byAccountId),
      );
    }
    return bearers;
  }

  /** The account that each home is or belongs to; homes without rows are left out. */
  async accountsOf(homes: ReadonlySet<string>): Promise<Map<string, string>> {
    const steps = new Map<string, Pick<Standing, "target">>();
    let open = [...homes];
    for (let step = 0; open.length > 0 && step < MOST_STEPS; step++) {
      const next = new Set<string>();
      for (const part of chunks(open.sort()))
        for (const [id, { target }] of (await this.#look(part, new Set())).homes) {
          steps.set(id, { target });
          if (target !== null && !steps.has(target)) next.add(target);
        }
      open = [...next].filter((id) => !steps.has(id));
    }
    const accounts = new Map<string, string>();
    for (const home of homes) {
      let at = home;
      for (let step = 0; step < MOST_STEPS; step++) {
        const target = steps.get(at)?.target;
        if (target === null) accounts.set(home, at);
        if (typeof target !== "string") break;
        at = target;
      }
    }
    return accounts;
  }

  /** Hands what rows and references say of accounts to `visit`. */
  async evidence(
    accounts: ReadonlySet<string>,
    visit: (id: string, groups: Groups, ref: readonly Statement[] | undefined) => void,
  ): Promise<void> {
    for (const part of chunks([...accounts].sort()))
      for (const [id, { target, groups, ref }] of (await this.#look(part, new Set())).homes)
        if (target === null) visit(id, groups, ref);
  }

  async #look(ids: readonly string[], blocks: ReadonlySet<string>): Promise<Found> {
    const homes = new Map<string, Standing>();
    const empty = new Set<string>();
    const withdrawn = new Set<string>();
    const byPartition = new Map<number, { ids: Set<string>; blocks: Set<string> }>();
    const at = (key: string): { ids: Set<string>; blocks: Set<string> } => {
      const partition = partitionOf(key, this.#context.bits);
      const known = byPartition.get(partition) ?? { ids: new Set(), blocks: new Set() };
      byPartition.set(partition, known);
      return known;
    };
    for (const id of ids) at(id).ids.add(id);
    for (const block of blocks) at(block).blocks.add(block);
    for (const [partition, wanted] of byPartition) {
      const rounds = this.#rounds[partition];
      if (!rounds) continue;
      const found = await findEarlier(this.#ports, this.#context.runId, partition, rounds, wanted.ids, wanted.blocks);
      for (const pair of found.withdrawn) withdrawn.add(pair);
      for (const entry of found.entries) {
        if (entry.groups.length === 0) empty.add(entry.id);
        else homes.set(entry.id, ofEntry(entry));
      }
    }
    const seen = (id: string): boolean => homes.has(id) || empty.has(id);
    const rest = ids.filter((id) => !seen(id));
    const { accounts } = this.#ports;
    const items: Array<AccountItem | ParkedItem> = [];
    if (rest.length > 0) items.push(...(await accounts.accounts(rest)).values(), ...(await accounts.parked(rest)).values());
    if (blocks.size > 0) {
      const stored = await accounts.blocks([...blocks].sort());
      items.push(...stored.accounts, ...stored.parked);
    }
    for (const item of items) if (!seen(item.id)) homes.set(item.id, ofItem(item));
    return { homes, withdrawn };
  }
}

const byAccountId = (a: Bearer, b: Bearer): number => (a.account < b.account ? -1 : 1);

function* chunks(values: readonly string[]): Generator<string[]> {
  for (let start = 0; start < values.length; start += CHUNK) yield values.slice(start, start + CHUNK);
}
