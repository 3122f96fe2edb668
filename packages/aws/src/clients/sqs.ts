import { SQSClient } from "@aws-sdk/client-sqs";
import type { Meter } from "@bullseye/core/cost/meter";
import { type Connection, connectionSettings, metered } from "./connection.ts";

/** A client of SQS whose calls are counted. */
export function sqsClient(connection: Connection, meter: Meter): SQSClient {
  return metered(new SQSClient(connectionSettings(connection, "standard", 6)), "sqs", meter);
}
