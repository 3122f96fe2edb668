/** Memory and time limit of one function. 1769 MB are one whole processor (AWS Lambda, "Configure Lambda function memory", 2026-11). */
export interface FunctionSize {
  memoryMb: number;
  timeoutSeconds: number;
}

const LIGHT: FunctionSize = { memoryMb: 512, timeoutSeconds: 60 };
/** Works on one partition or one range: some thousand rows, on one processor. */
const PARTITION: FunctionSize = { memoryMb: 1769, timeoutSeconds: 300 };
/** Reads through a whole file, base or ledger; 900 s is the most that Lambda allows. */
const WHOLE: FunctionSize = { memoryMb: 1769, timeoutSeconds: 900 };

/** The functions that states of the workflow call, by operation [design]. */
export const WORKFLOW_FUNCTIONS = {
  "take-turn": LIGHT,
  "split-list": WHOLE,
  "import-list": PARTITION,
  "open-round": WHOLE,
  // Holds the names of the whole base, and of half a million companies what it compares [design].
  "match-companies": { memoryMb: 7076, timeoutSeconds: 900 },
  "resolve-partition": PARTITION,
  "merge-partition": PARTITION,
  "enrich-partition": PARTITION,
  "summarise-base": WHOLE,
  "classify-partition": PARTITION,
  "score-partition": PARTITION,
  "place-partition": PARTITION,
  "save-partition": PARTITION,
  "plan-audiences": WHOLE,
  "queue-pushes": PARTITION,
  "close-run": WHOLE,
} as const satisfies Record<string, FunctionSize>;

/** The functions that something else than the workflow calls [design]. `deliver` is deployed once for each ad platform. */
export const EVENT_FUNCTIONS = {
  intake: LIGHT,
  // Holds the lease of its audience, which lasts a minute longer than this limit.
  deliver: PARTITION,
  "refresh-schedule": LIGHT,
  "settle-run": WHOLE,
} as const satisfies Record<string, FunctionSize>;

export type WorkflowFunctionId = keyof typeof WORKFLOW_FUNCTIONS;
export type FunctionId = WorkflowFunctionId | keyof typeof EVENT_FUNCTIONS;

export const FUNCTIONS: Record<FunctionId, FunctionSize> = { ...WORKFLOW_FUNCTIONS, ...EVENT_FUNCTIONS };
export const FUNCTION_IDS = Object.keys(FUNCTIONS) as FunctionId[];
export const WORKFLOW_FUNCTION_IDS = Object.keys(WORKFLOW_FUNCTIONS) as WorkflowFunctionId[];

/** `split-list` -> `SplitList`: how states, substitutions and constructs are called. */
export const pascalCase = (id: string): string =>
  id
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

/** Stands in the workflow file for the ARN of the function of an operation. */
export const substitutionOf = (id: string): string => `${pascalCase(id)}FunctionArn`;
