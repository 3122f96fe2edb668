import { type SdkCall, watchSdk } from "./sdk-calls.ts";

/** One thing that a function was seen to do, as IAM is asked about it. */
export interface Use {
  functionId: string;
  action: string;
  /** ARN, with the names of the stage that tests deploy. */
  resource: string;
  /** Prefix of a listing; undefined where S3 asks without one. */
  prefix?: string;
  /** Key of the object that a listing without a prefix is about: whether it exists. */
  absent?: string;
  /** Partition keys of the items. */
  leadingKeys?: string[];
}

/** How ARNs of the stage under test are written. */
export interface ArnNames {
  bucketArn: string;
  tableArn: string;
  indexArn: string;
  eventBusArn: string;
  queueArn(name: string): string;
  secretArn(name: string): string;
}

type Input = Record<string, unknown>;
type Attribute = { S?: string };
type Item = Record<string, Attribute>;

const partitionKey = (key: unknown): string => (key as Item).pk!.S!;

/** Partition keys that a DynamoDB request names. */
function leadingKeys(command: string, input: Input): string[] {
  switch (command) {
    case "PutItem":
      return [partitionKey(input.Item)];
    case "GetItem":
    case "UpdateItem":
    case "DeleteItem":
      return [partitionKey(input.Key)];
    case "BatchGetItem":
      return Object.values(input.RequestItems as Record<string, { Keys: Item[] }>).flatMap(({ Keys }) => Keys.map(partitionKey));
    case "BatchWriteItem":
      return Object.values(input.RequestItems as Record<string, Input[]>).flatMap((requests) =>
        requests.map(({ PutRequest, DeleteRequest }) =>
          partitionKey((PutRequest as Input)?.Item ?? (DeleteRequest as Input).Key),
        ),
      );
    case "Query": {
      const condition = String(input.KeyConditionExpression);
      const name = /(?:^|\s)(?:#\w+|pk|lp)\s*=\s*(:\w+)/.exec(condition)?.[1];
      const value = (input.ExpressionAttributeValues as Item)[name ?? ""]?.S;
      if (value === undefined) throw new Error(`no partition key in ${condition}`);
      return [value];
    }
    default:
      throw new Error(`what ${command} asks IAM for is not known`);
  }
}

const PUTS = new Set(["PutObject", "CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"]);

/** What IAM is asked about one call. */
function usesOf({ functionId, service, command, input }: SdkCall, names: ArnNames): Use[] {
  const use = (action: string, resource: string, more: Partial<Use> = {}): Use => ({ functionId, action, resource, ...more });
  const object = (key: unknown): string => `${names.bucketArn}/${key}`;
  if (service === "S3") {
    if (command === "GetObject" || command === "HeadObject")
      return [use(input.VersionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion", object(input.Key))];
    if (PUTS.has(command)) return [use("s3:PutObject", object(input.Key))];
    if (command === "AbortMultipartUpload") return [use("s3:AbortMultipartUpload", object(input.Key))];
    if (command === "ListObjectsV2") return [use("s3:ListBucket", names.bucketArn, { prefix: String(input.Prefix ?? "") })];
    if (command === "DeleteObject") return [use("s3:DeleteObject", object(input.Key))];
    if (command === "DeleteObjects")
      return (input.Delete as { Objects: Array<{ Key: string }> }).Objects.map(({ Key }) => use("s3:DeleteObject", object(Key)));
  }
  if (service === "DynamoDB") {
    const resource = input.IndexName === undefined ? names.tableArn : names.indexArn;
    return [use(`dynamodb:${command}`, resource, { leadingKeys: leadingKeys(command, input) })];
  }
  if (service === "SQS" && command === "SendMessageBatch") {
    const queue = String(input.QueueUrl).split("/").at(-1)!;
    return [use("sqs:SendMessage", names.queueArn(queue))];
  }
  if (service === "EventBridge" && command === "PutEvents") return [use("events:PutEvents", names.eventBusArn)];
  if (service === "Secrets Manager") return [use(`secretsmanager:${command}`, names.secretArn(String(input.SecretId)))];
  if (service === "SFN" && command === "StartExecution") return [use("states:StartExecution", String(input.stateMachineArn))];
  if (service === "SFN" && command === "DescribeExecution") return [use("states:DescribeExecution", String(input.executionArn))];
  throw new Error(`${functionId} calls ${service} ${command}; what that asks IAM for is not known`);
}

/** Notes what functions do, until it is stopped. */
export class Recorder {
  /** Each different use once. */
  readonly uses = new Map<string, Use>();
  readonly stop: () => void;

  constructor(names: ArnNames) {
    this.stop = watchSdk(async (call, _, send) => {
      for (const use of usesOf(call, names)) this.note(use);
      try {
        return await send();
      } catch (error) {
        // S3 tells that an object is not there only to who may list the bucket.
        if (call.service === "S3" && (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404)
          this.note({
            functionId: call.functionId,
            action: "s3:ListBucket",
            resource: names.bucketArn,
            absent: String(call.input.Key),
          });
        throw error;
      }
    });
  }

  note(use: Use): void {
    this.uses.set(JSON.stringify(use), use);
  }

  all(): Use[] {
    return [...this.uses.values()];
  }
}
