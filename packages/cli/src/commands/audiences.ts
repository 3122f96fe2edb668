import { approvePlan, confirmPush, freezeAudience, queueApproved } from "@bullseye/core/audiences/approve";
import { NotFoundError } from "@bullseye/core/errors";
import { type Configuration, compileConfiguration } from "@bullseye/core/operations/configuration";
import { type AudienceListing, listAudiences } from "@bullseye/core/queries/audiences";
import { currentScoring } from "@bullseye/core/queries/current-scoring";
import { count, many } from "@bullseye/core/report/wording";
import { didYouMean } from "@bullseye/core/rules/nearest";
import { expectWords, verbOf } from "../arguments.ts";
import { deliveryCode, showAudiences, showPreview } from "../audience-result.ts";
import type { Command, CommandContext } from "../command.ts";
import { fetchFiles } from "../fetch-files.ts";
import { countOption } from "../number-options.ts";
import { previewPushes } from "../push-preview.ts";
import { placeOption } from "../run-result.ts";
import type { Workplace } from "../workplace.ts";

const VERBS = ["status", "plan", "approve", "push", "confirm", "freeze", "unfreeze", "retry"] as const;

/** Says how the audiences stand, in the one shape that all verbs answer with. */
async function answer(
  context: CommandContext,
  place: Workplace,
  configuration: Configuration,
  extra: Record<string, unknown> = {},
): Promise<AudienceListing[]> {
  const { out, values } = context;
  const listed = await listAudiences(place.ports, configuration.audiences.all);
  const audiences = listed.map((each) => ({ ...each, files: each.files.map((key) => place.locate(key)) }));
  const downloaded =
    typeof values.download === "string"
      ? await fetchFiles(
          place.ports,
          listed.flatMap((each) => each.files),
          values.download,
        )
      : null;
  if (out.json) out.document({ audiences, ...(downloaded ? { downloaded } : {}), ...extra });
  else if (out.jsonl) for (const audience of audiences) out.line(audience);
  else showAudiences(out, audiences, placeOption(context));
  for (const path of downloaded ?? []) out.note(`copied to ${path}`);
  return audiences;
}

/** Brings the plans up to date where rules or day have changed since the accounts were placed. */
async function plan(context: CommandContext, place: Workplace, only: "rules" | "rules and day" = "rules and day"): Promise<void> {
  const current = await currentScoring(place.ports);
  if (current === null) return;
  const configSha = await place.configurationSha();
  const changed =
    configSha !== current.configSha
      ? "the rules have changed"
      : only === "rules and day" && place.asOf !== current.asOf
        ? `it was ${current.asOf}`
        : null;
  if (changed === null) return;
  context.out.note(`${changed} when the audiences were planned last: looking at every account again, as of ${place.asOf}`);
  context.progress?.begin("all accounts", place);
  await place.refresh();
  context.progress?.end();
}

function checkId(id: string, { audiences }: Configuration): string {
  const ids = audiences.all.map((audience) => audience.id);
  if (ids.includes(id)) return id;
  throw new NotFoundError(`there is no audience "${id}"`, { hint: didYouMean(id, ids).trim() || `there are: ${ids.join(", ")}` });
}

async function deliver(
  context: CommandContext,
  place: Workplace,
  configuration: Configuration,
  which: "all" | "parked",
): Promise<number> {
  const { ports } = place;
  // What was approved under other rules is planned again under these before anything leaves.
  await plan(context, place, "rules");
  const queued = await queueApproved(ports, which);
  const title = many(queued.length, "push", "pushes");
  context.progress?.begin(title, place);
  context.out.progress(`delivering ${title}`, 0, 1);
  await place.deliver(queued);
  context.progress?.end();
  const pushes = [];
  for (const { pushId } of queued) pushes.push((await ports.audiences.push(pushId))!);
  const told = pushes.map(({ pushId, audience, status, files, reason }) => ({
    pushId,
    audience,
    status,
    files: files.map((key) => place.locate(key)),
    ...(reason === undefined ? {} : { reason }),
  }));
  const audiences = await answer(context, place, configuration, { pushes: told });
  if (queued.length === 0) context.out.note("nothing was approved and not yet sent");
  return deliveryCode(pushes, audiences, placeOption(context), context.out, context.stage !== null);
}

export const audiencesCommand: Command = {
  name: "audiences",
  summary: "plans, approves and delivers what ad platforms are told",
  usage:
    "audiences [status]\naudiences plan\naudiences approve HASH\naudiences push [--dry-run]\naudiences retry\naudiences confirm PUSH [--matched N]\naudiences freeze ID\naudiences unfreeze ID",
  options: { "dry-run": { type: "boolean" }, matched: { type: "string" }, download: { type: "string" } },
  describe: {
    "dry-run": "push: shows what would be sent, and sends nothing",
    matched: "N  confirm: how many members the platform says it found",
    download: "DIR  copies the files to upload there",
  },
  async run(context) {
    const { values } = context;
    const { verb, args } = verbOf("audiences", context.args, VERBS);
    const place = await context.workplace();
    const configuration = compileConfiguration(await place.configuration());
    if (verb !== "status" && !(verb === "push" && values["dry-run"] === true))
      return place.exclusively(() => act(context, place, configuration, verb, args));
    return act(context, place, configuration, verb, args);
  },
};

type Verb = (typeof VERBS)[number];

async function act(
  context: CommandContext,
  place: Workplace,
  configuration: Configuration,
  verb: Verb,
  args: string[],
): Promise<number> {
  const { values, out } = context;
  const { ports } = place;
  const option = placeOption(context);
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
      if (verb === "plan") await plan(context, place);
      if (verb === "retry") return deliver(context, place, configuration, "parked");
      if (verb === "push" && values["dry-run"] !== true) return deliver(context, place, configuration, "all");
      if (verb === "push") {
        const previews = await previewPushes(ports, configuration.audiences.all);
        if (out.jsonl) for (const each of previews) out.line(each);
        else if (!out.json) showPreview(out, previews);
        else await answer(context, place, configuration, { wouldSend: previews });
        return 0;
      }
    }
  }
  await answer(context, place, configuration);
  return 0;
}
