import { existsSync, readFileSync, statSync } from "node:fs";
import { InputError, NotFoundError } from "@bullseye/core/errors";
import { type CheckResult, checkProfile, type ExampleResult, testProfile } from "@bullseye/core/icp/check";
import { expectWords, verbOf } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import type { Output } from "../output.ts";

/** Verbs that the profile will have; named so that nobody looks for a typing error. */
const LATER = ["learn", "score", "backtest", "compare", "gate", "promote", "rollback", "report"];

function readProfileFile(file: string): string {
  if (!existsSync(file))
    throw new NotFoundError(`there is no file ${file}`, {
      hint: "check the path; bullseye init writes config/icp.yaml into a home",
    });
  if (!statSync(file).isFile())
    throw new InputError(`${file} is no file`, { hint: "name a profile, like .bullseye/config/icp.yaml" });
  return readFileSync(file, "utf8");
}

function showProblems(out: Output, file: string, problems: CheckResult["problems"]): void {
  for (const { path, line, message } of problems) out.text(`${file}:${line}: ${path === "" ? "" : `${path}: `}${message}`);
}

function showExamples(out: Output, examples: readonly ExampleResult[]): void {
  if (examples.length === 0) {
    out.text("No examples are written in it; add some under examples:, with what you expect of them.");
    return;
  }
  out.table(
    ["", "example", "tier", "score", "between"],
    examples.map(({ ok, name, tier, score, low, high }) => [
      ok ? "as expected" : "not so",
      name,
      tier,
      score,
      `${low} to ${high}`,
    ]),
  );
}

function answer({ out }: CommandContext, result: CheckResult, extra: Record<string, unknown>): number {
  const { ok, problems } = result;
  if (out.json) out.document({ ok, problems, ...extra });
  else if (out.jsonl) out.line({ ok, problems, ...extra });
  return ok ? 0 : 2;
}

export const icpCommand: Command = {
  name: "icp",
  summary: "checks a profile, and runs the examples written in it",
  usage: "icp check FILE\nicp test FILE",
  homeOnly: "it looks at a profile of this machine; bullseye config push tests it for a stage",
  options: {},
  async run(context) {
    const [word] = context.args;
    if (word === undefined) throw new InputError("bullseye icp needs a verb", { hint: "there are check and test" });
    if (LATER.includes(word))
      throw new InputError(`bullseye icp ${word} does not exist yet`, { hint: "there are check and test" });
    const { verb, args } = verbOf("icp", context.args, ["check", "test"]);
    expectWords(`icp ${verb}`, args, 1, 1, "a profile");
    const { out } = context;
    const file = args[0]!;
    const text = readProfileFile(file);
    if (verb === "check") {
      const checked = checkProfile(text);
      showProblems(out, file, checked.problems);
      if (checked.ok) out.text(`${file} is a valid profile.`);
      return answer(context, checked, {});
    }
    const day = context.asOf ?? new Date().toISOString().slice(0, 10);
    const tested = testProfile(text, day);
    if (tested.examples.length > 0 || tested.ok) showExamples(out, tested.examples);
    showProblems(out, file, tested.problems);
    return answer(context, tested, { examples: tested.examples });
  },
};
