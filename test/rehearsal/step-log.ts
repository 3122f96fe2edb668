/** Steps of a rehearsal as numbered lines: what was done, and whether it went well. */
export class StepLog {
  readonly #write: (line: string) => void;
  readonly #began = performance.now();
  #steps = 0;
  failed = 0;
  skipped = 0;
  ok = 0;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** Seconds since the first line. */
  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  get steps(): number {
    return this.#steps;
  }

  /** Does one step. `work` answers what there is to say of it; where it throws, the step has failed and so has the rehearsal. */
  async step(what: string, work: () => Promise<string>): Promise<void> {
    const number = ++this.#steps;
    const began = performance.now();
    const line = (state: string, said: string) =>
      this.#write(
        `${String(number).padStart(2)}. ${state.padEnd(7)} ${what}: ${said} (${((performance.now() - began) / 1000).toFixed(1)} s)`,
      );
    try {
      line("ok", await work());
      this.ok++;
    } catch (error) {
      this.failed++;
      line("failed", error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  /** A step that cannot be taken here. */
  skip(what: string, because: string): void {
    this.skipped++;
    this.#write(`${String(++this.#steps).padStart(2)}. skipped ${what}: ${because}`);
  }

  /** Something to know about the step before. */
  note(text: string): void {
    this.#write(`            ${text}`);
  }
}
