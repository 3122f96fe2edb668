import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { InputError, NotFoundError } from "@bullseye/core/errors";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import { configurationToPin } from "@bullseye/core/operations/active-configuration";
import { checkConfiguration } from "@bullseye/core/operations/check-configuration";
import { type ConfigurationTexts, configKey } from "@bullseye/core/operations/configuration";
import { configurationChanges, type FileChange } from "@bullseye/core/operations/configuration-changes";
import { readJson } from "@bullseye/core/operations/run-context";
import { currentScoring } from "@bullseye/core/queries/current-scoring";
import { many } from "@bullseye/core/report/wording";
import { Home } from "@bullseye/local";
import { expectWords, verbOf } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import type { Output } from "../output.ts";

/** Digits of a hash that people copy. */
const DIGITS = 12;

export const configCommand: Command = {
  name: "config",
  summary: "compares the rules here with those of a stage, and puts them there",
  usage:
    "config diff [DIR] [--stage NAME]\nconfig push [DIR] --stage NAME [--activate]\nconfig activate SHA --stage NAME\nconfig rollback --stage NAME",
  options: { activate: { type: "boolean" } },
  describe: { activate: "push: also makes them the rules of the next run" },
  homeAndStage: true,
  async run(context) {
    const { verb, args } = verbOf("config", context.args, ["diff", "push", "activate", "rollback"]);
    if (verb === "rollback") expectWords("config rollback", args, 0, 0, "nothing else");
    else if (verb === "activate") expectWords("config activate", args, 1, 1, "the hash of a pushed configuration");
    else expectWords(`config ${verb}`, args, 0, 1, "at most a directory");
    if (context.stage === null) return inHome(context, verb, args[0]);
    const stage = await context.openStage(context.stage);
    const before = await stage.configuration();
    const option = ` --stage ${context.stage}`;
    if (verb === "diff" || verb === "push") {
      const { texts, kept } = readTexts(directoryOf(context, args[0]), before);
      for (const file of kept) context.out.note(`${file} is not there: the stage keeps its own`);
      if (verb === "diff") {
        checkConfiguration(texts, stage.asOf);
        return answer(context, { active: await configurationToPin(stage.ports) }, configurationChanges(before, texts));
      }
      const sha = await stage.rules.push(texts, stage.asOf);
      const activated = context.values.activate === true;
      if (activated) await stage.rules.activate(sha, stage.asOf);
      answer(context, { sha, activated }, configurationChanges(before, texts));
      context.out.note(
        activated
          ? `active: the next run works under it; bullseye refresh${option} looks at every account again now`
          : `stored, and not active yet: bullseye config activate ${sha.slice(0, DIGITS)}${option}`,
      );
      return 0;
    }
    const moved = verb === "activate" ? await stage.rules.activate(args[0]!, stage.asOf) : await stage.rules.rollback(stage.asOf);
    const { sha, previous, activatedAt } = moved;
    answer(context, { sha, previous, activatedAt }, configurationChanges(before, await stage.rules.texts(sha)));
    context.out.note(
      `${sha.slice(0, DIGITS)} is active: the next run works under it; bullseye refresh${option} looks at every account again now`,
    );
    return 0;
  },
};

/** In a home the files are the configuration; what can be said of them is how they differ from what the accounts were scored with. */
async function inHome(context: CommandContext, verb: string, directory: string | undefined): Promise<number> {
  if (verb !== "diff")
    throw new InputError(
      `bullseye config ${verb} is for a stage: in a home the files in config/ are what the next run works under`,
      {
        hint: "name the stage with --stage NAME; bullseye refresh runs changed rules in a home",
      },
    );
  const scored = Home.exists(context.homePath) ? await scoredWith(context) : null;
  const before = scored?.texts ?? EXAMPLE_CONFIGURATION;
  const { texts } = readTexts(directoryOf(context, directory), EXAMPLE_CONFIGURATION);
  checkConfiguration(texts, context.asOf ?? new Date().toISOString().slice(0, 10));
  return answer(context, { active: scored?.sha ?? null }, configurationChanges(before, texts));
}

async function scoredWith(context: CommandContext): Promise<{ sha: string; texts: ConfigurationTexts } | null> {
  const { ports } = await context.workplace();
  const current = await currentScoring(ports);
  if (current === null) return null;
  return { sha: current.configSha, texts: await readJson<ConfigurationTexts>(ports, configKey(current.configSha)) };
}

/** The directory with the files: the one named, else `config/` of the home. */
const directoryOf = ({ cwd, homePath }: CommandContext, named: string | undefined): string =>
  named === undefined ? join(homePath, "config") : resolve(cwd, named);

/** The files of a directory; those that are not there are as in `otherwise`, and named in `kept`. */
function readTexts(directory: string, otherwise: ConfigurationTexts): { texts: ConfigurationTexts; kept: string[] } {
  if (!existsSync(directory) || !statSync(directory).isDirectory())
    throw new NotFoundError(`there is no directory ${relative(process.cwd(), directory) || directory}`, {
      hint: "bullseye init writes an example configuration into config/ of a home; name another directory behind the verb",
    });
  const texts: ConfigurationTexts = { ...otherwise };
  const kept: string[] = [];
  for (const name of Object.keys(texts)) {
    const file = join(directory, `${name}.yaml`);
    if (existsSync(file)) texts[name] = readFileSync(file, "utf8");
    else kept.push(`${name}.yaml`);
  }
  if (kept.length === Object.keys(texts).length)
    throw new NotFoundError(`${relative(process.cwd(), directory) || directory} holds no configuration`, {
      hint: `it would be ${kept.join(", ")}`,
    });
  return { texts, kept };
}

function answer({ out }: CommandContext, about: Readonly<Record<string, unknown>>, files: readonly FileChange[]): number {
  const same = files.every((each) => each.status === "same");
  if (out.json) out.document({ ...about, same, files });
  else if (out.jsonl) for (const each of files) out.line(each);
  show(out, files, same);
  return 0;
}

function show(out: Output, files: readonly FileChange[], same: boolean): void {
  if (same) out.text("Nothing differs.");
  for (const { file, status, changes } of files) {
    if (status === "same") continue;
    const what = changes.length === 0 ? "only comments or spacing" : many(changes.length, "change");
    out.text(`${file}: ${status === "changed" ? what : status}`);
    for (const { section, id, change } of changes) out.text(`  ${change.padEnd(8)}${section}${id === null ? "" : ` ${id}`}`);
  }
}
