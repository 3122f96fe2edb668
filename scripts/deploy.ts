// `sst deploy` and `sst diff` (`npm run deploy|diff -- --stage NAME`), once it is clear which stage, which account and which region are meant.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { identify } from "@bullseye/aws/stage/clients";
import { namingStage } from "@bullseye/aws/stage/failures";
import { checkStageName } from "@bullseye/aws/stage/names";
import { failureLine, failureOf } from "@bullseye/cli/failure";
import { InputError } from "@bullseye/core/errors";
import { ROOT, runNode24 } from "./node24.mjs";

const [command = "", ...args] = process.argv.slice(2);
const { values } = parseArgs({ args, options: { stage: { type: "string" } }, strict: false, allowPositionals: true });
const stage = typeof values.stage === "string" ? values.stage : "";
try {
  if (stage === "") throw new InputError("no stage is named", { hint: `npm run ${command} -- --stage NAME` });
  const { names, caller } = await identify(checkStageName(stage));
  console.error(`${command} of the stage ${stage}: account ${names.account}, ${names.region}, as ${caller}`);
  // SST takes the region from the environment alone, and without one ends without a word.
  process.env.AWS_REGION = names.region;
  process.env.SST_TELEMETRY_DISABLED ??= "1";
  process.chdir(ROOT);
  runNode24([join(ROOT, "node_modules", "sst", "cli", "sst.js"), command, ...args]);
} catch (error) {
  const failure = failureOf(namingStage(error, stage));
  process.stderr.write(`${failureLine(failure)}\n`);
  process.exitCode = failure.code;
}
