import { matchCompanies } from "@bullseye/core/operations/match-companies/match-companies";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(matchCompanies);
