import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { DescribeEventBusCommand } from "@aws-sdk/client-eventbridge";
import { GetAccountSettingsCommand, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { GetBucketVersioningCommand } from "@aws-sdk/client-s3";
import { DescribeStateMachineAliasCommand } from "@aws-sdk/client-sfn";
import { isKnownError } from "@bullseye/core/errors";
import { ACTIVE_CONFIGURATION } from "@bullseye/core/operations/active-configuration";
import { checkConfiguration } from "@bullseye/core/operations/check-configuration";
import { type Configuration, compileConfiguration } from "@bullseye/core/operations/configuration";
import { many } from "@bullseye/core/report/wording";
import { isMissing } from "../failures.ts";
import type { Check } from "./check.ts";
import { namingStage, noSuchStage } from "./failures.ts";
import type { StageQueues } from "./queue-state.ts";
import type { Stage } from "./stage.ts";

/**
 * Concurrency of Lambda below which runs are slow ("Lambda quotas": 1,000 by default, new accounts may have as few as 10); a Map of the
 * workflow works on more partitions than that at once [design].
 */
const ENOUGH_CONCURRENCY = 100;
/** Code of the quota "Concurrent executions" of AWS Lambda in Service Quotas. */
const CONCURRENCY_QUOTA = "L-B99A9384";

/** Hours after which a push that is on its way, or a run that is not over, is worth a look [design]. */
const LONG_HOURS = 24;

/** Newest runs that are looked at for failures [design]. */
const RECENT_RUNS = 20;

type Looked = Omit<Check, "id">;

const ok = (message: string, hint?: string): Looked => ({ ok: true, message, ...(hint === undefined ? {} : { hint }) });
const wrong = (message: string, hint?: string): Looked => ({ ok: false, message, ...(hint === undefined ? {} : { hint }) });

/**
 * Looks at every part of a stage that commands and functions need, with the credentials at hand. No check throws; all are answered, in this
 * order. Where there is neither a bucket nor a table, that is all there is to say.
 */
export async function stageChecks(stage: Stage, queues: StageQueues, version: string): Promise<Check[]> {
  const { names } = stage;
  const checks: Array<[id: string, look: () => Promise<Looked>]> = [
    ["credentials", async () => ok(`${stage.caller} in ${names.account}, ${names.region}`)],
    ["bucket", () => bucket(stage)],
    ["table", () => table(stage)],
    ["workflow", () => workflow(stage)],
    ["event bus", () => eventBus(stage)],
    ["concurrency", () => concurrency(stage)],
    ["version", () => deployedVersion(stage, version)],
    ["hash key", () => hashKey(stage)],
    ["configuration", () => configuration(stage)],
    ["secrets", () => secrets(stage)],
    ["queues", () => waiting(stage, queues)],
    ["dead letters", () => deadLetters(stage, queues)],
    ["pushes", () => pushes(stage)],
    ["runs", () => runs(stage)],
    ["sources", () => sources(stage)],
    ["audiences", () => audiences(stage)],
  ];
  const answer = async ([id, look]: (typeof checks)[number]): Promise<Check> => ({ id, ...(await settled(stage, look)) });
  if (!(await isAbsent(stage))) return Promise.all(checks.map(answer));
  const { message, hint } = noSuchStage(names.stage, `neither a bucket ${names.bucket} nor a table ${names.table}`);
  return [await answer(checks[0]!), { id: "stage", ...wrong(message, hint) }];
}

/** Whether nothing of a stage is there, and not merely a part of it broken or out of sight. */
async function isAbsent(stage: Stage): Promise<boolean> {
  const looks = [bucket(stage), table(stage)];
  return (await Promise.allSettled(looks)).every((look) => look.status === "rejected" && isMissing(look.reason));
}

/** What a look came to; one that failed is a check that is not ok. */
async function settled({ names }: Stage, look: () => Promise<Looked>): Promise<Looked> {
  try {
    return await look();
  } catch (error) {
    const known = namingStage(error, names.stage);
    if (isKnownError(known)) return wrong(known.message, known.hint);
    return wrong(known instanceof Error ? `${known.name}: ${known.message}` : String(known));
  }
}

async function bucket({ clients, names }: Stage): Promise<Looked> {
  const { Status } = await clients.s3.send(new GetBucketVersioningCommand({ Bucket: names.bucket }));
  if (Status === "Enabled") return ok(`${names.bucket}, versioned`);
  return wrong(`${names.bucket} keeps no versions`, "deploy the stage again: runs read the very version that was dropped");
}

async function table({ clients, names }: Stage): Promise<Looked> {
  const { Table } = await clients.dynamodb.send(new DescribeTableCommand({ TableName: names.table }));
  const { TableStatus, SSEDescription, ItemCount = 0 } = Table ?? {};
  const key = SSEDescription?.KMSMasterKeyArn;
  if (SSEDescription?.InaccessibleEncryptionDateTime)
    return wrong(`DynamoDB cannot use the key of ${names.table} any more (${key})`, "let the key policy allow it again");
  if (TableStatus !== "ACTIVE") return wrong(`${names.table} is ${TableStatus}`, "wait until its stack is deployed");
  return ok(`${names.table}, about ${many(ItemCount, "item")}, encrypted with ${key ?? "a key that AWS owns"}`);
}

async function workflow({ clients, names }: Stage): Promise<Looked> {
  const { routingConfiguration } = await clients.sfn.send(
    new DescribeStateMachineAliasCommand({ stateMachineAliasArn: names.stateMachineAliasArn }),
  );
  const version = routingConfiguration?.[0]?.stateMachineVersionArn?.split(":").at(-1);
  return ok(`new runs begin with version ${version ?? "unknown"} of the workflow`);
}

async function eventBus({ clients, names }: Stage): Promise<Looked> {
  await clients.eventBridge.send(new DescribeEventBusCommand({ Name: names.eventBus }));
  return ok(names.eventBus);
}

async function concurrency({ clients, names }: Stage): Promise<Looked> {
  const { AccountLimit } = await clients.lambda.send(new GetAccountSettingsCommand({}));
  const most = AccountLimit?.ConcurrentExecutions ?? 0;
  const message = `${many(most, "function")} may run at once in this account and region`;
  if (most >= ENOUGH_CONCURRENCY) return ok(message);
  return ok(
    message,
    `runs are slow with that; ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code ${CONCURRENCY_QUOTA} --desired-value 1000 --region ${names.region}`,
  );
}

async function deployedVersion({ clients, names }: Stage, version: string): Promise<Looked> {
  const { Environment, LastModified } = await clients.lambda.send(
    new GetFunctionConfigurationCommand({ FunctionName: names.functionName("intake") }),
  );
  const deployed = Environment?.Variables?.BULLSEYE_VERSION;
  const since = LastModified === undefined ? "" : `, deployed ${LastModified.slice(0, 16).replace("T", " ")}`;
  if (deployed === undefined) return ok(`the functions do not say their version${since}; this is ${version}`);
  if (deployed === version) return ok(`${deployed}${since}, the same as here`);
  return wrong(
    `the stage runs ${deployed}${since}, and this is ${version}`,
    "deploy the stage, or use the checkout that it was deployed from",
  );
}

async function hashKey({ ports }: Stage): Promise<Looked> {
  await ports.useHashKey();
  return ok("can be read: e-mail addresses are found by their keyed hashes");
}

async function configuration(stage: Stage): Promise<Looked> {
  const active = await stage.rules.active();
  const texts = await stage.rules.activeTexts();
  const { configuration: rules, examples } = checkConfiguration(texts, stage.asOf);
  const own =
    active === null
      ? "the examples"
      : `${active.sha.slice(0, 12)}${active.activatedAt ? ` since ${active.activatedAt.slice(0, 10)}` : ""}`;
  const message = `${own}: profile ${rules.profile.id}, ${many(rules.audiences.all.length, "audience")}, ${many(examples.length, "example")} as expected`;
  return active === null
    ? ok(message, `bullseye config push --stage ${stage.names.stage} puts your own rules there (${ACTIVE_CONFIGURATION})`)
    : ok(message);
}

const rulesOf = async (stage: Stage): Promise<Configuration> => compileConfiguration(await stage.rules.activeTexts());

async function secrets(stage: Stage): Promise<Looked> {
  const api = (await rulesOf(stage)).audiences.all.filter((audience) => audience.mode === "api");
  const platforms = [...new Set(api.map(({ platform }) => platform))];
  if (platforms.length === 0) return ok("no audience is delivered by API, so none is needed");
  const missing: string[] = [];
  for (const platform of platforms) {
    const { manifest } = stage.ports.adConnector(platform);
    const held = stage.ports.secrets.of(platform);
    const there = new Set<string>();
    for (const { name } of manifest.secretFields) if ((await held.get(name)) !== undefined) there.add(name);
    const lacking = manifest.secretFields.filter(({ name, required }) => required && !there.has(name)).map(({ name }) => name);
    if (lacking.length > 0) missing.push(`${platform}: ${lacking.join(", ")}`);
    else if (there.size === 0) missing.push(`${platform}: none of ${manifest.secretFields.map(({ name }) => name).join(", ")}`);
  }
  if (missing.length === 0) return ok(`${platforms.join(", ")} ${platforms.length === 1 ? "has" : "have"} what is needed`);
  return wrong(
    `secrets are missing: ${missing.join("; ")}`,
    `store them: aws secretsmanager put-secret-value --secret-id ${stage.names.secretPrefix}${platforms[0]} --secret-string file://secret.json`,
  );
}

async function waiting({ names }: Stage, queues: StageQueues): Promise<Looked> {
  const states = await Promise.all(names.queues.map((id) => queues.state(id)));
  return ok(
    states
      .map(
        ({ id, waiting: n, inFlight, delayed }) =>
          `${id} ${n}${inFlight + delayed > 0 ? ` and ${inFlight + delayed} being worked on or put off` : ""}`,
      )
      .join(", "),
  );
}

async function deadLetters({ names }: Stage, queues: StageQueues): Promise<Looked> {
  const states = await Promise.all(names.deadLetters.map(({ id }) => queues.state(id)));
  const dead = states.filter((each) => each.waiting + each.inFlight > 0);
  if (dead.length === 0) return ok("none");
  return wrong(
    dead.map(({ id, waiting: n, inFlight }) => `${id} ${n + inFlight}`).join(", "),
    `bullseye dead-letters list --stage ${names.stage} shows them, redrive sends them back once the cause is gone`,
  );
}

const hoursSince = (stage: Stage, at: string): number => (Date.parse(stage.ports.clock.now()) - Date.parse(at)) / 3_600_000;

async function pushes(stage: Stage): Promise<Looked> {
  const queued = (await stage.ports.audiences.pushes()).filter((push) => push.status === "queued");
  const oldest = queued.map((push) => push.createdAt).sort()[0];
  if (oldest === undefined) return ok("nothing is on its way to a platform");
  const hours = hoursSince(stage, oldest);
  const message = `${many(queued.length, "push", "pushes")} on the way, the oldest for ${hours < 1 ? "less than an hour" : many(Math.floor(hours), "hour")}`;
  if (hours < LONG_HOURS) return ok(message);
  return wrong(message, `bullseye audiences status --stage ${stage.names.stage} says why; bullseye audiences retry sends again`);
}

async function runs(stage: Stage): Promise<Looked> {
  const { stage: name } = stage.names;
  const all = await stage.ports.runs.runs();
  const open = all.filter((run) => run.status === "running" || run.status === "waiting");
  const old = open.filter((run) => hoursSince(stage, run.startedAt) >= LONG_HOURS);
  const failed = all.slice(0, RECENT_RUNS).filter((run) => run.status === "failed");
  const message = `${many(all.length, "run")}, ${open.length} not over, ${failed.length} of the last ${RECENT_RUNS} failed`;
  const [first] = [...old, ...failed];
  if (old.length > 0) return wrong(message, `bullseye runs retry ${first?.runId} --stage ${name} goes on with it`);
  return ok(message, first === undefined ? undefined : `bullseye runs show ${first.runId} --stage ${name} says why it failed`);
}

async function sources({ ports }: Stage): Promise<Looked> {
  const standing = (await ports.runs.lists()).filter((list) => list.versions.some((each) => each.status === "standing"));
  const undeclared = standing.filter((list) => list.source.origin === "unknown" && list.kind !== "suppressions");
  if (undeclared.length === 0) return ok(`${many(standing.length, "list")}; every one says where it comes from`);
  return wrong(
    `no source declared: ${undeclared.map(({ id }) => id).join(", ")}`,
    "their companies are never sent to a platform; run the file again with --source",
  );
}

async function audiences(stage: Stage): Promise<Looked> {
  const parked: string[] = [];
  for (const { id } of (await rulesOf(stage)).audiences.all) {
    const reason = (await stage.ports.audiences.state(id))?.parked;
    if (reason !== undefined) parked.push(`${id}: ${reason}`);
  }
  if (parked.length === 0) return ok("no audience is held up");
  return wrong(`held up: ${parked.join("; ")}`, `bullseye audiences retry --stage ${stage.names.stage} once that is settled`);
}
