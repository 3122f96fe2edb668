import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import { tableDefinition } from "@bullseye/aws/dynamodb/definition";
import type { StageEnvironment } from "@bullseye/aws/environment";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { type Call, type JsonServices, startJsonServices } from "./json-services.ts";

/** The package brings no types: a server of DynamoDB's protocol. */
const dynalite = createRequire(import.meta.url)("dynalite") as (options: { createTableMs: number }) => Server;

/** A stage on loopback: S3 and SQS by fauxqs, DynamoDB by dynalite, EventBridge and Secrets Manager by {@link startJsonServices}. */
export interface StandIns extends JsonServices {
  readonly environment: StageEnvironment;
  /** Its variables, as functions are given them; they are set in this process too. */
  readonly variables: Readonly<Record<string, string>>;
  readonly fauxqs: FauxqsServer;
}

/** The key of keyed hashes that stages in tests have. */
export const HASH_KEY = "test-hash-key";

/** Starts the stand-ins, makes a stage's bucket, table, queues and secrets there, and points the SDK's variables of this process at them. */
export async function startStandIns(
  queues: readonly string[],
  stage = "test",
  calls: Readonly<Record<string, Call>> = {},
): Promise<StandIns> {
  const region = "eu-central-1";
  const name = `bullseye-${stage}`;
  const services = await startJsonServices(calls);
  const fauxqs = await startFauxqs({ port: 0, host: "127.0.0.1", logger: false, defaultRegion: region });
  const tables = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => tables.listen(0, "127.0.0.1", resolve));
  const fauxqsEndpoint = `http://127.0.0.1:${fauxqs.port}`;
  const variables = {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL: services.endpoint,
    AWS_ENDPOINT_URL_S3: fauxqsEndpoint,
    AWS_ENDPOINT_URL_SQS: fauxqsEndpoint,
    AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(tables.address() as AddressInfo).port}`,
    BULLSEYE_STAGE: stage,
    BULLSEYE_BUCKET: name,
    BULLSEYE_TABLE: name,
    BULLSEYE_QUEUE_PREFIX: `${fauxqsEndpoint}/000000000000/${name}-`,
    BULLSEYE_EVENT_BUS: name,
    BULLSEYE_SECRET_PREFIX: `bullseye/${stage}/`,
  };
  Object.assign(process.env, variables);
  fauxqs.createBucket(name);
  for (const queue of queues) fauxqs.createQueue(`${name}-${queue}`, { region });
  services.secrets.set(`bullseye/${stage}/hash-key`, HASH_KEY);
  services.secrets.set(`bullseye/${stage}/linkedin`, "{}");
  const dynamo = new DynamoDBClient({});
  await dynamo.send(new CreateTableCommand({ ...tableDefinition, TableName: name }));
  await waitUntilTableExists({ client: dynamo, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { TableName: name });
  dynamo.destroy();
  return {
    ...services,
    fauxqs,
    variables,
    environment: {
      stage,
      region,
      bucket: name,
      table: name,
      queuePrefix: variables.BULLSEYE_QUEUE_PREFIX,
      eventBus: name,
      secretPrefix: variables.BULLSEYE_SECRET_PREFIX,
      pathStyle: true,
    },
    close: async () => {
      for (const variable of Object.keys(variables)) delete process.env[variable];
      await fauxqs.stop();
      tables.closeAllConnections();
      await new Promise((resolve) => tables.close(resolve));
      await services.close();
    },
  };
}
