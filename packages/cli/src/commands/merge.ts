import { proposeMerge } from "@bullseye/core/operations/match-companies/decide";
import { expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";
import { decide } from "../decide.ts";

export const mergeCommand: Command = {
  name: "merge",
  summary: "says that two accounts are one company; unmerge takes it back",
  usage: "merge ACCOUNT ACCOUNT",
  options: {},
  async run(context) {
    expectWords("merge", context.args, 2, 2, "two accounts, each by id, domain or name");
    const [first, second] = context.args as [string, string];
    const place = await context.workplace();
    return decide(context, place, await proposeMerge(place.ports, first, second));
  },
};
