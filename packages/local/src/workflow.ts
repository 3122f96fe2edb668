import { readFileSync } from "node:fs";
import { OPERATIONS } from "@bullseye/core/operations/registry";
import { loadWorkflow } from "./engine/load-workflow.ts";
import type { WholeWorkflow } from "./engine/workflow.ts";

const FILE = new URL("../../../stacks/target-accounts.asl.json", import.meta.url);

/** The one workflow file, with every resource standing for the operation of that name. */
export function targetAccounts(): WholeWorkflow {
  const substitutions: Record<string, string> = { WorkBucketName: "local" };
  for (const { id } of OPERATIONS) {
    const name = id.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
    substitutions[`${name}FunctionArn`] = id;
  }
  return loadWorkflow(JSON.parse(readFileSync(FILE, "utf8")), substitutions);
}
