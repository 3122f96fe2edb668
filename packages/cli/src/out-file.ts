import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "@bullseye/core/errors";

/** Characters gathered before they are written. */
const BUFFER = 262_144;

/** A file that is there whole or not at all: written under a temporary name beside it, and renamed at the end. */
export class OutFile {
  readonly #path: string;
  readonly #temporary: string;
  readonly #file: number;
  #text = "";

  /** InputError where no file can be written there. */
  constructor(path: string) {
    this.#path = path;
    this.#temporary = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new InputError(`${path} is a directory`, { hint: "name a file in it" });
    try {
      this.#file = openSync(this.#temporary, "w");
    } catch (cause) {
      throw new InputError(`cannot write ${path}`, {
        hint: "name a file in a directory that is there and may be written to",
        cause,
      });
    }
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= BUFFER) this.#flush();
  }

  /** Puts the file in place. */
  finish(): void {
    this.#flush();
    fsyncSync(this.#file);
    closeSync(this.#file);
    renameSync(this.#temporary, this.#path);
  }

  /** Leaves what was there before, and nothing else. */
  abandon(): void {
    closeSync(this.#file);
    rmSync(this.#temporary, { force: true });
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text, "utf8");
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    this.#text = "";
  }
}
