import { NotFoundError } from "@bullseye/core/errors";
import { compileConfiguration } from "@bullseye/core/operations/configuration";
import { readConfiguration } from "@bullseye/local";
import { expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";
import { print } from "./run.ts";

export const refreshCommand: Command = {
  name: "refresh",
  summary: "scores and places every account again, without a list",
  usage: "refresh [--icp ID]",
  options: { icp: { type: "string" } },
  describe: { icp: "ID     the profile that is meant; refuses to run another one" },
  resumable: true,
  async run(context) {
    expectWords("refresh", context.args, 0, 0, "nothing else");
    const home = await context.home();
    const { profile } = compileConfiguration(readConfiguration(context.homePath));
    const { icp } = context.values;
    if (icp !== undefined && icp !== profile.id)
      throw new NotFoundError(`this home has no profile "${String(icp)}"`, { hint: `config/icp.yaml is "${profile.id}"` });
    context.progress?.begin("all accounts", home);
    const outcome = await home.refresh();
    context.progress?.end();
    print([outcome], context);
    return 0;
  },
};
