import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { SFNClient } from "@aws-sdk/client-sfn";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { Meter } from "@bullseye/core/cost/meter";
import { CredentialError } from "@bullseye/core/errors";
import { connectionSettings } from "../clients/connection.ts";
import { dynamoClient } from "../clients/dynamodb.ts";
import { s3Client } from "../clients/s3.ts";
import { secretsClient } from "../clients/secrets.ts";
import { sqsClient } from "../clients/sqs.ts";
import { stepFunctionsClient } from "../clients/step-functions.ts";
import { hasOwnEndpoint } from "../environment.ts";
import { type StageNames, stageNames } from "./names.ts";

/** The SDK's clients with a person's credentials; credentials and endpoints come from the SDK's own settings. */
export interface OperatorClients {
  s3: S3Client;
  dynamodb: DynamoDBClient;
  sqs: SQSClient;
  sfn: SFNClient;
  secrets: SecretsManagerClient;
  eventBridge: EventBridgeClient;
  lambda: LambdaClient;
  cloudFormation: CloudFormationClient;
  close(): void;
}

/** Who a person is to AWS, and the names of the stage that he means. */
export interface Identity {
  names: StageNames;
  /** ARN of the user or the role. */
  caller: string;
}

/** All clients for one region. */
export function openClients(region: string): OperatorClients {
  const connection = { region, pathStyle: hasOwnEndpoint("S3") };
  const settings = connectionSettings(connection, "standard", 6);
  const meter = new Meter();
  const clients = {
    s3: s3Client(connection, meter),
    dynamodb: dynamoClient(connection, meter),
    sqs: sqsClient(connection, meter),
    sfn: stepFunctionsClient(connection),
    secrets: secretsClient(connection, meter),
    eventBridge: new EventBridgeClient(settings),
    lambda: new LambdaClient(settings),
    cloudFormation: new CloudFormationClient(settings),
  };
  return {
    ...clients,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/** Asks AWS in whose account these credentials are; the SDK's errors for no region or no credentials are thrown as they come. */
export async function identify(stage: string): Promise<Identity> {
  const sts = new STSClient({ maxAttempts: 3 });
  try {
    const region = await sts.config.region();
    const { Account: account, Arn: caller } = await sts.send(new GetCallerIdentityCommand({}));
    if (!account || !caller) throw new CredentialError("AWS does not say whose credentials these are");
    return { names: stageNames({ stage, account, region, partition: caller.split(":")[1] ?? "aws" }), caller };
  } finally {
    sts.destroy();
  }
}
