import { takeTurn } from "@bullseye/core/operations/take-turn/take-turn";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(takeTurn);
