import { stripVTControlCharacters } from "node:util";
import type { Output } from "./output.ts";

/** Where text goes, and what the place can show. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Asks for one line; left out where nobody is there to type it. */
  ask?(question: string): Promise<string>;
  /** Until all of `out` has left; absent where it leaves at once. */
  flushed?(): Promise<void>;
  /** Standard output is a terminal that shows colours. */
  colours: boolean;
  /** Columns of standard error where it is a terminal; null where progress comes in lines. */
  progressColumns: number | null;
  /** Milliseconds, only ever subtracted. */
  now(): number;
}

export interface OutputOptions {
  json: boolean;
  jsonl: boolean;
  quiet: boolean;
}

/** Milliseconds between redraws of a bar, and between lines where there is no terminal [design]. */
const REDRAW_MS = 80;
const LINE_MS = 3_000;
/** Where a table cell for people is cut; the last column has the rest of the line to itself [design]. */
const MOST_CELL = 60;
const MOST_LAST = 200;
const BAR = 24;

/** Control characters of other people's files neither move the cursor nor colour a terminal. */
const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** One line that is safe to print. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(CONTROLS, " ").trim();
}

function cellOf(value: string | number | null, most: number): string {
  if (value === null) return "";
  const text = typeof value === "number" ? numberText(value) : printable(value);
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

const grouping = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** A number for people: `12,345.6`. */
export function numberText(value: number): string {
  return grouping.format(value);
}

/** A number of things for people: `1 row`, `1,234 rows`. */
export function countText(n: number, one: string, many = `${one}s`): string {
  return `${numberText(n)} ${n === 1 ? one : many}`;
}

/** Output to a terminal, a pipe or a file. */
export class TerminalOutput implements Output {
  readonly json: boolean;
  readonly jsonl: boolean;
  readonly quiet: boolean;
  readonly #terminal: Terminal;
  /** Whether the one document is out. */
  documented = false;
  #shown = "";
  #last: number;
  #label = "";

  constructor(terminal: Terminal, options: OutputOptions) {
    this.#terminal = terminal;
    this.json = options.json;
    this.jsonl = options.jsonl;
    this.quiet = options.quiet;
    // Where progress comes in lines, what is done before the first one is due says nothing.
    this.#last = terminal.progressColumns === null ? terminal.now() : Number.NEGATIVE_INFINITY;
  }

  get colours(): boolean {
    return this.#terminal.colours && !this.json && !this.jsonl;
  }

  document(value: unknown): void {
    this.#clear();
    this.documented = true;
    this.#terminal.out(`${JSON.stringify(value, null, 2)}\n`);
  }

  line(value: unknown): void {
    this.#clear();
    this.#terminal.out(`${JSON.stringify(value)}\n`);
  }

  text(line = ""): void {
    if (this.json || this.jsonl) return;
    this.#clear();
    this.#terminal.out(`${line}\n`);
  }

  table(header: readonly string[], rows: ReadonlyArray<readonly (string | number | null)[]>): void {
    if (this.json || this.jsonl) return;
    const cells = rows.map((row) =>
      header.map((_, at) => cellOf(row[at] ?? null, at === header.length - 1 ? MOST_LAST : MOST_CELL)),
    );
    const numeric = header.map((_, at) => rows.length > 0 && rows.every((row) => row[at] == null || typeof row[at] === "number"));
    const widths = header.map((name, at) => Math.max(name.length, ...cells.map((row) => row[at]!.length)));
    const lay = (row: readonly string[]): string =>
      row
        .map((cell, at) => (numeric[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
        .join("  ")
        .trimEnd();
    this.text(this.bold(lay(header)));
    for (const row of cells) this.text(lay(row));
  }

  raw(text: string): void {
    this.#clear();
    this.#terminal.out(text);
  }

  flushed(): Promise<void> {
    return this.#terminal.flushed?.() ?? Promise.resolve();
  }

  note(line: string): void {
    if (this.quiet) return;
    this.#clear();
    this.#terminal.err(`${printable(line)}\n`);
  }

  progress(label: string, done: number, total: number): void {
    if (this.quiet) return;
    if (label === "") {
      this.#clear();
      this.#label = "";
      if (this.#terminal.progressColumns === null) this.#last = this.#terminal.now();
      return;
    }
    const { progressColumns, now } = this.#terminal;
    const due = now() - this.#last >= (progressColumns === null ? LINE_MS : REDRAW_MS);
    if (!due && (progressColumns === null || label === this.#label)) return;
    this.#last = now();
    this.#label = label;
    if (progressColumns === null) {
      this.#terminal.err(`${printable(label)}${total > 1 ? ` ${numberText(done)} of ${numberText(total)}` : ""}\n`);
      return;
    }
    const share = total > 0 ? Math.min(1, done / total) : 0;
    const full = Math.round(share * BAR);
    const counted = total > 1 ? ` ${numberText(done)} of ${numberText(total)}` : "";
    const line = `${"█".repeat(full)}${"░".repeat(BAR - full)} ${printable(label)}${counted}`.slice(0, progressColumns - 1);
    this.#terminal.err(`\r${line}${" ".repeat(Math.max(0, this.#shown.length - line.length))}`);
    this.#shown = line;
  }

  /** Bold where colours show. */
  bold(text: string): string {
    return this.colours ? `\u001b[1m${text}\u001b[22m` : text;
  }

  #clear(): void {
    if (this.#shown === "") return;
    this.#terminal.err(`\r${" ".repeat(this.#shown.length)}\r`);
    this.#shown = "";
  }
}
