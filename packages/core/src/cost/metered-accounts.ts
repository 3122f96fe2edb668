import type { AccountItem, AliasRow, FactItem, FactKind, ParkedItem } from "../account/item.ts";
import { factLine, INDEXED_TIERS, packText } from "../account/stored-item.ts";
import type { AccountStore, PartitionChanges, Ports, Suppression, WantedMember } from "../ports.ts";
import { accountBytes, GROUP_DIGITS, GROUPS, groupBytes, indexUnits, parkedBytes, SHARDS, TYPICAL } from "./item-bytes.ts";
import type { Meter } from "./meter.ts";
import { queryUnits, readUnits, writeUnits } from "./request-units.ts";

/** Partition keys that a tier is spread over in the index: `packages/aws/src/dynamodb/account-attributes.ts`. */
const LISTING_SHARDS = 16;

/** Shards that are asked before the first answer is there: `packages/aws/src/dynamodb/account-rows.ts`. */
const SHARDS_AT_ONCE = 16;

/** Items of one save that are packed to see how large they are; the others are taken to be like them [design]. */
const SAMPLED = 32;
const SAMPLED_GROUPS = 12;

/** Every n-th of many, so that about `most` are taken; the same of the same. */
function sampleOf<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  const step = items.length / most;
  return Array.from({ length: most }, (_, index) => items[Math.floor(index * step)]!);
}

/** The accounts port, counting the units of the table on AWS. Sizes are those of a sample; see `docs/costs.md` for what that is worth. */
export class MeteredAccounts implements AccountStore {
  readonly #ports: Ports;
  readonly #meter: Meter;
  /** Bytes of the average account packed by this thread so far. */
  #packed = { bytes: 0, items: 0 };
  /** Accounts stored when the turn began, asked once for each turn: counting reads through the whole store. Null where it has to be asked. */
  #stored: number | null = null;
  /** Accounts stored when the wanted ones were read, which is after a run has saved. */
  #saved: number | null = null;
  #turn = 0;

  constructor(ports: Ports, meter: Meter) {
    this.#ports = ports;
    this.#meter = meter;
  }

  /** One item says whether anything was ever saved; whether it is still there is asked of a few shards. */
  async isEmpty(): Promise<boolean> {
    const empty = await this.#ports.accounts.isEmpty();
    this.#read(empty ? 1 : 1 + SHARDS_AT_ONCE);
    this.#stored = null;
    this.#saved = null;
    return empty;
  }

  async count(): Promise<number> {
    const count = await this.#ports.accounts.count();
    this.#stored = count;
    this.#readAll(count, 1);
    return count;
  }

  async accounts(ids: readonly string[]): Promise<Map<string, AccountItem>> {
    const found = await this.#ports.accounts.accounts(ids);
    this.#readById(ids, found, accountBytes);
    return found;
  }

  async parked(ids: readonly string[]): Promise<Map<string, ParkedItem>> {
    const found = await this.#ports.accounts.parked(ids);
    this.#readById(ids, found, parkedBytes);
    return found;
  }

  async aliases(keys: readonly string[]): Promise<Map<string, AliasRow[]>> {
    this.#read(groupsOf(keys).size * readUnits(await this.#groupBytes()));
    return this.#ports.accounts.aliases(keys);
  }

  async facts(homes: readonly string[], kind: FactKind): Promise<Map<string, FactItem[]>> {
    const found = await this.#ports.accounts.facts(homes, kind);
    this.#read(new Set(homes).size - found.size);
    const sample = sampleOf([...found.values()], SAMPLED);
    const units = sample.reduce((sum, facts) => sum + readUnits(factBytes(facts)), 0);
    this.#read(scaled(units, sample.length, found.size));
    return found;
  }

  async blocks(prefixes: readonly string[]): Promise<{ accounts: AccountItem[]; parked: ParkedItem[] }> {
    const found = await this.#ports.accounts.blocks(prefixes);
    this.#read(2 * prefixes.length);
    return found;
  }

  /** All items of the range are read, whatever the filter lets through. */
  async *scan(from: string, to: string | null, which: "all" | "dependent"): AsyncGenerator<AccountItem> {
    const share = shareOf(from, to);
    this.#readAll(await this.#count(), share);
    yield* this.#ports.accounts.scan(from, to, which);
  }

  /** Tiers in the index are asked of its shards, which are not read consistently; for the others all accounts are read. */
  async ranked(tier: string, limit: number): Promise<AccountItem[]> {
    const best = await this.#ports.accounts.ranked(tier, limit);
    if (INDEXED_TIERS.has(tier)) this.#read(LISTING_SHARDS / 2 + best.length);
    else this.#readAll(await this.#count(), 1);
    return best;
  }

  async *wants(platform: string): AsyncGenerator<WantedMember> {
    this.#saved ??= await this.#ports.accounts.count();
    this.#readAll(this.#saved, 1);
    yield* this.#ports.accounts.wants(platform);
  }

  async *scanFacts(kind: FactKind): AsyncGenerator<FactItem> {
    let bytes = 0;
    for await (const fact of this.#ports.accounts.scanFacts(kind)) {
      bytes += PACKED * fact.item.length;
      yield fact;
    }
    this.#readShards(bytes, 1);
  }

  async save(changes: PartitionChanges, fence: number): Promise<void> {
    if (fence !== this.#turn) this.#stored = null;
    this.#turn = fence;
    this.#saved = null;
    await this.#countSave(changes);
    await this.#ports.accounts.save(changes, fence);
  }

  claim(fence: number): Promise<void> {
    this.#write(1);
    return this.#ports.accounts.claim(fence);
  }

  async suppressed(
    keys: readonly string[],
    except?: { list: string; versions: readonly number[] },
  ): Promise<Map<string, Suppression[]>> {
    this.#read(groupsOf(keys).size);
    return this.#ports.accounts.suppressed(keys, except);
  }

  /** The number is remembered in the item that speaks of the whole store. */
  suppressionCount(): Promise<number> {
    this.#read(1);
    return this.#ports.accounts.suppressionCount();
  }

  /** Every group of vouchers and suppressions is read; those of the version are written, which are few where anything failed early. */
  async forgetVersion(list: string, version: number): Promise<void> {
    this.#readShards((await this.#groupBytes()) * GROUPS, 1);
    this.#readShards(0, 1);
    return this.#ports.accounts.forgetVersion(list, version);
  }

  async #countSave(changes: PartitionChanges): Promise<void> {
    this.#read(1);
    await this.#saveAccounts(changes);
    this.#write(changes.accountsGone.length);
    const parked = sampleOf(changes.parked, SAMPLED);
    this.#write(
      scaled(
        parked.reduce((sum, item) => sum + writeUnits(parkedBytes(item)), 0),
        parked.length,
        changes.parked.length,
      ),
    );
    this.#write(changes.parkedGone.length);
    const aliases = [...changes.aliases, ...changes.aliasesGone].map(({ key }) => key);
    await this.#saveGroups(aliases, changes.aliases.map(aliasLine), await this.#groupBytes());
    const suppressions = [...changes.suppressions, ...changes.suppressionsGone].map(({ key }) => key);
    await this.#saveGroups(suppressions, changes.suppressions.map(suppressionLine), 0);
    // Whether they are counted anew is noted before and after.
    if (suppressions.length > 0) this.#write(2);
    await this.#saveFacts(changes);
  }

  async #saveAccounts({ accounts }: PartitionChanges): Promise<void> {
    if (accounts.length === 0) return;
    const sample = sampleOf(accounts, SAMPLED);
    const before =
      (await this.#count()) === 0
        ? new Map<string, AccountItem>()
        : await this.#ports.accounts.accounts(sample.map(({ id }) => id));
    let units = 0;
    for (const item of sample) {
      const bytes = accountBytes(item);
      this.#packed.bytes += bytes;
      this.#packed.items++;
      const old = before.get(item.id);
      units += writeUnits(Math.max(bytes, old ? accountBytes(old) : 0)) + indexUnits(item, old);
    }
    this.#write(scaled(units, sample.length, accounts.length));
  }

  /** Rows that lie packed in groups: every group that is touched is read, and written as a whole. `stored` are bytes of a group before. */
  async #saveGroups(keys: readonly string[], lines: readonly string[], stored: number): Promise<void> {
    const groups = groupsOf(keys);
    if (groups.size === 0) return;
    const byGroup = new Map<string, string[]>();
    for (const line of lines) {
      const group = line.slice(2, 2 + GROUP_DIGITS);
      const known = byGroup.get(group);
      if (known) known.push(line);
      else byGroup.set(group, [line]);
    }
    const sample = sampleOf([...groups], SAMPLED_GROUPS);
    let units = 0;
    for (const group of sample) {
      const added = byGroup.get(group);
      units += writeUnits(stored + groupBytes(added ? packText(added.sort().join("\n")).length : 0));
    }
    this.#read(groups.size * readUnits(stored));
    this.#write(scaled(units, sample.length, groups.size));
  }

  async #saveFacts({ facts, factsGone }: PartitionChanges): Promise<void> {
    const homes = new Map<string, FactItem[]>();
    for (const { home, kind } of factsGone) homes.set(`${home}#${kind}`, []);
    for (const fact of facts) {
      const name = `${fact.home}#${fact.kind}`;
      const known = homes.get(name);
      if (known) known.push(fact);
      else homes.set(name, [fact]);
    }
    const sample = sampleOf([...homes], SAMPLED);
    let read = 0;
    let write = 0;
    for (const [name, put] of sample) {
      const [home, kind] = name.split("#") as [string, FactKind];
      const old = (await this.#ports.accounts.facts([home], kind)).get(home) ?? [];
      const replaced = new Set(put.map(({ ref, list }) => `${list} ${ref}`));
      const whole = [...old.filter(({ ref, list }) => !replaced.has(`${list} ${ref}`)), ...put];
      read += readUnits(factBytes(old));
      write += writeUnits(Math.max(factBytes(old), factBytes(whole)));
    }
    this.#read(scaled(read, sample.length, homes.size));
    this.#write(scaled(write, sample.length, homes.size));
  }

  #readById<T>(ids: readonly string[], found: ReadonlyMap<string, T>, bytesOf: (item: T) => number): void {
    const sample = sampleOf([...found.values()], SAMPLED);
    const units = sample.reduce((sum, item) => sum + readUnits(bytesOf(item)), 0);
    this.#read(new Set(ids).size - found.size + scaled(units, sample.length, found.size));
  }

  /** Accounts in the store when the turn began. */
  async #count(): Promise<number> {
    this.#stored ??= await this.#ports.accounts.count();
    return this.#stored;
  }

  /** Bytes of the vouchers in the average group. */
  async #groupBytes(): Promise<number> {
    return ((await this.#count()) * TYPICAL.lines * TYPICAL.line) / GROUPS;
  }

  /** Reads a share of all accounts, shard by shard. */
  #readAll(accounts: number, share: number): void {
    const each = this.#packed.items === 0 ? TYPICAL.account : this.#packed.bytes / this.#packed.items;
    this.#readShards(accounts * each, share);
  }

  #readShards(bytes: number, share: number): void {
    const shards = Math.max(1, SHARDS * share);
    const each = (bytes * share) / shards;
    // Begun units of shards that are not all alike: half a unit is lost in each.
    this.#read(
      Math.round(shards * (each < 4096 ? 1 : queryUnits(each) - (each % 4096 === 0 ? 0 : 1) + (each % 4096) / 4096 + 0.5)),
    );
  }

  #read(units: number): void {
    if (units > 0) this.#meter.count("dynamodb.read", units);
  }

  #write(units: number): void {
    if (units > 0) this.#meter.count("dynamodb.write", units);
  }
}

/** Packed bytes of a character of facts, where they are too many to be packed for this [design]. */
const PACKED = 0.3;

const factBytes = (facts: readonly FactItem[]): number =>
  facts.length === 0 ? 0 : groupBytes(packText(facts.map(factLine).join("\n")).length);

function groupsOf(keys: readonly string[]): Set<string> {
  const groups = new Set<string>();
  for (const key of keys) groups.add(key.slice(0, GROUP_DIGITS));
  return groups;
}

/** What a sample came to, for all; whole units. */
function scaled(units: number, sample: number, all: number): number {
  return sample === 0 ? 0 : Math.round((units * all) / sample);
}

/** The share of all ids that lie in a range. */
function shareOf(from: string, to: string | null): number {
  const at = (id: string): number => Number.parseInt(id.slice(0, 8).padEnd(8, "0"), 16) / 16 ** 8;
  const low = from === "" ? 0 : at(from);
  const high = to === null || to.startsWith("g") ? 1 : at(to);
  return Math.max(0, high - low);
}

/** As `packages/aws/src/dynamodb/rows.ts` writes them. */
function aliasLine({ key, target, list, version, rank, countries }: AliasRow): string {
  return `${JSON.stringify([key, target, list])}\t${JSON.stringify([version, rank, ...countries])}`;
}

function suppressionLine({ key, list, version, entry }: PartitionChanges["suppressions"][number]): string {
  return `${JSON.stringify([key, list])}\t${JSON.stringify([version, version, entry])}`;
}
