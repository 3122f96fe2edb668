import type { Ports } from "../../ports.ts";

/** Lines that one message delivers at most [design]; connectors cut further where a platform takes fewer. */
const LINES_PER_PART = 2_000;

/** Writes lines into numbered objects; {@link add} is synchronous, full parts are on their way until {@link close}. */
export class LineParts {
  readonly #ports: Ports;
  readonly #prefix: string;
  readonly #keys: string[] = [];
  readonly #writes: Promise<void>[] = [];
  #lines: string[] = [];

  constructor(ports: Ports, prefix: string) {
    this.#ports = ports;
    this.#prefix = prefix;
  }

  add(line: string): void {
    if (this.#lines.push(line) >= LINES_PER_PART) this.#flush();
  }

  #flush(): void {
    if (this.#lines.length === 0) return;
    const key = `${this.#prefix}${this.#keys.length}.jsonl`;
    this.#keys.push(key);
    const write = this.#ports.objects.put(key, `${this.#lines.join("\n")}\n`);
    // Its failure is met in close; until then it must not count as unhandled, which ends the process.
    write.catch(() => undefined);
    this.#writes.push(write);
    this.#lines = [];
  }

  /** The keys written, in order. */
  async close(): Promise<string[]> {
    this.#flush();
    await Promise.all(this.#writes);
    return this.#keys;
  }
}
