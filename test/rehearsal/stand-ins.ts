import {
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import {
  type EventBridgeConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetRandomPasswordCommand,
  ListSecretsCommand,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { DeclaredResource } from "./deployed-stacks.ts";

/** Types that moto's CloudFormation does not make, and what becomes of them here. Any other that it does not make fails the rehearsal. */
const NOT_MADE: Readonly<Record<string, string>> = {
  "AWS::Budgets::Budget": "left out: nothing of a run needs it",
  "AWS::CloudWatch::Alarm": "left out: nothing of a run needs it",
  "AWS::CloudWatch::CompositeAlarm": "left out: nothing of a run needs it",
  "AWS::Events::EventBusPolicy": "left out: moto checks no policies",
  "AWS::Lambda::EventInvokeConfig": "left out: nothing of a run needs it",
  "AWS::Logs::MetricFilter": "left out: nothing of a run needs it",
  "AWS::S3::BucketPolicy": "left out: moto checks no policies",
  "AWS::Scheduler::Schedule": "left out: the rehearsal waits for no night",
  "AWS::SNS::Subscription": "left out: nothing of a run needs it",
  "AWS::SNS::TopicPolicy": "left out: moto checks no policies",
  "AWS::SQS::QueuePolicy": "left out: moto checks no policies",
  "AWS::SecretsManager::Secret": "made by the rehearsal through the API, as the template says",
  "AWS::StepFunctions::StateMachineAlias": "made by the rehearsal through the API, as the template says",
  "AWS::StepFunctions::StateMachineVersion": "published by the rehearsal through the API, as the template says",
};

/** Clients that speak to moto itself. */
export interface StandInClients {
  lambda: LambdaClient;
  s3: S3Client;
  secrets: SecretsManagerClient;
}

/** Which of the declared resources moto did not make, by type, in words. Throws where it left out one that nobody expected. */
export function notMade(declared: readonly DeclaredResource[]): string[] {
  const counts = new Map<string, number>();
  for (const { type, made } of declared)
    if (!made && type !== "AWS::CDK::Metadata") counts.set(type, (counts.get(type) ?? 0) + 1);
  const unexpected = [...counts.keys()].filter((type) => !(type in NOT_MADE));
  if (unexpected.length > 0) throw new Error(`moto did not make ${unexpected.join(", ")}, and nobody knows what that means here`);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, count]) => `moto makes no ${type} (${count}): ${NOT_MADE[type]}`);
}

const ofType = (declared: readonly DeclaredResource[], type: string): DeclaredResource[] =>
  declared.filter((each) => each.type === type);

/** Secrets of the templates that are not there yet; answers the names of those made. */
export async function makeSecrets({ secrets }: StandInClients, declared: readonly DeclaredResource[]): Promise<string[]> {
  const { SecretList = [] } = await secrets.send(new ListSecretsCommand({}));
  const there = new Set(SecretList.map(({ Name }) => Name));
  const made: string[] = [];
  for (const { properties } of ofType(declared, "AWS::SecretsManager::Secret")) {
    const { Name, Description, SecretString, GenerateSecretString } = properties as {
      Name: string;
      Description?: string;
      SecretString?: string;
      GenerateSecretString?: Record<string, unknown>;
    };
    if (there.has(Name)) continue;
    const text = SecretString ?? (await secrets.send(new GetRandomPasswordCommand(GenerateSecretString ?? {}))).RandomPassword;
    await secrets.send(new CreateSecretCommand({ Name, Description, SecretString: text }));
    made.push(Name);
  }
  return made;
}

/** Removes the secrets that the templates do not retain; answers their names. */
export async function removeSecrets({ secrets }: StandInClients, declared: readonly DeclaredResource[]): Promise<string[]> {
  const gone = ofType(declared, "AWS::SecretsManager::Secret").filter(({ retained }) => !retained);
  const names = gone.map(({ properties }) => String(properties.Name));
  for (const SecretId of names) await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  return names;
}

/** What moto's CloudFormation passes over in a bucket: versions and events; answers the buckets. */
export async function finishBuckets({ s3 }: StandInClients, declared: readonly DeclaredResource[]): Promise<string[]> {
  const finished: string[] = [];
  for (const { properties } of ofType(declared, "AWS::S3::Bucket")) {
    const { BucketName, VersioningConfiguration, NotificationConfiguration } = properties as {
      BucketName: string;
      VersioningConfiguration?: { Status: "Enabled" };
      NotificationConfiguration?: { EventBridgeConfiguration?: EventBridgeConfiguration };
    };
    if (VersioningConfiguration)
      await s3.send(
        new PutBucketVersioningCommand({
          Bucket: BucketName,
          VersioningConfiguration: { Status: VersioningConfiguration.Status },
        }),
      );
    if (NotificationConfiguration?.EventBridgeConfiguration)
      await s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket: BucketName,
          NotificationConfiguration: { EventBridgeConfiguration: {} },
        }),
      );
    finished.push(BucketName);
  }
  return finished;
}

/**
 * The ARNs of the function versions that the templates publish, by logical id. moto publishes a version before it updates the code and
 * forgets its ARN, so one is published here wherever the newest does not hold the deployed code.
 */
export async function publishVersions(
  { lambda }: StandInClients,
  declared: readonly DeclaredResource[],
): Promise<{ arns: Map<string, string>; again: number }> {
  const arns = new Map<string, string>();
  let again = 0;
  for (const { logicalId, properties } of ofType(declared, "AWS::Lambda::Version")) {
    const FunctionName = properties.FunctionName as string;
    const now = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
    const newest = Versions.filter(({ Version }) => Version !== "$LATEST").at(-1);
    let arn = newest?.FunctionArn;
    if (newest?.CodeSha256 !== now.CodeSha256) {
      again++;
      arn = (await lambda.send(new PublishVersionCommand({ FunctionName }))).FunctionArn;
    }
    if (!arn) throw new Error(`moto published no version of ${FunctionName}`);
    arns.set(logicalId, arn);
  }
  return { arns, again };
}

/** Keeps moto from starting Docker for a message in a queue; the rehearsal's own pollers do what Lambda's do. */
export async function stopPollers({ lambda }: StandInClients): Promise<number> {
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  for (const { UUID } of EventSourceMappings) await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  return EventSourceMappings.length;
}
