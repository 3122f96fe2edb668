import { Duration, RemovalPolicy, type Stack } from "aws-cdk-lib";
import { PolicyDocument, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  CfnEventSourceMapping,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, type RetentionDays } from "aws-cdk-lib/aws-logs";
import { HANDLER } from "./bundles.ts";
import { explainWildcards } from "./findings.ts";
import { FUNCTIONS, type FunctionId, pascalCase } from "./functions.ts";
import { readJson } from "./names.ts";
import { FUNCTION_PERMISSIONS, TELEMETRY } from "./permissions.ts";
import { statementsOf } from "./policies.ts";
import { LOG_DAYS } from "./retention.ts";
import type { StageProps } from "./stage.ts";

/** The functions that begin or look at executions. */
const KNOW_STATE_MACHINE: ReadonlySet<FunctionId> = new Set(["intake", "refresh-schedule", "settle-run"]);

/** What functions are told by their environment; packages/aws parses it. */
function environmentOf({ names, settings }: StageProps, id: FunctionId): Record<string, string> {
  return {
    BULLSEYE_STAGE: names.place.stage,
    BULLSEYE_BUCKET: names.bucket,
    BULLSEYE_TABLE: names.table,
    BULLSEYE_QUEUE_PREFIX: names.queueUrlPrefix,
    BULLSEYE_EVENT_BUS: names.eventBus,
    BULLSEYE_SECRET_PREFIX: names.secretPrefix,
    ...(KNOW_STATE_MACHINE.has(id) ? { BULLSEYE_STATE_MACHINE: `${names.stateMachineArn}:${names.stateMachineAlias}` } : {}),
    // `doctor` asks it of this one alone: a new version need not touch the code of all others.
    ...(id === "intake" ? { BULLSEYE_VERSION: readJson<{ version: string }>("package.json").version } : {}),
    ...(settings.partitionRows === null ? {} : { BULLSEYE_PARTITION_ROWS: String(settings.partitionRows) }),
    ...(settings.rangeBytes === null ? {} : { BULLSEYE_RANGE_BYTES: String(settings.rangeBytes) }),
  };
}

/** A log group with an end, kept with the data where the data is kept. */
export function logGroup(stack: Stack, id: string, logGroupName: string, { settings }: StageProps): LogGroup {
  return new LogGroup(stack, id, {
    logGroupName,
    retention: (settings.retain ? LOG_DAYS.retained : LOG_DAYS.other) as RetentionDays,
    removalPolicy: settings.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
}

/** One function with its log, and a role that may do what permissions.ts lists for it and nothing else. */
export function addFunction(stack: Stack, props: StageProps, id: FunctionId, platform?: string): LambdaFunction {
  const { names, code } = props;
  const deployedId = platform === undefined ? id : `${id}-${platform}`;
  const name = pascalCase(deployedId);
  const statements = statementsOf([...FUNCTION_PERMISSIONS[id], ...TELEMETRY], {
    ...props,
    ...(platform === undefined ? {} : { platform }),
    functionId: deployedId,
  });
  const role = new Role(stack, `${name}Role`, {
    description: `What the function ${names.function(deployedId)} may do`,
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: { [deployedId]: new PolicyDocument({ statements }) },
  });
  explainWildcards(role, statements);
  const { memoryMb, timeoutSeconds } = FUNCTIONS[id];
  const created = new LambdaFunction(stack, `${name}Function`, {
    functionName: names.function(deployedId),
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: HANDLER,
    code: code(id),
    memorySize: memoryMb,
    timeout: Duration.seconds(timeoutSeconds),
    // The list of permissions is the whole of it: constructs add nothing.
    role: role.withoutPolicyUpdates(),
    tracing: Tracing.ACTIVE,
    loggingFormat: LoggingFormat.TEXT,
    logGroup: logGroup(stack, `${name}Logs`, names.logGroupOf(deployedId), props),
    environment: environmentOf(props, id),
    // An execution that is under way calls the version it began with, also after the next deploy.
    currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
  });
  return created;
}

/** Lets a function work off a queue: message by message, so many at a time, and only those that failed come again. */
export function consumeQueue(
  stack: Stack,
  consumer: LambdaFunction,
  queueArn: string,
  { batchSize, concurrency }: { batchSize: number; concurrency: number },
): void {
  new CfnEventSourceMapping(stack, `${consumer.node.id}Source`, {
    functionName: consumer.functionName,
    eventSourceArn: queueArn,
    batchSize,
    functionResponseTypes: ["ReportBatchItemFailures"],
    // SQS allows no less than two; leases keep the rest.
    scalingConfig: { maximumConcurrency: Math.max(2, concurrency) },
  });
}
