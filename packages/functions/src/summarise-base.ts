import { summariseBase } from "@bullseye/core/operations/summarise-base/summarise-base";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(summariseBase);
