import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, openSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const COMMAND = "moto_server";

/** Milliseconds for which a server may take to answer its first request. */
const PATIENCE = 30_000;

/** The path of moto's server; null where it is not installed (`pip install 'moto[server,all]'`). */
export function findMoto(path = process.env.PATH ?? ""): string | null {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, COMMAND);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {}
  }
  return null;
}

/** A port of loopback that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Ends a process that this one started, by force when it does not listen. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const forced = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await ended;
  clearTimeout(forced);
}

/** A running moto. */
export interface Moto {
  readonly url: string;
  /** Switches the interpreter of state machines; while it is off, the state machines that CloudFormation made are seen. */
  interpret(on: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Starts moto on `port`. Its interpreter calls every service under `proxyPort`. Its log goes into `logFile`. */
export async function startMoto(command: string, port: number, proxyPort: number, logFile: string): Promise<Moto> {
  const log = openSync(logFile, "a");
  const child = spawn(command, ["-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", log, log],
    env: { ...process.env, MOTO_PORT: String(proxyPort), PYTHONUNBUFFERED: "1" },
  });
  let failed: Error | undefined;
  child.once("error", (error) => {
    failed = error;
  });
  const url = `http://127.0.0.1:${port}`;
  const until = performance.now() + PATIENCE;
  for (;;) {
    if (failed) throw failed;
    if (child.exitCode !== null) throw new Error(`${COMMAND} ended with ${child.exitCode}; see ${logFile}`);
    const there = await fetch(`${url}/moto-api/config`).then(
      (response) => response.ok,
      () => false,
    );
    if (there) break;
    if (performance.now() > until) {
      await endProcess(child);
      throw new Error(`${COMMAND} did not answer within ${PATIENCE / 1000} s; see ${logFile}`);
    }
    await delay(50);
  }
  return {
    url,
    async interpret(on) {
      const response = await fetch(`${url}/moto-api/config`, {
        method: "POST",
        body: JSON.stringify({ stepfunctions: { execute_state_machine: on } }),
      });
      if (!response.ok) throw new Error(`moto did not take its configuration: ${response.status}`);
    },
    close: () => endProcess(child),
  };
}
