import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Connection } from "./clients/connection.ts";

/** A request as a service would see it. */
export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly bytes: number;
  /** The operation of JSON protocols, such as `PutEvents`. */
  readonly operation: string;
}

/** What a service answers; `cutAfter` breaks the connection after so many bytes of the body. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | object;
  readonly cutAfter?: number;
}

/** A service that answers what a test says, and remembers what it was asked. */
export interface Service {
  readonly seen: Seen[];
  /** Begins anew with other answers. */
  answers(reply: (request: Seen, index: number) => Reply): void;
  close(): Promise<void>;
}

/** How the clients of these tests connect: to the address in AWS_ENDPOINT_URL. */
export const CONNECTION: Connection = { region: "eu-central-1", pathStyle: true };

/** Starts such a service and points the SDK's variables of this process at it. */
export async function startService(): Promise<Service> {
  let reply: (request: Seen, index: number) => Reply = () => ({ status: 500 });
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const { method = "", url = "", headers } = request;
    const operation = String(headers["x-amz-target"] ?? "").replace(/^.*\./, "");
    const each: Seen = { method, url, headers, body: body.toString("utf8"), bytes: body.length, operation };
    seen.push(each);
    const { status = 200, headers: extra = {}, body: answer = "", cutAfter } = reply(each, seen.length - 1);
    const bytes =
      typeof answer === "string"
        ? Buffer.from(answer)
        : answer instanceof Uint8Array
          ? answer
          : Buffer.from(JSON.stringify(answer));
    const type = operation === "" ? "application/xml" : "application/x-amz-json-1.1";
    response.writeHead(status, { "content-type": type, "content-length": bytes.length, ...extra });
    if (method === "HEAD") response.end();
    else if (cutAfter === undefined) response.end(bytes);
    else response.write(bytes.subarray(0, cutAfter), () => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const variables = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  Object.assign(process.env, variables);
  return {
    seen,
    answers: (next) => {
      seen.length = 0;
      reply = next;
    },
    close: async () => {
      for (const variable of Object.keys(variables)) delete process.env[variable];
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An error as S3 words it. */
export const s3Error = (status: number, code: string): Reply => ({
  status,
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>no</Message></Error>`,
});

/** An error as services of JSON protocols word it. */
export const jsonError = (status: number, type: string): Reply => ({ status, body: { __type: type, message: "no" } });
