import { openEvents } from "@bullseye/aws/parts";
import { planAudiences } from "@bullseye/core/operations/plan-audiences/plan-audiences";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(planAudiences, { events: openEvents });
