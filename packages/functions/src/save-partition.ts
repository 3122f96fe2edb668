import { savePartition } from "@bullseye/core/operations/save-partition/save-partition";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(savePartition);
