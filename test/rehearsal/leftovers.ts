import { ListStacksCommand } from "@aws-sdk/client-cloudformation";
import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { ListEventBusesCommand, ListRulesCommand } from "@aws-sdk/client-eventbridge";
import { ListEventSourceMappingsCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import type { OperatorClients } from "@bullseye/aws/stage/clients";
import type { DeployedPlace } from "./deployed-stacks.ts";

/** What is left of a stage in an account: `service name`, sorted. `mark` is what all its names hold. */
export async function leftovers(
  clients: OperatorClients,
  url: string,
  { region }: DeployedPlace,
  mark: string,
): Promise<string[]> {
  const { StackSummaries = [] } = await clients.cloudFormation.send(new ListStacksCommand({}));
  const names: Record<string, Array<string | undefined>> = {
    stack: StackSummaries.filter(({ StackStatus }) => StackStatus !== "DELETE_COMPLETE").map(({ StackName }) => StackName),
    function: ((await clients.lambda.send(new ListFunctionsCommand({}))).Functions ?? []).map((each) => each.FunctionName),
    "event source mapping": ((await clients.lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings ?? []).map(
      (each) => each.EventSourceArn,
    ),
    table: (await clients.dynamodb.send(new ListTablesCommand({}))).TableNames ?? [],
    queue: (await clients.sqs.send(new ListQueuesCommand({}))).QueueUrls ?? [],
    bucket: ((await clients.s3.send(new ListBucketsCommand({}))).Buckets ?? []).map((each) => each.Name),
    secret: ((await clients.secrets.send(new ListSecretsCommand({}))).SecretList ?? []).map((each) => each.Name),
    "state machine": ((await clients.sfn.send(new ListStateMachinesCommand({}))).stateMachines ?? []).map((each) => each.name),
    "event bus": ((await clients.eventBridge.send(new ListEventBusesCommand({}))).EventBuses ?? []).map((each) => each.Name),
    rule: ((await clients.eventBridge.send(new ListRulesCommand({}))).Rules ?? []).map((each) => each.Name),
    role: await rolesOf(url, region),
    "log group": await logGroupsOf(url, region),
  };
  return Object.entries(names)
    .flatMap(([kind, all]) => all.filter((name) => name?.includes(mark)).map((name) => `${kind} ${name}`))
    .sort();
}

const authorization = (region: string, service: string): string =>
  `AWS4-HMAC-SHA256 Credential=rehearsal/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

async function rolesOf(url: string, region: string): Promise<string[]> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", authorization: authorization(region, "iam") },
    body: "Action=ListRoles&Version=2010-05-08&MaxItems=1000",
  });
  return [...(await answer.text()).matchAll(/<RoleName>([^<]+)<\/RoleName>/g)].map(([, name]) => name ?? "");
}

async function logGroupsOf(url: string, region: string): Promise<string[]> {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "Logs_20140328.DescribeLogGroups",
      authorization: authorization(region, "logs"),
    },
    body: "{}",
  });
  const { logGroups = [] } = (await answer.json()) as { logGroups?: Array<{ logGroupName: string }> };
  return logGroups.map(({ logGroupName }) => logGroupName);
}
