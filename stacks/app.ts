import { App } from "aws-cdk-lib";
import { compose } from "./compose.ts";
import { readJson } from "./names.ts";

const app = new App({ analyticsReporting: false });
const asked = (name: string, fallback: string | undefined): string => {
  const value = (app.node.tryGetContext(name) as string | undefined) ?? fallback;
  if (!value) throw new Error(`say for which ${name}: cdk … -c ${name}=…`);
  return value;
};
compose(app, {
  name: readJson<{ app: string }>("stacks", "names.json").app,
  stage: asked("stage", undefined),
  account: asked("account", process.env.CDK_DEFAULT_ACCOUNT),
  region: asked("region", process.env.CDK_DEFAULT_REGION),
});
app.synth();
