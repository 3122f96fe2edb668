import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** How long a killed process is waited for whose threads are still ending, and how often it is looked at [design]. */
const ENDING_MS = 2_000;
const LOOK_MS = 50;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < ENDING_MS; waited += LOOK_MS) {
    const threads = threadsOfEnded(pid);
    if (threads === null) return true;
    if (threads === 0) return false;
    Atomics.wait(pause, 0, 0, LOOK_MS);
  }
  return true;
}

/**
 * Threads that are left of a process that has ended, null where it has not. On Linux an ended process keeps its number until its parent asks
 * after it, and in a container without an init nobody does.
 */
function threadsOfEnded(pid: number): number | null {
  try {
    const state = /^\d+ \(.*\) (.)/s.exec(readFileSync(`/proc/${pid}/stat`, "latin1"))?.[1];
    return state === "Z" || state === "X" ? readdirSync(`/proc/${pid}/task`).length - 1 : null;
  } catch {
    return null;
  }
}
