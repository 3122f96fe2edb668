import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateEventBusCommand, EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateBucketCommand, HeadObjectCommand, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { tableDefinition } from "@bullseye/aws/dynamodb/definition";
import { readEnvironment } from "@bullseye/aws/environment";
import { EVENT_SOURCE } from "@bullseye/aws/events";
import { openPorts } from "@bullseye/aws/ports";
import { adConnector, createHttp } from "@bullseye/connectors";
import { describe, test } from "vitest";
import { findMoto, freePort, startMoto } from "../rehearsal/moto.ts";
import { describePorts, type OpenPorts } from "./ports.ts";

const REGION = "eu-central-1";
const ACCOUNT = "123456789012";
const NAME = "bullseye-test";
const QUEUES = ["push-a", "push-b", "push-c", "push-d", "push-e", "push-f", "seen"];

/** A stage's things made by the SDK; its events go by a rule into a queue of their own, from which they are read back. */
async function openMoto(command: string): Promise<OpenPorts> {
  const folder = mkdtempSync(join(tmpdir(), "bullseye-moto-"));
  const port = await freePort();
  const moto = await startMoto(command, port, port, join(folder, "moto.log"));
  const variables = {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL: moto.url,
    BULLSEYE_STAGE: "test",
    BULLSEYE_BUCKET: NAME,
    BULLSEYE_TABLE: NAME,
    BULLSEYE_QUEUE_PREFIX: `${moto.url}/${ACCOUNT}/${NAME}-`,
    BULLSEYE_EVENT_BUS: NAME,
    BULLSEYE_SECRET_PREFIX: "bullseye/test/",
  };
  Object.assign(process.env, variables);
  const s3 = new S3Client({ forcePathStyle: true });
  const [dynamodb, events, secrets, sqs] = [
    new DynamoDBClient(),
    new EventBridgeClient(),
    new SecretsManagerClient(),
    new SQSClient(),
  ];
  await s3.send(new CreateBucketCommand({ Bucket: NAME, CreateBucketConfiguration: { LocationConstraint: REGION } }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: NAME, VersioningConfiguration: { Status: "Enabled" } }));
  await dynamodb.send(new CreateTableCommand({ ...tableDefinition, TableName: NAME }));
  for (const queue of QUEUES) await sqs.send(new CreateQueueCommand({ QueueName: `${NAME}-${queue}` }));
  await secrets.send(new CreateSecretCommand({ Name: "bullseye/test/hash-key", SecretString: "test-hash-key" }));
  await events.send(new CreateEventBusCommand({ Name: NAME }));
  const rule = { EventBusName: NAME, EventPattern: JSON.stringify({ source: [EVENT_SOURCE] }) };
  await events.send(new PutRuleCommand({ ...rule, Name: "all" }));
  const Targets = [{ Id: "seen", Arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:${NAME}-seen` }];
  await events.send(new PutTargetsCommand({ EventBusName: NAME, Rule: "all", Targets }));
  const ports = openPorts(readEnvironment(), { adConnector, http: createHttp() });
  await ports.useHashKey();

  return {
    ports,
    drop: async (key, body) => {
      await ports.objects.put(key, body);
      return (await s3.send(new HeadObjectCommand({ Bucket: NAME, Key: key }))).VersionId!;
    },
    published: async () => {
      const seen: Array<{ type: string; id: string }> = [];
      for (;;) {
        const QueueUrl = `${variables.BULLSEYE_QUEUE_PREFIX}seen`;
        const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
        if (Messages.length === 0) return seen;
        for (const { Body } of Messages) {
          const event = JSON.parse(Body!) as { "detail-type": string; detail: { id: string } };
          seen.push({ type: event["detail-type"], id: event.detail.id });
        }
      }
    },
    close: async () => {
      for (const client of [ports, s3, dynamodb, events, secrets, sqs]) "destroy" in client ? client.destroy() : client.close();
      for (const variable of Object.keys(variables)) delete process.env[variable];
      await moto.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const command = findMoto();
if (command) describePorts("a stage on moto", () => openMoto(command), { passes: false, accounts: 300 });
else
  describe("the ports of a stage on moto", () =>
    test.skip("moto_server is not on the PATH (pip install 'moto[server,all]')", () => {}));
