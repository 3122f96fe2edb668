import type { LocalPorts } from "@bullseye/local/ports";

/** Where it is noted what a task took. */
const USAGE = /^runs\/[^/]+\/(late-)?usage\//;

/** Stops the world at one write: before it (it never happened) or after it (nobody heard of it). */
export class Crash {
  writes = 0;
  readonly #at: number;
  readonly #when: "before" | "after";
  readonly happened: Promise<"crashed">;
  #crash!: (value: "crashed") => void;

  constructor(at: number, when: "before" | "after") {
    this.#at = at;
    this.#when = when;
    this.happened = new Promise((resolve) => {
      this.#crash = resolve;
    });
  }

  /** Makes every method that changes something count, and the chosen one never come back. */
  arm(ports: LocalPorts): void {
    const CHANGES: Record<string, readonly string[]> = {
      objects: ["put", "remove"],
      accounts: ["save", "claim", "forgetVersion"],
      runs: ["putList", "putRun", "removeRun"],
      audiences: ["putState", "putMembers", "putPush"],
      queue: ["send", "receive", "done", "defer"],
    };
    const open = ports as unknown as Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>;
    for (const [port, names] of Object.entries(CHANGES)) {
      const target = open[port]!;
      for (const name of names) {
        const work = target[name]!.bind(target);
        target[name] = async (...args) => {
          // What a task took is noted after all it did, and decides nothing: no moment of its own.
          if (this.writes < this.#at && typeof args[0] === "string" && USAGE.test(args[0])) return work(...args);
          const mine = ++this.writes;
          if (mine > this.#at) return new Promise(() => {});
          if (mine < this.#at) return work(...args);
          if (this.#when === "after") await work(...args);
          this.#crash("crashed");
          return new Promise(() => {});
        };
      }
    }
  }
}
