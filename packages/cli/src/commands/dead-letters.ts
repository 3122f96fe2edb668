import { InputError } from "@bullseye/core/errors";
import { expectWords, verbOf } from "../arguments.ts";
import type { Command } from "../command.ts";
import { countText } from "../terminal-output.ts";

export const deadLettersCommand: Command = {
  name: "dead-letters",
  summary: "what the workers of a stage gave up, and sends it back to them",
  usage: "dead-letters list [QUEUE] --stage NAME\ndead-letters redrive [QUEUE] --stage NAME",
  options: {},
  stageOnly: true,
  async run(context) {
    const { out } = context;
    const { verb, args } = verbOf("dead-letters", context.args, ["list", "redrive"]);
    expectWords(`dead-letters ${verb}`, args, 0, 1, "at most a queue");
    const stage = await context.openStage(context.stage!);
    const asked = args[0];
    const queues =
      asked === undefined
        ? stage.names.deadLetters
        : stage.names.deadLetters.filter(({ id, from }) => id === asked || from === asked);
    if (queues.length === 0)
      throw new InputError(`no queue of this stage is called ${asked}`, {
        hint: `there are ${stage.names.deadLetters.map(({ id }) => id).join(", ")}`,
      });
    if (verb === "redrive") {
      const moved: Array<{ queue: string; to: string; messages: number }> = [];
      for (const { id, from } of queues)
        if (from !== null || asked !== undefined)
          moved.push({ queue: id, to: from ?? "", messages: await stage.queues.redrive(id) });
      if (out.json) out.document({ moved });
      else if (out.jsonl) for (const each of moved) out.line(each);
      for (const { queue, to, messages } of moved)
        if (messages > 0) out.text(`${countText(messages, "message")} from ${queue} go back to ${to}`);
      if (moved.every(({ messages }) => messages === 0)) out.text("There are no dead letters that could go back.");
      return 0;
    }
    const letters = [];
    for (const { id } of queues) letters.push(...(await stage.queues.look(id)));
    if (out.json) out.document({ deadLetters: letters });
    else if (out.jsonl) for (const each of letters) out.line(each);
    if (letters.length === 0) out.text("There are no dead letters.");
    else
      out.table(
        ["queue", "sent", "received", "about"],
        letters.map(({ queue, sentAt, receives, body }) => [
          queue,
          sentAt?.slice(0, 16).replace("T", " ") ?? null,
          receives,
          aboutOf(body),
        ]),
      );
    return 0;
  },
};

/** What a message points at, in a few words. */
function aboutOf(body: unknown): string {
  const { detail, body: push } = (body ?? {}) as {
    detail?: { object?: { key?: string }; name?: string; status?: string };
    body?: { pushId?: string; chunk?: number };
  };
  if (detail?.object?.key !== undefined) return detail.object.key;
  if (detail?.name !== undefined) return `run ${detail.name} ${detail.status ?? ""}`.trim();
  if (push?.pushId !== undefined) return `push ${push.pushId}, part ${(push.chunk ?? 0) + 1}`;
  return JSON.stringify(body);
}
