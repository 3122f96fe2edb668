import { InputError } from "@bullseye/core/errors";

/** Reads the fields of one JSON object; `close` refuses every field that nobody asked for. */
export class Fields {
  readonly where: string;
  readonly #json: Record<string, unknown>;
  readonly #seen = new Set<string>(["Comment"]);

  constructor(json: unknown, where: string) {
    if (typeof json !== "object" || json === null || Array.isArray(json)) throw new InputError(`${where}: must be an object`);
    this.where = where;
    this.#json = json as Record<string, unknown>;
  }

  at(name: string): string {
    return `${this.where}.${name}`;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#json, name);
  }

  keys(): string[] {
    return Object.keys(this.#json);
  }

  /** The raw value, undefined where the field is missing. */
  get(name: string): unknown {
    this.#seen.add(name);
    return this.has(name) ? this.#json[name] : undefined;
  }

  string(name: string): string {
    const value = this.get(name);
    if (typeof value !== "string" || value === "") throw new InputError(`${this.at(name)}: must be a string that is not empty`);
    return value;
  }

  /** A number from `low` to `high`; `fallback` where the field is missing. */
  number(name: string, low: number, high: number, fallback?: number): number {
    const value = this.has(name) ? this.get(name) : fallback;
    if (typeof value !== "number" || !(value >= low && value <= high)) {
      throw new InputError(`${this.at(name)}: must be a number from ${low} to ${high}`);
    }
    return value;
  }

  integer(name: string, low: number, high: number, fallback?: number): number {
    const value = this.number(name, low, high, fallback);
    if (!Number.isInteger(value)) throw new InputError(`${this.at(name)}: must be a whole number`);
    return value;
  }

  /** The one value that is implemented. */
  literal(name: string, only: string): void {
    const value = this.get(name);
    if (value !== only) throw new InputError(`${this.at(name)}: only "${only}" is supported`);
  }

  object(name: string): Fields {
    return new Fields(this.get(name), this.at(name));
  }

  list(name: string): Fields[] {
    const value = this.get(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw new InputError(`${this.at(name)}: must be an array`);
    return value.map((entry, index) => new Fields(entry, `${this.at(name)}[${index}]`));
  }

  close(): void {
    for (const key of Object.keys(this.#json)) {
      if (!this.#seen.has(key)) {
        throw new InputError(`${this.at(key)}: not supported by the local engine`, {
          hint: "Take the field out of the workflow, or implement it in packages/local/src/engine.",
        });
      }
    }
  }
}
