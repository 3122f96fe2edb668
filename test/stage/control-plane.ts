import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** The account that the stand-ins are in. */
export const ACCOUNT = "000000000000";
export const REGION = "eu-central-1";

/** Services whose protocol is not AWS JSON, with the answers that AWS documents: STS, CloudFormation (query), Lambda (REST). The rest is passed on. */
export interface ControlPlane {
  readonly endpoint: string;
  /** What `GetAccountSettings` says may run at once. */
  concurrency: number;
  /** What the functions say of their version; undefined where they do not. */
  version: string | undefined;
  /** Error code that STS refuses everybody with; null lets everybody in. */
  refuse: string | null;
  close(): Promise<void>;
}

const query = (action: string, result: string): string =>
  `<${action}Response xmlns="https://example.com/doc/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`;

/** Starts it; calls that carry `x-amz-target` go to `services`. */
export async function startControlPlane(services: string): Promise<ControlPlane> {
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const answer = (status: number, type: string, said: string): void => {
      response.writeHead(status, { "content-type": type }).end(said);
    };
    const target = request.headers["x-amz-target"];
    if (typeof target === "string") {
      const passed = await fetch(services, {
        method: "POST",
        headers: { "x-amz-target": target, "content-type": String(request.headers["content-type"]) },
        body,
      });
      answer(passed.status, "application/x-amz-json-1.1", await passed.text());
    } else if (request.url?.includes("/account-settings"))
      answer(200, "application/json", JSON.stringify({ AccountLimit: { ConcurrentExecutions: plane.concurrency } }));
    else if (request.url?.includes("/functions/"))
      answer(
        200,
        "application/json",
        JSON.stringify({
          LastModified: "2026-11-20T08:00:00.000+0000",
          Environment: { Variables: plane.version === undefined ? {} : { BULLSEYE_VERSION: plane.version } },
        }),
      );
    else {
      const action = new URLSearchParams(body).get("Action") ?? "";
      if (action === "GetCallerIdentity" && plane.refuse !== null)
        answer(
          403,
          "text/xml",
          `<ErrorResponse><Error><Type>Sender</Type><Code>${plane.refuse}</Code><Message>no</Message></Error></ErrorResponse>`,
        );
      else if (action === "GetCallerIdentity")
        answer(
          200,
          "text/xml",
          query(action, `<Arn>arn:aws:iam::${ACCOUNT}:user/operator</Arn><UserId>U</UserId><Account>${ACCOUNT}</Account>`),
        );
      else
        answer(
          400,
          "text/xml",
          `<ErrorResponse><Error><Code>ValidationError</Code><Message>Stack does not exist</Message></Error></ErrorResponse>`,
        );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const plane: ControlPlane = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    concurrency: 1_000,
    version: undefined,
    refuse: null,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return plane;
}
