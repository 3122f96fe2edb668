import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { GetFunctionConfigurationCommand, ListVersionsByFunctionCommand } from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
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
import { accountLines, firstDifference, Laptop } from "./laptop.ts";
import { leftovers } from "./leftovers.ts";
import type { StepLog } from "./step-log.ts";
import { type Deployed, deploy, pollerOf, removeWithSst, STAGE, startWorld, type World } from "./world.ts";

/** The lists that are dropped, one before and one after the second deploy. */
const FIRST = { kind: "accounts", file: "crm-accounts.csv" } as const;
const SECOND = { kind: "contacts", file: "contacts.csv" } as const;
type Dropped = typeof FIRST | typeof SECOND;

const PLATFORM = "linkedin";
/** The function that is changed between the two deploys, and what it writes from then on. */
const CHANGED = "close-run";
const CHANGE = "changed between two deploys";

/** Seconds that a message may take through a queue; the inbox waits ten on purpose. */
const QUEUE_SECONDS = 40;

const listFile = ({ kind, file }: Dropped): string => join(ROOT, "events", "lists", kind, file);

/** The example rules, with the connection of the audience that is sent by API. */
function textsFor(sandbox: Sandbox): ConfigurationTexts {
  const { settings } = sandbox.connections[PLATFORM]!;
  const audiences = EXAMPLE_CONFIGURATION.audiences!;
  return { ...EXAMPLE_CONFIGURATION, audiences: audiences.replace("mode: api", `mode: api\n    settings: ${JSON.stringify(settings)}`) };
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
  #asOf = "";

  constructor(log: StepLog, cleanup: Cleanup, moto: string) {
    this.#log = log;
    this.#cleanup = cleanup;
    this.#moto = moto;
  }

  async run(): Promise<void> {
    const log = this.#log;
    await log.step("start moto, the proxy that runs functions, and the platform sandbox", () => this.#start());
    await log.step("sst deploy", () => this.#deploy());
    for (const note of this.#deployed.notes) log.note(note);
    await log.step("operate: push and activate rules, store the connection", () => this.#operate());
    await log.step(`drop ${FIRST.file}`, () => this.#drop(FIRST));
    await log.step("run the deployed workflow in moto's interpreter", () => this.#workflow(FIRST));
    await log.step("compare accounts with a laptop", () => this.#compare(FIRST));
    await log.step("approve and deliver", () => this.#deliver());
    await log.step("compare what was delivered with a laptop", () => this.#compareDelivered());
    await log.step(`change ${CHANGED} and deploy again`, () => this.#deployAgain());
    await log.step(`drop ${SECOND.file}`, () => this.#drop(SECOND));
    await log.step("run the new version", () => this.#workflow(SECOND));
    await log.step("compare accounts with a laptop again", () => this.#compare(SECOND));
    await log.step("sst remove", () => this.#remove());
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

  /** Puts sidecar and list into the bucket with the SDK. The event goes S3 -> EventBridge -> SQS in moto, and from there to intake. */
  async #drop(list: Dropped): Promise<string> {
    const { clients, names, interpreter } = this.#world;
    const key = `inbox/${list.kind}/${basename(list.file, ".csv")}/${list.file}`;
    for (const ending of [".list.json", ""])
      await clients.s3.send(
        new PutObjectCommand({ Bucket: names.bucket, Key: key + ending, Body: readFileSync(listFile(list) + ending) }),
      );
    const inbox = pollerOf(this.#world, this.#deployed, "inbox");
    if ((await inbox.depth()) === 0) throw new Error("moto brought no event from S3 over EventBridge to the queue");
    const before = await interpreter.executions();
    const { messages, failures } = await inbox.drain(QUEUE_SECONDS);
    if (failures.length > 0) throw new Error(this.#explain("intake", failures.join("; ")));
    const started = (await interpreter.executions()).filter((name) => !before.includes(name));
    if (started.length !== 1) throw new Error(this.#explain("intake", `${started.length} executions were started instead of one`));
    this.#execution = started[0]!;
    return `${messages} events reached the deployed queue; the deployed intake started the execution ${this.#execution}`;
  }

  #execution = "";

  async #workflow(list: Dropped): Promise<string> {
    const { interpreter, runtime } = this.#world;
    const ended = await interpreter.end(this.#execution);
    const run = await this.#stage.ports.runs.run(this.#execution);
    if (ended.status !== "SUCCEEDED" || run?.status !== "done") {
      const last = ended.states.at(-1) ?? "";
      throw new Error(
        this.#explain(null, `${ended.status} after ${last}: ${ended.error ?? ""} ${ended.cause ?? ""}; the run is ${run?.status}: ${run?.error?.message ?? ""}`),
      );
    }
    this.#asOf = String(ended.input.asOf);
    if (list === SECOND && !runtime.lines(this.#world.names.functionName(CHANGED)).some((line) => line.includes(CHANGE)))
      throw new Error(`${CHANGED} did not say what the second deploy made it say`);
    const { rows } = run;
    const cold = Math.max(...[...runtime.counts.values()].map(({ coldMilliseconds }) => coldMilliseconds));
    const invocations = [...runtime.counts.values()].reduce((sum, each) => sum + each.invocations, 0);
    return `${ended.states.length} states, ${ended.iterations} iterations, rows ${JSON.stringify(rows ?? {})}; so far ${invocations} invocations, slowest import of a bundle ${cold.toFixed(0)} ms`;
  }

  async #compare(list: Dropped): Promise<string> {
    this.#laptop ??= await this.#openLaptop();
    await this.#laptop.run(listFile(list), list.kind);
    const [is, should] = [await accountLines(this.#stage.ports.accounts), await this.#laptop.accounts()];
    const difference = firstDifference(is, should);
    if (difference !== null) throw new Error(difference);
    if (is.length === 0) throw new Error("there are no accounts");
    const sha = createHash("sha256").update(is.join("\n")).digest("hex");
    return `${is.length} accounts, the same bytes (${sha.slice(0, 12)})`;
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
    const laptop = new Laptop(join(folder, "laptop"), this.#asOf, textsFor(sandbox), environment);
    this.#cleanup.add(() => laptop.close());
    return laptop;
  }

  async #deliver(): Promise<string> {
    const { ports } = this.#stage;
    const waiting = await waitingPlans(ports);
    for (const { planHash } of waiting) await approvePlan(ports, planHash);
    await queueApproved(ports);
    const poller = pollerOf(this.#world, this.#deployed, `push-${PLATFORM}`);
    const { messages, failures } = await poller.drain(QUEUE_SECONDS);
    if (failures.length > 0) throw new Error(this.#explain(`deliver-${PLATFORM}`, failures.join("; ")));
    const pushes = await ports.audiences.pushes();
    const open = pushes.filter(({ status }) => status !== "done");
    if (open.length > 0)
      throw new Error(this.#explain(`deliver-${PLATFORM}`, open.map((push) => `${push.pushId} is ${push.status}: ${push.reason ?? ""}`).join("; ")));
    const violations = this.#world.sandbox.state.violations.length;
    if (violations > 0) throw new Error(`the sandbox saw ${violations} violations of the contract`);
    return `${waiting.length} plans approved, ${messages} messages through the deployed queue, ${pushes.length} pushes done`;
  }

  async #compareDelivered(): Promise<string> {
    await this.#laptop.deliver();
    const [mine, other] = [this.#world.sandbox, this.#laptopSandbox].map((sandbox) =>
      sandbox.state.linkedin.segments().map(({ members }) => members.map((member) => JSON.stringify(member)).sort()),
    );
    if (JSON.stringify(mine) !== JSON.stringify(other)) throw new Error("the platform was told something else than by the laptop");
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
    if (after.versions.at(-1) !== after.latest) throw new Error(`the newest version of ${names.functionName(CHANGED)} is not what was deployed`);
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
    return `${objects} versions of objects removed, then the stacks`;
  }

  async #nothingLeft(): Promise<string> {
    const { clients, moto, place } = this.#world;
    const left = await leftovers(clients, moto.url, place, STAGE);
    if (left.length > 0) throw new Error(left.join(", "));
    return "nothing";
  }

  /** What went wrong, with the last lines that a function wrote. */
  #explain(id: string | null, what: string): string {
    const { runtime, names } = this.#world;
    const failing = id === null ? [...runtime.counts].filter(([, { failures }]) => failures > 0).map(([name]) => name) : [names.functionName(id)];
    const lines = failing.flatMap((name) => runtime.lines(name).slice(-5).map((line) => `\n            ${name}: ${line.slice(0, 600)}`));
    return `${what}${lines.join("")}`;
  }
}
