/** Hands a Map's iterations to workers: those with an affinity to theirs, the others to whichever has the least to do. */
export class MapQueue {
  readonly #pinned: { index: number; affinity: number }[][];
  readonly #load: number[];
  readonly #free: number[] = [];

  constructor(workers: number) {
    this.#pinned = Array.from({ length: workers }, () => []);
    this.#load = Array.from({ length: workers }, () => 0);
  }

  /** Add in falling order of index: the last one added is the first one taken. */
  add(index: number, affinity: number | null): void {
    if (affinity === null) this.#free.push(index);
    else this.#pinned[affinity % this.#pinned.length]!.push({ index, affinity });
  }

  take(): { index: number; affinity: number } | null {
    for (const worker of this.#byLoad()) {
      const pinned = this.#pinned[worker]!.pop();
      const index = pinned?.index ?? this.#free.pop();
      if (index === undefined) continue;
      this.#load[worker]! += 1;
      return { index, affinity: pinned?.affinity ?? worker };
    }
    return null;
  }

  done(affinity: number): void {
    this.#load[affinity % this.#load.length]! -= 1;
  }

  #byLoad(): number[] {
    return [...this.#load.keys()].sort((a, b) => this.#load[a]! - this.#load[b]! || a - b);
  }
}
