import fs from "node:fs";
import path from "node:path";
import { BugError, InputError } from "@bullseye/core/errors";

/** Remembers the completed units of executions. A path is `<execution name>/<unit>`; a unit is put once and never changed. */
export interface Journal {
  get(path: string): unknown | undefined;
  put(path: string, value: unknown): void;
  /** Nothing more will be asked of this execution for now. */
  release?(name: string): void;
}

/** For tests and runs that need not survive the process. */
export class MemoryJournal implements Journal {
  readonly entries = new Map<string, string>();

  get(path: string): unknown | undefined {
    const text = this.entries.get(path);
    return text === undefined ? undefined : JSON.parse(text);
  }

  put(path: string, value: unknown): void {
    if (this.entries.has(path)) throw new BugError(`journal: ${path} is already there`);
    this.entries.set(path, JSON.stringify(value));
  }
}

interface OpenExecution {
  fd: number;
  entries: Map<string, unknown>;
}

/**
 * One append-only file `<execution name>.jsonl` in `directory` for each execution, a line `["unit", value]` for each completed unit, one write and no fsync:
 * it survives the end of the process at any moment (a torn last line is cut off), not the loss of power. One process at a time may hold an execution.
 */
export class FileJournal implements Journal {
  readonly #directory: string;
  readonly #open = new Map<string, OpenExecution>();

  constructor(directory: string) {
    this.#directory = directory;
    fs.mkdirSync(directory, { recursive: true });
  }

  get(at: string): unknown | undefined {
    const [name, unit] = split(at);
    return this.#execution(name).entries.get(unit);
  }

  put(at: string, value: unknown): void {
    const [name, unit] = split(at);
    const { fd, entries } = this.#execution(name);
    if (entries.has(unit)) throw new BugError(`journal: ${at} is already there`);
    const line = Buffer.from(`${JSON.stringify([unit, value])}\n`);
    for (let done = 0; done < line.length; ) done += fs.writeSync(fd, line, done);
    entries.set(unit, value);
  }

  release(name: string): void {
    const execution = this.#open.get(name);
    if (execution === undefined) return;
    fs.closeSync(execution.fd);
    this.#open.delete(name);
  }

  close(): void {
    for (const name of [...this.#open.keys()]) this.release(name);
  }

  #execution(name: string): OpenExecution {
    const known = this.#open.get(name);
    if (known !== undefined) return known;
    const file = path.join(this.#directory, `${name}.jsonl`);
    const fd = fs.openSync(file, "a+");
    const bytes = fs.readFileSync(file);
    const whole = bytes.lastIndexOf(10) + 1;
    const entries = parse(bytes.toString("utf8", 0, whole), file);
    if (whole < bytes.length) fs.ftruncateSync(fd, whole);
    const execution = { fd, entries };
    this.#open.set(name, execution);
    return execution;
  }
}

function parse(text: string, file: string): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  const lines = text.split("\n");
  lines.pop();
  for (const [index, line] of lines.entries()) {
    try {
      const [unit, value] = JSON.parse(line) as [string, unknown];
      entries.set(unit, value);
    } catch (cause) {
      const hint = "Somebody changed the file; move it away and start the run under a new attempt.";
      throw new InputError(`${file}:${index + 1}: not a line of a journal`, { hint, cause });
    }
  }
  return entries;
}

function split(at: string): [string, string] {
  const slash = at.indexOf("/");
  if (slash < 1 || /[^\w-]/.test(at.slice(0, slash)))
    throw new BugError(`journal: "${at}" does not begin with the name of an execution`);
  return [at.slice(0, slash), at.slice(slash + 1)];
}
