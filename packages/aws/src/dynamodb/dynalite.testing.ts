import { once } from "node:events";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { tableDefinition } from "./definition.ts";

const dynalite = createRequire(import.meta.url)("dynalite") as (options: object) => Server;

/** A DynamoDB in this process, on a free port of loopback and in memory only. */
export interface Dynalite {
  endpoint: string;
  client: DynamoDBClient;
  /** Makes an empty table of our definition and answers with its name. */
  createTable(): Promise<string>;
  close(): Promise<void>;
}

export async function startDynalite(): Promise<Dynalite> {
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new DynamoDBClient({
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    requestHandler: { httpAgent: { maxSockets: 128, keepAlive: true } },
  });
  let tables = 0;
  return {
    endpoint,
    client,
    async createTable() {
      const TableName = `table-${tables++}`;
      await client.send(new CreateTableCommand({ TableName, ...tableDefinition }));
      for (;;) {
        const { Table } = await client.send(new DescribeTableCommand({ TableName }));
        if (Table?.TableStatus === "ACTIVE") return TableName;
      }
    },
    async close() {
      client.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
