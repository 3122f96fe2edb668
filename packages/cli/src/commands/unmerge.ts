import { proposeUnmerge } from "@bullseye/core/operations/match-companies/decide";
import { expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";
import { decide } from "../decide.ts";

export const unmergeCommand: Command = {
  name: "unmerge",
  summary: "takes a merge back, or parts what keys or names had joined",
  usage: "unmerge ID",
  options: {},
  async run(context) {
    expectWords("unmerge", context.args, 1, 1, "a decision, or the id, domain or name that joined another account");
    const place = await context.workplace();
    return decide(context, place, await proposeUnmerge(place.ports, context.args[0]!));
  },
};
