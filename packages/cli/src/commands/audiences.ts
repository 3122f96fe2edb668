import { approvePlan, confirmPush, freezeAudience, queueApproved } from "@bullseye/core/audiences/approve";
import { NotFoundError } from "@bullseye/core/errors";
import { type Configuration, compileConfiguration } from "@bullseye/core/operations/configuration";
import { type AudienceListing, listAudiences } from "@bullseye/core/queries/audiences";
import { currentScoring } from "@bullseye/core/queries/current-scoring";
import { count, many } from "@bullseye/core/report/wording";
import { didYouMean } from "@bullseye/core/rules/nearest";
import { type Home, readConfiguration } from "@bullseye/local";
import { pinConfiguration } from "@bullseye/local/configuration";
import { deliverAll } from "@bullseye/local/deliver";
import { expectWords, verbOf } from "../arguments.ts";
import { deliveryCode, showAudiences, showPreview } from "../audience-result.ts";
import type { Command, CommandContext } from "../command.ts";
import { countOption } from "../number-options.ts";
import { previewPushes } from "../push-preview.ts";
import { homeOption } from "../run-result.ts";

const VERBS = ["status", "plan", "approve", "push", "confirm", "freeze", "unfreeze", "retry"] as const;

/** Says how the audiences stand, in the one shape that all verbs answer with. */
async function answer(
  context: CommandContext,
  home: Home,
  configuration: Configuration,
  extra: Record<string, unknown> = {},
): Promise<AudienceListing[]> {
  const { out } = context;
  const audiences = await listAudiences(home.ports, configuration.audiences.all);
  if (out.json) out.document({ audiences, ...extra });
  else if (out.jsonl) for (const audience of audiences) out.line(audience);
  else showAudiences(out, audiences, homeOption(context));
  return audiences;
}

/** Brings the plans up to date where rules or day have changed since the accounts were placed. */
async function plan(context: CommandContext, home: Home, only: "rules" | "rules and day" = "rules and day"): Promise<void> {
  const current = await currentScoring(home.ports);
  if (current === null) return;
  const configSha = await pinConfiguration(home.ports, readConfiguration(home.path));
  const changed =
    configSha !== current.configSha
      ? "the rules have changed"
      : only === "rules and day" && home.asOf !== current.asOf
        ? `it was ${current.asOf}`
        : null;
  if (changed === null) return;
  context.out.note(`${changed} when the audiences were planned last: looking at every account again, as of ${home.asOf}`);
  context.progress?.begin("all accounts", home);
  await home.refresh();
  context.progress?.end();
}

function checkId(id: string, { audiences }: Configuration): string {
  const ids = audiences.all.map((audience) => audience.id);
  if (ids.includes(id)) return id;
  throw new NotFoundError(`there is no audience "${id}"`, { hint: didYouMean(id, ids).trim() || `there are: ${ids.join(", ")}` });
}

async function deliver(
  context: CommandContext,
  home: Home,
  configuration: Configuration,
  which: "all" | "parked",
): Promise<number> {
  const { ports } = home;
  // What was approved under other rules is planned again under these before anything leaves.
  await plan(context, home, "rules");
  const queued = await queueApproved(ports, which);
  context.out.progress(`delivering ${many(queued.length, "push", "pushes")}`, 0, 1);
  await deliverAll(ports);
  context.out.progress("", 0, 0);
  const pushes = [];
  for (const { pushId } of queued) pushes.push((await ports.audiences.push(pushId))!);
  const told = pushes.map(({ pushId, audience, status, files, reason }) => ({
    pushId,
    audience,
    status,
    files,
    ...(reason === undefined ? {} : { reason }),
  }));
  const audiences = await answer(context, home, configuration, { pushes: told });
  if (queued.length === 0) context.out.note("nothing was approved and not yet sent");
  return deliveryCode(pushes, audiences, homeOption(context), context.out);
}

export const audiencesCommand: Command = {
  name: "audiences",
  summary: "plans, approves and delivers what ad platforms are told",
  usage:
    "audiences [status]\naudiences plan\naudiences approve HASH\naudiences push [--dry-run]\naudiences retry\naudiences confirm PUSH [--matched N]\naudiences freeze ID\naudiences unfreeze ID",
  options: { "dry-run": { type: "boolean" }, matched: { type: "string" } },
  describe: {
    "dry-run": "push: shows what would be sent, and sends nothing",
    matched: "N  confirm: how many members the platform says it found",
  },
  async run(context) {
    const { values } = context;
    const { verb, args } = verbOf("audiences", context.args, VERBS);
    const home = await context.home();
    const configuration = compileConfiguration(readConfiguration(home.path));
    if (verb !== "status" && !(verb === "push" && values["dry-run"] === true))
      return home.exclusively(() => act(context, home, configuration, verb, args));
    return act(context, home, configuration, verb, args);
  },
};

type Verb = (typeof VERBS)[number];

async function act(
  context: CommandContext,
  home: Home,
  configuration: Configuration,
  verb: Verb,
  args: string[],
): Promise<number> {
  const { values, out } = context;
  const { ports } = home;
  const option = homeOption(context);
  const words = (what: string): string => {
    expectWords(`audiences ${verb}`, args, 1, 1, what);
    return args[0]!;
  };
  switch (verb) {
    case "approve": {
      const push = await approvePlan(ports, words("the hash of a plan"));
      out.note(
        `approved ${push.audience}: ${count(push.add)} to add, ${count(push.remove)} to remove; bullseye audiences push${option} sends it`,
      );
      break;
    }
    case "confirm": {
      const { push, confirmed } = await confirmPush(ports, words("the id of a push"), countOption(values, "matched", 0));
      const matched = push.matched === undefined ? "" : `, ${count(push.matched)} of ${count(push.desired)} matched`;
      out.note(`${push.audience}: ${count(confirmed)} confirmed${matched}`);
      break;
    }
    case "freeze":
    case "unfreeze": {
      const id = checkId(words("an audience"), configuration);
      await freezeAudience(ports, id, verb === "freeze");
      out.note(
        verb === "freeze"
          ? `${id} is frozen: nothing of it is sent until bullseye audiences unfreeze ${id}${option}`
          : `${id} goes on; bullseye audiences push${option} sends what is approved`,
      );
      break;
    }
    default: {
      expectWords(`audiences ${verb}`, args, 0, 0, "nothing else");
      if (verb === "plan") await plan(context, home);
      if (verb === "retry") return deliver(context, home, configuration, "parked");
      if (verb === "push" && values["dry-run"] !== true) return deliver(context, home, configuration, "all");
      if (verb === "push") {
        const previews = await previewPushes(ports, configuration.audiences.all);
        if (out.jsonl) for (const each of previews) out.line(each);
        else if (!out.json) showPreview(out, previews);
        else await answer(context, home, configuration, { wouldSend: previews });
        return 0;
      }
    }
  }
  await answer(context, home, configuration);
  return 0;
}
