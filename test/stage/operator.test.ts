import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { HeadBucketCommand, HeadObjectCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { callCli, type Said } from "@bullseye/cli/cli.testing";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findMoto, freePort, type Moto, startMoto } from "../rehearsal/moto.ts";

const moto = findMoto();
const REGION = "eu-central-1";
const ACCOUNT = "123456789012";
const NAME = "bullseye-olive";
const BUCKET = `${NAME}-${ACCOUNT}-${REGION}`;

const queue = (short: string) => ({ Type: "AWS::SQS::Queue", Properties: { QueueName: `${NAME}-${short}` } });

/** The stacks of a stage, with one thing of each kind that removing has to deal with. */
const STACKS: Record<string, object> = {
  storage: {
    Bucket: {
      Type: "AWS::S3::Bucket",
      Properties: { BucketName: BUCKET, VersioningConfiguration: { Status: "Enabled" } },
    },
  },
  workflow: { Inbox: queue("inbox"), InboxDead: queue("inbox-dead"), Settle: queue("settle"), SettleDead: queue("settle-dead") },
  delivery: { Push: queue("push-linkedin"), PushDead: queue("push-linkedin-dead"), RefreshDead: queue("refresh-dead") },
  observability: { Topic: { Type: "AWS::SNS::Topic", Properties: { TopicName: `${NAME}-alarms` } } },
};

describe.skipIf(moto === null)("an operator, against moto (skipped where moto_server is not installed)", () => {
  let server: Moto;
  let folder: string;
  const before = { ...process.env };
  let clients: { cloudFormation: CloudFormationClient; s3: S3Client; secrets: SecretsManagerClient; sqs: SQSClient };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "bullseye-operator-"));
    const port = await freePort();
    server = await startMoto(moto!, port, port, join(folder, "moto.log"));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: server.url,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
    clients = {
      cloudFormation: new CloudFormationClient({}),
      s3: new S3Client({ forcePathStyle: true }),
      secrets: new SecretsManagerClient({}),
      sqs: new SQSClient({}),
    };
    for (const [noun, Resources] of Object.entries(STACKS))
      await clients.cloudFormation.send(
        new CreateStackCommand({ StackName: `${NAME}-${noun}`, TemplateBody: JSON.stringify({ Resources }) }),
      );
    // moto leaves this property of the template out.
    await clients.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: "Enabled" } }));
    await clients.secrets.send(new CreateSecretCommand({ Name: "bullseye/olive/hash-key", SecretString: "a-key" }));
    await clients.secrets.send(new CreateSecretCommand({ Name: "bullseye/olive/linkedin", SecretString: "{}" }));
  }, 120_000);

  afterAll(async () => {
    for (const client of Object.values(clients ?? {})) client.destroy();
    await server?.close();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    rmSync(folder, { recursive: true, force: true });
  });

  const bullseye = (ask: ((question: string) => Promise<string>) | null, ...words: string[]): Promise<Said> =>
    callCli(folder, words, ask ? { ask } : {});

  test("the pointer to the active configuration moves under a condition that S3 itself holds", { timeout: 120_000 }, async () => {
    const { mkdirSync, writeFileSync } = await import("node:fs");
    const rules = join(folder, "rules");
    mkdirSync(rules);
    writeFileSync(join(rules, "audiences.yaml"), EXAMPLE_CONFIGURATION.audiences.replace("mode: api", "mode: file"));
    const pushed = await bullseye(null, "config", "push", rules, "--activate", "--stage", "olive", "--json");
    expect(pushed).toMatchObject({ code: 0 });
    const { sha } = JSON.parse(pushed.out) as { sha: string };
    expect(await bullseye(null, "config", "activate", sha, "--stage", "olive")).toMatchObject({
      code: 2,
      err: expect.stringContaining("is active already"),
    });
    const back = await bullseye(null, "config", "rollback", "--stage", "olive", "--json");
    expect(JSON.parse(back.out)).toMatchObject({ previous: [] });
    expect(await bullseye(null, "config", "rollback", "--stage", "olive")).toMatchObject({
      code: 2,
      err: expect.stringContaining("no configuration was active before"),
    });
  });

  test("dead letters say what they point at", { timeout: 120_000 }, async () => {
    const url = (short: string): string => `${server.url}/${ACCOUNT}/${NAME}-${short}`;
    const body = JSON.stringify({ id: "growth-1", body: { pushId: "growth-1", chunk: 0 } });
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: url("push-linkedin-dead"), MessageBody: body }));
    const listed = await bullseye(null, "dead-letters", "list", "push-linkedin", "--stage", "olive");
    expect(listed.out).toContain("push growth-1, part 1");
  });

  test("stage show says what there is", { timeout: 120_000 }, async () => {
    const shown = await bullseye(null, "stage", "show", "olive", "--json");
    const { bucket, stacks } = JSON.parse(shown.out) as { bucket: string; stacks: Array<{ name: string; status: string }> };
    expect(bucket).toBe(BUCKET);
    expect(stacks.map(({ name, status }) => [name, status])).toEqual(
      ["storage", "workflow", "delivery", "observability"].map((noun) => [`${NAME}-${noun}`, "CREATE_COMPLETE"]),
    );
    expect(await bullseye(null, "stage", "show", "gone")).toMatchObject({
      code: 2,
      err: expect.stringContaining("the stage gone is not there"),
    });
  });

  test("doctor says what is missing and goes on", { timeout: 120_000 }, async () => {
    const said = await bullseye(null, "doctor", "--stage", "olive", "--json");
    const { checks } = JSON.parse(said.out) as { checks: Array<{ id: string; ok: boolean; message: string }> };
    const state = new Map(checks.map(({ id, ok }) => [id, ok]));
    expect([state.get("bucket"), state.get("hash key"), state.get("queues"), state.get("configuration")]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([state.get("table"), state.get("runs"), state.get("version")]).toEqual([false, false, false]);
    expect(said.code).toBe(1);
  });

  test("doctor says in one line that there is no such stage, and how to get it", { timeout: 120_000 }, async () => {
    const said = await bullseye(null, "doctor", "--stage", "gone", "--json");
    const { checks } = JSON.parse(said.out) as { checks: Array<{ id: string; ok: boolean; hint?: string }> };
    expect(checks.filter(({ ok }) => !ok)).toEqual([
      expect.objectContaining({ id: "stage", hint: expect.stringContaining("npm run deploy -- --stage gone") }),
    ]);
    expect(said.code).toBe(1);
  });

  test("stage remove touches nothing of a stage that retains its data", { timeout: 120_000 }, async () => {
    const bucket = `bullseye-kept-${ACCOUNT}-${REGION}`;
    const Bucket = { Type: "AWS::S3::Bucket", DeletionPolicy: "Retain", Properties: { BucketName: bucket } };
    await clients.cloudFormation.send(
      new CreateStackCommand({ StackName: "bullseye-kept-storage", TemplateBody: JSON.stringify({ Resources: { Bucket } }) }),
    );
    await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "config/active.json", Body: "{}" }));
    await clients.secrets.send(new CreateSecretCommand({ Name: "bullseye/kept/hash-key", SecretString: "a-key" }));
    expect(await bullseye(null, "stage", "remove", "kept", "--yes")).toMatchObject({
      code: 2,
      err: expect.stringContaining("retains its data"),
    });
    await clients.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: "config/active.json" }));
    await clients.secrets.send(new DescribeSecretCommand({ SecretId: "bullseye/kept/hash-key" }));
    await clients.cloudFormation.send(new DescribeStacksCommand({ StackName: "bullseye-kept-storage" }));
  });

  test("stage remove takes everything down, all versions of all objects included", { timeout: 120_000 }, async () => {
    for (const body of ["first", "second"])
      await clients.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "inbox/accounts/a/a.csv", Body: body }));
    const asked: string[] = [];
    const ask = async (question: string): Promise<string> => {
      asked.push(question);
      return "something else";
    };
    expect(await bullseye(ask, "stage", "remove", "olive")).toMatchObject({
      code: 2,
      err: expect.stringContaining("nothing was removed"),
    });
    expect(asked).toEqual([expect.stringContaining(`account ${ACCOUNT}, ${REGION}`)]);
    await clients.s3.send(new HeadBucketCommand({ Bucket: BUCKET }));

    const removed = await bullseye(async () => "olive", "stage", "remove", "olive", "--json");
    expect(removed).toMatchObject({ code: 0 });
    const removal = JSON.parse(removed.out) as { stacks: string[]; objects: number; kept: string[] };
    expect(removal.stacks).toEqual(["observability", "delivery", "workflow", "storage"].map((noun) => `${NAME}-${noun}`));
    expect(removal.objects).toBeGreaterThanOrEqual(2);
    expect(removal.kept.join(" ")).toContain("35 days");
    await expect(clients.s3.send(new HeadBucketCommand({ Bucket: BUCKET }))).rejects.toThrow();
    await expect(clients.secrets.send(new DescribeSecretCommand({ SecretId: "bullseye/olive/hash-key" }))).rejects.toThrow();
    await expect(clients.cloudFormation.send(new DescribeStacksCommand({ StackName: `${NAME}-storage` }))).rejects.toThrow();
    await expect(
      clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: `${server.url}/${ACCOUNT}/${NAME}-inbox` })),
    ).rejects.toThrow();
    const again = await bullseye(null, "stage", "remove", "olive", "--yes");
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("There were no stacks of olive") });
  });
});
