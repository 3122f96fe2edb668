import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { createHttp } from "./http.ts";

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

it("resolves with any status, header names in lower case", async () => {
  const url = await serve((_, response) => response.writeHead(502, { "X-Thing": "1" }).end("<html>"));
  expect(await createHttp()({ method: "GET", url })).toMatchObject({ status: 502, headers: { "x-thing": "1" }, text: "<html>" });
});

it("calls a refused connection not sent", async () => {
  const url = await serve(() => {});
  await new Promise((resolve) => server!.close(resolve));
  server = undefined;
  const failed = createHttp()({ method: "POST", url: `${url}/secret-path?token=abc`, body: "{}" });
  await expect(failed).rejects.toMatchObject({ name: "HttpFailure", sent: false, code: "ECONNREFUSED" });
  await expect(failed).rejects.not.toThrow(/secret-path|abc/);
});

it("calls a connection that breaks after the request sent", async () => {
  const url = await serve((request) => request.on("end", () => request.socket.destroy()).resume());
  await expect(createHttp()({ method: "POST", url, body: "{}" })).rejects.toMatchObject({ sent: true });
});

it("calls a body that breaks off sent", async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half");
    response.on("drain", () => response.destroy());
    setImmediate(() => response.destroy());
  });
  await expect(createHttp()({ method: "POST", url, body: "{}" })).rejects.toMatchObject({ sent: true });
});

it("calls a silent server sent, after its time is up", async () => {
  const url = await serve(() => {});
  await expect(createHttp({ timeoutMs: 30 })({ method: "POST", url })).rejects.toMatchObject({ sent: true, code: "TIMEOUT" });
});

it("does not follow redirects", async () => {
  const url = await serve((_, response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end());
  expect((await createHttp()({ method: "GET", url })).status).toBe(302);
});

it("calls what cannot be sent not sent, without quoting it", async () => {
  const http = createHttp();
  for (const [request, code] of [
    [{ url: "http://127.0.0.1/", headers: { authorization: "Bearer a\nb" } }, "INVALID_REQUEST"],
    [{ url: "nowhere" }, "INVALID_REQUEST"],
    [{ url: "http://127.0.0.1:1/" }, "BAD_PORT"],
  ] as const) {
    const error = await http({ method: "POST", ...request }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "HttpFailure", sent: false, code });
    expect(String(error)).not.toContain("Bearer");
  }
});
