/** A string-keyed memory of at most `2 * capacity` answers: when the young half is full the old half is forgotten. Never changes an answer, only its cost. */
export class BoundedCache<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): V | undefined {
    const hit = this.#young.get(key);
    if (hit !== undefined) return hit;
    const older = this.#old.get(key);
    if (older !== undefined) this.#put(key, older);
    return older;
  }

  /** Keeps a copy of `key`, so that a cell cut out of a large chunk does not keep the chunk alive. */
  set(key: string, value: V): void {
    this.#put(` ${key}`.slice(1), value);
  }

  #put(key: string, value: V): void {
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
