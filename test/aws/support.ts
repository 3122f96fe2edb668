import "./quiet.ts";
import { type AwsPorts, openPorts } from "@bullseye/aws/ports";
import { adConnector, createHttp } from "@bullseye/connectors";
import type { RunRecord } from "@bullseye/core/ledger/records";
import type { RunSettings } from "@bullseye/core/ports";
import { forgetContainers } from "@bullseye/functions/container";
import { MemoryJournal } from "@bullseye/local/engine/journal";
import { runWorkflow } from "@bullseye/local/engine/run-workflow";
import type { TaskRunner } from "@bullseye/local/engine/task-runner";
import { rebuildError } from "@bullseye/local/engine/wire-error";
import { targetAccounts } from "@bullseye/local/workflow";
import { type StandIns, startStandIns } from "../contracts/stand-ins.ts";
import { FUNCTIONS } from "./functions.ts";
import { droppedEvent, endedEvent, messageWith, type RecordedMessage, recordedMessages } from "./received.ts";
import { type RunningFunction, running, watchSdk } from "./sdk-calls.ts";
import { STATE_MACHINE, type StartedExecution, StepFunctions } from "./step-functions.ts";
import { startVersionedBucket, type VersionedBucket } from "./versioned-bucket.ts";

/** A dropped file. */
export interface Drop {
  key: string;
  body: string | Uint8Array;
  sidecar?: object;
  /** ISO instant. */
  at: string;
}

/** How many of a Map's iterations are under way at once. */
const CONCURRENCY = 4;

/** Milliseconds that a Wait of the workflow really takes here. */
const WAIT_MS = 15;

/** Seconds that a message that is put off really waits here. */
const LONGEST_DELAY = 1;

let invocations = 0;

/** A deployed stage on loopback: the real functions over stand-ins, the workflow file in the local engine. */
export class TestStage {
  readonly standIns: StandIns;
  readonly steps: StepFunctions;
  /** For looking at what there is; functions open their own. */
  readonly ports: AwsPorts;
  /** Hears what Step Functions themselves do in an execution. */
  onEngine: (did: EngineDeed) => void = () => {};
  readonly #bucket: VersionedBucket;
  readonly #hurried: () => void;
  /** What was set in the environment of this process. */
  readonly #variables: string[];

  private constructor(standIns: StandIns, steps: StepFunctions, bucket: VersionedBucket, variables: string[]) {
    this.standIns = standIns;
    this.steps = steps;
    this.#bucket = bucket;
    this.#variables = variables;
    this.#hurried = watchSdk(async (call, _, send) => {
      const entries = call.command === "SendMessageBatch" ? (call.input.Entries as Array<{ DelaySeconds: number }>) : [];
      for (const entry of entries) entry.DelaySeconds = Math.min(entry.DelaySeconds, LONGEST_DELAY);
      return send();
    });
    this.ports = openPorts(standIns.environment, { adConnector, http: createHttp() });
  }

  static async start(settings: Partial<RunSettings> = {}, environment: Record<string, string> = {}): Promise<TestStage> {
    const steps = new StepFunctions();
    const standIns = await startStandIns(["push-linkedin"], "test", steps.calls);
    const bucket = await startVersionedBucket(standIns.variables.AWS_ENDPOINT_URL_S3!);
    const variables: Record<string, string> = {
      ...environment,
      AWS_ENDPOINT_URL_S3: bucket.endpoint,
      BULLSEYE_STATE_MACHINE: STATE_MACHINE,
      ...(settings.partitionRows === undefined ? {} : { BULLSEYE_PARTITION_ROWS: String(settings.partitionRows) }),
      ...(settings.rangeBytes === undefined ? {} : { BULLSEYE_RANGE_BYTES: String(settings.rangeBytes) }),
    };
    Object.assign(process.env, variables);
    forgetContainers();
    return new TestStage(standIns, steps, bucket, Object.keys(variables));
  }

  async close(): Promise<void> {
    this.#hurried();
    this.ports.close();
    forgetContainers();
    await this.#bucket.close();
    await this.standIns.close();
    for (const variable of this.#variables) delete process.env[variable];
  }

  /** Calls a function as Lambda does: JSON in, JSON out, an error as its name and message. */
  async invoke(functionId: string, event: unknown, now: RunningFunction = { functionId }): Promise<unknown> {
    const handler = FUNCTIONS[functionId];
    if (!handler) throw new Error(`no function ${functionId}`);
    const context = {
      functionName: `bullseye-test-${functionId}`,
      awsRequestId: `request-${++invocations}`,
      memoryLimitInMB: "1769",
    };
    try {
      const output = await running.run(now, () => handler(JSON.parse(JSON.stringify(event)), context));
      return JSON.parse(JSON.stringify(output ?? null)) as unknown;
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      throw Object.assign(rebuildError({ errorType, errorMessage }), { name: errorType });
    }
  }

  /** Puts a file and its sidecar into the inbox; answers the event that EventBridge sends of it. */
  async put({ key, body, sidecar, at }: Drop): Promise<{ Records: RecordedMessage[] }> {
    const { bucket } = this.standIns.environment;
    if (sidecar) await this.ports.objects.put(`${key}.list.json`, JSON.stringify(sidecar));
    const url = `${this.#bucket.endpoint}/${bucket}/${key.split("/").map(encodeURIComponent).join("/")}`;
    const answer = await fetch(url, { method: "PUT", body: Buffer.from(body) });
    const versionId = answer.headers.get("x-amz-version-id")!;
    return droppedEvent({ bucket, key, versionId, size: Buffer.from(body).length, at });
  }

  /** Drops a file and runs what its event starts. */
  async drop(drop: Drop): Promise<RunRecord> {
    const before = new Set(this.steps.executions.keys());
    expectNoFailures(await this.invoke("intake", await this.put(drop)));
    const started = [...this.steps.executions.keys()].filter((name) => !before.has(name));
    if (started.length !== 1) throw new Error(`${drop.key} started ${started.length} executions`);
    return this.run(started[0]!);
  }

  /** Lets the local engine run an execution to its end; what became of it stands in the stand-in of Step Functions. */
  async run(name: string, tasks: TaskRunner = this.tasks()): Promise<RunRecord> {
    await this.execute(name, tasks);
    const run = await this.ports.runs.run(name);
    if (!run) throw new Error(`the execution ${name} left no run`);
    return run;
  }

  async execute(name: string, tasks: TaskRunner): Promise<StartedExecution> {
    const execution = this.steps.executions.get(name)!;
    const { objects } = this.ports;
    try {
      await runWorkflow({
        workflow: targetAccounts(),
        name,
        input: JSON.parse(execution.input) as unknown,
        tasks,
        objects: {
          getJson: async (key) => {
            this.onEngine({ reads: key });
            return JSON.parse(Buffer.from(await objects.get(key)).toString("utf8")) as unknown;
          },
          putJson: (key, value) => {
            this.onEngine({ writes: key });
            return objects.put(key, JSON.stringify(value));
          },
        },
        journal: new MemoryJournal(),
        clock: { now: () => Date.now(), sleep: () => new Promise((resolve) => setTimeout(resolve, WAIT_MS)) },
        random: () => 0.5,
        concurrency: CONCURRENCY,
      });
      execution.status = "SUCCEEDED";
    } catch (error) {
      const { name: errorType, message: errorMessage } = error as Error;
      execution.status = "FAILED";
      execution.error = errorType;
      execution.cause = JSON.stringify({ errorType, errorMessage });
    }
    return execution;
  }

  /** Runs a state's task in its function. */
  tasks(): TaskRunner {
    const run: TaskRunner["run"] = (resource, input) => {
      this.onEngine({ invokes: resource });
      return this.invoke(resource, input);
    };
    return { workers: CONCURRENCY, run };
  }

  /** The refresh of a day, from its schedule to its end. */
  async refresh(scheduledTime: string): Promise<RunRecord> {
    const { runId } = (await this.invoke("refresh-schedule", { scheduledTime })) as { runId: string };
    return this.run(runId);
  }

  /** Withdraws a list, as the command line does: a record first, then an execution without a key. */
  async undo(list: string, at: string, configSha: string, tasks = this.tasks()): Promise<RunRecord> {
    const { ports } = this;
    const runId = ports.digest.id(`undo|${list}|${at}`);
    const asOf = at.slice(0, 10);
    const { kind } = (await ports.runs.list(list))!;
    const input = { key: null, versionId: "", asOf, configSha };
    await ports.runs.putRun({ runId, type: "undo", status: "waiting", list, kind, version: null, input, startedAt: at });
    const { bucket } = this.standIns.environment;
    this.steps.calls["AWSStepFunctions.StartExecution"]!({
      stateMachineArn: STATE_MACHINE,
      name: runId,
      input: JSON.stringify({ bucket, refresh: true, asOf, droppedAt: at, configSha }),
    });
    return this.run(runId, tasks);
  }

  /** The event that Step Functions send of an execution that failed. */
  ended(name: string, kind?: "failed" | "aborted" | "timed-out"): { Records: RecordedMessage[] } {
    return endedEvent(this.steps.executions.get(name)!, kind);
  }

  /** Takes messages out of the workers' queue as Lambda's poller does: as an event, to be deleted where nothing failed. */
  async receive(platform = "linkedin", most = 10): Promise<{ Records: RecordedMessage[] }> {
    const url = `${this.standIns.environment.queuePrefix}push-${platform}`;
    const { Messages = [] } = (await this.#sqs("ReceiveMessage", {
      QueueUrl: url,
      MaxNumberOfMessages: most,
      MessageSystemAttributeNames: ["All"],
    })) as { Messages?: Array<{ MessageId: string; ReceiptHandle: string; Body: string; Attributes: Record<string, string> }> };
    const [template] = recordedMessages("sqs/deliver-chunk").Records;
    return {
      Records: Messages.map(({ MessageId: messageId, ReceiptHandle: receiptHandle, Body, Attributes }) =>
        messageWith(template!, Body, { messageId, receiptHandle, attributes: { ...template!.attributes, ...Attributes } }),
      ),
    };
  }

  /** Deletes messages, as Lambda's poller does with those that no function failed. */
  async acknowledge(records: readonly RecordedMessage[], platform = "linkedin"): Promise<void> {
    const url = `${this.standIns.environment.queuePrefix}push-${platform}`;
    for (const { receiptHandle } of records) await this.#sqs("DeleteMessage", { QueueUrl: url, ReceiptHandle: receiptHandle });
  }

  /** Delivers until the queue is empty, messages put off included. Answers how many messages were delivered. */
  async deliverAll(platform = "linkedin"): Promise<number> {
    let delivered = 0;
    for (let empty = 0; empty < 40; ) {
      const event = await this.receive(platform);
      if (event.Records.length === 0) {
        if ((await this.ports.queue.depth(`push-${platform}`)) === 0) break;
        empty++;
        await new Promise((resolve) => setTimeout(resolve, 100));
        continue;
      }
      const { batchItemFailures } = (await this.invoke("deliver", event)) as BatchResponse;
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      const done = event.Records.filter(({ messageId }) => !failed.has(messageId));
      await this.acknowledge(done, platform);
      delivered += done.length;
      if (failed.size > 0) throw new Error(`messages failed: ${[...failed].join(", ")}`);
    }
    return delivered;
  }

  async #sqs(action: string, input: object): Promise<unknown> {
    const answer = await fetch(this.standIns.variables.AWS_ENDPOINT_URL_SQS!, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `AmazonSQS.${action}`,
        authorization: "AWS4-HMAC-SHA256 Credential=test/20261120/eu-central-1/sqs/aws4_request",
      },
      body: JSON.stringify(input),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${action}: ${text}`);
    return text === "" ? {} : JSON.parse(text);
  }
}

/** What Step Functions do themselves: read the items of a Map, write down its results, call a function. */
export type EngineDeed = { reads: string } | { writes: string } | { invokes: string };

/** What functions answer an event source mapping. */
export interface BatchResponse {
  batchItemFailures: Array<{ itemIdentifier: string }>;
}

/** Throws where a message of a batch failed. */
export function expectNoFailures(response: unknown): void {
  const { batchItemFailures } = response as BatchResponse;
  if (batchItemFailures.length > 0) throw new Error(`failed: ${JSON.stringify(batchItemFailures)}`);
}
