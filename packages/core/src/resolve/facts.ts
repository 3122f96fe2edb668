import type { Contact, Deal, OrderLine } from "../account/facts.ts";
import type { FactItem, FactKind, Group } from "../account/item.ts";
import { mergeContacts, summarizeContacts } from "../personas/contacts.ts";
import type { StoredContact } from "../personas/types.ts";
import type { AccountStore } from "../ports.ts";
import { mergeDeals, summarizeDeals } from "../transactions/deals.ts";
import { mergeOrderLines, withoutVersions } from "../transactions/orders.ts";
import { summarizeOrders } from "../transactions/summary.ts";
import type { StoredDeal, StoredOrder } from "../transactions/types.ts";
import type { RowClass } from "./batch.ts";
import type { Evidence } from "./evidence.ts";

export type FactLetter = "O" | "D" | "C";

interface Stored {
  list: string;
  version: number;
}

/** How one kind of fact is merged under its home and what the home's group then says of it. */
interface FactType<S extends Stored, I> {
  kind: FactKind;
  ref(stored: S): string;
  /** What is left of it without some versions of its list; null where nothing is. */
  without(stored: S, withdrawn: ReadonlySet<number>): S | null;
  merge(
    existing: S[],
    incoming: Array<{ row: number; value: I }>,
    list: string,
    version: number,
  ): { merged: S[]; classes: RowClass[] };
  summarize(group: Group, stored: S[]): void;
  /** What a stored one says, as if its rows came again. */
  again(stored: S): Array<{ row: number; value: I }>;
}

const whole = <S extends Stored>(stored: S, withdrawn: ReadonlySet<number>): S | null =>
  withdrawn.has(stored.version) ? null : stored;

const asRows = (classes: ReadonlyArray<{ row: number; class: "accepted" | "merged" }>): RowClass[] =>
  classes.map((each) => [each.row, each.class, ""] as const);

const ORDER: FactType<StoredOrder, OrderLine> = {
  kind: "order",
  ref: (order) => order.orderId,
  without: withoutVersions,
  merge(existing, incoming, list, version) {
    const result = mergeOrderLines(
      existing,
      incoming.map(({ row, value }) => ({ row, line: value })),
      { list, version },
    );
    return { merged: result.orders, classes: asRows(result.classes) };
  },
  summarize(group, stored) {
    if (stored.length > 0) group.orders = summarizeOrders(stored);
    else delete group.orders;
  },
  again: ({ parts }) => parts.flatMap(({ lines }) => lines.map((value) => ({ row: 0, value }))),
};

const DEAL: FactType<StoredDeal, Deal> = {
  kind: "deal",
  ref: (deal) => deal.dealId,
  without: whole,
  merge(existing, incoming, list, version) {
    const result = mergeDeals(
      existing,
      incoming.map(({ row, value }) => ({ row, deal: value })),
      { list, version },
    );
    return { merged: result.deals, classes: asRows(result.classes) };
  },
  summarize(group, stored) {
    if (stored.length > 0) group.deals = summarizeDeals(stored);
    else delete group.deals;
  },
  again: ({ deal }) => [{ row: 0, value: deal }],
};

const CONTACT: FactType<StoredContact, Contact> = {
  kind: "contact",
  ref: (contact) => contact.contactId,
  without: whole,
  merge(existing, incoming, list, version) {
    const result = mergeContacts(
      existing,
      incoming.map(({ row, value }) => ({ row, contact: value })),
      { list, version },
    );
    return { merged: result.contacts, classes: asRows(result.classes) };
  },
  summarize(group, stored) {
    if (stored.length > 0) group.contacts = summarizeContacts(stored);
    else delete group.contacts;
  },
  again: ({ rows, contact }) => rows.map((row) => ({ row, value: contact })),
};

// One table by letter; each merger only ever sees its own kind.
const TYPES = { O: ORDER, D: DEAL, C: CONTACT } as unknown as Record<FactLetter, FactType<Stored, unknown>>;

/** What a home's group becomes once its facts are merged; `apply` answers whether the group says something else than before. */
export interface FactChange {
  home: string;
  apply(group: Group): boolean;
}

/** People who are erased: ids of contacts, and hashes of buyers. */
interface ErasedPeople {
  contacts: readonly string[];
  buyers: readonly string[];
}

/** Whether an order names buyers, and all of them are these. */
export function isOrderOf({ parts }: StoredOrder, buyers: readonly string[]): boolean {
  const named = parts.flatMap(({ lines }) => lines.flatMap(({ buyer }) => (buyer === undefined ? [] : [buyer])));
  return named.length > 0 && named.every((buyer) => buyers.includes(buyer));
}

/** Takes these people out of the orders of a list. */
export function forgetBuyers(order: StoredOrder, list: string, buyers: readonly string[]): void {
  if (order.list !== list) return;
  for (const { lines } of order.parts)
    for (const line of lines) if (line.buyer !== undefined && buyers.includes(line.buyer)) delete line.buyer;
}

/** Merges orders, deals and contacts of one run under their homes. A run has facts of one kind at most. */
export class FactMerger {
  readonly upserts: FactItem[] = [];
  readonly gone: Array<{ home: string; kind: FactKind; ref: string; list: string }> = [];
  readonly rows: RowClass[] = [];
  readonly #list: string;
  readonly #version: number;
  readonly #withdrawn: ReadonlySet<number>;
  readonly #incoming = new Map<string, Array<{ row: number; value: unknown }>>();
  #letter: FactLetter | null;
  readonly #people: ErasedPeople | null;
  /** Homes of which only what names erased people goes. */
  readonly #kept = new Set<string>();
  #retracted: ReadonlySet<string> = new Set();
  readonly #restated = new Map<string, readonly Evidence[]>();
  #stored = new Map<string, FactItem[]>();

  constructor(
    list: string,
    version: number,
    withdrawn: ReadonlySet<number>,
    letter: FactLetter | null,
    people: ErasedPeople | null = null,
  ) {
    this.#people = people;
    this.#list = list;
    this.#version = version;
    this.#withdrawn = withdrawn;
    this.#letter = letter;
  }

  add(home: string, row: number, json: string): void {
    const rows = this.#incoming.get(home);
    const each = { row, value: JSON.parse(json) as unknown };
    if (rows) rows.push(each);
    else this.#incoming.set(home, [each]);
  }

  /** Reads what the store has under the homes that the run touches. */
  async load(store: AccountStore, retracted: ReadonlySet<string>): Promise<void> {
    if (!this.#letter) return;
    this.#retracted = retracted;
    const homes = [...new Set([...this.#incoming.keys(), ...retracted])].sort();
    this.#stored = await store.facts(homes, TYPES[this.#letter].kind);
  }

  /** What the store has of the list at a home. */
  stored(home: string): Stored[] {
    return (this.#stored.get(home) ?? []).filter(({ list }) => list === this.#list).map(({ item }) => JSON.parse(item) as Stored);
  }

  /** What the rows of this run alone come to at a home. */
  alone(home: string): Stored[] {
    const incoming = this.#incoming.get(home);
    return this.#letter && incoming ? TYPES[this.#letter].merge([], incoming, this.#list, this.#version).merged : [];
  }

  /** Makes a home that is retracted say what these versions said, lowest first, before what the run says itself. */
  restate(home: string, evidence: readonly Evidence[]): void {
    this.#restated.set(home, evidence);
  }

  /**
   * Whether the list says anything at a home that is not about the people who are erased; what is about them alone goes in {@link merge}.
   * `customer`: the home is known by the name of whoever ordered, and orders of erased people alone leave nothing.
   */
  othersAt(home: string, customer: boolean): boolean {
    const people = this.#people;
    if (!people) return false;
    const others = (this.#stored.get(home) ?? []).some((item) => {
      if (item.list !== this.#list) return false;
      if (item.kind === "contact") return !people.contacts.includes(item.ref);
      return !customer || !isOrderOf(JSON.parse(item.item) as StoredOrder, people.buyers);
    });
    if (others) this.#kept.add(home);
    return others;
  }

  /** The changes, in home order; fills {@link upserts}, {@link gone} and {@link rows}. */
  *merge(): Generator<FactChange> {
    if (!this.#letter) return;
    const type = TYPES[this.#letter];
    const homes = [...new Set([...this.#incoming.keys(), ...this.#stored.keys(), ...this.#restated.keys()])].sort();
    for (const home of homes) {
      const items = this.#stored.get(home) ?? [];
      const before = new Map<string, FactItem>(items.map((item) => [`${item.list} ${item.ref}`, item]));
      const retracts = this.#retracted.has(home);
      const restated = this.#restated.get(home);
      let existing = items.flatMap((item) => {
        const stored = JSON.parse(item.item) as Stored;
        if (!retracts || item.list !== this.#list) return stored;
        if (restated) return [];
        if (this.#kept.has(home)) return item.kind === "contact" && this.#people!.contacts.includes(item.ref) ? [] : stored;
        return type.without(stored, this.#withdrawn) ?? [];
      });
      for (const { version, facts } of restated ?? []) {
        const again = facts.flatMap((each) => type.again(each as Stored));
        existing = type.merge(existing, again, this.#list, version).merged;
      }
      if (this.#kept.has(home) && type.kind === "order")
        for (const order of existing) forgetBuyers(order as StoredOrder, this.#list, this.#people!.buyers);
      const { merged, classes } = type.merge(existing, this.#incoming.get(home) ?? [], this.#list, this.#version);
      for (const [row, outcome] of classes) this.rows.push([row, outcome, home]);
      for (const stored of merged) {
        const key = `${stored.list} ${type.ref(stored)}`;
        const item = JSON.stringify(stored);
        if (before.get(key)?.item !== item) {
          this.upserts.push({ home, kind: type.kind, ref: type.ref(stored), list: stored.list, version: stored.version, item });
        }
        before.delete(key);
      }
      for (const item of before.values()) this.gone.push({ home, kind: type.kind, ref: item.ref, list: item.list });
      yield {
        home,
        apply(group) {
          const was = JSON.stringify([group.orders, group.deals, group.contacts]);
          type.summarize(group, merged);
          return JSON.stringify([group.orders, group.deals, group.contacts]) !== was;
        },
      };
    }
  }
}

/** The letter of a list kind's facts; null for kinds without. */
export function factLetterOf(kind: string | null): FactLetter | null {
  return kind === "orders" ? "O" : kind === "deals" ? "D" : kind === "contacts" ? "C" : null;
}
