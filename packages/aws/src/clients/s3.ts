import { S3Client } from "@aws-sdk/client-s3";
import type { Meter } from "@bullseye/core/cost/meter";
import { type Connection, connectionSettings, metered } from "./connection.ts";

/** A client of S3 whose calls are counted. */
export function s3Client(connection: Connection, meter: Meter): S3Client {
  const settings = connectionSettings(connection, "standard", 6, 64);
  return metered(new S3Client({ ...settings, forcePathStyle: connection.pathStyle }), "s3", meter);
}
