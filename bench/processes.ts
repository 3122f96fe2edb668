import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** How a measured command ended. */
export interface Measured {
  /** Exit code; null when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
  /** From its start to its end, start-up included. */
  wallSeconds: number;
  /** Largest sum of resident memory of the command and all its descendants, seen every 100 ms; null where there is no /proc. */
  peakBytes: number | null;
}

const POLL_MS = 100;
const KEPT_CHARACTERS = 1 << 20;
const running = new Set<() => void>();

/** Ends every command that is still being measured. */
export function stopAll(): void {
  for (const stop of running) stop();
}

/** Runs a command to its end, measuring time and memory; never rejects for a failing command. */
export function measure(command: string, args: readonly string[]): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    const stop = (): void => void child.kill("SIGTERM");
    running.add(stop);
    let stdout = "";
    let stderr = "";
    let peak: number | null = null;
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-KEPT_CHARACTERS);
    });
    const poll = setInterval(() => {
      const now = child.pid === undefined ? null : treeBytes(child.pid);
      if (now !== null && now > (peak ?? 0)) peak = now;
    }, POLL_MS);
    const finish = (): void => {
      clearInterval(poll);
      running.delete(stop);
    };
    child.on("error", (error) => {
      finish();
      reject(error);
    });
    child.on("close", (code) => {
      finish();
      resolve({ code, stdout, stderr, wallSeconds: (performance.now() - started) / 1000, peakBytes: peak });
    });
  });
}

/** Resident memory of a process and its descendants now; null where /proc does not tell. Pages that two of them share count twice. */
function treeBytes(root: number): number | null {
  let names: string[];
  try {
    names = readdirSync("/proc");
  } catch {
    return null;
  }
  const children = new Map<number, number[]>();
  const resident = new Map<number, number>();
  for (const name of names) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    let status: string;
    try {
      status = readFileSync(`/proc/${pid}/status`, "utf8");
    } catch {
      continue; // ended meanwhile
    }
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    resident.set(pid, Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024);
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [pid]);
    else siblings.push(pid);
  }
  if (!resident.has(root)) return null;
  let sum = 0;
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    sum += resident.get(pid) ?? 0;
    open.push(...(children.get(pid) ?? []));
  }
  return sum;
}
