import { type Call, Refusal } from "../contracts/json-services.ts";

/** An execution as the stand-in knows it. */
export interface StartedExecution {
  name: string;
  arn: string;
  /** Text, as it was given. */
  input: string;
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";
  error?: string;
  cause?: string;
}

/** Account and names of everything in `events/received`. */
export const STATE_MACHINE = "arn:aws:states:eu-central-1:123456789012:stateMachine:bullseye-test-target-accounts:live";

/** "StartExecution" (AWS Step Functions API Reference): name and length. */
const NAME = /^[A-Za-z0-9_-]{1,80}$/;

/** Step Functions as far as functions call them: executions are started and looked at; the test lets the local engine run them. */
export class StepFunctions {
  readonly executions = new Map<string, StartedExecution>();

  /** The same name is the same execution while it runs with the same input; otherwise it is taken. */
  readonly calls: Readonly<Record<string, Call>> = {
    "AWSStepFunctions.StartExecution": ({ stateMachineArn, name, input }) => {
      if (stateMachineArn !== STATE_MACHINE) throw new Refusal("StateMachineDoesNotExist");
      if (typeof name !== "string" || !NAME.test(name)) throw new Refusal("InvalidName");
      const known = this.executions.get(name);
      if (known && (known.status !== "RUNNING" || known.input !== input)) throw new Refusal("ExecutionAlreadyExists");
      const arn = `${STATE_MACHINE.replace(":stateMachine:", ":execution:").replace(/:live$/, "")}:${name}`;
      if (!known) this.executions.set(name, { name, arn, input: String(input), status: "RUNNING" });
      return { executionArn: arn, startDate: 1_795_161_600 };
    },
    "AWSStepFunctions.DescribeExecution": ({ executionArn }) => {
      const known = [...this.executions.values()].find((each) => each.arn === executionArn);
      if (!known) throw new Refusal("ExecutionDoesNotExist");
      const { arn, name, status, input, error, cause } = known;
      return { executionArn: arn, name, status, input, error, cause, startDate: 1_795_161_600 };
    },
  };
}
