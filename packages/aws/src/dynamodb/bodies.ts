import { createHash } from "node:crypto";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { BugError, InputError } from "@bullseye/core/errors";
import { eachOf, IN_FLIGHT_PARTS } from "./concurrency.ts";
import { type Expression, type Item, itemOf, type Key, type Table } from "./table.ts";

/** Bytes that one item holds at most; DynamoDB takes 400 KB with keys and all. */
const PART_BYTES = 300_000;
const LARGEST_PART_BYTES = 390_000;
/** How often a body is read anew whose parts were replaced meanwhile. */
const READS = 5;

/** Cuts bytes to what items hold. */
export function partsOf(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start === 0 || start < bytes.length; start += PART_BYTES)
    parts.push(bytes.subarray(start, start + PART_BYTES));
  return parts;
}

/**
 * Packed bytes of items. One part lies in the item itself (`b`). Several lie beside it, named by owner and content (`p` lists them): they
 * are written before the item that names them and removed after it no longer does, so that a reader finds either state whole.
 */
export class Bodies {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** Puts an item with its parts; `more` are its other attributes. */
  async put(key: Key, parts: readonly Uint8Array[], more: Item, condition?: Expression): Promise<void> {
    const body = parts.length === 1 ? { b: { B: parts[0]! } } : await this.#putParts(key, parts);
    const before = await this.#table.put(itemOf(key, { ...body, ...more }), condition);
    await this.#removeParts(key, before, "p" in body ? namesOf(body) : []);
  }

  async delete(key: Key, condition?: Expression): Promise<void> {
    await this.#removeParts(key, await this.#table.delete(key, condition), []);
  }

  /** The parts of an item that was read; null where it is gone by now. */
  async read(item: Item): Promise<Uint8Array[] | null> {
    if (item.b?.B) return [item.b.B];
    const owner = { pk: item.pk!.S!, sk: item.sk!.S! };
    let now: Item | null = item;
    for (let attempt = 0; attempt < READS && now; attempt++) {
      if (now.b?.B) return [now.b.B];
      const names = namesOf(now);
      const found = new Map<string, Uint8Array>();
      for (const part of await this.#table.getAll([...new Set(names)].map((name) => partKey(owner, name))))
        found.set(part.sk!.S!, part.b!.B!);
      const parts = names.map((name) => found.get(partKey(owner, name).sk));
      if (!parts.includes(undefined)) return parts as Uint8Array[];
      now = await this.#table.get(owner);
    }
    if (!now) return null;
    throw new BugError(`parts of item ${owner.pk} ${owner.sk} are missing`);
  }

  async #putParts(owner: Key, parts: readonly Uint8Array[]): Promise<{ p: AttributeValue }> {
    const names = parts.map((part) => createHash("sha256").update(part).digest("hex").slice(0, 20));
    await eachOf(parts.entries(), IN_FLIGHT_PARTS, async ([index, part]) => {
      if (part.length > LARGEST_PART_BYTES)
        throw new InputError(`item ${owner.pk} ${owner.sk} holds ${part.length} bytes that cannot be parted`, {
          hint: "look for an order, deal or contact of the list that has grown out of all bounds, and split or leave it out",
        });
      await this.#table.put(itemOf(partKey(owner, names[index]!), { b: { B: part } }));
    });
    return { p: { L: names.map((S) => ({ S })) } };
  }

  async #removeParts(owner: Key, before: Item | null, kept: readonly string[]): Promise<void> {
    if (!before?.p) return;
    const gone = namesOf(before).filter((name) => !kept.includes(name));
    await eachOf(new Set(gone), IN_FLIGHT_PARTS, (name) => this.#table.delete(partKey(owner, name)));
  }
}

function namesOf(item: Item): string[] {
  return (item.p?.L ?? []).map((name) => name.S!);
}

/** Parts lie under a partition key of their own, where no scan meets them. */
function partKey({ pk, sk }: Key, name: string): Key {
  return { pk: `B#${name.slice(0, 2)}`, sk: `${pk}/${sk}/${name}` };
}
