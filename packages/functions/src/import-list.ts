import { openSecrets } from "@bullseye/aws/parts";
import { importList } from "@bullseye/core/operations/import-list/import-list";
import { operationHandler } from "./operation-handler.ts";

export const handler = operationHandler(importList, { secrets: openSecrets }, async ({ container }, perform) => {
  await container.ports.useHashKey();
  return perform();
});
