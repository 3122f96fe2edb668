import type { SSTConfig } from "sst";
import { compose } from "./stacks/compose.ts";
import { readJson } from "./stacks/names.ts";

const { app: name } = readJson<{ app: string }>("stacks", "names.json");

export default {
  config: () => ({ name, region: process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION }),
  stacks: (app) => {
    compose(app, { name, stage: app.stage, account: app.account, region: app.region });
  },
} satisfies SSTConfig;
