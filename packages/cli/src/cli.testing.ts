import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "vitest";
import { runCli } from "./run-cli.ts";
import type { Terminal } from "./terminal-output.ts";

/** What a command line said and how it ended. */
export interface Said {
  code: number;
  out: string;
  err: string;
}

/** Runs a command line in this process, in a directory; `more` is what else its terminal can do. */
export async function callCli(cwd: string, argv: readonly string[], more: Partial<Terminal> = {}): Promise<Said> {
  const said: Said = { code: 0, out: "", err: "" };
  said.code = await runCli(argv, {
    terminal: {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
      colours: false,
      progressColumns: null,
      now: () => 0,
      ...more,
    },
    cwd,
    debug: false,
  });
  return said;
}

/** A directory of its own for each test, gone afterwards. */
export class Desk {
  #path = "";

  get path(): string {
    if (this.#path === "") this.#path = mkdtempSync(join(tmpdir(), "bullseye-cli-"));
    return this.#path;
  }

  clear(): void {
    if (this.#path !== "") rmSync(this.#path, { recursive: true, force: true });
    this.#path = "";
  }

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  /** Runs a command line in this process, in this directory. */
  run(...argv: string[]): Promise<Said> {
    return callCli(this.path, argv);
  }

  /** The document that a command line prints; throws when it printed anything else. */
  async json(...argv: string[]): Promise<unknown> {
    return JSON.parse((await this.run(...argv, "--json")).out);
  }
}

/** A desk that is cleared after each test of the file. */
export function desk(): Desk {
  const made = new Desk();
  afterEach(() => made.clear());
  return made;
}
