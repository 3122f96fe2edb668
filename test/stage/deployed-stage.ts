import "./quiet.ts";
import { type AwsPorts, openPorts } from "@bullseye/aws/ports";
import { adConnector, createHttp } from "@bullseye/connectors";
import { forgetContainers } from "@bullseye/functions/container";
import { MemoryJournal } from "@bullseye/local/engine/journal";
import { runWorkflow } from "@bullseye/local/engine/run-workflow";
import { rebuildError } from "@bullseye/local/engine/wire-error";
import { targetAccounts } from "@bullseye/local/workflow";
import { FUNCTIONS } from "../aws/functions.ts";
import { droppedEvent, messageWith, recordedMessages } from "../aws/received.ts";
import { type Call, Refusal } from "../contracts/json-services.ts";
import { type StandIns, startStandIns } from "../contracts/stand-ins.ts";
import { type StageBucket, startStageBucket } from "./bucket.ts";
import { ACCOUNT, type ControlPlane, REGION, startControlPlane } from "./control-plane.ts";

const NAME = "bullseye-test";
const BUCKET = `${NAME}-${ACCOUNT}-${REGION}`;
const STATE_MACHINE = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${NAME}-target-accounts`;

/** Queues of a stage with their dead letters, as `stacks/names.json` calls them. */
const QUEUES = ["inbox", "settle", "push-linkedin", "inbox-dead", "settle-dead", "push-linkedin-dead", "refresh-dead"];

/** What commands and functions ask Step Functions and EventBridge for beyond sending events. */
const TARGETS = [
  "AWSStepFunctions.StartExecution",
  "AWSStepFunctions.DescribeExecution",
  "AWSStepFunctions.GetExecutionHistory",
  "AWSStepFunctions.DescribeMapRun",
  "AWSStepFunctions.RedriveExecution",
  "AWSStepFunctions.DescribeStateMachineAlias",
  "AWSEvents.DescribeEventBus",
] as const;

interface Execution {
  input: string;
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "ABORTED";
  error?: string;
  cause?: string;
  journal: MemoryJournal;
  at: { state: string; done: number; total: number };
  redriven: number;
  /** Lets go of the engine, which goes no further. */
  abort: () => void;
}

/**
 * A stage that works: what is dropped into its bucket is taken up, executions of its workflow run in the local engine with the real
 * functions, its workers deliver. The services are stand-ins on loopback; commands reach them through the SDK's own variables.
 */
export class DeployedStage {
  readonly standIns: StandIns;
  readonly bucket: StageBucket;
  readonly plane: ControlPlane;
  readonly ports: AwsPorts;
  readonly executions = new Map<string, Execution>();
  /** How many files were dropped. */
  drops = 0;
  readonly #dropped: Array<Parameters<typeof droppedEvent>[0]> = [];
  /** Functions that fail, by id: the error's name, or `Hangs` for one that never answers. */
  readonly broken = new Map<string, string>();
  /** Functions that were called and hang. */
  readonly hanging = new Set<string>();
  /** While false, nothing that is dropped is taken up and no worker delivers. */
  awake = true;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #workers: Promise<void>;
  readonly #variables: string[];

  private constructor(standIns: StandIns, bucket: StageBucket, plane: ControlPlane, variables: Record<string, string>) {
    this.standIns = standIns;
    this.bucket = bucket;
    this.plane = plane;
    this.#variables = Object.keys(variables);
    const { queuePrefix, eventBus, secretPrefix, table } = standIns.environment;
    const environment = {
      stage: "test",
      region: REGION,
      bucket: BUCKET,
      table,
      queuePrefix,
      eventBus,
      secretPrefix,
      pathStyle: true,
    };
    this.ports = openPorts(environment, { adConnector, http: createHttp() });
    bucket.onDrop = (dropped) => {
      if (dropped.key.endsWith(".list.json")) return;
      this.drops++;
      this.#dropped.push({ bucket: BUCKET, ...dropped, at: new Date().toISOString() });
    };
    this.#workers = this.#work();
  }

  static async start(environment: Record<string, string> = {}): Promise<DeployedStage> {
    let answers: Record<string, Call> = {};
    const calls = Object.fromEntries(TARGETS.map((target): [string, Call] => [target, (input) => answers[target]!(input)]));
    const standIns = await startStandIns(QUEUES, "test", calls);
    standIns.fauxqs.createBucket(BUCKET);
    const bucket = await startStageBucket(standIns.variables.AWS_ENDPOINT_URL_S3!);
    const plane = await startControlPlane(standIns.endpoint);
    const variables = {
      ...environment,
      AWS_ENDPOINT_URL: plane.endpoint,
      AWS_ENDPOINT_URL_S3: bucket.endpoint,
      BULLSEYE_BUCKET: BUCKET,
      BULLSEYE_STATE_MACHINE: `${STATE_MACHINE}:live`,
    };
    Object.assign(process.env, variables);
    forgetContainers();
    const stage = new DeployedStage(standIns, bucket, plane, variables);
    answers = stage.#calls();
    return stage;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#workers;
    for (const { abort } of this.executions.values()) abort();
    await this.#turn;
    this.ports.close();
    forgetContainers();
    await this.plane.close();
    await this.bucket.close();
    await this.standIns.close();
    for (const variable of this.#variables) delete process.env[variable];
  }

  /** Calls a function as Lambda does. */
  async invoke(id: string, event: unknown): Promise<unknown> {
    const wrong = this.broken.get(id);
    if (wrong === "Hangs") {
      this.hanging.add(id);
      return new Promise(() => {});
    }
    if (wrong !== undefined) throw Object.assign(new Error(`${id} is broken`), { name: wrong });
    const context = { functionName: `${NAME}-${id}`, awsRequestId: "request", memoryLimitInMB: "1769" };
    try {
      const output = await FUNCTIONS[id]!(JSON.parse(JSON.stringify(event)), context);
      return JSON.parse(JSON.stringify(output ?? null)) as unknown;
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      throw Object.assign(rebuildError({ errorType, errorMessage }), { name: errorType });
    }
  }

  /** Lets an execution run, or go on, behind those that were started before. */
  #execute(name: string): void {
    const execution = this.executions.get(name)!;
    this.#turn = this.#turn.then(async () => {
      const { objects } = this.ports;
      try {
        const aborted = new Promise<"aborted">((resolve) => {
          execution.abort = () => resolve("aborted");
        });
        const ran = runWorkflow({
          workflow: targetAccounts(),
          name,
          input: JSON.parse(execution.input) as unknown,
          tasks: { workers: 4, run: (resource, input) => this.invoke(resource, input) },
          objects: {
            getJson: async (key) => JSON.parse(Buffer.from(await objects.get(key)).toString("utf8")) as unknown,
            putJson: (key, value) => objects.put(key, JSON.stringify(value)),
          },
          journal: execution.journal,
          clock: { now: () => Date.now(), sleep: () => new Promise((resolve) => setTimeout(resolve, 15)) },
          random: () => 0.5,
          concurrency: 4,
          onProgress: (progress) => {
            execution.at = progress;
          },
        });
        execution.status = (await Promise.race([ran, aborted])) === "aborted" ? "ABORTED" : "SUCCEEDED";
      } catch (error) {
        const { name: errorType, message: errorMessage } = error as Error;
        Object.assign(execution, { status: "FAILED", error: errorType, cause: JSON.stringify({ errorType, errorMessage }) });
      }
    });
  }

  /** Stops the execution that runs once it has come to a function that hangs; answers its name. */
  async abort(id: string): Promise<string> {
    for (;;) {
      const running = [...this.executions].find(([, { status }]) => status === "RUNNING");
      if (running && this.hanging.has(id)) {
        running[1].abort();
        this.hanging.delete(id);
        return running[0];
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Step Functions as commands and functions call them ("AWS Step Functions API Reference"). */
  #calls(): Record<(typeof TARGETS)[number], Call> {
    const arnOf = (name: string): string => `${STATE_MACHINE.replace(":stateMachine:", ":execution:")}:${name}`;
    const find = (arn: unknown): [string, Execution] => {
      const name = String(arn).split(":").at(-1)!;
      const found = this.executions.get(name);
      if (!found || arn !== arnOf(name)) throw new Refusal("ExecutionDoesNotExist");
      return [name, found];
    };
    return {
      "AWSStepFunctions.StartExecution": ({ stateMachineArn, name, input }) => {
        if (stateMachineArn !== `${STATE_MACHINE}:live`) throw new Refusal("StateMachineDoesNotExist");
        const known = this.executions.get(name as string);
        if (known && (known.status !== "RUNNING" || known.input !== input)) throw new Refusal("ExecutionAlreadyExists");
        if (!known) {
          const at = { state: "ListOrRefresh", done: 0, total: 1 };
          const execution: Execution = {
            input: String(input),
            status: "RUNNING",
            journal: new MemoryJournal(),
            at,
            redriven: 0,
            abort: () => {},
          };
          this.executions.set(name as string, execution);
          this.#execute(name as string);
        }
        return { executionArn: arnOf(name as string), startDate: 1_795_161_600 };
      },
      "AWSStepFunctions.DescribeExecution": ({ executionArn }) => {
        const [name, { status, input, error, cause }] = find(executionArn);
        const redriveStatus = status === "FAILED" || status === "ABORTED" ? "REDRIVABLE" : "NOT_REDRIVABLE";
        return { executionArn, name, status, input, error, cause, startDate: 1_795_161_600, redriveStatus };
      },
      "AWSStepFunctions.GetExecutionHistory": ({ executionArn }) => {
        const [, { at }] = find(executionArn);
        const entered = { type: "MapStateEntered", id: 8, stateEnteredEventDetails: { name: at.state } };
        const started = { type: "MapRunStarted", id: 9, mapRunStartedEventDetails: { mapRunArn: `${String(executionArn)}/map` } };
        return { events: at.total > 1 ? [started, entered] : [entered] };
      },
      "AWSStepFunctions.DescribeMapRun": ({ mapRunArn }) => {
        const [, { at }] = find(String(mapRunArn).replace(/\/map$/, ""));
        return { mapRunArn, status: "RUNNING", itemCounts: { total: at.total, succeeded: at.done } };
      },
      "AWSStepFunctions.RedriveExecution": ({ executionArn }) => {
        const [name, execution] = find(executionArn);
        execution.status = "RUNNING";
        execution.redriven++;
        this.#execute(name);
        return { redriveDate: 1_795_161_600 };
      },
      "AWSStepFunctions.DescribeStateMachineAlias": ({ stateMachineAliasArn }) => {
        if (stateMachineAliasArn !== `${STATE_MACHINE}:live`) throw new Refusal("ResourceNotFound");
        return { name: "live", routingConfiguration: [{ stateMachineVersionArn: `${STATE_MACHINE}:3`, weight: 100 }] };
      },
      "AWSEvents.DescribeEventBus": ({ Name }) => ({
        Name,
        Arn: `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/${String(Name)}`,
      }),
    };
  }

  /** The workers: take messages as Lambda's poller does, and delete those that no function failed. */
  async #work(): Promise<void> {
    const [template] = recordedMessages("sqs/deliver-chunk").Records;
    while (!this.#closed) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      if (!this.awake) continue;
      for (const dropped of this.#dropped.splice(0)) await this.invoke("intake", droppedEvent(dropped));
      if ((await this.ports.queue.depth("push-linkedin")) === 0) continue;
      for (const { id, body, receipt } of await this.ports.queue.receive("push-linkedin", 1)) {
        const event = { Records: [messageWith(template!, JSON.stringify({ id, body }), { messageId: id })] };
        const { batchItemFailures } = (await this.invoke("deliver", event)) as { batchItemFailures: unknown[] };
        if (batchItemFailures.length === 0) await this.ports.queue.done("push-linkedin", receipt);
      }
    }
  }
}
