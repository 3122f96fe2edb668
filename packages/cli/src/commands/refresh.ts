import { NotFoundError } from "@bullseye/core/errors";
import { compileConfiguration } from "@bullseye/core/operations/configuration";
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
    const place = await context.workplace();
    const { profile } = compileConfiguration(await place.configuration());
    const { icp } = context.values;
    if (icp !== undefined && icp !== profile.id)
      throw new NotFoundError(`this ${context.stage === null ? "home" : "stage"} has no profile "${String(icp)}"`, {
        hint: `config/icp.yaml is "${profile.id}"`,
      });
    context.progress?.begin("all accounts", place);
    const outcome = await place.refresh();
    context.progress?.end();
    print([outcome], place, context);
    return 0;
  },
};
