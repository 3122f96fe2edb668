import type { StackProps } from "aws-cdk-lib";
import type { Code } from "aws-cdk-lib/aws-lambda";
import type { FunctionId } from "./functions.ts";
import type { AdManifest } from "./manifests.ts";
import type { Names } from "./names.ts";
import type { StageSettings } from "./settings.ts";

/** What every stack of a stage is built from. */
export interface StageProps extends StackProps {
  names: Names;
  settings: StageSettings;
  platforms: readonly AdManifest[];
  /** The bundle of a function. */
  code: (id: FunctionId) => Code;
}
