import type { Ports } from "../ports.ts";
import { partitionOf } from "../resolve/identity.ts";
import { ADDRESS, type PatchLine } from "../resolve/lines.ts";
import { readJson, writeJson } from "./run-context.ts";

/** Where the lines for one partition lie in a shuffle object. */
export type Segment = [partition: number, start: number, end: number];

const INDEX = ".index.json";

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
    await writeJson(ports, `${key}${INDEX}`, segments);
  }
}

/** Where in the list that {@link gatherShuffles} writes it stands which lines are for one partition. */
export type PartsSlice = [start: number, end: number];

const partsKey = (prefix: string): string => `${prefix.slice(0, -1)}.parts`;

/**
 * Gathers the indexes under a prefix (which ends with a slash) into one list beside it, `writer start end` a line, sorted by partition, and
 * answers where in it each partition's lines stand. There are as many lines as writers times partitions: too many to hand out with the partitions.
 */
export async function gatherShuffles(ports: Ports, prefix: string): Promise<Map<number, PartsSlice>> {
  const writers: string[] = [];
  const byPartition = new Map<number, number[]>();
  for (const key of await ports.objects.list(prefix)) {
    if (!key.endsWith(INDEX)) continue;
    const writer = writers.push(key.slice(prefix.length, -INDEX.length)) - 1;
    for (const [partition, start, end] of await readJson<Segment[]>(ports, key)) {
      const parts = byPartition.get(partition);
      if (parts) parts.push(writer, start, end);
      else byPartition.set(partition, [writer, start, end]);
    }
  }
  const slices = new Map<number, PartsSlice>();
  const texts: Buffer[] = [];
  let offset = 0;
  for (const [partition, parts] of [...byPartition].sort((a, b) => a[0] - b[0])) {
    let text = "";
    for (let at = 0; at < parts.length; at += 3) text += `${writers[parts[at]!]} ${parts[at + 1]} ${parts[at + 2]}\n`;
    const bytes = Buffer.from(text);
    texts.push(bytes);
    slices.set(partition, [offset, offset + bytes.length]);
    offset += bytes.length;
  }
  if (offset > 0) await ports.objects.put(partsKey(prefix), Buffer.concat(texts, offset));
  return slices;
}

/** Hands every line for a partition to `visit`; `prefix` is that of {@link gatherShuffles}. */
export async function readParts(
  ports: Ports,
  prefix: string,
  slice: PartsSlice,
  visit: (line: PatchLine) => void,
): Promise<void> {
  const parts = textOf(await ports.objects.range(partsKey(prefix), ...slice)).split("\n");
  parts.pop();
  for (const part of parts) {
    const [writer, start, end] = part.split(" ") as [string, string, string];
    const text = textOf(await ports.objects.range(`${prefix}${writer}.lines`, Number(start), Number(end)));
    for (let from = 0, at = text.indexOf("\n"); at >= 0; from = at + 1, at = text.indexOf("\n", from))
      visit(text.slice(from, at));
  }
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
