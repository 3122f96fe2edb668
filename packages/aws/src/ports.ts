import { setTimeout as delay } from "node:timers/promises";
import { type AdConnector, type ConnectorContext, connectionVariable, type HttpPort } from "@bullseye/core/connector";
import { Meter } from "@bullseye/core/cost/meter";
import type { Ports, RunSettings } from "@bullseye/core/ports";
import { createDigest } from "./digest.ts";
import { environment, type StageEnvironment } from "./environment.ts";
import type { S3Objects } from "./objects/s3-objects.ts";
import { openEvents, openQueue, openSecrets } from "./parts.ts";
import type { SqsQueue } from "./queue.ts";
import type { StageSecrets } from "./secrets.ts";
import { openStores } from "./stores.ts";

/** What a stage needs from outside the package: the connectors (siblings do not import each other) and http. */
export interface AwsSurroundings {
  adConnector(platform: string): AdConnector;
  http: HttpPort;
}

/** The ports of a stage. */
export interface AwsPorts extends Ports {
  objects: S3Objects;
  queue: SqsQueue;
  secrets: StageSecrets;
  /** Counts the calls of all ports. */
  meter: Meter;
  /** Reads the stage's hash key, without which `digest.keyed` throws: few operations need it, and fewer functions may read it. */
  useHashKey(): Promise<void>;
  /** Closes the connections; a container that is frozen and thawed keeps them. */
  close(): void;
}

/** Opens the ports of a stage: once for each process, so that connections last. Nothing is called yet. */
export function openPorts(
  stage: StageEnvironment,
  { adConnector, http }: AwsSurroundings,
  settings: Partial<RunSettings> = {},
  meter: Meter = new Meter(),
): AwsPorts {
  const stores = openStores({ ...stage, settings: { ...stage.settings, ...settings } }, meter);
  const queue = openQueue(stage, meter);
  const events = openEvents(stage, meter);
  const secrets = openSecrets(stage, meter);
  let hashKey: string | undefined;
  return {
    ...stores,
    queue,
    events,
    secrets,
    meter,
    digest: createDigest(() => hashKey),
    adConnector,
    connectorContext: (platform, audienceSettings) => connectorContext(platform, audienceSettings, http, secrets),
    useHashKey: async () => {
      hashKey ??= await secrets.hashKey();
    },
    close: () => {
      for (const each of [stores, queue, events, secrets]) each.close();
    },
  };
}

/** Settings come from the audience, else from the environment, else are absent; base addresses from the environment alone. */
function connectorContext(
  platform: string,
  settings: Readonly<Record<string, unknown>>,
  http: HttpPort,
  secrets: StageSecrets,
): ConnectorContext {
  return {
    http,
    secrets: secrets.of(platform),
    clock: { now: () => Date.now() },
    sleep: (milliseconds) => delay(milliseconds),
    baseUrl: environment,
    settings: new Proxy({} as Record<string, string | undefined>, {
      get: (_, field) => {
        if (typeof field !== "string") return undefined;
        const value = settings[field] ?? environment(connectionVariable(platform, field));
        return value === undefined ? undefined : String(value);
      },
    }),
  };
}
