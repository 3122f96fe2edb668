import { Duration, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { EventBus } from "aws-cdk-lib/aws-events";
import { AccountRootPrincipal, PolicyDocument, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { explain } from "./findings.ts";
import { addPeople } from "./people.ts";
import { INCOMPLETE_UPLOAD_DAYS, NONCURRENT_DAYS, RETENTION } from "./retention.ts";
import { addSecret } from "./secrets.ts";
import type { StageProps } from "./stage.ts";

/** What the account may do with the key; naming each lets IAM policies grant its use, and nothing is granted by a wildcard. */
const KEY_ADMINISTRATION = [
  "CancelKeyDeletion",
  "CreateAlias",
  "CreateGrant",
  "Decrypt",
  "DeleteAlias",
  "DescribeKey",
  "DisableKey",
  "DisableKeyRotation",
  "EnableKey",
  "EnableKeyRotation",
  "Encrypt",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "GetKeyPolicy",
  "GetKeyRotationStatus",
  "ListGrants",
  "ListKeyPolicies",
  "ListResourceTags",
  "PutKeyPolicy",
  "ReEncryptFrom",
  "ReEncryptTo",
  "RevokeGrant",
  "RotateKeyOnDemand",
  "ScheduleKeyDeletion",
  "TagResource",
  "UntagResource",
  "UpdateAlias",
  "UpdateKeyDescription",
].map((verb) => `kms:${verb}`);

/** Characters of the key of keyed hashes: 64 of an alphabet of 62 carry 381 bits. */
const HASH_KEY_LENGTH = 64;

/** Where data lies: bucket, table, key, the secret of keyed hashes, the bus for what happens, and the roles of people. */
export class StorageStack extends Stack {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const { names, settings } = props;
    const removalPolicy = settings.retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const key = settings.customerKey ? this.#key(props, removalPolicy) : undefined;
    this.#bucket(props, removalPolicy, key);
    this.#table(props, removalPolicy, key);
    const secret = addSecret(this, "HashKey", props, {
      name: names.hashKeySecret,
      description: "Key of the hashes that stand for e-mail addresses in ledgers and indexes. Another key forgets all of them.",
      generateSecretString: { passwordLength: HASH_KEY_LENGTH, excludePunctuation: true },
      neverRotated: "hashes made with the old key could not be compared with those of a new one",
    });
    if (key) secret.node.addDependency(key);
    new EventBus(this, "Events", { eventBusName: names.eventBus, description: "What happens in Bullseye: see events/published" });
    addPeople(this, props);
  }

  #key({ names }: StageProps, removalPolicy: RemovalPolicy): Key {
    return new Key(this, "Key", {
      alias: names.keyAlias,
      description: `Data of the Bullseye stage ${names.place.stage}`,
      enableKeyRotation: true,
      removalPolicy,
      policy: new PolicyDocument({
        statements: [
          new PolicyStatement({
            principals: [new AccountRootPrincipal()],
            actions: KEY_ADMINISTRATION,
            resources: ["*"],
          }),
          // They publish to a topic that this key encrypts (Amazon SNS, "Key management", 2026-11); its policy says for which account.
          new PolicyStatement({
            principals: [new ServicePrincipal("cloudwatch.amazonaws.com"), new ServicePrincipal("budgets.amazonaws.com")],
            actions: ["kms:Decrypt", "kms:GenerateDataKey"],
            resources: ["*"],
          }),
        ],
      }),
    });
  }

  #bucket({ names }: StageProps, removalPolicy: RemovalPolicy, key: Key | undefined): void {
    const bucket = new Bucket(this, "Bucket", {
      bucketName: names.bucket,
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy,
      ...(key
        ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
        : { encryption: BucketEncryption.S3_MANAGED }),
      lifecycleRules: [
        ...RETENTION.map(({ prefix, days }) => ({
          id: prefix.replace(/\W+/g, "-").replace(/-$/, ""),
          prefix,
          expiration: Duration.days(days),
          noncurrentVersionExpiration: Duration.days(Math.min(days, NONCURRENT_DAYS)),
          abortIncompleteMultipartUploadAfter: Duration.days(INCOMPLETE_UPLOAD_DAYS),
        })),
        {
          id: "everything",
          noncurrentVersionExpiration: Duration.days(NONCURRENT_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(INCOMPLETE_UPLOAD_DAYS),
          expiredObjectDeleteMarker: true,
        },
      ],
    });
    // The property of the higher level would bring a custom resource and its function.
    (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    explain(bucket, {
      "AwsSolutions-S1":
        "no server access log: it would be a second bucket of key names; who needs one turns on CloudTrail data events for this bucket",
    });
  }

  #table({ names, settings }: StageProps, removalPolicy: RemovalPolicy, key: Key | undefined): void {
    const table = new Table(this, "Table", {
      tableName: names.table,
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: settings.retain,
      removalPolicy,
      ...(key ? { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key } : { encryption: TableEncryption.DEFAULT }),
    });
    table.addGlobalSecondaryIndex({
      indexName: names.listingIndex,
      partitionKey: { name: "lp", type: AttributeType.STRING },
      sortKey: { name: "ls", type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
}
