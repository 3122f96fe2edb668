import { scorePartition } from "@bullseye/core/operations/score-partition/score-partition";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(scorePartition);
