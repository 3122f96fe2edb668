import { hash } from "node:crypto";
import { BatchWriteItemCommand, GetItemCommand, ListTablesCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { Meter } from "@bullseye/core/cost/meter";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CONNECTION, jsonError, type Service, startService } from "../misbehaving.testing.ts";
import { dynamoClient } from "./dynamodb.ts";
import { s3Client } from "./s3.ts";
import { sqsClient } from "./sqs.ts";

let service: Service;
const meter = new Meter();
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

describe("the meter of S3", () => {
  test("tells writes, reads and lists apart, and what is deleted is free", async () => {
    const client = s3Client(CONNECTION, meter);
    const object = { Bucket: "bucket", Key: "key" };
    service.answers(({ method, url }) => {
      if (url.includes("list-type")) return { body: "<ListBucketResult/>" };
      return method === "PUT" && url.includes("CopyObject") ? { body: "<CopyObjectResult/>" } : { status: 200 };
    });
    await client.send(new PutObjectCommand({ ...object, Body: "x" }));
    await client.send(new CopyObjectCommand({ ...object, CopySource: "bucket/other" }));
    await client.send(new GetObjectCommand(object));
    await client.send(new HeadObjectCommand(object));
    await client.send(new ListObjectsV2Command({ Bucket: "bucket" }));
    await client.send(new DeleteObjectCommand(object));
    expect(meter.take()).toEqual({ "s3.put": 2, "s3.get": 2, "s3.list": 1 });
    service.answers(() => ({ status: 404 }));
    await expect(client.send(new HeadObjectCommand(object))).rejects.toMatchObject({ name: "NotFound" });
    expect(meter.take()).toEqual({ "s3.get": 1 });
    client.destroy();
  });
});

describe("the meter of DynamoDB", () => {
  const key = { TableName: "table", Key: { pk: { S: "a" } } };
  const put = new PutItemCommand({ TableName: "table", Item: { pk: { S: "a" } } });

  test("asks for the units of each call and adds them up", async () => {
    const client = dynamoClient(CONNECTION, meter);
    service.answers(({ operation, body }) => {
      expect((JSON.parse(body) as { ReturnConsumedCapacity?: string }).ReturnConsumedCapacity).toBe("TOTAL");
      const units = { GetItem: 0.5, Query: 12.5, PutItem: 3 }[operation];
      const batch = [
        { TableName: "table", CapacityUnits: 25 },
        { TableName: "other", CapacityUnits: 2 },
      ];
      return { body: { ConsumedCapacity: units === undefined ? batch : { TableName: "table", CapacityUnits: units } } };
    });
    await client.send(new GetItemCommand(key));
    const query = { TableName: "table", KeyConditionExpression: "pk = :a", ExpressionAttributeValues: { ":a": { S: "a" } } };
    await client.send(new QueryCommand(query));
    await client.send(put);
    const requests = [{ PutRequest: { Item: { pk: { S: "a" } } } }];
    await client.send(new BatchWriteItemCommand({ RequestItems: { table: requests } }));
    expect(meter.take()).toEqual({ "dynamodb.read": 13, "dynamodb.write": 30 });
    client.destroy();
  });

  test("counts a refused condition as a write, a throttled attempt as nothing, and leaves other calls alone", async () => {
    const client = dynamoClient(CONNECTION, meter);
    service.answers(() => jsonError(400, "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"));
    await expect(client.send(put)).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
    expect(meter.take()).toEqual({ "dynamodb.write": 1 });
    service.answers((_, index) =>
      index === 0 ? jsonError(400, "ThrottlingException") : { body: { ConsumedCapacity: { CapacityUnits: 1 } } },
    );
    await client.send(put);
    expect(meter.take()).toEqual({ "dynamodb.write": 1 });
    service.answers(({ body }) => {
      expect(JSON.parse(body)).not.toHaveProperty("ReturnConsumedCapacity");
      return { body: { TableNames: [] } };
    });
    await client.send(new ListTablesCommand({}));
    expect(meter.take()).toEqual({});
    client.destroy();
  });
});

describe("the meter of SQS", () => {
  test("counts calls by every 64 KB that they carry, an empty receive too", async () => {
    const client = sqsClient(CONNECTION, meter);
    const QueueUrl = `${process.env.AWS_ENDPOINT_URL}/1/queue`;
    const Body = "ü".repeat(40_000);
    service.answers(({ operation }, index) => {
      if (operation === "SendMessage") return { body: { MessageId: "1", MD5OfMessageBody: hash("md5", Body) } };
      return { body: index === 1 ? { Messages: [{ Body, MD5OfBody: hash("md5", Body), ReceiptHandle: "r" }] } : {} };
    });
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: Body }));
    await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(meter.take()).toEqual({ "sqs.request": 4 });
    await client.send(new ReceiveMessageCommand({ QueueUrl }));
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: "r" }));
    expect(meter.take()).toEqual({ "sqs.request": 2 });
    client.destroy();
  });
});
