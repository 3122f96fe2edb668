import type { Meter } from "@bullseye/core/cost/meter";
import { type MeteredService, meterClient } from "./metering.ts";

/** Where a client connects to; endpoints come from the SDK's own variables (AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3, …). */
export interface Connection {
  region: string;
  pathStyle: boolean;
}

/** Milliseconds until a connection must stand, and of silence on it, before the SDK tries again [design]. */
const CONNECTION_MILLISECONDS = 3_000;
const SILENCE_MILLISECONDS = 30_000;

/**
 * Settings that all clients share. Standard retries stop early where everything fails; adaptive ones slow a client down that is
 * throttled, which suits a client that speaks to one resource only.
 */
export function connectionSettings(
  { region }: Connection,
  retryMode: "standard" | "adaptive",
  maxAttempts: number,
  sockets = 50,
) {
  const agent = { keepAlive: true, maxSockets: sockets };
  return {
    region,
    retryMode,
    maxAttempts,
    userAgentAppId: "bullseye",
    requestHandler: {
      connectionTimeout: CONNECTION_MILLISECONDS,
      socketTimeout: SILENCE_MILLISECONDS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  };
}

/** The client, with its calls counted. */
export function metered<C extends Parameters<typeof meterClient>[0]>(client: C, service: MeteredService, meter: Meter): C {
  meterClient(client, service, meter);
  return client;
}
