import { resolvePartition } from "@bullseye/core/operations/resolve-partition/resolve-partition";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(resolvePartition);
