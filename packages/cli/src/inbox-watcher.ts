import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { join, relative, sep } from "node:path";

/** Milliseconds for which size and time of a file must stand still before it counts as complete [design]. */
export const SETTLED_MS = 2_000;
/** Milliseconds between looks where the system tells of no change [design]. */
const LOOK_MS = 1_000;

/** Names that programs give to files they are still writing, and what is no list. */
const NOT_A_LIST = /^\.|^~\$|~$|\.list\.json$|\.(?:tmp|temp|part|partial|crdownload|download|swp|lock)$/i;

/** Whether a file of that name may be a dropped list. */
export function mayBeList(name: string): boolean {
  return !NOT_A_LIST.test(name);
}

interface Seen {
  stamp: string;
  since: number;
  told: boolean;
}

export interface WatchOptions {
  inbox: string;
  signal: AbortSignal;
  /** Gets a complete file by its path under the inbox; called again only when its bytes may have changed. Answering false asks to be told again. */
  onFile(path: string): Promise<boolean>;
  now?: () => number;
  /** Told before every look at the inbox. */
  look?: () => void;
  settledMs?: number;
  lookMs?: number;
}

/** Tells of every file under an inbox once it has stopped growing, until the signal. Files are told one after another, in order of path. */
export async function watchInbox({
  inbox,
  signal,
  onFile,
  now = Date.now,
  look,
  settledMs = SETTLED_MS,
  lookMs = LOOK_MS,
}: WatchOptions): Promise<void> {
  const seen = new Map<string, Seen>();
  const bell = new Bell(inbox, signal);
  try {
    while (!signal.aborted) {
      look?.();
      const found = filesUnder(inbox);
      for (const path of seen.keys()) if (!found.has(path)) seen.delete(path);
      let waiting = false;
      for (const [path, stamp] of found) {
        if (signal.aborted) return;
        const known = seen.get(path);
        if (known?.stamp !== stamp) {
          seen.set(path, { stamp, since: now(), told: false });
          waiting = true;
        } else if (!known.told) {
          if (now() - known.since < settledMs) waiting = true;
          else known.told = await onFile(path);
        }
      }
      await bell.ring(waiting ? Math.min(lookMs, settledMs) : lookMs);
    }
  } finally {
    bell.close();
  }
}

/** Files by path under the inbox, slashes forward, with what tells two states of a file apart. */
function filesUnder(inbox: string): Map<string, string> {
  const found = new Map<string, string>();
  const entries = readdirSync(inbox, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile() || !mayBeList(entry.name)) continue;
    const full = join(entry.parentPath, entry.name);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (stat) found.set(relative(inbox, full).split(sep).join("/"), `${stat.size} ${stat.mtimeMs}`);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Wakes when the system tells of a change, after a time, or at the end. Where it cannot tell, time alone does. */
class Bell {
  readonly #signal: AbortSignal;
  #watcher: FSWatcher | null = null;
  #wake: (() => void) | null = null;

  constructor(inbox: string, signal: AbortSignal) {
    this.#signal = signal;
    const wake = (): void => this.#wake?.();
    signal.addEventListener("abort", wake);
    try {
      this.#watcher = watch(inbox, { recursive: true }, wake);
      this.#watcher.on("error", () => this.close());
    } catch {
      this.#watcher = null;
    }
  }

  ring(milliseconds: number): Promise<void> {
    if (this.#signal.aborted) return Promise.resolve();
    return new Promise((done) => {
      const timer = setTimeout(() => this.#wake?.(), milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = null;
        done();
      };
    });
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }
}
