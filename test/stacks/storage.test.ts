import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { RETENTION } from "../../stacks/retention.ts";
import { ACCOUNT, ofType, policies, REGION, type Synthesized, synthesize } from "./synthesized.ts";

const dev = synthesize("dev");
const prod = synthesize("prod");

describe.each([
  ["dev", dev],
  ["prod", prod],
] as const)("the bucket of %s", (_, stage) => {
  const { storage } = stage.templates;

  test("is private, versioned and tells EventBridge without a function of its own", () => {
    storage.resourceCountIs("AWS::S3::Bucket", 1);
    storage.hasResourceProperties("AWS::S3::Bucket", {
      BucketName: `bullseye-${stage.names.place.stage}-${ACCOUNT}-${REGION}`,
      VersioningConfiguration: { Status: "Enabled" },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
    expect(stage.resources.filter(({ resource }) => resource.Type.startsWith("Custom::"))).toEqual([]);
    storage.resourceCountIs("AWS::Lambda::Function", 0);
  });

  test("refuses whatever does not come over TLS 1.2", () => {
    const [policy] = policies(stage).filter(({ where }) => where.startsWith("BucketPolicy"));
    const conditions = policy!.statements.filter(({ Effect }) => Effect === "Deny").map(({ Condition }) => Condition);
    expect(conditions).toContainEqual({ Bool: { "aws:SecureTransport": "false" } });
    expect(conditions).toContainEqual({ NumericLessThan: { "s3:TlsVersion": 1.2 } });
    expect(policy!.statements.filter(({ Effect }) => Effect === "Allow")).toEqual([]);
  });

  test("forgets: work within a day, old versions and cut-short uploads everywhere", () => {
    const rules = rulesOf(stage);
    for (const prefix of ["personal/work/", "map-results/"])
      expect(rules.find((rule) => rule.Prefix === prefix)).toMatchObject({
        ExpirationInDays: 1,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        Status: "Enabled",
      });
    for (const { prefix, days } of RETENTION)
      expect(rules.find((rule) => rule.Prefix === prefix)).toMatchObject({ ExpirationInDays: days });
    expect(rules.find((rule) => rule.Prefix === undefined)).toMatchObject({
      NoncurrentVersionExpiration: { NoncurrentDays: expect.any(Number) },
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      ExpiredObjectDeleteMarker: true,
      Status: "Enabled",
    });
    // What stands for good: configuration, ledgers, runs, plans, bases, reports and reference lists.
    expect(rules.flatMap((rule) => (rule.ExpirationInDays === undefined ? [] : [rule.Prefix])).sort()).toEqual([
      "inbox/",
      "map-results/",
      "outbox/",
      "personal/work/",
      "rejects/",
    ]);
  });
});

function rulesOf(stage: Synthesized): Array<Record<string, unknown>> {
  const [bucket] = ofType(stage, "AWS::S3::Bucket");
  return (bucket!.resource.Properties.LifecycleConfiguration as { Rules: Array<Record<string, unknown>> }).Rules;
}

test("the table is paid by the request, can be restored, and has one sparse index of keys", () => {
  for (const stage of [dev, prod])
    stage.templates.storage.hasResourceProperties("AWS::DynamoDB::Table", {
      TableName: `bullseye-${stage.names.place.stage}`,
      BillingMode: "PAY_PER_REQUEST",
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "listing",
          KeySchema: [
            { AttributeName: "lp", KeyType: "HASH" },
            { AttributeName: "ls", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
      DeletionProtectionEnabled: stage === prod,
    });
});

const DATA = ["AWS::S3::Bucket", "AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::SecretsManager::Secret", "AWS::Logs::LogGroup"];

test("prod keeps its data when its stacks go, every other stage keeps nothing", () => {
  const policiesOf = (stage: Synthesized) =>
    stage.resources
      .filter(({ resource }) => DATA.includes(resource.Type))
      .map(({ id, resource: { DeletionPolicy, UpdateReplacePolicy } }) => [id, DeletionPolicy, UpdateReplacePolicy]);
  expect(policiesOf(prod).filter(([, deletion, replace]) => deletion !== "Retain" || replace !== "Retain")).toEqual([]);
  expect(policiesOf(dev).filter(([, deletion, replace]) => deletion !== "Delete" || replace !== "Delete")).toEqual([]);
  expect(policiesOf(prod).length).toBeGreaterThan(20);
});

test("prod encrypts bucket, table, secrets and topic with its own key, which is turned every year", () => {
  const { storage, delivery, observability } = prod.templates;
  storage.hasResourceProperties("AWS::KMS::Key", { EnableKeyRotation: true });
  storage.hasResourceProperties("AWS::KMS::Alias", { AliasName: "alias/bullseye-prod" });
  const key = { "Fn::GetAtt": [Match.stringLikeRegexp("^Key"), "Arn"] };
  storage.hasResourceProperties("AWS::S3::Bucket", {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: key } },
      ],
    },
  });
  storage.hasResourceProperties("AWS::DynamoDB::Table", {
    SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: key },
  });
  for (const template of [storage, delivery])
    template.allResourcesProperties("AWS::SecretsManager::Secret", { KmsKeyId: "alias/bullseye-prod" });
  observability.hasResourceProperties("AWS::SNS::Topic", { KmsMasterKeyId: Match.anyValue() });
});

test("other stages have no key of their own and encrypt with those that AWS owns", () => {
  dev.templates.storage.resourceCountIs("AWS::KMS::Key", 0);
  dev.templates.storage.hasResourceProperties("AWS::S3::Bucket", {
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
    },
  });
  const actions = policies(dev).flatMap(({ statements }) => statements.flatMap(({ Action }) => Action));
  expect(actions.filter((action) => action.startsWith("kms:"))).toEqual([]);
});

test("a stage may ask for a key without keeping its data", () => {
  const stage = synthesize("test", { customerKey: true });
  stage.templates.storage.hasResource("AWS::KMS::Key", { DeletionPolicy: "Delete" });
});

test("the key of keyed hashes is made up by AWS", () => {
  dev.templates.storage.hasResourceProperties("AWS::SecretsManager::Secret", {
    Name: "bullseye/dev/hash-key",
    GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true },
    SecretString: Match.absent(),
  });
});
