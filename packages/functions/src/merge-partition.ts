import { mergePartition } from "@bullseye/core/operations/merge-partition/merge-partition";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(mergePartition);
