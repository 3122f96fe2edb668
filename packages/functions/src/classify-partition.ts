import { classifyPartition } from "@bullseye/core/operations/classify-partition/classify-partition";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(classifyPartition);
