import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "@bullseye/core/errors";
import { LIST_KINDS } from "@bullseye/core/lists/kinds";
import { writeExamples } from "@bullseye/local";
import { expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";

export const initCommand: Command = {
  name: "init",
  summary: "writes a home with an example profile, audiences and policy",
  usage: "init [--home DIR]",
  options: {},
  homeOnly: "bullseye config push puts the rules of a home into a stage; bullseye stage show says what the stage has",
  async run({ args, homePath, out }) {
    expectWords("init", args, 0, 0, "nothing else");
    if (existsSync(homePath) && !statSync(homePath).isDirectory())
      throw new InputError(`${homePath} is a file`, { hint: "--home names a directory" });
    const files = writeExamples(homePath);
    for (const kind of LIST_KINDS) mkdirSync(join(homePath, "inbox", kind), { recursive: true });
    if (out.json || out.jsonl) {
      (out.json ? out.document : out.line).call(out, { home: homePath, files });
      return 0;
    }
    out.text(`The home is ${homePath}. Its rules, yours to change:`);
    for (const file of files) out.text(`  ${file}`);
    out.text();
    out.text("Next: bullseye run FILE, or drop files into inbox/<kind>/<list>/ and start bullseye watch.");
    return 0;
  },
};
