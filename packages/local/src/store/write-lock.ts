/** How long a thread waits before it leaves the queue to SQLite's own lock: a holder that died never lets go. */
const PATIENCE_MILLISECONDS = 10_000;

/**
 * Lets the threads of one process write one after the other without polling. It only saves waiting: what guards the store is SQLite's own
 * lock, which other processes take as well.
 */
export class WriteLock {
  readonly shared: SharedArrayBuffer;
  readonly #state: Int32Array;

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(4)) {
    this.shared = shared;
    this.#state = new Int32Array(shared);
  }

  hold<T>(work: () => T): T {
    while (Atomics.compareExchange(this.#state, 0, 0, 1) !== 0) {
      if (Atomics.wait(this.#state, 0, 1, PATIENCE_MILLISECONDS) === "timed-out") break;
    }
    try {
      return work();
    } finally {
      Atomics.store(this.#state, 0, 0);
      Atomics.notify(this.#state, 0, 1);
    }
  }
}
