import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { FunctionRuntime } from "./function-runtime.ts";

const INVOCATION = /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?(.*))?$/;

/** A call of Step Functions that has to be changed before moto takes it; answers null where it has not. */
export type StartExecution = (input: Record<string, unknown>) => Promise<{ status: number; body: string } | null>;

/** A running proxy. */
export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Stands in front of moto, which knows Lambda's API but runs no code without Docker: invocations go to the deployed bundles, starts of
 * executions to whoever knows aliases, and all else to moto as it is.
 */
export async function startProxy(port: number, moto: string, runtime: FunctionRuntime, onStart: StartExecution): Promise<Proxy> {
  const serve = async (asked: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const invocation = asked.method === "POST" ? INVOCATION.exec(asked.url ?? "") : null;
    if (invocation) return invoke(asked, answer, invocation, runtime);
    if (asked.headers["x-amz-target"] !== "AWSStepFunctions.StartExecution") return pass(asked, answer, moto);
    const body = await bodyOf(asked);
    const started = await onStart(JSON.parse(body.toString("utf8")) as Record<string, unknown>);
    if (started === null) return pass(asked, answer, moto, body);
    answer.writeHead(started.status, { "content-type": "application/x-amz-json-1.0" });
    answer.end(started.body);
  };
  const server = createServer((asked, answer) => {
    serve(asked, answer).catch((error: unknown) => {
      if (!answer.headersSent) answer.writeHead(502, { "content-type": "application/json" });
      answer.end(JSON.stringify({ __type: "RehearsalProxyFailure", message: String(error) }));
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function invoke(
  asked: IncomingMessage,
  answer: ServerResponse,
  [, called = "", query = ""]: RegExpExecArray,
  runtime: FunctionRuntime,
): Promise<void> {
  const body = (await bodyOf(asked)).toString("utf8");
  const event: unknown = body === "" ? {} : JSON.parse(body);
  const qualifier = new URLSearchParams(query).get("Qualifier") ?? undefined;
  const { payload, failed } = await runtime.invoke(decodeURIComponent(called), event, qualifier);
  answer.writeHead(200, {
    "content-type": "application/json",
    "x-amz-executed-version": qualifier ?? "$LATEST",
    ...(failed ? { "x-amz-function-error": "Unhandled" } : {}),
  });
  answer.end(payload);
}

async function bodyOf(asked: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of asked as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Hands a request on to moto and its answer back, byte for byte. */
function pass(asked: IncomingMessage, answer: ServerResponse, moto: string, body?: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(moto);
    const forwarded = request(
      { hostname, port, method: asked.method, path: asked.url, headers: asked.headers, agent: false },
      (answered) => {
        answer.writeHead(answered.statusCode ?? 502, answered.headers);
        answered.pipe(answer);
        answered.once("error", reject);
        answer.once("close", resolve);
      },
    );
    forwarded.once("error", reject);
    if (body) forwarded.end(body);
    else asked.pipe(forwarded);
  });
}
