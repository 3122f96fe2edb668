import { HeadBucketCommand } from "@aws-sdk/client-s3";
import type { Day } from "@bullseye/core/account/attribute";
import type { PushRecord } from "@bullseye/core/audiences/delivery";
import type { ListDescription } from "@bullseye/core/ledger/describe-list";
import type { ListRecord, RunRecord } from "@bullseye/core/ledger/records";
import { configurationToPin } from "@bullseye/core/operations/active-configuration";
import type { ConfigurationTexts } from "@bullseye/core/operations/configuration";
import type { Retraction } from "@bullseye/core/operations/run-context";
import { noteDelivery } from "@bullseye/core/report/note-delivery";
import { environment, hasOwnEndpoint, type StageEnvironment } from "../environment.ts";
import { type AwsPorts, type AwsSurroundings, openPorts } from "../ports.ts";
import { identify, type OperatorClients, openClients } from "./clients.ts";
import { StageConfiguration } from "./configuration.ts";
import { StageExecutions } from "./executions.ts";
import { noSuchStage } from "./failures.ts";
import type { StageDrop } from "./inbox.ts";
import { checkStageName, type StageNames } from "./names.ts";
import { type OnProgress, Patience } from "./progress.ts";
import { StageQueues } from "./queue-state.ts";
import {
  betweenRuns,
  describeList,
  eraseFrom,
  retryRun,
  runDrop,
  runWithoutFile,
  type StageOutcome,
  type StageRunner,
  undoList,
} from "./runs.ts";

/** How a stage is opened. */
export interface StageOptions {
  surroundings: AwsSurroundings;
  asOf?: Day | undefined;
  onProgress?: OnProgress;
  /** False where the stage may be broken or gone, and that is what somebody wants to know. */
  mustExist?: boolean;
}

/** How long a command waits for the stage's workers; what is not through by then goes on without it [design]. */
const DELIVERY_SECONDS = 300;

/** A deployed stage with the credentials of whoever runs the command. */
export class Stage {
  readonly names: StageNames;
  /** ARN of the user or the role that the credentials stand for. */
  readonly caller: string;
  readonly ports: AwsPorts;
  readonly clients: OperatorClients;
  readonly executions: StageExecutions;
  readonly rules: StageConfiguration;
  readonly queues: StageQueues;
  readonly surroundings: AwsSurroundings;
  /** The bucket keeps versions (`stacks/retention.ts`, NONCURRENT_DAYS). */
  readonly keepsOldVersions = "old versions of these objects go after 30 days by the bucket's own rule";
  readonly #asOf: Day | undefined;
  readonly #onProgress: OnProgress;

  /** Finds a stage by its name, in the account of the credentials and the region of the SDK's settings. NotFoundError where it is not there. */
  static async open(name: string, options: StageOptions): Promise<Stage> {
    const { names, caller } = await identify(checkStageName(name));
    const stage = new Stage(names, caller, options);
    if (options.mustExist === false) return stage;
    try {
      await stage.clients.s3.send(new HeadBucketCommand({ Bucket: names.bucket }));
    } catch (error) {
      const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
      // 403: there is such a bucket, and a person may be allowed other things than to look at it.
      if (status !== 403) await stage.close();
      if (status === 404) throw noSuchStage(name, `there is no bucket ${names.bucket}`, error);
      if (status !== 403) throw error;
    }
    return stage;
  }

  private constructor(names: StageNames, caller: string, options: StageOptions) {
    this.names = names;
    this.caller = caller;
    this.surroundings = options.surroundings;
    this.clients = openClients(names.region);
    const told = environmentOf(names);
    this.ports = openPorts(told, options.surroundings);
    this.queues = new StageQueues(this.clients.sqs, names, told.queuePrefix);
    this.executions = new StageExecutions(this.clients.sfn, names, (milliseconds) => this.ports.clock.sleep(milliseconds));
    this.rules = new StageConfiguration(this.ports, this.clients.s3, names.bucket);
    this.#asOf = options.asOf;
    this.#onProgress = options.onProgress ?? (() => {});
  }

  async close(): Promise<void> {
    this.clients.close();
    this.ports.close();
  }

  get asOf(): Day {
    return this.#asOf ?? this.ports.clock.now().slice(0, 10);
  }

  configuration(): Promise<ConfigurationTexts> {
    return this.rules.activeTexts();
  }

  configurationSha(): Promise<string> {
    return configurationToPin(this.ports);
  }

  /** A stage has many workers: leases guard what two must not do at once, so nobody is kept out of the whole. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  async run(drop: StageDrop): Promise<StageOutcome> {
    return this.#delivered(await runDrop(this.#runner, drop));
  }

  async refresh(): Promise<StageOutcome> {
    return this.#delivered(await runWithoutFile(this.#runner, "refresh", null));
  }

  async undo(list: string, version?: number): Promise<StageOutcome> {
    return this.#delivered(await undoList(this.#runner, list, version));
  }

  describe(list: string, given: ListDescription): Promise<ListRecord> {
    return describeList(this.#runner, list, given);
  }

  async eraseFrom(list: string, what: Retraction): Promise<StageOutcome> {
    return this.#delivered(await eraseFrom(this.#runner, list, what));
  }

  betweenRuns<T>(work: () => Promise<T>): Promise<T> {
    return betweenRuns(this.#runner, work);
  }

  async retry(run: RunRecord): Promise<StageOutcome> {
    return this.#delivered(await retryRun(this.#runner, run));
  }

  /** Waits for the stage's workers, as long as a person wants to wait; answers without an error where they are not through. */
  async deliver(queued: readonly PushRecord[]): Promise<void> {
    const patience = new Patience((milliseconds) => this.ports.clock.sleep(milliseconds), DELIVERY_SECONDS);
    for (;;) {
      const pushes = await Promise.all(queued.map(({ pushId }) => this.ports.audiences.push(pushId)));
      const open = pushes.filter((push) => push?.status === "queued" || push?.status === "approved");
      if (open.length === 0 || patience.atEnd) return;
      const chunks = pushes.flatMap((push) => push ?? []);
      this.#onProgress({
        state: "Deliver",
        done: chunks.reduce((sum, push) => sum + (push.status === "done" ? push.chunks : push.chunksDone.length), 0),
        total: Math.max(
          1,
          chunks.reduce((sum, push) => sum + push.chunks, 0),
        ),
      });
      await patience.wait();
    }
  }

  async settle(run: RunRecord): Promise<RunRecord> {
    await this.deliver(await this.#queuedOf(run));
    return noteDelivery(this.ports, run.runId, this.caller);
  }

  useHashKey(): Promise<void> {
    return this.ports.useHashKey();
  }

  locate(key: string): string {
    return `s3://${this.names.bucket}/${key}`;
  }

  /** The outcome once the stage's workers have delivered what the run handed to them. */
  async #delivered(outcome: StageOutcome): Promise<StageOutcome> {
    const queued = await this.#queuedOf(outcome.run);
    if (outcome.alreadyImported || queued.length === 0) return outcome;
    await this.deliver(queued);
    return { ...outcome, run: (await this.ports.runs.run(outcome.run.runId)) ?? outcome.run };
  }

  /** What a run planned and the workers have not delivered. */
  async #queuedOf(run: RunRecord): Promise<PushRecord[]> {
    const queued: PushRecord[] = [];
    for (const { id, hash } of run.audiences ?? [])
      for (const push of hash === null ? [] : await this.ports.audiences.pushes(id))
        if (push.planHash === hash && push.status === "queued") queued.push(push);
    return queued;
  }

  get #runner(): StageRunner {
    return {
      ports: this.ports,
      s3: this.clients.s3,
      bucket: this.names.bucket,
      stage: this.names.stage,
      executions: this.executions,
      asOf: this.asOf,
      onProgress: this.#onProgress,
    };
  }
}

/** What the functions of the stage are told, computed from its name. */
export function environmentOf(names: StageNames): StageEnvironment {
  return {
    stage: names.stage,
    region: names.region,
    bucket: names.bucket,
    table: names.table,
    queuePrefix: `${queueOrigin(names)}/${names.account}/${names.queuePrefix}`,
    eventBus: names.eventBus,
    secretPrefix: names.secretPrefix,
    stateMachine: names.stateMachineAliasArn,
    pathStyle: hasOwnEndpoint("S3"),
  };
}

function queueOrigin({ region, partition }: StageNames): string {
  const own = environment("AWS_ENDPOINT_URL_SQS") ?? environment("AWS_ENDPOINT_URL");
  if (own !== undefined) return own.replace(/\/+$/, "");
  return `https://sqs.${region}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}`;
}
