import { InputError } from "@bullseye/core/errors";
import { expectWords, verbOf } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { countText } from "../terminal-output.ts";

export const stageCommand: Command = {
  name: "stage",
  summary: "what a deployed stage consists of; remove takes it down with all its data",
  usage: "stage show NAME\nstage remove NAME [--yes]",
  options: {},
  homeOnly: "write its name as a word: bullseye stage show NAME",
  async run(context) {
    const { verb, args } = verbOf("stage", context.args, ["show", "remove"]);
    expectWords(`stage ${verb}`, args, 1, 1, "the name of a stage");
    return verb === "show" ? show(context, args[0]!) : remove(context, args[0]!);
  },
};

async function show(context: CommandContext, name: string): Promise<number> {
  const { out } = context;
  const { describeStage } = await import("@bullseye/aws/stage/description");
  const description = await describeStage(await context.openStage(name));
  if (out.json) out.document(description);
  else if (out.jsonl) out.line(description);
  const { stacks, urls, ...plain } = description;
  for (const [what, value] of Object.entries({ ...plain, ...urls }))
    if (typeof value === "string") out.text(`${words(what).padEnd(16)}  ${value}`);
  out.text(`${"drop a file".padEnd(16)}  aws s3 cp FILE s3://${description.bucket}/inbox/accounts/LIST/FILE`);
  out.text();
  out.table(
    ["stack", "status", "changed"],
    stacks.map(({ name: stack, status, changedAt }) => [stack, status, changedAt?.slice(0, 16).replace("T", " ") ?? null]),
  );
  return 0;
}

const words = (camel: string): string => camel.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);

async function remove(context: CommandContext, name: string): Promise<number> {
  const { out, values, ask } = context;
  const [{ removeStage }, { PRODUCTION }] = await Promise.all([
    import("@bullseye/aws/stage/removal"),
    import("@bullseye/aws/stage/names"),
  ]);
  if (name === PRODUCTION)
    throw new InputError(`the stage ${PRODUCTION} is not removed by a command`, {
      hint: "its data is retained on purpose; docs/operations.md says how an administrator takes it down",
    });
  const stage = await context.openStage(name, { mustExist: false });
  const { names } = stage;
  if (values.yes !== true) {
    if (ask === null)
      throw new InputError(`removing ${name} takes all its lists, accounts and audiences away`, {
        hint: "--yes says that this is meant",
      });
    const typed = await ask(
      `This removes the stage ${name} in account ${names.account}, ${names.region}, with all its data. Type its name to go on: `,
    );
    if (typed.trim() !== name)
      throw new InputError("that is not its name; nothing was removed", { hint: "run the command again" });
  }
  const removal = await removeStage({
    clients: stage.clients,
    names,
    executions: stage.executions,
    sleep: (milliseconds) => stage.ports.clock.sleep(milliseconds),
    onStep: (step, done, total) => out.progress(step, done, total),
  });
  out.progress("", 0, 0);
  if (out.json) out.document({ stage: name, ...removal });
  else if (out.jsonl) out.line({ stage: name, ...removal });
  if (removal.stacks.length === 0) {
    out.text(`There were no stacks of ${name} in account ${names.account}, ${names.region}.`);
    out.text("Where there was such a stage, AWS keeps of it:");
  } else {
    out.text(
      `${name} is removed: ${countText(removal.stacks.length, "stack")}, ${countText(removal.objects, "version")} of objects${removal.executions > 0 ? `, ${countText(removal.executions, "run")} stopped` : ""}.`,
    );
    out.text("What AWS keeps:");
  }
  for (const each of removal.kept) out.text(`  ${each}`);
  return 0;
}
