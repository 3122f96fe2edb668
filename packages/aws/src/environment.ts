import { InputError } from "@bullseye/core/errors";
import type { RunSettings } from "@bullseye/core/ports";
import * as z from "zod";

/** Where a stage's things are, as its functions are told. */
export interface StageEnvironment {
  stage: string;
  region: string;
  bucket: string;
  table: string;
  /** URL of a queue up to its id: `https://sqs.<region>.amazonaws.com/<account>/bullseye-<stage>-`. */
  queuePrefix: string;
  /** Name of the event bus. */
  eventBus: string;
  /** Name of a secret up to its id: `bullseye/<stage>/`. */
  secretPrefix: string;
  /** ARN with its alias; only functions that start executions know it. */
  stateMachine?: string;
  /** Whether S3 is addressed as `endpoint/bucket/key`: stand-ins have no host name per bucket. */
  pathStyle: boolean;
  /** Sizes of work units, where the stage wants others than the default ones. */
  settings?: Partial<RunSettings>;
}

const text = z.string().trim().min(1);
const size = z.coerce.number().int().positive().optional();

const VARIABLES = z.object({
  BULLSEYE_STAGE: text,
  BULLSEYE_BUCKET: text,
  BULLSEYE_TABLE: text,
  BULLSEYE_QUEUE_PREFIX: z.url({ protocol: /^https?$/ }),
  BULLSEYE_EVENT_BUS: text,
  BULLSEYE_SECRET_PREFIX: text.regex(/\/$/, "must end with a slash"),
  BULLSEYE_STATE_MACHINE: text.regex(/^arn:/, "must be an ARN").optional(),
  BULLSEYE_PARTITION_ROWS: size,
  BULLSEYE_RANGE_BYTES: size,
  AWS_REGION: text,
  AWS_ENDPOINT_URL: z.string().optional(),
  AWS_ENDPOINT_URL_S3: z.string().optional(),
});

/** Reads what a function of a stage is told. InputError names every variable that is missing or wrong, and no value. */
export function readEnvironment(): StageEnvironment {
  const read = VARIABLES.safeParse(process.env);
  if (!read.success) {
    const wrong = [...new Set(read.error.issues.map((issue) => `${issue.path.join(".")} (${issue.message})`))];
    throw new InputError(`the environment does not describe a stage: ${wrong.join("; ")}`, {
      hint: "functions get these variables from the stacks; deploy the stage again",
    });
  }
  const variables = read.data;
  return {
    stage: variables.BULLSEYE_STAGE,
    region: variables.AWS_REGION,
    bucket: variables.BULLSEYE_BUCKET,
    table: variables.BULLSEYE_TABLE,
    queuePrefix: variables.BULLSEYE_QUEUE_PREFIX,
    eventBus: variables.BULLSEYE_EVENT_BUS,
    secretPrefix: variables.BULLSEYE_SECRET_PREFIX,
    stateMachine: variables.BULLSEYE_STATE_MACHINE,
    pathStyle: hasOwnEndpoint("S3"),
    settings: {
      ...(variables.BULLSEYE_PARTITION_ROWS === undefined ? {} : { partitionRows: variables.BULLSEYE_PARTITION_ROWS }),
      ...(variables.BULLSEYE_RANGE_BYTES === undefined ? {} : { rangeBytes: variables.BULLSEYE_RANGE_BYTES }),
    },
  };
}

/** Whether the SDK sends the calls of a service to an address of our own instead of to AWS. */
export function hasOwnEndpoint(service: string): boolean {
  return Boolean(process.env[`AWS_ENDPOINT_URL_${service}`] ?? process.env.AWS_ENDPOINT_URL);
}

/** A variable at the moment of asking; empty ones count as absent. For settings and base addresses of connectors. */
export function environment(name: string): string | undefined {
  return process.env[name] || undefined;
}
