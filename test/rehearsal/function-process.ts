import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { NODE_FLAGS } from "../../scripts/node24.mjs";
import type { DeployedFunction } from "./deployed-code.ts";
import { endProcess } from "./moto.ts";

const CHILD = fileURLToPath(new URL("./function-child.ts", import.meta.url));

/** What an invocation answered, as Lambda's API does. */
export interface Invoked {
  /** JSON. */
  payload: string;
  /** Set where the function failed: then `payload` is `{errorType, errorMessage, trace}`. */
  failed: boolean;
}

interface Told {
  ready?: number;
  broken?: unknown;
  result?: string;
  error?: unknown;
}

/** One warm container of a function: a process of its own, with the environment that Lambda gives and no other. */
export class FunctionProcess {
  readonly #function: DeployedFunction;
  readonly #child: ChildProcess;
  readonly #ready: Promise<Told>;
  /** Milliseconds that importing the bundle took. */
  coldMilliseconds = 0;

  /** `node`: the binary; `environment`: all that the process sees; `onLine` gets what it writes. */
  constructor(node: string, deployed: DeployedFunction, environment: Record<string, string>, onLine: (line: string) => void) {
    this.#function = deployed;
    const heap = `--max-old-space-size=${Math.max(64, deployed.memoryMb - 64)}`;
    this.#child = spawn(node, [...NODE_FLAGS, heap, CHILD, deployed.folder, deployed.handler], {
      cwd: deployed.folder,
      env: environment,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      serialization: "json",
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      let rest = "";
      stream?.setEncoding("utf8").on("data", (text: string) => {
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) onLine(line);
      });
    }
    this.#ready = this.#told();
  }

  get alive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.connected;
  }

  /** The next message; an ended process tells how it ended. */
  #told(): Promise<Told> {
    return new Promise((resolve) => {
      const done = (told: Told) => {
        this.#child.off("message", onMessage);
        this.#child.off("exit", onExit);
        resolve(told);
      };
      const onMessage = (told: unknown) => done(told as Told);
      const onExit = (code: number | null, signal: string | null) =>
        done({
          broken: {
            errorType: "Runtime.ExitError",
            errorMessage: `Runtime exited with ${signal === null ? `status ${code}` : signal}`,
          },
        });
      this.#child.on("message", onMessage);
      this.#child.on("exit", onExit);
      this.#child.once("error", (error) => done({ broken: { errorType: "Runtime.ExitError", errorMessage: error.message } }));
    });
  }

  /** Runs one event; a function that takes longer than it was given is ended, as Lambda does. */
  async invoke(event: unknown): Promise<Invoked> {
    const started = await this.#ready;
    if (started.ready === undefined) return { payload: JSON.stringify(started.broken), failed: true };
    this.coldMilliseconds = started.ready;
    if (!this.alive)
      return { payload: JSON.stringify({ errorType: "Runtime.ExitError", errorMessage: "Runtime exited" }), failed: true };
    const milliseconds = this.#function.timeoutSeconds * 1000;
    const requestId = randomUUID();
    const told = this.#told();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Told>((resolve) => {
      timer = setTimeout(() => {
        resolve({
          broken: {
            errorType: "Sandbox.Timedout",
            errorMessage: `RequestId: ${requestId} Error: Task timed out after ${this.#function.timeoutSeconds}.00 seconds`,
          },
        });
        this.#child.kill("SIGKILL");
      }, milliseconds);
    });
    this.#child.send({ event, requestId, arn: this.#function.arn, deadline: Date.now() + milliseconds });
    const { result, error, broken } = await Promise.race([told, late]);
    clearTimeout(timer);
    if (result !== undefined) return { payload: result, failed: false };
    return { payload: JSON.stringify(error ?? broken), failed: true };
  }

  end(): Promise<void> {
    return endProcess(this.#child);
  }
}
