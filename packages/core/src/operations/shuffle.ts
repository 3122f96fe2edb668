import type { Ports } from "../ports.ts";
import { partitionOf } from "../resolve/identity.ts";
import { ADDRESS, type PatchLine } from "../resolve/lines.ts";
import { readJson, writeJson } from "./run-context.ts";

/** Where the lines for one partition lie in a shuffle object. */
export type Segment = [partition: number, start: number, end: number];

/** Lines on their way to partitions: one object per writer, its lines grouped by partition, with an index beside it. */
export class ShuffleWriter {
  readonly #lines: Array<string[] | undefined>;
  readonly #bits: number;
  count = 0;

  constructor(bits: number) {
    this.#bits = bits;
    this.#lines = new Array(2 ** bits);
  }

  add(line: PatchLine): void {
    const partition = partitionOf(line, this.#bits, ADDRESS);
    const lines = this.#lines[partition];
    if (lines) lines.push(line);
    else this.#lines[partition] = [line];
    this.count++;
  }

  /** Writes object and index; nothing at all when there are no lines. */
  async write(ports: Ports, key: string): Promise<void> {
    if (this.count === 0) return;
    const segments: Segment[] = [];
    const parts: Buffer[] = [];
    let offset = 0;
    for (let partition = 0; partition < this.#lines.length; partition++) {
      const lines = this.#lines[partition];
      if (!lines) continue;
      lines.push("");
      const part = Buffer.from(lines.join("\n"));
      this.#lines[partition] = undefined;
      segments.push([partition, offset, offset + part.length]);
      parts.push(part);
      offset += part.length;
    }
    await ports.objects.put(`${key}.lines`, Buffer.concat(parts, offset));
    await writeJson(ports, `${key}.index.json`, segments);
  }
}

/** A pointer to the lines of one partition in one shuffle object. */
export type Part = [key: string, start: number, end: number];

/** Gathers the indexes under a prefix: for each partition the parts that hold its lines. */
export async function gatherShuffles(ports: Ports, prefix: string): Promise<Map<number, Part[]>> {
  const byPartition = new Map<number, Part[]>();
  for (const key of await ports.objects.list(prefix)) {
    if (!key.endsWith(".index.json")) continue;
    const object = `${key.slice(0, -".index.json".length)}.lines`;
    for (const [partition, start, end] of await readJson<Segment[]>(ports, key)) {
      const parts = byPartition.get(partition);
      if (parts) parts.push([object, start, end]);
      else byPartition.set(partition, [[object, start, end]]);
    }
  }
  return byPartition;
}

/** Hands every line of the parts to `visit`. */
export async function readParts(ports: Ports, parts: readonly Part[], visit: (line: PatchLine) => void): Promise<void> {
  for (const [key, start, end] of parts) {
    const text = Buffer.from(await ports.objects.range(key, start, end)).toString("utf8");
    let from = 0;
    for (;;) {
      const at = text.indexOf("\n", from);
      if (at < 0) break;
      visit(text.slice(from, at));
      from = at + 1;
    }
  }
}
