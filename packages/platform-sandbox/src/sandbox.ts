import { readFile, rename, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { guardBody } from "./body-guard.ts";
import { FAULTS, FaultQueue, isAround, isFault } from "./faults.ts";
import { type LinkedInOptions, linkedInPlatform } from "./linkedin/index.ts";
import type { SegmentView } from "./linkedin/segments.ts";
import type { SandboxPlatform, SandboxReply, Violation } from "./platform.ts";

/** How the sandbox behaves; everything has a default. */
export interface SandboxOptions extends Partial<LinkedInOptions> {
  /** Milliseconds by which the fault `slow` delays an answer. */
  readonly slowMs?: number;
  /** A file that keeps the membership from one start to the next; written on close. */
  readonly stateFile?: string;
}

/** One request, without headers and bodies. */
export interface LoggedRequest {
  readonly at: number;
  readonly platform: string;
  readonly method: string;
  readonly path: string;
  readonly route: string;
  /** 0 where the connection was broken. */
  readonly status: number;
  readonly elements: number | undefined;
  readonly fault: string | undefined;
}

/** A running sandbox. */
export interface Sandbox {
  readonly url: string;
  /** The override variables that lead a connector here. */
  readonly bases: Readonly<Record<string, string>>;
  /** Dummy secrets and settings by platform. */
  readonly connections: Readonly<
    Record<string, { readonly secrets: Readonly<Record<string, string>>; readonly settings: Readonly<Record<string, string>> }>
  >;
  readonly state: {
    readonly linkedin: { segments(): SegmentView[] };
    readonly requests: readonly LoggedRequest[];
    readonly violations: readonly Violation[];
  };
  readonly faults: FaultQueue;
  /** Forgets members, requests, violations and faults; tokens start anew. */
  reset(): void;
  close(): Promise<void>;
}

/** The platforms there are. */
export const SANDBOX_PLATFORMS = ["linkedin"] as const;

const MAX_BODY_BYTES = 32_000_000;
const MAX_LOGGED = 10_000;

/** Starts the platforms on loopback; port 0 takes a free one. Throws on an unknown platform. */
export async function startSandbox(
  settings: { platforms?: readonly string[]; port?: number; options?: SandboxOptions } = {},
): Promise<Sandbox> {
  const options = settings.options ?? {};
  const now = options.now ?? Date.now;
  const wanted = settings.platforms?.length ? settings.platforms : SANDBOX_PLATFORMS;
  const unknown = wanted.find((id) => !SANDBOX_PLATFORMS.includes(id as "linkedin"));
  if (unknown !== undefined)
    throw new TypeError(`the sandbox knows no platform "${unknown}"; it knows ${SANDBOX_PLATFORMS.join(", ")}`);
  const linkedin = linkedInPlatform({
    now,
    notReadyMs: options.notReadyMs ?? 2_000,
    notReadyRequests: options.notReadyRequests ?? 0,
    companiesPerMinute: options.companiesPerMinute ?? 300,
  });
  const platforms = new Map<string, SandboxPlatform>();
  for (const platform of [linkedin]) if (wanted.includes(platform.id)) platforms.set(platform.id, platform);
  const faults = new FaultQueue();
  const requests: LoggedRequest[] = [];
  const violations: Violation[] = [];
  const timers = new Set<NodeJS.Timeout>();
  if (options.stateFile !== undefined) await loadState(options.stateFile, platforms);

  const reset = () => {
    for (const platform of platforms.values()) platform.reset();
    requests.length = 0;
    violations.length = 0;
    faults.clear();
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://sandbox");
    const body = await readBody(request);
    const [, id = "", ...rest] = url.pathname.split("/");
    const method = request.method ?? "GET";
    if (id === "_sandbox") return send(response, inspect(method, rest, body));
    const platform = platforms.get(id);
    if (platform === undefined) return send(response, { status: 404, body: { message: `no platform "${id}" here` } });
    const path = `/${rest.join("/")}`;
    const route = platform.route(method, path);
    const armed = faults.take(id, route);
    const fault = armed?.fault;
    const logged = (status: number, elements?: number) => {
      if (requests.length >= MAX_LOGGED) requests.shift();
      requests.push({ at: now(), platform: id, method, path, route, status, elements, fault });
    };
    if (fault === "drop-before-commit") {
      logged(0);
      return void request.socket.destroy();
    }
    if (fault === "html-502") {
      logged(502);
      return send(response, BAD_GATEWAY);
    }
    const violate = (kind: Violation["kind"]) => void violations.push({ kind, platform: id, path });
    const forbidden = guardBody(body);
    let reply: SandboxReply;
    if (forbidden === undefined) {
      const headers = request.headers as Record<string, string | undefined>;
      const own = armed !== undefined && !isAround(armed.fault) ? armed : undefined;
      reply = platform.handle({ method, path, query: url.searchParams, headers, body, fault: own }, violate);
    } else {
      violate(forbidden);
      reply = { status: 400, body: { message: `the sandbox found ${forbidden} in the body`, status: 400 } };
    }
    if (fault === "drop-after-commit") {
      logged(0, reply.elements);
      return void request.socket.destroy();
    }
    if (fault === "html-502-after-commit") reply = { ...BAD_GATEWAY, elements: reply.elements };
    logged(reply.status, reply.elements);
    if (fault !== "slow") return send(response, reply);
    const timer = setTimeout(() => {
      timers.delete(timer);
      send(response, reply);
    }, options.slowMs ?? 5_000);
    timers.add(timer);
  };

  const inspect = (method: string, [first, second]: readonly string[], body: string): SandboxReply => {
    if (method === "POST" && first === "faults") return arm(faults, platforms, body);
    if (method === "POST" && first === "reset") {
      reset();
      return { status: 204 };
    }
    if (method !== "GET") return { status: 405 };
    if (first === undefined || first === "")
      return { status: 200, body: { platforms: [...platforms.keys()], faults: FAULTS, waiting: faults.waiting } };
    if (first === "requests") return { status: 200, body: { requests } };
    if (first === "violations") return { status: 200, body: { violations } };
    const view = platforms.get(first)?.views[second ?? ""];
    return view === undefined ? { status: 404 } : { status: 200, body: view() };
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, { status: 500, body: { message: `sandbox: ${String(error)}` } });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(settings.port ?? 0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    bases: Object.assign({}, ...[...platforms.values()].map((platform) => platform.bases(url))),
    connections: Object.fromEntries([...platforms].map(([id, { secrets, settings: own }]) => [id, { secrets, settings: own }])),
    state: { linkedin: { segments: () => linkedin.segments.view() }, requests, violations },
    faults,
    reset,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      if (options.stateFile !== undefined) await saveState(options.stateFile, platforms);
    },
  };
}

const BAD_GATEWAY: SandboxReply = { status: 502, body: "<html><body><h1>502 Bad Gateway</h1></body></html>" };

function arm(faults: FaultQueue, platforms: ReadonlyMap<string, SandboxPlatform>, body: string): SandboxReply {
  let wanted: { platform?: string; fault?: unknown; times?: number; on?: string };
  try {
    wanted = JSON.parse(body);
  } catch {
    return { status: 400, body: { message: "the body is no JSON" } };
  }
  const { platform = "linkedin", fault, times = 1, on } = wanted;
  if (!platforms.has(platform) || !isFault(fault) || !Number.isInteger(times) || times < 1)
    return {
      status: 400,
      body: { message: 'give {"platform","fault","times"}', platforms: [...platforms.keys()], faults: FAULTS },
    };
  faults.next(fault, { platform, times, on });
  return { status: 202, body: { waiting: faults.waiting.length } };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new RangeError("the body is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, { status, headers, body }: SandboxReply): void {
  const html = typeof body === "string";
  if (body !== undefined) response.setHeader("content-type", html ? "text/html" : "application/json");
  response.writeHead(status, headers);
  response.end(body === undefined ? undefined : html ? body : JSON.stringify(body));
}

async function loadState(file: string, platforms: ReadonlyMap<string, SandboxPlatform>): Promise<void> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const saved = JSON.parse(text) as Record<string, unknown>;
  for (const [id, platform] of platforms) if (saved[id] !== undefined) platform.load(saved[id]);
}

async function saveState(file: string, platforms: ReadonlyMap<string, SandboxPlatform>): Promise<void> {
  const saved = Object.fromEntries([...platforms].map(([id, platform]) => [id, platform.save()]));
  await writeFile(`${file}.new`, JSON.stringify(saved));
  await rename(`${file}.new`, file);
}
