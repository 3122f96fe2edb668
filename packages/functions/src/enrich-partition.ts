import { enrichPartition } from "@bullseye/core/operations/enrich-partition/enrich-partition";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(enrichPartition);
