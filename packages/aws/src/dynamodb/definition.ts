import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";

/** The sparse index by which the accounts of a tier are listed best first. */
export const LISTING_INDEX = "listing";

/** The table that all stores of a stage share, without its name. The storage stack defines the same. */
export const tableDefinition: Omit<CreateTableCommandInput, "TableName"> = {
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" },
    { AttributeName: "sk", AttributeType: "S" },
    { AttributeName: "lp", AttributeType: "S" },
    { AttributeName: "ls", AttributeType: "S" },
  ],
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: LISTING_INDEX,
      KeySchema: [
        { AttributeName: "lp", KeyType: "HASH" },
        { AttributeName: "ls", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" },
    },
  ],
  BillingMode: "PAY_PER_REQUEST",
};
