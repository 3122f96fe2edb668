import { InputError } from "@bullseye/core/errors";
import type { Values } from "./arguments.ts";
import type { Output } from "./output.ts";

/** How a command that lists records speaks. */
export type RecordFormat = "text" | "json" | "jsonl" | "csv";

/** The format asked for; `--csv` goes with neither of the others. */
export function formatOf(values: Values): RecordFormat {
  const asked = (["json", "jsonl", "csv"] as const).filter((format) => values[format] === true);
  if (asked.length > 1) throw new InputError(`--${asked[0]} and --${asked[1]} are two formats`, { hint: "choose one" });
  return asked[0] ?? "text";
}

/** Characters gathered before they are written. */
const BUFFER = 65_536;

/** One JSON array, written as its records come: a list of any length needs no memory. Nothing is written before the first record or the end. */
export class JsonArray {
  readonly #out: Pick<Output, "raw">;
  #text = "";
  #count = 0;

  constructor(out: Pick<Output, "raw">) {
    this.#out = out;
  }

  add(record: unknown): void {
    this.#text += `${this.#count++ === 0 ? "[\n" : ",\n"}${JSON.stringify(record)}`;
    if (this.#text.length < BUFFER) return;
    this.#out.raw(this.#text);
    this.#text = "";
  }

  end(): void {
    this.#out.raw(`${this.#text}${this.#count === 0 ? "[]" : "\n]"}\n`);
    this.#text = "";
  }
}
