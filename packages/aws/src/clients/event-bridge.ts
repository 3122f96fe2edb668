import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { Meter } from "@bullseye/core/cost/meter";
import { type Connection, connectionSettings, metered } from "./connection.ts";

/** A client of EventBridge whose events are counted. */
export function eventBridgeClient(connection: Connection, meter: Meter): EventBridgeClient {
  return metered(new EventBridgeClient(connectionSettings(connection, "standard", 6)), "eventBridge", meter);
}
