import type { HttpFailure, HttpPort, HttpRequest } from "@bullseye/core/connector";

/** Milliseconds for a whole exchange; a batch of 5,000 companies is well under 1 MB. [design] */
export const DEFAULT_TIMEOUT_MS = 30_000;

/** Codes that come before any byte of the request has left. Anything else counts as sent. */
const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "INVALID_REQUEST",
  "BAD_PORT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** The thrown form of `HttpFailure`. Its message names method and host, never path, query, headers or body. */
export class HttpFailureError extends Error implements HttpFailure {
  override readonly name = "HttpFailure" as const;
  readonly sent: boolean;
  readonly code: string;

  constructor(request: HttpRequest, code: string) {
    const sent = !NOT_SENT.has(code);
    super(`${request.method} ${hostOf(request.url)}: ${sent ? "no answer after sending" : "could not connect"} (${code})`);
    this.sent = sent;
    this.code = code;
  }
}

/** An HTTP port over `fetch`: any status resolves, redirects are not followed (they would carry the token along), a silent server fails with TIMEOUT. */
export function createHttp(options: { timeoutMs?: number; fetch?: typeof fetch } = {}): HttpPort {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const send = options.fetch ?? fetch;
  return async (request) => {
    const prepared = prepare(request);
    try {
      const response = await send(prepared, { signal: AbortSignal.timeout(timeoutMs) });
      const text = await response.text();
      return { status: response.status, headers: Object.fromEntries(response.headers), text };
    } catch (error) {
      throw new HttpFailureError(request, networkCode(error));
    }
  };
}

/** Whether a thrown value is an `HttpFailure`, by its literal name. */
export function isHttpFailure(value: unknown): value is HttpFailure {
  return typeof value === "object" && value !== null && (value as { name?: unknown }).name === "HttpFailure";
}

/** A url or header that cannot be sent fails here, apart from what the network does; the cause is left out, it may quote a token. */
function prepare(request: HttpRequest): Request {
  const { method, headers, body } = request;
  try {
    return new Request(request.url, { method, headers, body, redirect: "manual" });
  } catch {
    throw new HttpFailureError(request, "INVALID_REQUEST");
  }
}

function networkCode(error: unknown): string {
  for (let cause = error; typeof cause === "object" && cause !== null; cause = (cause as { cause?: unknown }).cause) {
    const { code, name, message } = cause as { code?: unknown; name?: unknown; message?: unknown };
    if (name === "TimeoutError") return "TIMEOUT";
    if (typeof code === "string") return code;
    if (message === "bad port") return "BAD_PORT";
    // Several addresses were tried: what the first one said holds for all.
    const [first] = (cause as { errors?: unknown[] }).errors ?? [];
    if (first !== undefined) return networkCode(first);
  }
  return "UNKNOWN";
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "an address that is not a URL";
}
