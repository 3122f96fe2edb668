import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy before a stand-in for S3 that knows no versions: each object put under `inbox/` keeps its bytes under a version id. */
export interface VersionedBucket {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Where the bytes of a version lie in the stand-in. */
const versionPath = (bucket: string, versionId: string): string => `/${bucket}/.versions/${versionId}`;

/** Starts the proxy; everything but what versions add goes to `endpoint` as it came. */
export async function startVersionedBucket(endpoint: string): Promise<VersionedBucket> {
  const target = new URL(endpoint);
  let versions = 0;

  const forward = async (incoming: IncomingMessage, path: string, body: Buffer) => {
    return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
      const headers = { ...incoming.headers, "content-length": String(body.length) };
      const { method } = incoming;
      const outgoing = request({ host: target.hostname, port: target.port, method, path, headers }, async (answer) => {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) });
      });
      outgoing.on("error", reject);
      outgoing.end(body);
    });
  };

  const server: Server = createServer(async (incoming, response) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const url = new URL(incoming.url ?? "/", endpoint);
      const [, bucket = "", ...key] = url.pathname.split("/");
      const versionId = url.searchParams.get("versionId");
      const isPut = incoming.method === "PUT" && key[0] === "inbox";
      const id = isPut ? `version-${++versions}` : "";
      const path = versionId === null ? (incoming.url ?? "/") : versionPath(bucket, versionId);
      if (isPut) await forward(incoming, versionPath(bucket, id), body);
      const answer = await forward(incoming, path, body);
      const { "transfer-encoding": _, ...headers } = answer.headers;
      response.writeHead(answer.status, isPut ? { ...headers, "x-amz-version-id": id } : headers).end(answer.body);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
