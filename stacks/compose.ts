import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, Tags } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { BUNDLING_STACKS } from "aws-cdk-lib/cx-api";
import { bundleFunctions } from "./bundles.ts";
import { DeliveryStack } from "./delivery.ts";
import type { FunctionId } from "./functions.ts";
import { adManifests } from "./manifests.ts";
import { Names, type Place } from "./names.ts";
import { ObservabilityStack } from "./observability.ts";
import { stageSettings } from "./settings.ts";
import type { StageProps } from "./stage.ts";
import { StorageStack } from "./storage.ts";
import { WorkflowStack } from "./workflow.ts";

/** What is composed: the app's name and where the stage lives. */
export interface Composition extends Place {
  name: string;
}

/** Everything of one stage; the one function behind `sst` and `cdk`, which give the same resources. */
export interface Stage {
  storage: StorageStack;
  workflow: WorkflowStack;
  delivery: DeliveryStack;
  observability: ObservabilityStack;
}

/** Composes the stacks of a stage. Where bundling is switched off (`aws:cdk:bundling-stacks` is empty) functions get no code. */
export function compose(app: App, { name, stage, account, region }: Composition): Stage {
  const names = new Names({ stage, account, region });
  const props: StageProps = {
    names,
    settings: stageSettings(app.node, stage),
    platforms: adManifests(),
    code: codeOf(app),
    env: { account, region },
  };
  const stackProps = (noun: Parameters<Names["stack"]>[0]) => ({ ...props, stackName: names.stack(noun) });
  const stacks: Stage = {
    storage: new StorageStack(app, "storage", stackProps("storage")),
    workflow: new WorkflowStack(app, "workflow", stackProps("workflow")),
    delivery: new DeliveryStack(app, "delivery", stackProps("delivery")),
    observability: new ObservabilityStack(app, "observability", stackProps("observability")),
  };
  // In this order; names are computed, so nothing else ties one stack to another.
  const inOrder = Object.values(stacks);
  for (const [index, stack] of inOrder.entries()) {
    if (index > 0) stack.addDependency(inOrder[index - 1]!);
    Tags.of(stack).add("sst:app", name);
    Tags.of(stack).add("sst:stage", stage);
  }
  return stacks;
}

function codeOf(app: App): (id: FunctionId) => Code {
  const bundled = app.node.tryGetContext(BUNDLING_STACKS) as string[] | undefined;
  if (bundled?.length === 0) return (id) => Code.fromInline(`throw new Error("${id} was not bundled");`);
  const folder = mkdtempSync(join(tmpdir(), "bullseye-functions-"));
  // CDK has copied what it needs into its output by then.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const bundles = bundleFunctions(folder);
  return (id) => Code.fromAsset(bundles[id]);
}
