import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

/** An object put under `inbox/`. */
export interface Dropped {
  key: string;
  versionId: string;
  size: number;
}

/** A proxy before a stand-in for S3 that knows neither versions nor conditional writes, and adds both as S3 documents them. */
export interface StageBucket {
  readonly endpoint: string;
  /** Told of every object put under `inbox/`, after it is there. */
  onDrop: (dropped: Dropped) => void;
  /** Called before a conditional write is looked at: somebody else may be faster. */
  beforeConditionalPut: () => Promise<void>;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
}

/** Starts the proxy; everything but what it adds goes to `backend` as it came. */
export async function startStageBucket(backend: string): Promise<StageBucket> {
  const target = new URL(backend);
  /** Newest version id by path. */
  const newest = new Map<string, string>();

  const forward = (incoming: IncomingMessage, path: string, body: Buffer, method = incoming.method): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { "if-match": _, "if-none-match": __, ...headers } = incoming.headers;
      const outgoing = request(
        {
          host: target.hostname,
          port: target.port,
          method,
          path,
          headers: { ...headers, "content-length": String(body.length) },
        },
        async (answer) => {
          const chunks: Buffer[] = [];
          for await (const chunk of answer) chunks.push(chunk as Buffer);
          resolve({ status: answer.statusCode ?? 500, headers: answer.headers, body: Buffer.concat(chunks) });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(body);
    });

  const versionPath = (path: string, versionId: string): string => {
    const [, bucket] = path.split("/");
    return `/${bucket}/.versions/${versionId}`;
  };

  /** "Conditional writes": 412 where the object is not the one that was read, or is there although it should not be. */
  const conditionFails = async (incoming: IncomingMessage, path: string): Promise<boolean> => {
    const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = incoming.headers;
    if (ifMatch === undefined && ifNoneMatch === undefined) return false;
    await bucket.beforeConditionalPut();
    const there = await forward(incoming, path, Buffer.alloc(0), "GET");
    if (ifNoneMatch !== undefined) return there.status === 200;
    return there.status !== 200 || there.headers.etag !== ifMatch;
  };

  const serve = async (incoming: IncomingMessage, body: Buffer): Promise<Answer> => {
    const url = new URL(incoming.url ?? "/", backend);
    const path = url.pathname;
    if (incoming.method === "GET" && url.searchParams.has("versioning"))
      return xml(200, "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    const versionId = url.searchParams.get("versionId");
    if (versionId !== null) return forward(incoming, versionPath(path, versionId), body);
    if (incoming.method === "PUT" && (await conditionFails(incoming, path)))
      return xml(
        412,
        "<Error><Code>PreconditionFailed</Code><Message>At least one of the pre-conditions did not hold</Message></Error>",
      );
    const [, , ...key] = path.split("/");
    const isDrop = incoming.method === "PUT" && key[0] === "inbox";
    const version = isDrop ? `v${createHash("sha1").update(randomUUID()).digest("hex").slice(0, 12)}` : newest.get(path);
    if (isDrop) await forward(incoming, versionPath(path, version!), body);
    const answer = await forward(incoming, incoming.url ?? "/", body);
    if (isDrop) {
      newest.set(path, version!);
      const { "x-amz-decoded-content-length": decoded } = incoming.headers;
      bucket.onDrop({ key: decodeURIComponent(key.join("/")), versionId: version!, size: Number(decoded ?? body.length) });
    }
    return version === undefined ? answer : { ...answer, headers: { ...answer.headers, "x-amz-version-id": version } };
  };

  const server = createServer(async (incoming, response) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const { status, headers, body } = await serve(incoming, Buffer.concat(chunks));
      const { "transfer-encoding": _, ...kept } = headers;
      response.writeHead(status, kept).end(body);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bucket: StageBucket = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onDrop: () => {},
    beforeConditionalPut: async () => {},
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return bucket;
}

const xml = (status: number, body: string): Answer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${body}`),
});
