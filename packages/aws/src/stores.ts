import { setTimeout as delay } from "node:timers/promises";
import type { Meter } from "@bullseye/core/cost/meter";
import type { Ports, RunSettings } from "@bullseye/core/ports";
import { ObjectBatches } from "./batches.ts";
import { dynamoClient } from "./clients/dynamodb.ts";
import { s3Client } from "./clients/s3.ts";
import { DynamoAccounts, DynamoAudiences, DynamoLeases, DynamoRuns } from "./dynamodb/index.ts";
import type { StageEnvironment } from "./environment.ts";
import { S3Objects } from "./objects/s3-objects.ts";

/** Default sizes [design], those of a laptop; results do not depend on them. */
export const RUN_SETTINGS: RunSettings = { rangeBytes: 4 * 1024 * 1024, partitionRows: 4_000 };

/** The ports on S3 and DynamoDB: what every function of a stage works with. */
export interface Stores extends Pick<Ports, "batches" | "accounts" | "runs" | "audiences" | "leases" | "clock" | "settings"> {
  objects: S3Objects;
  /** Closes the connections; a container that is frozen and thawed keeps them. */
  close(): void;
}

/** Opens the stores of a stage. Nothing is called yet. */
export function openStores(stage: StageEnvironment, meter: Meter): Stores {
  const s3 = s3Client(stage, meter);
  const dynamo = dynamoClient(stage, meter);
  const objects = new S3Objects(s3, stage.bucket);
  return {
    objects,
    batches: new ObjectBatches(objects),
    accounts: new DynamoAccounts(dynamo, stage.table),
    runs: new DynamoRuns(dynamo, stage.table),
    audiences: new DynamoAudiences(dynamo, stage.table),
    leases: new DynamoLeases(dynamo, stage.table),
    clock: { now: () => new Date().toISOString(), sleep: (milliseconds) => delay(milliseconds) },
    settings: { ...RUN_SETTINGS, ...stage.settings },
    close: () => {
      for (const client of [s3, dynamo]) client.destroy();
    },
  };
}
