import { BugError } from "@bullseye/core/errors";
import type { Batches, LineCodec, ObjectStore } from "@bullseye/core/ports";

/** Lines (as UTF-16 characters) of kept batches that a worker holds live, beyond which the oldest are read back from disk [design]. */
const LIVE_CHARACTERS = 4 * 1024 * 1024;

/**
 * The batches port of one worker: what an operation hands on stays in this worker's memory, what it keeps is written once and stays at
 * hand while it fits.
 */
export class WorkerBatches implements Batches {
  readonly #objects: ObjectStore;
  readonly #handed = new Map<string, unknown>();
  readonly #kept = new Map<string, { live: unknown; size: number }>();
  #size = 0;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  async hand<T>(key: string, value: T, _codec: LineCodec<T>): Promise<void> {
    this.#handed.set(key, value);
  }

  async take<T>(key: string, _codec: LineCodec<T>): Promise<T> {
    const value = this.#handed.get(key);
    if (value === undefined) throw new BugError(`nothing was handed over as ${key}`);
    this.#handed.delete(key);
    return value as T;
  }

  async keep(key: string, lines: string[], live: unknown): Promise<void> {
    lines.push("");
    const text = lines.join("\n");
    await this.#objects.put(key, text);
    this.#drop(key);
    this.#kept.set(key, { live, size: text.length });
    this.#size += text.length;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= LIVE_CHARACTERS) break;
      this.#drop(oldest);
    }
  }

  async find<T>(key: string): Promise<{ live: T } | { lines: string[] }> {
    const kept = this.#kept.get(key);
    if (kept) return { live: kept.live as T };
    const lines = Buffer.from(await this.#objects.get(key))
      .toString("utf8")
      .split("\n");
    lines.pop();
    return { lines };
  }

  #drop(key: string): void {
    const kept = this.#kept.get(key);
    if (!kept) return;
    this.#kept.delete(key);
    this.#size -= kept.size;
  }
}
