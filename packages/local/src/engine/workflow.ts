import type { Path } from "./json-path.ts";
import type { Template } from "./template.ts";

/** A loaded workflow: every state compiled, every target known to exist. Made by `loadWorkflow` alone. */
export interface Workflow {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

/** A whole workflow file. */
export interface WholeWorkflow extends Workflow {
  /** Of the definition: an execution that began under another one is not continued under this. */
  readonly fingerprint: string;
}

export type State = TaskState | ChoiceState | MapState | WaitState | PassState | SucceedState | FailState;

interface Common {
  readonly name: string;
  /** Null reads as the empty object, as in the States Language. */
  readonly inputPath: Path | null;
  readonly outputPath: Path | null;
}

/** `next` is null where the state ends its machine. A null `resultPath` drops the result. */
interface Working extends Common {
  readonly next: string | null;
  readonly resultPath: Path | null;
}

export interface TaskState extends Working {
  readonly type: "Task";
  readonly resource: string;
  readonly parameters: Template | null;
  readonly resultSelector: Template | null;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

export interface PassState extends Working {
  readonly type: "Pass";
  readonly parameters: Template | null;
}

export interface WaitState extends Common {
  readonly type: "Wait";
  readonly next: string | null;
  readonly until: { seconds: number } | { secondsPath: Path } | { timestampPath: Path };
}

export interface ChoiceState extends Common {
  readonly type: "Choice";
  readonly choices: readonly ChoiceRule[];
  readonly fallback: string | null;
}

export interface ChoiceRule {
  readonly variable: Path;
  readonly operator: Operator;
  readonly operand: boolean | number | string;
  readonly next: string;
}

/** The comparison operators a Choice may use, with the type of the operand. */
export const OPERATORS = {
  IsPresent: "boolean",
  IsNull: "boolean",
  BooleanEquals: "boolean",
  NumericEquals: "number",
  NumericGreaterThan: "number",
  StringEquals: "string",
} as const;

export type Operator = keyof typeof OPERATORS;

/** A distributed map over a JSON array that lies in the object store. */
export interface MapState extends Working {
  readonly type: "Map";
  /** Makes `{Bucket, Key}`. */
  readonly reader: Template;
  readonly itemSelector: Template | null;
  readonly processor: Workflow;
  /** 0: no bound of its own. */
  readonly maxConcurrency: number;
  /** Percent of the iterations that may fail, 0 to 100. */
  readonly toleratedFailurePercentage: number;
  /** Makes `{Bucket, Prefix}`. */
  readonly writer: Template;
  readonly resultSelector: Template | null;
  readonly catch: readonly Catcher[];
}

export interface SucceedState extends Common {
  readonly type: "Succeed";
}

export interface FailState extends Common {
  readonly type: "Fail";
  readonly error: string | Path;
  readonly cause: string | Path;
}

/** Seconds everywhere. */
export interface Retrier {
  readonly errors: ReadonlySet<string>;
  readonly interval: number;
  readonly rate: number;
  readonly attempts: number;
  readonly maxDelay: number;
  readonly jitter: boolean;
}

export interface Catcher {
  readonly errors: ReadonlySet<string>;
  readonly resultPath: Path | null;
  readonly next: string;
}
