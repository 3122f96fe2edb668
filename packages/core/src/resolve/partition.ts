import type { AccountItem, AliasRow, Group, ParkedItem } from "../account/item.ts";
import { RANK, type Rank } from "../account/item.ts";
import { PATCH_KINDS } from "../lists/kinds.ts";
import type { AccountStore, Digest, Suppression } from "../ports.ts";
import { type Entry, entryOf, type ResolvedBatch } from "./batch.ts";
import { refuseWrongKinds } from "./claimed-kinds.ts";
import { evidenceToKeep, restate } from "./evidence.ts";
import { FactMerger, factLetterOf } from "./facts.ts";
import { contentOf, hasOwn, isOnlyCustomer, ownGroup, ownOf, prune, sortGroups } from "./groups.ts";
import { blockKey, blockOf, isBlock, keyOfKind, mailKey } from "./identity.ts";
import { PatchInbox } from "./inbox.ts";
import { groupsLine, narrowedLine, type PatchLine, touchLine, unlinkLine } from "./lines.ts";
import { cardLine, goneCardLine } from "./matching/card.ts";
import { redirectOf } from "./redirect.ts";
import type { ResolveContext } from "./resolve-context.ts";
import { type ChangedBefore, kindVouched, NOTHING_CHANGED, StandingVouchers } from "./standing-vouchers.ts";
import { addStatements, dropStatements } from "./statements.ts";
import { vouchedBy } from "./vouched.ts";

/**
 * Finds out, for one partition and one round, which homes stand for themselves, which belong to a stronger key, and what moves between
 * partitions. Everything is a function of the set of standing rows: order, sizes and number of rounds leave no trace.
 */
export class PartitionResolver {
  readonly messages: PatchLine[] = [];
  readonly #batch: ResolvedBatch;
  readonly #store: AccountStore;
  readonly #digest: Digest;
  readonly #context: ResolveContext;
  readonly #inbox: PatchInbox;
  readonly #facts: FactMerger;
  #aliases = new Map<string, AliasRow[]>();
  #before: ChangedBefore = NOTHING_CHANGED;
  #vouchers: StandingVouchers | null = null;
  readonly #cards: string[] = [];
  /** Lines of evidence to keep (`evidence.ts`). */
  readonly evidence: string[] = [];
  #suppressed: ReadonlyMap<string, readonly Suppression[]> = new Map();
  /** Name homes of the batch by block. */
  readonly #blocks = new Map<string, Set<string>>();

  constructor(batch: ResolvedBatch, store: AccountStore, digest: Digest, context: ResolveContext) {
    this.#batch = batch;
    this.#store = store;
    this.#digest = digest;
    this.#context = context;
    this.#facts = new FactMerger(context.list, context.version, context.withdrawn, factLetterOf(context.kind), context.people);
    this.#inbox = new PatchInbox(context.list, context.version, (home, row, json) => this.#facts.add(home, row, json));
  }

  /** Reference rows of this partition by key, for its slice. */
  get references(): ReadonlyMap<string, Array<{ row: number; fields: string }>> {
    return this.#inbox.references;
  }

  /** A card for each home that was looked at, for the comparison of names (`matching/card.ts`). */
  get cards(): readonly string[] {
    return this.#cards;
  }

  add(line: PatchLine): void {
    this.#inbox.add(line);
  }

  /** Reads what the store knows of the keys, applies the lines and decides. Call once, after the last {@link add}. */
  async resolve(): Promise<void> {
    await this.#load();
    refuseWrongKinds(this.#context.list, this.#inbox, this.#aliases, (home) => this.#ownAt(home)?.rank);
    if (!this.#context.fresh)
      this.evidence.push(...evidenceToKeep(this.#context, this.#inbox, this.#facts, (home) => this.#ownAt(home)?.st ?? []));
    const evaluate = new Set<string>();
    this.#applyRetracts(evaluate);
    this.#applyStatements(evaluate);
    this.#applyFacts(evaluate);
    this.#applyGroups(evaluate);
    this.#applyVouchers(evaluate);
    this.#applyTouches(evaluate);
    for (const id of evaluate) this.#decide(id);
  }

  #index(entry: Entry): void {
    if (entry.rank !== RANK.name) return;
    const block = blockOf(entry.id);
    const ids = this.#blocks.get(block);
    if (ids) ids.add(entry.id);
    else this.#blocks.set(block, new Set([entry.id]));
  }

  #put(entry: Entry): Entry {
    this.#batch.entries.set(entry.id, entry);
    this.#index(entry);
    return entry;
  }

  /** A home that nobody has stored or named before. */
  #begin(id: string, { rank, country }: Pick<Entry, "rank" | "country">): Entry {
    return this.#put({ id, rank, country, groups: [], target: null, was: "none", changed: true, dirty: true });
  }

  #admit(item: AccountItem | ParkedItem, was: "account" | "parked"): void {
    if (this.#batch.entries.has(item.id)) return;
    this.#put(entryOf(item, was));
  }

  async #admitBlocks(blocks: readonly string[]): Promise<void> {
    const found = await this.#store.blocks(blocks);
    for (const item of found.accounts) this.#admit(item, "account");
    for (const item of found.parked) this.#admit(item, "parked");
  }

  async #load(): Promise<void> {
    const inbox = this.#inbox;
    if (this.#context.fresh) return;
    await this.#facts.load(this.#store, inbox.retracts);
    const keys = new Set<string>();
    const blocks = new Set<string>();
    const want = (id: string): void => {
      if (isBlock(id)) blocks.add(blockOf(id));
      keys.add(id);
    };
    for (const [id, own] of inbox.statements) {
      want(id);
      if (own.rank === RANK.name) blocks.add(blockOf(id));
    }
    for (const { key } of inbox.links.values()) want(key);
    for (const pair of inbox.similar.keys()) want(pair.slice(0, 20));
    for (const map of [inbox.groups, inbox.references, inbox.suppressions, inbox.matches]) for (const id of map.keys()) want(id);
    for (const { key } of inbox.unlinks) want(key);
    for (const set of [inbox.retracts, inbox.touches]) for (const id of set) want(id);
    await this.#loadEarlier(keys, blocks);
    const ids = [...keys].filter((id) => !isBlock(id) && !this.#batch.entries.has(id)).sort();
    for (const item of (await this.#store.accounts(ids)).values()) this.#admit(item, "account");
    for (const item of (await this.#store.parked(ids)).values()) this.#admit(item, "parked");
    // A name home that was retracted or touched brings its block along: its namesakes may now stand otherwise.
    for (const id of keys) if (this.#batch.entries.get(id)?.rank === RANK.name) blocks.add(blockOf(id));
    if (blocks.size > 0) {
      await this.#admitBlocks([...blocks].sort());
    }
    const aliasKeys = new Set(keys);
    for (const block of blocks) aliasKeys.add(blockKey(block));
    for (const id of this.#batch.entries.keys()) aliasKeys.add(id);
    for (const id of this.#suppressedKeys()) aliasKeys.add(mailKey(id));
    this.#aliases = await this.#store.aliases([...aliasKeys].sort());
    await this.#loadNamed(keys, blocks);
    if (inbox.suppressions.size > 0 && !this.#context.alone)
      this.#suppressed = await this.#store.suppressed(
        [...inbox.suppressions.keys()].filter((id) => !inbox.retracts.has(id)).sort(),
      );
  }

  /** A name that is known from a decision alone brings its block along as any other name home does. */
  async #loadNamed(keys: ReadonlySet<string>, blocks: Set<string>): Promise<void> {
    for (const entry of this.#batch.entries.values()) {
      const kind = ownOf(entry) ? undefined : this.#kindOf(entry.id);
      if (kind === undefined) continue;
      Object.assign(entry, keyOfKind(entry.id, kind));
      this.#index(entry);
    }
    const more = [...keys]
      .filter((id) => !isBlock(id) && !blocks.has(blockOf(id)) && this.#kindOf(id) === RANK.name)
      .map(blockOf);
    if (more.length === 0) return;
    const sorted = [...new Set(more)].sort();
    for (const entry of (await this.#context.earlier(new Set(), new Set(sorted))).entries)
      if (!this.#batch.entries.has(entry.id)) this.#put({ ...entry, dirty: false });
    await this.#admitBlocks(sorted);
    const ids = [...sorted.map(blockKey), ...this.#batch.entries.keys()].filter((id) => !this.#aliases.has(id));
    for (const [key, aliases] of await this.#store.aliases(ids.sort())) this.#aliases.set(key, aliases);
  }

  #kindOf(id: string): Rank | undefined {
    return this.#inbox.kinds.get(id) ?? kindVouched(this.#aliases.get(id));
  }

  async #loadEarlier(keys: ReadonlySet<string>, blocks: Set<string>): Promise<void> {
    const { entries, withdrawn, similar } = await this.#context.earlier(keys, blocks);
    this.#before = { withdrawn, similar };
    let more = false;
    for (const entry of entries) {
      this.#put({ ...entry, dirty: false });
      if (entry.rank === RANK.name && !blocks.has(blockOf(entry.id))) {
        blocks.add(blockOf(entry.id));
        more = true;
      }
    }
    if (!more) return;
    for (const entry of (await this.#context.earlier(new Set(), blocks)).entries)
      if (!this.#batch.entries.has(entry.id)) this.#put({ ...entry, dirty: false });
  }

  #ownAt(id: string): Group | undefined {
    const entry = this.#batch.entries.get(id);
    return entry && ownOf(entry);
  }

  #applyRetracts(evaluate: Set<string>): void {
    const { list, withdrawn } = this.#context;
    for (const id of this.#inbox.retracts) {
      if (!PATCH_KINDS.has(this.#context.kind!)) {
        if (this.#context.kind === "suppressions" && !this.#inbox.suppressions.has(id)) this.#batch.suppressionsGone.push(id);
        for (const alias of this.#aliases.get(id) ?? [])
          if (alias.list === list && !this.#inbox.links.has(`${id}\t${alias.target}`))
            this.#inbox.unlinks.push({ key: id, target: alias.target });
        this.#inbox.touches.add(id);
        continue;
      }
      const entry = this.#batch.entries.get(id);
      const own = entry && ownOf(entry);
      // Gone already, where a run that failed saved that: its card is not.
      if (!entry) this.#cards.push(goneCardLine(id));
      if (!entry || !own) continue;
      if (this.#context.people && this.#facts.othersAt(id, isOnlyCustomer(entry, own, list))) {
        evaluate.add(id);
        continue;
      }
      const before = vouchedBy(own.st, list, this.#digest);
      const incoming = this.#inbox.statements.get(id)?.byJson;
      const evidence = this.#context.stays && this.#inbox.evidence.of(id, this.#context.stays);
      if (evidence) {
        restate(own, list, evidence);
        this.#facts.restate(id, evidence);
      }
      if (evidence || dropStatements(own, list, withdrawn, incoming).length > 0) entry.changed = true;
      // A run that failed may have saved this home and not the account that holds its groups.
      entry.dirty = true;
      const after = vouchedBy(own.st, list, this.#digest, incoming?.keys());
      for (const [key, countries] of before) {
        const left = after.get(key);
        if (!left) this.messages.push(unlinkLine(key, id));
        else if (evidence && [...countries].some((each) => !left.has(each)))
          this.messages.push(narrowedLine(key, id, own.rank, [...left].sort()));
      }
      evaluate.add(id);
    }
  }

  /**
   * Keys that the run suppresses or suppresses no more: what only a mailbox ties to them is looked at, too. Not what is touched further on:
   * a company that has joined the one whose mailbox it uses would touch it for ever.
   */
  *#suppressedKeys(): Iterable<string> {
    if (this.#context.kind !== "suppressions") return;
    for (const keys of [this.#inbox.suppressions.keys(), this.#inbox.retracts]) for (const id of keys) if (!isBlock(id)) yield id;
  }

  #applyStatements(evaluate: Set<string>): void {
    const { list, version, asOf } = this.#context;
    for (const [id, own] of this.#inbox.statements) {
      const entry = this.#batch.entries.get(id) ?? this.#begin(id, own);
      const group = ownGroup(entry, own.rank, own.country);
      if (addStatements(group, own.byJson.values(), list, version, asOf)) entry.changed = true;
      entry.dirty = true;
      evaluate.add(id);
    }
  }

  #applyFacts(evaluate: Set<string>): void {
    for (const change of this.#facts.merge()) {
      const entry = this.#batch.entries.get(change.home);
      if (!entry) continue;
      const own = this.#inbox.statements.get(change.home);
      const group = ownGroup(entry, own?.rank ?? entry.rank, own?.country ?? entry.country);
      if (change.apply(group)) {
        entry.changed = true;
        entry.dirty = true;
      }
      evaluate.add(change.home);
    }
    this.#batch.facts.push(...this.#facts.upserts);
    this.#batch.factsGone.push(...this.#facts.gone);
    this.#batch.rows.push(...this.#facts.rows);
  }

  #applyGroups(evaluate: Set<string>): void {
    for (const [id, senders] of this.#inbox.groups) {
      let entry = this.#batch.entries.get(id);
      for (const [from, groups] of senders) {
        if (!entry) {
          if (groups === null) continue;
          const rank = this.#kindOf(id) ?? groups[0]!.rank;
          entry = this.#begin(id, keyOfKind(id, rank));
        }
        const before = contentOf(entry.groups);
        entry.groups = entry.groups.filter((group) => group.via !== from);
        if (groups) for (const group of groups) entry.groups.push({ ...group, via: from });
        sortGroups(entry);
        if (contentOf(entry.groups) !== before) entry.changed = true;
        entry.dirty = true;
      }
      if (entry) evaluate.add(id);
    }
  }

  #applyVouchers(evaluate: Set<string>): void {
    const { list, alone } = this.#context;
    const seen = (key: string): void => {
      if (isBlock(key)) for (const id of this.#blocks.get(blockOf(key)) ?? []) evaluate.add(id);
      else if (this.#batch.entries.has(key)) evaluate.add(key);
    };
    for (const [pair, alias] of this.#inbox.links) {
      const { key, countries } = alias;
      if (!alone && !this.#inbox.narrowed.has(pair)) {
        const stored = this.#aliases.get(key)?.find((each) => each.target === alias.target && each.list === list);
        if (stored) for (const country of stored.countries) if (!countries.includes(country)) countries.push(country);
      }
      if (countries.length > 1) countries.sort();
      this.#batch.aliases.set(pair, alias);
      seen(key);
    }
    for (const { key, target } of this.#inbox.unlinks) {
      this.#batch.aliases.set(`${key}\t${target}`, null);
      seen(key);
    }
    for (const [pair, holds] of this.#inbox.similar) {
      this.#batch.similar.set(pair, holds);
      const low = pair.slice(0, 20);
      // Of a run that failed only one side may have been saved: whatever stands, the other side is told.
      const entry = this.#batch.entries.get(low);
      if (entry) entry.dirty = true;
      if (!holds) this.messages.push(groupsLine(pair.slice(21), low, null));
      seen(low);
    }
    // A namesake came or went: those who named no country look again.
    for (const id of [...evaluate]) {
      if (this.#batch.entries.get(id)?.rank === RANK.name)
        for (const other of this.#blocks.get(blockOf(id)) ?? []) evaluate.add(other);
    }
  }

  #applyTouches(evaluate: Set<string>): void {
    const inbox = this.#inbox;
    const batch = this.#batch;
    for (const [key, rows] of inbox.suppressions) {
      const before = (this.#suppressed.get(key) ?? []).filter(({ list }) => list === this.#context.list);
      batch.suppress(key, rows, before);
    }
    for (const rows of [inbox.references, inbox.matches]) for (const [key, own] of rows) batch.classify(key, own);
    for (const source of [inbox.touches, inbox.references.keys(), inbox.suppressions.keys(), inbox.kinds.keys()]) {
      for (const id of source) {
        const ids = isBlock(id) ? (this.#blocks.get(blockOf(id)) ?? []) : [id];
        for (const each of ids) {
          const entry = batch.entries.get(each);
          if (entry?.target) this.messages.push(touchLine(entry.target));
          if (entry) evaluate.add(each);
        }
        // One that stands alone vouches for itself, and was looked at already.
        for (const { target } of this.#standing().of(id)) if (target !== id) this.messages.push(touchLine(target));
      }
    }
    for (const id of this.#suppressedKeys())
      for (const { target } of this.#standing().of(mailKey(id))) this.messages.push(touchLine(target));
  }

  /** What vouches now; asked for once everything that this round brings was applied. */
  #standing(): StandingVouchers {
    this.#vouchers ??= new StandingVouchers(
      this.#context.list,
      this.#aliases,
      this.#before,
      this.#batch,
      (key) =>
        this.#batch.entries.has(key) ||
        this.#blocks.has(blockOf(key)) ||
        this.#inbox.references.has(key) ||
        this.#inbox.suppressions.has(key) ||
        this.#inbox.kinds.has(key) ||
        this.#inbox.touches.has(key),
    );
    return this.#vouchers;
  }

  #decide(id: string): void {
    const entry = this.#batch.entries.get(id);
    if (!entry) return;
    const isName = entry.rank === RANK.name;
    prune(entry);
    const empty = entry.groups.length === 0;
    let target: string | null = null;
    let similar = false;
    if (!empty) {
      const siblings =
        isName && entry.country === ""
          ? [...(this.#blocks.get(blockOf(id)) ?? [])]
              .map((each) => this.#batch.entries.get(each)!)
              .filter((each) => each.id !== id && hasOwn(each))
              .map((each) => ({ id: each.id, country: each.country }))
          : [];
      const vouchers = this.#standing();
      const aliases = vouchers.of(isName ? blockKey(blockOf(id)) : id);
      const own = vouchers.ofHome(id);
      ({ target, similar } = redirectOf({ id, isName, country: entry.country, aliases, own, siblings }));
    }
    if (entry.target !== null && entry.target !== target) this.messages.push(groupsLine(entry.target, id, null));
    if (target !== null && (target !== entry.target || entry.dirty)) this.messages.push(groupsLine(target, id, entry.groups));
    entry.target = target;
    entry.dirty = false;
    this.#cards.push(cardLine(entry, similar));
  }
}
