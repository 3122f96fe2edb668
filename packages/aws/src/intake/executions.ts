import { DescribeExecutionCommand, type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { ExecutionStart } from "@bullseye/core/ledger/execution";
import { stepFunctionsClient } from "../clients/step-functions.ts";
import type { StageEnvironment } from "../environment.ts";
import { knownFailure } from "../failures.ts";

/** How an execution stands. */
export interface ExecutionState {
  /** `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED`; a redriven one is `RUNNING` again. */
  status: string;
  error?: string | undefined;
  cause?: string | undefined;
}

/** The executions of the workflow, as far as functions start them and look after them. */
export class Executions {
  readonly #client: SFNClient;
  readonly #stateMachine: string;

  /** `stateMachine`: the ARN with its alias. */
  constructor(client: SFNClient, stateMachine: string) {
    this.#client = client;
    this.#stateMachine = stateMachine;
  }

  /** Starts an execution; `false` where one of that name was started before, which is just as well. */
  async start({ name, input }: ExecutionStart): Promise<boolean> {
    const command = new StartExecutionCommand({ stateMachineArn: this.#stateMachine, name, input: JSON.stringify(input) });
    try {
      await this.#client.send(command);
      return true;
    } catch (error) {
      if ((error as Error).name === "ExecutionAlreadyExists") return false;
      throw knownFailure(error, `starting the execution ${name}`, "states:StartExecution");
    }
  }

  /** Null where there is no such execution (any more: they are kept for 90 days). */
  async describe(executionArn: string): Promise<ExecutionState | null> {
    try {
      const { status, error, cause } = await this.#client.send(new DescribeExecutionCommand({ executionArn }));
      return { status: status ?? "", error, cause };
    } catch (error) {
      if ((error as Error).name === "ExecutionDoesNotExist") return null;
      throw knownFailure(error, `looking at the execution ${executionArn}`, "states:DescribeExecution");
    }
  }
}

/** The executions of the stage that a function belongs to; null where it was not told its state machine. */
export function openExecutions(environment: StageEnvironment): Executions | null {
  const { stateMachine } = environment;
  return stateMachine === undefined ? null : new Executions(stepFunctionsClient(environment), stateMachine);
}
