import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TransientError } from "@bullseye/core/errors";

/**
 * One process at a time changes a home. The lock names its process, so that what a killed one left behind does not lock anybody out.
 * TransientError while another process is at work.
 */
export class HomeLock {
  readonly #file: string;
  #held = 0;

  constructor(home: string) {
    this.#file = join(home, "busy");
  }

  /** Runs `work` while this process holds the home; calls may nest. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.#held === 0) this.#take();
    this.#held++;
    try {
      return await work();
    } finally {
      this.#held--;
      if (this.#held === 0) rmSync(this.#file, { force: true });
    }
  }

  #take(): void {
    const own = `${this.#file}.${process.pid}`;
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        // Written first and then linked into place: the lock never stands without its owner's name in it.
        writeFileSync(own, String(process.pid));
        linkSync(own, this.#file);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      } finally {
        rmSync(own, { force: true });
      }
      const owner = this.#owner();
      if (owner !== null && owner !== process.pid && isAlive(owner))
        throw new TransientError(`another bullseye (process ${owner}) is at work in this home`, {
          hint: "wait until it has ended; the same command then does its part",
        });
      rmSync(this.#file, { force: true });
    }
    throw new TransientError("this home is busy", { hint: "run the same command again" });
  }

  #owner(): number | null {
    try {
      const pid = Number(readFileSync(this.#file, "utf8"));
      return Number.isInteger(pid) && pid > 0 ? pid : null;
    } catch {
      return null;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
