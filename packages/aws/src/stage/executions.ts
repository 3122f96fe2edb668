import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
  type SFNClient,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { TransientError } from "@bullseye/core/errors";
import type { ExecutionStart } from "@bullseye/core/ledger/execution";
import { Executions } from "../intake/executions.ts";
import { executionArn, type StageNames } from "./names.ts";
import { type OnProgress, Patience, type StageProgress } from "./progress.ts";

/** How long the intake of a drop may take before somebody should look: the event, its queue and a cold start take seconds [design]. */
const INTAKE_SECONDS = 180;

/** Events read to find out where an execution is; the last state entered is among them [design]. */
const LAST_EVENTS = 25;

/** An execution as it stands. */
export interface Execution {
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING_REDRIVE";
  redrivable: boolean;
  error: string | null;
  cause: string | null;
}

/** The executions of a stage's workflow, by their names, which are the ids of runs. */
export class StageExecutions extends Executions {
  readonly #sfn: SFNClient;
  readonly #names: StageNames;
  readonly #sleep: (milliseconds: number) => Promise<void>;

  constructor(sfn: SFNClient, names: StageNames, sleep: (milliseconds: number) => Promise<void>) {
    super(sfn, names.stateMachineAliasArn);
    this.#sfn = sfn;
    this.#names = names;
    this.#sleep = sleep;
  }

  /** Starts an execution on the alias, or on the state machine itself where the stage was deployed without versions. */
  override async start(start: ExecutionStart): Promise<boolean> {
    try {
      return await super.start(start);
    } catch (error) {
      const { cause } = error as { cause?: { name?: string } };
      if (cause?.name !== "StateMachineDoesNotExist") throw error;
      return new Executions(this.#sfn, this.#names.stateMachineArn).start(start);
    }
  }

  /** Null where there is none of that name. */
  async find(name: string): Promise<Execution | null> {
    const found = await this.#describe(name);
    if (found === null) return null;
    return {
      status: found.status ?? "RUNNING",
      redrivable: found.redriveStatus === "REDRIVABLE",
      error: found.error ?? null,
      cause: found.cause ?? null,
    };
  }

  async #describe(name: string): Promise<DescribeExecutionCommandOutput | null> {
    try {
      return await this.#sfn.send(new DescribeExecutionCommand({ executionArn: executionArn(this.#names, name) }));
    } catch (error) {
      if ((error as Error).name === "ExecutionDoesNotExist") return null;
      throw error;
    }
  }

  /** Lets an execution go on at the state where it failed. */
  async redrive(name: string): Promise<void> {
    await this.#sfn.send(new RedriveExecutionCommand({ executionArn: executionArn(this.#names, name) }));
  }

  /** Ends every execution that runs; answers how many. */
  async stopAll(cause: string): Promise<number> {
    let stopped = 0;
    let nextToken: string | undefined;
    do {
      const page = await this.#sfn.send(
        new ListExecutionsCommand({ stateMachineArn: this.#names.stateMachineArn, statusFilter: "RUNNING", nextToken }),
      );
      for (const { executionArn: arn } of page.executions ?? []) {
        await this.#sfn.send(new StopExecutionCommand({ executionArn: arn, cause }));
        stopped++;
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return stopped;
  }

  /** Waits until an execution has ended and tells how far it is. TransientError where the stage does not begin it. */
  async ended(name: string, onProgress: OnProgress): Promise<Execution> {
    const intake = new Patience(this.#sleep, INTAKE_SECONDS);
    let found = await this.find(name);
    for (; found === null; found = await this.find(name)) {
      if (intake.atEnd)
        throw new TransientError(`the stage has not begun the run ${name} after ${INTAKE_SECONDS} s`, {
          hint: `nothing is lost: it begins when the stage takes up its queue; bullseye doctor --stage ${this.#names.stage} looks why it does not`,
        });
      onProgress({ state: "Intake", done: 0, total: 1 });
      await intake.wait();
    }
    const patience = new Patience(this.#sleep);
    for (; found !== null && (found.status === "RUNNING" || found.status === "PENDING_REDRIVE"); found = await this.find(name)) {
      const progress = await this.#progress(name);
      if (progress !== null) onProgress(progress);
      await patience.wait();
    }
    return found ?? { status: "ABORTED", redrivable: false, error: null, cause: null };
  }

  /** Where an execution is; null where that cannot be told, which keeps nobody from waiting. */
  async #progress(name: string): Promise<StageProgress | null> {
    try {
      const { events = [] } = await this.#sfn.send(
        new GetExecutionHistoryCommand({
          executionArn: executionArn(this.#names, name),
          reverseOrder: true,
          maxResults: LAST_EVENTS,
          includeExecutionData: false,
        }),
      );
      const mapRunArn = events.find((event) => event.mapRunStartedEventDetails)?.mapRunStartedEventDetails?.mapRunArn;
      const state = events.find((event) => event.stateEnteredEventDetails)?.stateEnteredEventDetails?.name;
      if (state === undefined) return null;
      // The newest Map run is that of the last state entered where it was started after it.
      const entered = events.findIndex((event) => event.stateEnteredEventDetails);
      const started = events.findIndex((event) => event.mapRunStartedEventDetails);
      if (mapRunArn === undefined || started > entered) return { state, done: 0, total: 1 };
      const { itemCounts } = await this.#sfn.send(new DescribeMapRunCommand({ mapRunArn }));
      return { state, done: itemCounts?.succeeded ?? 0, total: Math.max(1, itemCounts?.total ?? 1) };
    } catch {
      return null;
    }
  }
}
