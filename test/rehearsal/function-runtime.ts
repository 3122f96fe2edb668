import { findNode24 } from "../../scripts/node24.mjs";
import type { DeployedCode, DeployedFunction } from "./deployed-code.ts";
import { FunctionProcess, type Invoked } from "./function-process.ts";

/** Processes that run at a time; more invocations wait, as they do where a quota is small. */
const AT_ONCE = 4;

/** Lines of each function that are kept to explain a failure. */
const KEPT_LINES = 40;

/** What happened to one function. */
export interface FunctionCount {
  invocations: number;
  failures: number;
  starts: number;
  coldMilliseconds: number;
}

/** What Lambda is in a rehearsal: runs deployed bundles in processes of their own and keeps them warm. */
export class FunctionRuntime {
  readonly #code: DeployedCode;
  readonly #environment: (deployed: DeployedFunction) => Record<string, string>;
  readonly #node: string;
  readonly #known = new Map<string, DeployedFunction>();
  readonly #idle = new Map<string, FunctionProcess[]>();
  readonly #all = new Set<FunctionProcess>();
  readonly #waiting: Array<() => void> = [];
  readonly #lines = new Map<string, string[]>();
  readonly counts = new Map<string, FunctionCount>();
  #running = 0;

  /** `environment`: all that the process of a function sees. */
  constructor(code: DeployedCode, environment: (deployed: DeployedFunction) => Record<string, string>) {
    const node = findNode24();
    if (node === undefined) throw new Error("Node 24 is not installed");
    this.#code = code;
    this.#environment = environment;
    this.#node = node;
  }

  /** `called`: a name or an ARN, with or without a version. */
  async invoke(called: string, event: unknown, qualifier?: string): Promise<Invoked> {
    const deployed = await this.#deployed(called, qualifier);
    const count = this.counts.get(deployed.name) ?? { invocations: 0, failures: 0, starts: 0, coldMilliseconds: 0 };
    this.counts.set(deployed.name, count);
    while (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#running++;
    try {
      const process = this.#warm(deployed, count);
      const invoked = await process.invoke(event);
      count.invocations++;
      if (invoked.failed) count.failures++;
      count.coldMilliseconds = Math.max(count.coldMilliseconds, process.coldMilliseconds);
      if (process.alive) this.#idle.get(deployed.arn)?.push(process);
      else this.#all.delete(process);
      return invoked;
    } finally {
      this.#running--;
      this.#waiting.shift()?.();
    }
  }

  /** Invocations so far, of all functions. */
  get invocations(): number {
    return [...this.counts.values()].reduce((sum, each) => sum + each.invocations, 0);
  }

  /** Milliseconds that the slowest import of a bundle took. */
  get slowestStart(): number {
    return Math.max(0, ...[...this.counts.values()].map(({ coldMilliseconds }) => coldMilliseconds));
  }

  /** The last lines that a function wrote. */
  lines(name: string): readonly string[] {
    return this.#lines.get(name) ?? [];
  }

  /** After a deploy: what was read of functions is read again, and warm processes of old code end. */
  async forget(): Promise<void> {
    this.#known.clear();
    this.#idle.clear();
    const all = [...this.#all];
    this.#all.clear();
    await Promise.all(all.map((process) => process.end()));
  }

  async #deployed(called: string, qualifier?: string): Promise<DeployedFunction> {
    const [, name = called, inArn] = /function:([^:]+)(?::([^:]+))?$/.exec(called) ?? [];
    const version = qualifier ?? inArn;
    const key = `${name}:${version ?? ""}`;
    const known = this.#known.get(key) ?? (await this.#code.read(name, version));
    this.#known.set(key, known);
    return known;
  }

  #warm(deployed: DeployedFunction, count: FunctionCount): FunctionProcess {
    const idle = this.#idle.get(deployed.arn) ?? [];
    this.#idle.set(deployed.arn, idle);
    for (let process = idle.pop(); process; process = idle.pop()) if (process.alive) return process;
    const lines = this.#lines.get(deployed.name) ?? [];
    this.#lines.set(deployed.name, lines);
    const process = new FunctionProcess(this.#node, deployed, this.#environment(deployed), (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
    });
    this.#all.add(process);
    count.starts++;
    return process;
  }
}

/** What Lambda itself puts into the environment of a function ("Lambda environment variables", Reserved, 2026-11), and where AWS is here. */
export function lambdaEnvironment(deployed: DeployedFunction, region: string, endpoint: string): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: "rehearsal",
    AWS_SECRET_ACCESS_KEY: "rehearsal",
    AWS_SESSION_TOKEN: "rehearsal",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: deployed.name,
    AWS_LAMBDA_FUNCTION_VERSION: deployed.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(deployed.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${deployed.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "rehearsal",
    LAMBDA_TASK_ROOT: deployed.folder,
    _HANDLER: deployed.handler,
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
    PATH: "/usr/local/bin:/usr/bin:/bin",
    AWS_ENDPOINT_URL: endpoint,
  };
}
