import { createHash } from "node:crypto";
import { packText, unpackText } from "@bullseye/core/account/stored-item";
import { TransientError } from "@bullseye/core/errors";
import { Bodies } from "./bodies.ts";
import { eachOf } from "./concurrency.ts";
import { isConditionFailure, turnLost } from "./failures.ts";
import { type Expression, IN_FLIGHT, type Item, type Key, type Table } from "./table.ts";

/**
 * Characters after which a group of lines is parted at the next line whose hash says so, and at the latest [design]. The hash, and not the
 * count, decides, so that a new line changes the part it falls into and leaves the others as they are.
 */
const PART_FROM = 96_000;
const PART_AT_LATEST = 280_000;
const PART_ONE_IN = 8;

/** How often a group is changed anew that another changed first. */
const ATTEMPTS = 10;

/** Lines packed together under a key each: many rows for the price of one write. */
export class LineGroups {
  readonly #table: Table;
  readonly #bodies: Bodies;

  constructor(table: Table) {
    this.#table = table;
    this.#bodies = new Bodies(table);
  }

  /** The lines under each of the keys that has any, by name and in no order; one group is unpacked at a time. */
  async *read(keys: readonly Key[]): AsyncGenerator<[name: string, lines: string[]]> {
    for (const item of await this.#table.getAll(keys)) {
      const lines = await this.linesOf(item);
      if (lines.length > 0) yield [groupName({ pk: item.pk!.S!, sk: item.sk!.S! }), lines];
    }
  }

  /** The lines of an item that was read. */
  async linesOf(item: Item): Promise<string[]> {
    const parts = (await this.#bodies.read(item)) ?? [];
    return parts.flatMap((part) => unpackText(part).split("\n"));
  }

  /**
   * Changes the lines under keys: `change` gets what is there and answers what shall be, sorted. It is asked again where another writer was
   * faster. A fence keeps out whoever has lost his turn; without one the fence of the last writer stays.
   */
  async change(
    keys: readonly Key[],
    fence: number | null,
    change: (key: Key, lines: readonly string[]) => string[],
    more: (key: Key) => Item = () => ({}),
  ): Promise<void> {
    let open = keys;
    for (let attempt = 0; open.length > 0; attempt++) {
      if (attempt === ATTEMPTS)
        throw new TransientError(`others keep changing ${open[0]!.pk} ${open[0]!.sk}`, { hint: "try again in a minute" });
      const again: Key[] = [];
      const items = new Map<string, Item>();
      for (const item of await this.#table.getAll(open)) items.set(groupName({ pk: item.pk!.S!, sk: item.sk!.S! }), item);
      await eachOf(open, IN_FLIGHT, async (key) => {
        const item = items.get(groupName(key)) ?? null;
        const lines = item ? await this.linesOf(item) : [];
        const wanted = change(key, lines);
        if (wanted.length === lines.length && wanted.every((line, index) => line === lines[index])) return;
        if (fence !== null && Number(item?.f?.N ?? 0) > fence) throw turnLost(fence, `${key.pk} ${key.sk}`);
        if (!(await this.#save(key, item, wanted, fence, more(key)))) again.push(key);
      });
      open = again;
    }
  }

  /** False where another writer was faster. */
  async #save(key: Key, before: Item | null, lines: readonly string[], fence: number | null, more: Item): Promise<boolean> {
    // The content itself is what a writer must have seen: whoever writes the same again is in nobody's way.
    const condition: Expression = before
      ? { text: "rev = :rev", values: { ":rev": before.rev! } }
      : { text: "attribute_not_exists(pk)" };
    const rev = createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 20);
    const f = fence === null ? before?.f : { N: String(fence) };
    const attributes: Item = { ...more, rev: { S: rev }, n: { N: String(lines.length) }, ...(f ? { f } : {}) };
    try {
      if (lines.length === 0) await this.#bodies.delete(key, condition);
      else await this.#bodies.put(key, partLines(lines).map(packText), attributes, condition);
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }
}

/** How {@link LineGroups.read} names a group. */
export function groupName({ pk, sk }: Key): string {
  return `${pk} ${sk}`;
}

/** Lines as the texts of parts. */
export function partLines(lines: readonly string[]): string[] {
  const parts: string[] = [];
  let open: string[] = [];
  let characters = 0;
  for (const line of lines) {
    const cut = characters >= PART_FROM && hashOf(line) % PART_ONE_IN === 0;
    if (open.length > 0 && (cut || characters + line.length > PART_AT_LATEST)) {
      parts.push(open.join("\n"));
      open = [];
      characters = 0;
    }
    open.push(line);
    characters += line.length + 1;
  }
  parts.push(open.join("\n"));
  return parts;
}

/** FNV-1a of what a line is known by: all before its tab. */
function hashOf(line: string): number {
  let hash = 0x811c9dc5;
  const end = line.indexOf("\t");
  for (let at = 0; at < (end === -1 ? line.length : end); at++) hash = Math.imul(hash ^ line.charCodeAt(at), 0x01000193) >>> 0;
  return hash >>> 8;
}
