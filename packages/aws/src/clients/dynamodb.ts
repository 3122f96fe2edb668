import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Meter } from "@bullseye/core/cost/meter";
import { type Connection, connectionSettings, metered } from "./connection.ts";

/** A client of DynamoDB whose units are counted. It speaks to one table, so that it slows down when the table is throttled. */
export function dynamoClient(connection: Connection, meter: Meter): DynamoDBClient {
  return metered(new DynamoDBClient(connectionSettings(connection, "adaptive", 10, 128)), "dynamodb", meter);
}
