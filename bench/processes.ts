import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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
  /** Processor time of the command and all its descendants, to within 100 ms; null where there is no /proc. */
  cpuSeconds: number | null;
  /** What was seen on the way; empty where there is no /proc. */
  samples: Sample[];
}

/** A look at a running command. */
export interface Sample {
  /** Milliseconds since 1970. */
  at: number;
  residentBytes: number;
  /** Since its start. */
  cpuSeconds: number;
}

const POLL_MS = 100;
/** Units of processor time in /proc: `getconf CLK_TCK`, 100 on every Linux that Node runs on. */
const TICKS_A_SECOND = 100;
const KEPT_CHARACTERS = 1 << 20;
const running = new Set<() => void>();

/** Ends every command that is still being measured. */
function stopAll(): void {
  for (const stop of running) stop();
}

/** A temporary folder for a benchmark, and what removes it; whoever interrupts the benchmark ends its commands and removes it too. */
export function benchFolder(name: string): { folder: string; clean: () => void } {
  const folder = mkdtempSync(join(tmpdir(), `bullseye-${name}-`));
  const clean = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => {
      stopAll();
      clean();
      process.exit(130);
    });
  return { folder, clean };
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
    const samples: Sample[] = [];
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr = (stderr + chunk.toString()).slice(-KEPT_CHARACTERS);
    });
    const poll = setInterval(() => {
      const now = child.pid === undefined ? null : lookAt(child.pid);
      if (now !== null) samples.push(now);
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
      const seen = samples.length > 0;
      resolve({
        code,
        stdout,
        stderr,
        wallSeconds: (performance.now() - started) / 1000,
        peakBytes: seen ? samples.reduce((peak, { residentBytes }) => Math.max(peak, residentBytes), 0) : null,
        cpuSeconds: seen ? samples.reduce((most, { cpuSeconds }) => Math.max(most, cpuSeconds), 0) : null,
        samples,
      });
    });
  });
}

/** Memory and processor time of a process and its descendants now; null where /proc does not tell. Pages that two of them share count twice. */
function lookAt(root: number): Sample | null {
  let names: string[];
  try {
    names = readdirSync("/proc");
  } catch {
    return null;
  }
  const children = new Map<number, number[]>();
  const resident = new Map<number, number>();
  const ticks = new Map<number, number>();
  for (const name of names) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    let status: string;
    let stat: string;
    try {
      status = readFileSync(`/proc/${pid}/status`, "utf8");
      stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    } catch {
      continue; // ended meanwhile
    }
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    resident.set(pid, Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024);
    // Behind the name in parentheses: user and system time of its own, then of children that have ended.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    ticks.set(
      pid,
      [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0),
    );
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [pid]);
    else siblings.push(pid);
  }
  if (!resident.has(root)) return null;
  let residentBytes = 0;
  let spent = 0;
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    residentBytes += resident.get(pid) ?? 0;
    spent += ticks.get(pid) ?? 0;
    open.push(...(children.get(pid) ?? []));
  }
  return { at: Date.now(), residentBytes, cpuSeconds: spent / TICKS_A_SECOND };
}
