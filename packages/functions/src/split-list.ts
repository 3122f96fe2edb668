import { splitList } from "@bullseye/core/operations/split-list/split-list";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(splitList);
