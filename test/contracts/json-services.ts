import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** An entry of PutEvents as it arrived. */
export interface ReceivedEvent {
  EventBusName: string;
  Source: string;
  DetailType: string;
  Detail: string;
}

/** What the two services that no npm package stands in for have seen and hold. */
export interface JsonServices {
  readonly endpoint: string;
  readonly events: ReceivedEvent[];
  /** Secrets by full name. */
  readonly secrets: Map<string, string>;
  close(): Promise<void>;
}

/** One operation of a service that speaks AWS JSON. */
export type Call = (input: Record<string, unknown>) => object;

/** The error that a service answers with. */
export class Refusal extends Error {
  override readonly name: string;
  constructor(name: string) {
    super(name);
    this.name = name;
  }
}

/** EventBridge's PutEvents, and reading and writing of secrets, over AWS JSON 1.1 on loopback: limits of the services included. `more`: by target. */
export async function startJsonServices(more: Readonly<Record<string, Call>> = {}): Promise<JsonServices> {
  const events: ReceivedEvent[] = [];
  const secrets = new Map<string, string>();
  const calls: Readonly<Record<string, Call>> = {
    ...more,
    "AWSEvents.PutEvents": ({ Entries }) => {
      const entries = Entries as ReceivedEvent[];
      if (entries.length < 1 || entries.length > 10) throw new Refusal("ValidationException");
      events.push(...entries);
      return { FailedEntryCount: 0, Entries: entries.map((_, index) => ({ EventId: `event-${events.length}-${index}` })) };
    },
    "secretsmanager.GetSecretValue": ({ SecretId }) => {
      const SecretString = secrets.get(SecretId as string);
      if (SecretString === undefined) throw new Refusal("ResourceNotFoundException");
      return { Name: SecretId, SecretString };
    },
    "secretsmanager.PutSecretValue": ({ SecretId, SecretString }) => {
      if (!secrets.has(SecretId as string)) throw new Refusal("ResourceNotFoundException");
      secrets.set(SecretId as string, SecretString as string);
      return { Name: SecretId };
    },
  };
  const server = createServer(async (request, response) => {
    const target = String(request.headers["x-amz-target"]);
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(body));
    };
    try {
      const call = calls[target];
      if (!call) throw new Refusal("UnknownOperationException");
      answer(200, call(JSON.parse(await text(request)) as Record<string, unknown>));
    } catch (error) {
      answer(400, { __type: (error as Error).name, message: `${target} refused` });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    events,
    secrets,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
