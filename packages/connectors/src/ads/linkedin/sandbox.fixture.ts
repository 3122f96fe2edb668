import type { CompanyMember, ConnectorContext } from "@bullseye/core/connector";
import { type Sandbox, type SandboxOptions, startSandbox } from "@bullseye/platform-sandbox";
import { createHttp } from "../../http.ts";

/** A sandbox and a context that share one clock, which only `sleep` moves. */
export interface Rig {
  readonly sandbox: Sandbox;
  readonly ctx: ConnectorContext;
  readonly secrets: Map<string, string>;
  readonly slept: number[];
  /** Milliseconds since 1970. */
  now(): number;
  close(): Promise<void>;
}

/** Starts a sandbox and the context of a connection to it. */
export async function startRig(options: SandboxOptions = {}, timeoutMs = 5_000): Promise<Rig> {
  let now = Date.UTC(2026, 10, 23, 8);
  const sandbox = await startSandbox({ platforms: ["linkedin"], options: { now: () => now, ...options } });
  const connection = sandbox.connections.linkedin!;
  const secrets = new Map(Object.entries(connection.secrets));
  const slept: number[] = [];
  const ctx: ConnectorContext = {
    http: createHttp({ timeoutMs }),
    secrets: {
      get: async (field) => secrets.get(field),
      set: async (field, value) => void secrets.set(field, value),
    },
    clock: { now: () => now },
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
    baseUrl: (name) => sandbox.bases[name],
    settings: connection.settings,
  };
  return { sandbox, ctx, secrets, slept, now: () => now, close: () => sandbox.close() };
}

/** Company number `n`. */
export function companyNumber(n: number): CompanyMember {
  return { id: `account-${n}`, name: `Company ${n}`, domain: `c${n}.example`, country: "DE" };
}

/** The domains that the sandbox holds in a segment, sorted. */
export function domainsIn(sandbox: Sandbox, platformId: string): string[] {
  const segment = sandbox.state.linkedin.segments().find(({ id }) => String(id) === platformId);
  return (segment?.members ?? []).map((member) => member.companyWebsiteDomain ?? "").sort();
}
