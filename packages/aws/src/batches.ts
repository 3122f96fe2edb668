import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { BugError } from "@bullseye/core/errors";
import type { Batches, LineCodec, ObjectStore } from "@bullseye/core/ports";

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Fast rather than small [design]: what is handed on is read once, a moment later. */
const LEVEL = 1;

/**
 * Batches as objects. Nothing is held live: whoever takes or finds a batch may change it, and a repeated attempt in the same container
 * has to see what was written. What is taken stays until it expires, for the same reason.
 */
export class ObjectBatches implements Batches {
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  async hand<T>(key: string, value: T, codec: LineCodec<T>): Promise<void> {
    await this.#objects.put(key, await compress(textOf(codec.toLines(value)), { level: LEVEL }));
  }

  async take<T>(key: string, codec: LineCodec<T>): Promise<T> {
    let bytes: Uint8Array;
    try {
      bytes = await this.#objects.get(key);
    } catch (error) {
      if ((error as Error).name !== "NotFoundError") throw error;
      throw new BugError(`nothing was handed over as ${key}`, { cause: error });
    }
    return codec.fromLines(linesOf(await decompress(bytes)));
  }

  async keep(key: string, lines: string[], _live: unknown): Promise<void> {
    await this.#objects.put(key, textOf(lines));
  }

  async find<T>(key: string): Promise<{ live: T } | { lines: string[] }> {
    return { lines: linesOf(await this.#objects.get(key)) };
  }
}

const textOf = (lines: readonly string[]): string => (lines.length === 0 ? "" : `${lines.join("\n")}\n`);

function linesOf(bytes: Uint8Array): string[] {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8").split("\n");
  lines.pop();
  return lines;
}
