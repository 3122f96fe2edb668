import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { GetFunctionConfigurationCommand, ListVersionsByFunctionCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { removeStage } from "@bullseye/aws/stage/removal";
import { Stage } from "@bullseye/aws/stage/stage";
import { surroundings } from "@bullseye/cli/surroundings";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import type { ConfigurationTexts } from "@bullseye/core/operations/configuration";
import type { Sandbox } from "@bullseye/platform-sandbox";
import { startSandbox } from "@bullseye/platform-sandbox";
import { ROOT } from "../../scripts/node24.mjs";
import { changeFunction } from "./checkout.ts";
import type { Cleanup } from "./cleanup.ts";
import { emptyBucket } from "./empty-bucket.ts";
import type { Ended } from "./interpreter.ts";
import { accountLines, firstDifference, Laptop } from "./laptop.ts";
import { leftovers } from "./leftovers.ts";
import { cutList, type RehearsedList } from "./lists.ts";
import { removeSecrets } from "./stand-ins.ts";
import type { StepLog } from "./step-log.ts";
import { type Deployed, deploy, pollerOf, removeWithSst, STAGE, startWorld, type World } from "./world.ts";

/** The lists that are dropped, one before and one after the second deploy, and how many lines of them. */
const FIRST = { kind: "accounts", file: "crm-accounts.csv", lines: 130 } as const;
const SECOND = { kind: "contacts", file: "contacts.csv", lines: 100 } as const;

/** What the schedule sends, as it was recorded. */
const SCHEDULED = join(ROOT, "events", "received", "scheduler", "daily.json");

const PLATFORM = "linkedin";
/** The function that is changed between the two deploys, and what it writes from then on. */
const CHANGED = "close-run";
const CHANGE = "changed between two deploys";

/** Seconds that a message may take through a queue; the inbox waits ten on purpose. */
const QUEUE_SECONDS = 40;

/** The example rules, with the connection of the audience that is sent by API. */
function textsFor(sandbox: Sandbox): ConfigurationTexts {
  const { settings } = sandbox.connections[PLATFORM]!;
  const audiences = EXAMPLE_CONFIGURATION.audiences!;
  return {
    ...EXAMPLE_CONFIGURATION,
    audiences: audiences.replace("mode: api", `mode: api\n    settings: ${JSON.stringify(settings)}`),
  };
}

/** A whole life of a stage in an account without AWS, step by step; throws at the first step that fails. */
export class Scenario {
  readonly #log: StepLog;
  readonly #cleanup: Cleanup;
  readonly #moto: string;
  #world!: World;
  #deployed!: Deployed;
  #stage!: Stage;
  #laptop!: Laptop;
  #laptopSandbox!: Sandbox;
  /** The execution that was started last, and what it came to. */
  #execution = "";
  #ended: Ended | null = null;
  #last: RehearsedList | null = null;

  constructor(log: StepLog, cleanup: Cleanup, moto: string) {
    this.#log = log;
    this.#cleanup = cleanup;
    this.#moto = moto;
  }

  async run(): Promise<void> {
    const log = this.#log;
    await log.step("start moto, the proxy that runs functions, and the platform sandbox", () => this.#start());
    await log.step("sst deploy", () => this.#deploy());
    const { notes } = this.#deployed;
    for (const note of notes) log.note(note);
    log.note(
      "functions see what was deployed, and besides: AWS and its queues are at the proxy, LinkedIn at the platform sandbox",
    );
    await log.step("operate: push and activate rules, store the connection", () => this.#operate());
    await log.step("drop a list into the bucket", () => this.#drop(FIRST));
    await log.step("run the deployed workflow in moto's interpreter", () => this.#workflow());
    log.note("moto never fails a Map, whatever its iterations do: failing partitions are not rehearsed here");
    await log.step("compare accounts with a laptop's", () => this.#compareAfterDrop());
    await log.step("approve and deliver", () => this.#deliver());
    await log.step("compare what was delivered with a laptop's", () => this.#compareDelivered());
    await log.step(`change ${CHANGED} and deploy again`, () => this.#deployAgain());
    for (const note of this.#deployed.notes) if (!notes.includes(note)) log.note(note);
    await log.step("drop a list for the new version", () => this.#drop(SECOND));
    await log.step("run the new version", () => this.#workflow(true));
    if (this.#world.interpreter.renewals > 0)
      log.note(
        "moto cannot start an execution beside one that ran a Map: the state machine was made anew, with all its versions",
      );
    await log.step("compare accounts with a laptop's", () => this.#compareAfterDrop());
    await log.step("refresh", () => this.#refresh());
    log.note(
      "moto has no schedules: the recorded event of the schedule was given to the deployed function, with the time of now",
    );
    await log.step("run the refresh", () => this.#workflow());
    await log.step("compare accounts with a laptop's", () => this.#compareAfterRefresh());
    await log.step("sst remove", () => this.#remove());
    await log.step("look for leftovers", () => this.#nothingLeft());
    await log.step("sst deploy, once more", () => this.#deploy());
    await log.step("remove it as bullseye stage remove does", () => this.#removeByCommand());
    await log.step("look for leftovers", () => this.#nothingLeft());
  }

  async #start(): Promise<string> {
    this.#world = await startWorld(this.#moto, this.#cleanup);
    return `account ${this.#world.place.account}, ${this.#world.place.region}`;
  }

  async #deploy(): Promise<string> {
    this.#deployed = await deploy(this.#world);
    const stacks = new Set(this.#deployed.declared.map(({ stack }) => stack));
    return `${stacks.size} stacks, ${this.#deployed.declared.length} resources, state machine version ${this.#deployed.stateMachineVersion}`;
  }

  async #operate(): Promise<string> {
    const { sandbox, clients, names } = this.#world;
    this.#stage = await Stage.open(STAGE, { surroundings });
    this.#cleanup.add(() => this.#stage.close());
    const texts = textsFor(sandbox);
    const sha = await this.#stage.rules.push(texts, this.#stage.asOf);
    await this.#stage.rules.activate(sha, this.#stage.asOf);
    await clients.secrets.send(
      new PutSecretValueCommand({
        SecretId: `${names.secretPrefix}${PLATFORM}`,
        SecretString: JSON.stringify(sandbox.connections[PLATFORM]!.secrets),
      }),
    );
    return `configuration ${sha.slice(0, 12)}`;
  }

  /** Puts sidecar and list into the bucket with the SDK; moto brings the events over EventBridge to the queue, and from there we poll. */
  async #drop({ kind, file, lines }: typeof FIRST | typeof SECOND): Promise<string> {
    const { clients, names, interpreter, folder } = this.#world;
    const list = cutList(folder, kind, file, lines);
    this.#last = list;
    for (const ending of [".list.json", ""])
      await clients.s3.send(
        new PutObjectCommand({ Bucket: names.bucket, Key: list.key + ending, Body: readFileSync(list.path + ending) }),
      );
    const inbox = pollerOf(this.#world, this.#deployed, "inbox");
    if ((await inbox.depth()) !== 2) throw new Error("moto did not bring two events from S3 over EventBridge to the queue");
    const before = await interpreter.executions();
    const { records, failures } = await inbox.drain(QUEUE_SECONDS);
    if (failures.length > 0) throw new Error(this.#explain("intake", failures.join("; ")));
    // SQS may hand a message over again.
    const again = await inbox.invoke(records);
    if (again.why.length > 0) throw new Error(this.#explain("intake", `the same events again: ${again.why.join("; ")}`));
    const started = (await interpreter.executions()).filter((name) => !before.includes(name));
    if (started.length !== 1)
      throw new Error(this.#explain("intake", `${started.length} executions were started instead of one`));
    this.#execution = started[0]!;
    return `the first ${lines} lines of ${file}: ${records.length} events over EventBridge and the deployed queue, handed over twice, one execution ${this.#execution}`;
  }

  /** Waits for the execution; `changed`: the function that was changed has to have said so. */
  async #workflow(changed = false): Promise<string> {
    const { interpreter, runtime, names } = this.#world;
    const before = runtime.invocations;
    this.#ended = await interpreter.end(this.#execution);
    const { status, states, error, cause } = this.#ended;
    const run = await this.#stage.ports.runs.run(this.#execution);
    if (status !== "SUCCEEDED" || run?.status !== "done") {
      const why = `${status} after ${states.at(-1)}: ${error ?? ""} ${cause ?? ""}; the run is ${run?.status}: ${run?.error?.message ?? ""}`;
      throw new Error(this.#explain(null, why));
    }
    if (changed && !runtime.lines(names.functionName(CHANGED)).some((line) => line.includes(CHANGE)))
      throw new Error(`${CHANGED} did not say what the second deploy made it say`);
    const rows = run.rows === undefined ? "no list" : `rows ${JSON.stringify(run.rows)}`;
    const version = this.#deployed.stateMachineVersion;
    return `version ${version}, ${states.length} states, ${runtime.invocations - before} invocations of bundles (slowest import ${runtime.slowestStart.toFixed(0)} ms), ${rows}`;
  }

  async #compareAfterDrop(): Promise<string> {
    this.#laptop ??= await this.#openLaptop();
    const { path, kind } = this.#last!;
    await this.#laptop.run(path, kind);
    return this.#compare();
  }

  async #compareAfterRefresh(): Promise<string> {
    await this.#laptop.refresh();
    return this.#compare();
  }

  async #compare(): Promise<string> {
    const [is, should] = [await accountLines(this.#stage.ports.accounts), await this.#laptop.accounts()];
    const difference = firstDifference(is, should);
    if (difference !== null) throw new Error(difference);
    if (is.length === 0) throw new Error("there are no accounts");
    const sha = createHash("sha256").update(is.join("\n")).digest("hex");
    return `${is.length} accounts, the same bytes (SHA-256 ${sha.slice(0, 12)}…)`;
  }

  async #refresh(): Promise<string> {
    const { runtime, names, interpreter } = this.#world;
    const event = { ...(JSON.parse(readFileSync(SCHEDULED, "utf8")) as object), scheduledTime: new Date().toISOString() };
    const { payload, failed } = await runtime.invoke(names.functionName("refresh-schedule"), event);
    if (failed) throw new Error(this.#explain("refresh-schedule", payload));
    const [execution, ...others] = await interpreter.executions();
    if (execution === undefined || others.length > 0) throw new Error("the refresh started no execution, or more than one");
    this.#execution = execution;
    return `one execution ${execution}`;
  }

  async #openLaptop(): Promise<Laptop> {
    const { clients, names, folder, sandbox } = this.#world;
    const { SecretString = "" } = await clients.secrets.send(
      new GetSecretValueCommand({ SecretId: `${names.secretPrefix}hash-key` }),
    );
    this.#laptopSandbox = await startSandbox({ options: { notReadyMs: 0 } });
    this.#cleanup.add(() => this.#laptopSandbox.close());
    const { secrets } = this.#laptopSandbox.connections[PLATFORM]!;
    const connection = Object.entries(secrets).map(([field, value]) => [
      `${PLATFORM}_${field}`.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase(),
      value,
    ]);
    const environment = { BULLSEYE_HASH_KEY: SecretString, ...this.#laptopSandbox.bases, ...Object.fromEntries(connection) };
    const laptop = new Laptop(join(folder, "laptop"), String(this.#ended?.input.asOf), textsFor(sandbox), environment);
    this.#cleanup.add(() => laptop.close());
    return laptop;
  }

  async #deliver(): Promise<string> {
    const { ports } = this.#stage;
    const waiting = await waitingPlans(ports);
    for (const { planHash } of waiting) await approvePlan(ports, planHash);
    await queueApproved(ports);
    const poller = pollerOf(this.#world, this.#deployed, `push-${PLATFORM}`);
    const { records, failures } = await poller.drain(QUEUE_SECONDS);
    if (failures.length > 0) throw new Error(this.#explain(`deliver-${PLATFORM}`, failures.join("; ")));
    const pushes = await ports.audiences.pushes();
    const open = pushes.filter(({ status }) => status !== "done");
    if (open.length > 0)
      throw new Error(
        this.#explain(
          `deliver-${PLATFORM}`,
          open.map((push) => `${push.pushId} is ${push.status}: ${push.reason ?? ""}`).join("; "),
        ),
      );
    const violations = this.#world.sandbox.state.violations.length;
    if (violations > 0) throw new Error(`the sandbox saw ${violations} violations of the contract`);
    return `${waiting.length} plans approved, ${records.length} messages through the deployed queue, ${pushes.length} pushes done`;
  }

  async #compareDelivered(): Promise<string> {
    await this.#laptop.deliver();
    const [mine, other] = [this.#world.sandbox, this.#laptopSandbox].map((sandbox) =>
      sandbox.state.linkedin.segments().map(({ members }) => members.map((member) => JSON.stringify(member)).sort()),
    );
    if (JSON.stringify(mine) !== JSON.stringify(other))
      throw new Error("the platform was told something else than by the laptop");
    const files = await this.#outbox();
    const theirs = this.#laptop.files();
    if (JSON.stringify(files) !== JSON.stringify(theirs))
      throw new Error(`the upload files differ: ${files.length} here, ${theirs.length} on the laptop`);
    const members = mine!.flat().length;
    if (members === 0 || files.length === 0) throw new Error("nothing was delivered");
    return `${members} companies at the platform and ${files.length} upload files, all as from the laptop`;
  }

  async #outbox(): Promise<string[]> {
    const { s3 } = this.#world.clients;
    const Bucket = this.#world.names.bucket;
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "outbox/" }));
    const texts: string[] = [];
    for (const { Key } of Contents)
      texts.push((await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString("utf8")) ?? "");
    return texts.sort();
  }

  async #deployAgain(): Promise<string> {
    const { checkout, names } = this.#world;
    const before = await this.#codeOf(CHANGED);
    const other = await this.#codeOf("split-list");
    const version = this.#deployed.stateMachineVersion;
    changeFunction(checkout, CHANGED, CHANGE);
    this.#deployed = await deploy(this.#world);
    const after = await this.#codeOf(CHANGED);
    if (after.latest === before.latest) throw new Error(`${names.functionName(CHANGED)} has the same code as before`);
    if (after.versions[0] !== before.versions[0]) throw new Error(`version 1 of ${names.functionName(CHANGED)} was changed`);
    if (after.versions.at(-1) !== after.latest)
      throw new Error(`the newest version of ${names.functionName(CHANGED)} is not what was deployed`);
    if ((await this.#codeOf("split-list")).latest !== other.latest) throw new Error("a function changed that nobody touched");
    const now = this.#deployed.stateMachineVersion;
    if (now !== version + 1) throw new Error(`the state machine went from version ${version} to ${now}`);
    return `its code is new, version 1 of it is as it was, the state machine went from version ${version} to ${now}, nothing else changed`;
  }

  /** Hashes of a function's code: deployed, and of its versions from the first on. */
  async #codeOf(id: string): Promise<{ latest: string; versions: string[] }> {
    const { clients, names } = this.#world;
    const FunctionName = names.functionName(id);
    const { CodeSha256 = "" } = await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const { Versions = [] } = await clients.lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
    const versions = Versions.filter(({ Version }) => Version !== "$LATEST").map((each) => each.CodeSha256 ?? "");
    return { latest: CodeSha256, versions };
  }

  async #remove(): Promise<string> {
    const { clients, names, interpreter } = this.#world;
    const objects = await emptyBucket(clients.s3, names.bucket);
    await interpreter.remove();
    await removeWithSst(this.#world);
    const secrets = await removeSecrets(clients, this.#deployed.declared);
    return `${objects} versions of objects removed, then the stacks; moto knows of no secrets in stacks, so the rehearsal removed the ${secrets.length} that the templates do not retain`;
  }

  async #removeByCommand(): Promise<string> {
    const { clients, names, interpreter } = this.#world;
    const { executions } = this.#stage;
    const { stacks, objects, kept } = await removeStage({
      clients,
      names,
      executions,
      sleep: (milliseconds) => delay(milliseconds),
      onStep: () => {},
    });
    await interpreter.remove();
    return `${stacks.length} stacks and ${objects} versions of objects removed; ${kept.length} things named that AWS keeps`;
  }

  async #nothingLeft(): Promise<string> {
    const { clients, moto, place } = this.#world;
    const left = await leftovers(clients, moto.url, place, STAGE);
    if (left.length > 0) throw new Error(left.join(", "));
    return "no stack, function, mapping, table, queue, bucket, secret, state machine, event bus, rule, role or log group";
  }

  /** What went wrong, with the last lines that a function wrote. */
  #explain(id: string | null, what: string): string {
    const { runtime, names } = this.#world;
    const failing =
      id === null
        ? [...runtime.counts].filter(([, { failures }]) => failures > 0).map(([name]) => name)
        : [names.functionName(id)];
    const lines = failing.flatMap((name) =>
      runtime
        .lines(name)
        .slice(-5)
        .map((line) => `\n            ${name}: ${line.slice(0, 600)}`),
    );
    return `${what}${lines.join("")}`;
  }
}
