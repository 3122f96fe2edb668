import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Meter } from "@bullseye/core/cost/meter";
import { type Connection, connectionSettings, metered } from "./connection.ts";

/** A client of Secrets Manager whose calls are counted. */
export function secretsClient(connection: Connection, meter: Meter): SecretsManagerClient {
  return metered(new SecretsManagerClient(connectionSettings(connection, "standard", 6)), "secrets", meter);
}
