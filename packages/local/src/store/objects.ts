import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { threadId } from "node:worker_threads";
import { NotFoundError } from "@bullseye/core/errors";
import { versionKey } from "@bullseye/core/operations/run-context";
import type { ObjectStore } from "@bullseye/core/ports";

/** Prefixes that people look into lie at the top of a home; all else under `objects/`. */
const TOP = new Set(["inbox", "outbox", "rejects", "reports"]);

/** Where half-written objects lie until they are renamed into place; what a killed process left there may go. */
export const TEMPORARY = "tmp";

/** Objects as files under a home. A write goes to a temporary name first and is renamed into place. */
export class FileObjects implements ObjectStore {
  readonly #home: string;
  readonly #temporary: string;
  #serial = 0;
  readonly #made = new Set<string>();

  constructor(home: string) {
    this.#home = home;
    this.#temporary = join(home, TEMPORARY);
  }

  /** The file behind a key. */
  path(key: string): string {
    const top = key.slice(0, key.indexOf("/"));
    return join(this.#home, TOP.has(top) ? "" : "objects", key);
  }

  async get(key: string): Promise<Uint8Array> {
    try {
      return await readFile(this.path(key));
    } catch (error) {
      throw missing(key, error);
    }
  }

  async range(key: string, start: number, end: number): Promise<Uint8Array> {
    let file: number;
    try {
      file = openSync(this.path(key), "r");
    } catch (error) {
      throw missing(key, error);
    }
    try {
      const buffer = Buffer.allocUnsafe(Math.max(0, end - start));
      let filled = 0;
      while (filled < buffer.length) {
        const read = readSync(file, buffer, filled, buffer.length - filled, start + filled);
        if (read === 0) break;
        filled += read;
      }
      return filled === buffer.length ? buffer : buffer.subarray(0, filled);
    } finally {
      closeSync(file);
    }
  }

  async put(key: string, body: Uint8Array | string): Promise<void> {
    const path = this.path(key);
    this.#make(dirname(path));
    this.#make(this.#temporary);
    const temporary = join(this.#temporary, `${process.pid}.${threadId}.${this.#serial++}`);
    try {
      writeFileSync(temporary, body);
      renameSync(temporary, path);
    } catch (error) {
      // Another thread cleared a folder away that this one had made.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      this.#made.clear();
      this.#make(dirname(path));
      this.#make(this.#temporary);
      writeFileSync(temporary, body);
      renameSync(temporary, path);
    }
  }

  #make(folder: string): void {
    if (this.#made.has(folder)) return;
    mkdirSync(folder, { recursive: true });
    this.#made.add(folder);
  }

  async size(key: string): Promise<number | null> {
    return statSync(this.path(key), { throwIfNoEntry: false })?.size ?? null;
  }

  /** The copy that was made when the file was dropped; without one the file itself. */
  async pinned(key: string, versionId: string): Promise<string> {
    const copy = versionKey(versionId);
    return (await this.size(copy)) === null ? key : copy;
  }

  async list(prefix: string): Promise<string[]> {
    const slash = prefix.lastIndexOf("/");
    const folder = this.path(prefix.slice(0, slash + 1));
    if (!existsSync(folder)) return [];
    const base = prefix.slice(0, slash + 1);
    const keys: string[] = [];
    for (const each of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!each.isFile()) continue;
      const key = base + join(each.parentPath, each.name).slice(folder.length).split(sep).join("/").replace(/^\//, "");
      if (key.startsWith(prefix)) keys.push(key);
    }
    return keys.sort();
  }

  async remove(prefix: string): Promise<void> {
    if (prefix.endsWith("/")) {
      rmSync(this.path(prefix), { recursive: true, force: true });
      this.#made.clear();
      return;
    }
    for (const key of await this.list(prefix)) rmSync(this.path(key), { force: true });
  }
}

function missing(key: string, error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") return error;
  return new NotFoundError(`there is no object ${key}`, { cause: error });
}
