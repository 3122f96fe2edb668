import { adConnector } from "@bullseye/connectors/registry";
import { placePartition } from "@bullseye/core/operations/place-partition/place-partition";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(placePartition, { adConnector });
