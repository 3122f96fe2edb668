import { openRound } from "@bullseye/core/operations/open-round/open-round";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(openRound);
