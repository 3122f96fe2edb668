import type { PartitionChanges } from "@bullseye/core/ports";
import { isConditionFailure, turnLost } from "./failures.ts";
import type { Item, Table } from "./table.ts";

const CONTROL = { pk: "X", sk: "store" };

/** What the store knows of itself as a whole, in one item: the latest turn that saved, and whether there is anything of a kind at all. */
export class Control {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Whether accounts, parked homes, vouchers or facts were ever saved. */
  async anythingSaved(): Promise<boolean> {
    return (await this.#table.get(CONTROL))?.filled !== undefined;
  }

  /** Notes that a turn saves. BugError where a later one has: what that one removed must not come back. */
  async begin(changes: PartitionChanges, fence: number): Promise<void> {
    const now = await this.#table.get(CONTROL);
    const { accounts, parked, aliases, facts } = changes;
    const some = accounts.length + parked.length + aliases.length + facts.length > 0 && !now?.filled;
    if (now?.f && Number(now.f.N) === fence && !some) return;
    await this.claim(fence, some);
  }

  /** Lets no earlier turn save any more. `filled`: something was saved. */
  async claim(fence: number, filled = false): Promise<void> {
    try {
      await this.#table.update(CONTROL, `SET v = :v, f = :f${filled ? ", filled = :filled" : ""}`, {
        text: "attribute_not_exists(f) OR f <= :f",
        values: { ":v": { N: "1" }, ":f": { N: String(fence) }, ...(filled ? { ":filled": { N: "1" } } : {}) },
      });
    } catch (error) {
      if (isConditionFailure(error)) throw turnLost(fence, "this store");
      throw error;
    }
  }

  /** Whether suppressions were ever saved. */
  async suppressionsSaved(): Promise<boolean> {
    return (await this.#table.get(CONTROL))?.changes !== undefined;
  }

  /** Runs a change of the suppressions; what was counted before or meanwhile no longer holds. */
  async changingSuppressions(change: () => Promise<void>): Promise<void> {
    await this.#suppressionsChange();
    await change();
    await this.#suppressionsChange();
  }

  async #suppressionsChange(): Promise<void> {
    await this.#table.update(CONTROL, "SET v = :v ADD changes :one", { values: { ":v": { N: "1" }, ":one": { N: "1" } } });
  }

  /** The number of suppressions as it was counted last, where nothing changed since; else what `count` finds, which is remembered. */
  async suppressionCount(count: () => Promise<number>): Promise<number> {
    const now = await this.#table.get(CONTROL);
    if (!now?.changes) return 0;
    if (now.counted?.N === now.changes.N) return Number(now.suppressions!.N);
    const found = await count();
    const values: Item = { ":n": { N: String(found) }, ":changes": now.changes };
    try {
      await this.#table.update(CONTROL, "SET suppressions = :n, counted = :changes", { text: "changes = :changes", values });
    } catch (error) {
      // Somebody changes them now, and counts for himself.
      if (!isConditionFailure(error)) throw error;
    }
    return found;
  }
}
