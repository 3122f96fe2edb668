import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { AD_PLATFORMS } from "@bullseye/core/audiences/platforms";
import { type AdConnector, type ConnectorContext, connectionVariable, type HttpPort } from "@bullseye/core/connector";
import type { Ports, RunSettings } from "@bullseye/core/ports";
import { WorkerBatches } from "./batches.ts";
import { createDigest } from "./digest.ts";
import { FileEvents } from "./events.ts";
import { SqliteAccounts } from "./store/accounts.ts";
import { Database } from "./store/database.ts";
import { SqliteLeases } from "./store/leases.ts";
import { FileObjects } from "./store/objects.ts";
import { SqliteAudiences, SqliteQueue, SqliteRuns } from "./store/runs.ts";
import type { WriteLock } from "./store/write-lock.ts";

/** Default sizes [design]; results do not depend on them. */
export const RUN_SETTINGS: RunSettings = { rangeBytes: 4 * 1024 * 1024, partitionRows: 4_000 };

const HASH_KEY = "bullseye-home";

/** What a home needs from outside the package: the connectors (siblings do not import each other) and the surroundings. */
export interface Surroundings {
  adConnector(platform: string): AdConnector;
  http: HttpPort;
  /** Environment variables by name, read at the moment of asking. */
  environment(name: string): string | undefined;
}

/** The ports of one thread over one home. */
export interface LocalPorts extends Ports {
  objects: FileObjects;
  queue: SqliteQueue;
  leases: SqliteLeases;
  /** Leaves nothing of deleted rows in the log of the store. */
  emptyLog(): void;
  close(): void;
}

/** Opens the ports over a home's directory. */
export function openPorts(
  home: string,
  surroundings: Surroundings,
  settings: Partial<RunSettings> = {},
  lock?: WriteLock,
): LocalPorts {
  const db = new Database(join(home, "store.sqlite"), lock);
  const objects = new FileObjects(home);
  const digest = createDigest(surroundings.environment("BULLSEYE_HASH_KEY") ?? HASH_KEY);
  return {
    objects,
    batches: new WorkerBatches(objects),
    accounts: new SqliteAccounts(db, AD_PLATFORMS),
    runs: new SqliteRuns(db),
    audiences: new SqliteAudiences(db),
    queue: new SqliteQueue(db, () => Date.now()),
    leases: new SqliteLeases(db, () => Date.now()),
    events: new FileEvents(home),
    clock: { now: () => new Date().toISOString(), sleep: (milliseconds) => delay(milliseconds) },
    digest,
    adConnector: surroundings.adConnector,
    connectorContext: (platform, audienceSettings) => connectorContext(home, platform, audienceSettings, surroundings),
    settings: { ...RUN_SETTINGS, ...settings },
    emptyLog: () => db.emptyLog(),
    close: () => db.close(),
  };
}

/** Tokens refreshed by this process; the refresh token they came from stays where the person put it. */
const renewed = new Map<string, string>();

function connectorContext(
  home: string,
  platform: string,
  settings: Readonly<Record<string, unknown>>,
  { http, environment }: Surroundings,
): ConnectorContext {
  const variable = (field: string): string => connectionVariable(platform, field);
  const kept = readSecrets(home, platform);
  return {
    http,
    secrets: {
      get: async (field) => renewed.get(`${home} ${platform} ${field}`) ?? environment(variable(field)) ?? kept[field],
      set: async (field, value) => void renewed.set(`${home} ${platform} ${field}`, value),
    },
    clock: { now: () => Date.now() },
    sleep: (milliseconds) => delay(milliseconds),
    baseUrl: environment,
    settings: new Proxy({} as Record<string, string | undefined>, {
      get: (_, field) => {
        if (typeof field !== "string") return undefined;
        const value = settings[field] ?? environment(variable(field));
        return value === undefined ? undefined : String(value);
      },
    }),
  };
}

/** `secrets.json` of a home: `{"linkedin": {"accessToken": "…"}}`. Absent is fine: the environment may hold them. */
function readSecrets(home: string, platform: string): Record<string, string> {
  try {
    return (
      (JSON.parse(readFileSync(join(home, "secrets.json"), "utf8")) as Record<string, Record<string, string>>)[platform] ?? {}
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
