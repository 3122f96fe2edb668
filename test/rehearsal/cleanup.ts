/** What was started and has to be ended, newest first, however the rehearsal ends. */
export class Cleanup {
  readonly #work: Array<() => unknown> = [];
  #done: Promise<void> | null = null;

  add(work: () => unknown): void {
    this.#work.push(work);
  }

  /** Ends everything; a second call waits for the first. */
  run(): Promise<void> {
    this.#done ??= this.#all();
    return this.#done;
  }

  async #all(): Promise<void> {
    for (const work of this.#work.splice(0).reverse()) {
      try {
        await work();
      } catch (error) {
        process.stderr.write(`while tidying up: ${error instanceof Error ? error.message : String(error)}\n`);
      }
    }
  }
}
