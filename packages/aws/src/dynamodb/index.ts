export { DynamoAccounts } from "./accounts.ts";
export { DynamoAudiences } from "./audiences.ts";
export { LISTING_INDEX, tableDefinition } from "./definition.ts";
export { DynamoLeases } from "./leases.ts";
export { DynamoRuns } from "./runs.ts";
