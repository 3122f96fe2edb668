import type { ArmedFault } from "./faults.ts";

/** A request as a platform sees it: the path below the platform's prefix, header names in lower case. */
export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** What the platform is to do wrong this time; only faults that the platform knows itself. */
  readonly fault: ArmedFault | undefined;
}

/** What a platform answers. */
export interface SandboxReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string; undefined sends an empty body. */
  readonly body?: unknown;
  /** Members in the request, for the log. */
  readonly elements?: number;
}

/** Something that must never be sent. The value itself is not kept. */
export interface Violation {
  readonly kind: "plain-email" | "plain-phone" | "empty-hash" | "conflict-in-batch" | "duplicate-in-batch";
  readonly platform: string;
  readonly path: string;
}

/** One platform of the sandbox, with its state. */
export interface SandboxPlatform {
  readonly id: string;
  /** The override variables for a server at `url`. */
  bases(url: string): Record<string, string>;
  /** Dummy secrets and settings that this platform accepts. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  /** The name of what a request is about, for faults and the log. */
  route(method: string, path: string): string;
  handle(request: SandboxRequest, violate: (kind: Violation["kind"]) => void): SandboxReply;
  /** What `GET /_sandbox/<platform>/<name>` shows. */
  readonly views: Readonly<Record<string, () => unknown>>;
  reset(): void;
  /** State as JSON, and back. */
  save(): unknown;
  load(saved: unknown): void;
}
